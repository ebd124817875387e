#pragma once

#include "estate/fault_register.h"
#include "ui/common/console_context.h"
#include "ui/common/feed_listener.h"
#include "ui/common/worker.h"

#include <QTimer>
#include <QWidget>
#include <vector>

class QVBoxLayout;

namespace leedswatch::ui {

/// What is wrong with the installation, across the whole desk, for as long as it is wrong: what, since when, what to
/// do. Nothing hides it but its end; a person says that they know of it, and it turns quieter. Without a fault it takes
/// no room. The oldest three are shown and the number of others.
class FaultBand final : public QWidget {
    Q_OBJECT

public:
    FaultBand(ConsoleContext& context, QWidget* parent);

    [[nodiscard]] const std::vector<estate::Fault>& faults() const { return m_faults; }

Q_SIGNALS:
    void refreshed();
    /// Something keeps this camera from seeing, and somebody wants to look.
    void cameraHealthRequested(int number);

private:
    void read();
    void show(base::Result<std::vector<estate::Fault>> faults);
    void layOut();
    [[nodiscard]] QWidget* makeRow(const estate::Fault& fault);
    void acknowledge(estate::FaultId fault);

    ConsoleContext& m_context;
    FeedListener m_feed;
    QVBoxLayout* m_rows;
    std::vector<estate::Fault> m_faults;
    QTimer m_clock;
    Worker m_worker;
};

}  // namespace leedswatch::ui
