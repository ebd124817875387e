#pragma once

#include "evidence/clip.h"
#include "ui/common/console_context.h"

#include <QObject>
#include <memory>
#include <mutex>
#include <thread>

namespace leedswatch::ui {

/// By pointer, because Qt wants to compare the arguments of signals.
using ExportResult = std::shared_ptr<const base::Result<evidence::ClipReport>>;

/// One export on a thread of its own. Its signals come on the thread that made it. Destroying it cancels and waits.
class ExportJob final : public QObject {
    Q_OBJECT

public:
    ExportJob(ConsoleContext& context, evidence::ClipOrder order, QObject* parent);

    void start();
    void cancel();
    [[nodiscard]] bool isRunning() const { return m_running; }

Q_SIGNALS:
    void progressed(leedswatch::evidence::ClipProgress progress);
    void finished(const leedswatch::ui::ExportResult& report);

private:
    void tell(const evidence::ClipProgress& progress);

    ConsoleContext& m_context;
    const evidence::ClipOrder m_order;
    bool m_running = false;
    std::mutex m_mutex;
    evidence::ClipProgress m_progress;  // guarded by m_mutex
    bool m_told = false;                // guarded by m_mutex: the page has not looked at the last one yet
    std::jthread m_thread;
};

}  // namespace leedswatch::ui
