#pragma once

#include "ui/common/console_context.h"
#include "ui/common/worker.h"

#include <QObject>
#include <QTimer>
#include <optional>

namespace leedswatch::ui {

/// Writes into the audit log what footage a person looks at: when the first picture of it is shown, and again when the
/// person settles at a place more than ten minutes from the last one that was written down.
class PlaybackAudit final : public QObject {
    Q_OBJECT

public:
    PlaybackAudit(ConsoleContext& context, QObject* parent);

    /// Other footage from here on; nothing of a camera that is not known yet.
    void begin(std::optional<estate::Camera> camera);
    [[nodiscard]] const std::optional<estate::Camera>& camera() const { return m_camera; }
    /// The picture that is shown.
    void shows(base::UtcTime position);
    /// Another place is being looked for; it is written down when the looking has come to rest.
    void moved();

Q_SIGNALS:
    /// Footage must not be shown without a name in the log.
    void failed(const leedswatch::base::Error& error);

private:
    void write();

    ConsoleContext& m_context;
    QTimer m_timer;
    std::optional<estate::Camera> m_camera;
    std::optional<base::UtcTime> m_shown;
    std::optional<base::UtcTime> m_written;
    Worker m_worker;
};

}  // namespace leedswatch::ui
