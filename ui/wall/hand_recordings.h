#pragma once

#include "base/time.h"
#include "estate/camera.h"
#include "ui/common/console_context.h"
#include "ui/common/feed_listener.h"
#include "ui/common/worker.h"

#include <QObject>
#include <QTimer>
#include <optional>
#include <unordered_map>

namespace leedswatch::ui {

/// Which cameras somebody has recorded by hand at the moment, at whatever desk that was asked for, until when, and
/// whether the station does it. UI thread only; the store is read on a thread of its own.
class HandRecordings final : public QObject {
    Q_OBJECT

public:
    struct Recording {
        base::UtcTime until{};
        bool isWritten = false;  ///< a file of the camera is being written, by a station that runs
        bool operator==(const Recording&) const = default;
    };

    explicit HandRecordings(ConsoleContext& context, QObject* parent = nullptr);

    [[nodiscard]] std::optional<Recording> of(estate::CameraId camera) const;

Q_SIGNALS:
    void changed();
    /// Somebody has asked for it, or for longer.
    void began(leedswatch::estate::CameraId camera, leedswatch::base::UtcTime until);
    void ended(leedswatch::estate::CameraId camera);

private:
    using All = std::unordered_map<estate::CameraId, Recording>;

    void read();
    void take(All now);

    ConsoleContext& m_context;
    FeedListener m_feed;
    All m_all;
    bool m_isLoaded = false;
    QTimer m_timer;  ///< runs while something is recorded by hand
    Worker m_worker;
};

}  // namespace leedswatch::ui
