#include "ui/review/export_job.h"

#include <memory>

namespace leedswatch::ui {

ExportJob::ExportJob(ConsoleContext& context, evidence::ClipOrder order, QObject* parent)
    : QObject{parent}, m_context{context}, m_order{std::move(order)} {}

void ExportJob::start() {
    m_running = true;
    m_thread = std::jthread{[this](const std::stop_token& stop) {
        evidence::ClipCutter cutter{m_context.database, m_context.archive, m_context.clock};
        auto report = std::make_shared<const base::Result<evidence::ClipReport>>(
            cutter.cut(m_context.acting, m_order, stop, [this](const auto& progress) { tell(progress); }));
        QMetaObject::invokeMethod(
            this,
            [this, report] {
                m_running = false;
                Q_EMIT finished(report);
            },
            Qt::QueuedConnection);
    }};
}

void ExportJob::cancel() {
    m_thread.request_stop();
}

void ExportJob::tell(const evidence::ClipProgress& progress) {
    {
        const std::scoped_lock lock{m_mutex};
        m_progress = progress;
        if (std::exchange(m_told, true)) {
            return;
        }
    }
    QMetaObject::invokeMethod(
        this,
        [this] {
            evidence::ClipProgress newest;
            {
                const std::scoped_lock lock{m_mutex};
                newest = m_progress;
                m_told = false;
            }
            Q_EMIT progressed(newest);
        },
        Qt::QueuedConnection);
}

}  // namespace leedswatch::ui
