#pragma once

#include <QObject>
#include <QSocketNotifier>

namespace leedswatch::ui {

/// Ends the application's event loop, with 0, when the process is told to stop by SIGTERM or SIGINT: what follows the
/// loop then signs the person out and keeps what was being written. A second signal ends the process at once. Made
/// once, after the application; what came before it, ends the process as ever.
class StopSignals final : public QObject {
    Q_OBJECT

public:
    explicit StopSignals(QObject* parent = nullptr);
    ~StopSignals() override;
    StopSignals(const StopSignals&) = delete;
    StopSignals& operator=(const StopSignals&) = delete;

private:
    QSocketNotifier m_notifier;
};

}  // namespace leedswatch::ui
