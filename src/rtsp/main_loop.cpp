#include "rtsp/main_loop.h"

#include <deque>
#include <future>
#include <utility>

namespace leedswatch::rtsp {

/// The context outlives the loop for whoever still holds a runner; `isRunning` says that nothing will come of it. The
/// work is handed over in a queue of our own, and GLib only wakes the thread.
struct MainLoop::Context {
    using Work = std::function<void()>;

    Context() : context{g_main_context_new()} {}
    ~Context() { g_main_context_unref(context); }
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;

    bool queue(Work work) {
        const std::scoped_lock lock{mutex};
        if (!isRunning) {
            return false;
        }
        waiting.push_back(std::move(work));
        GSource* source = g_idle_source_new();
        g_source_set_priority(source, G_PRIORITY_DEFAULT);
        g_source_set_callback(source, runNext, this, nullptr);
        g_source_attach(source, context);
        g_source_unref(source);
        return true;
    }

    static gboolean runNext(gpointer self) {
        auto& context = *static_cast<Context*>(self);
        Work work;
        {
            const std::scoped_lock lock{context.mutex};
            work = std::move(context.waiting.front());
            context.waiting.pop_front();
        }
        work();
        return G_SOURCE_REMOVE;
    }

    GMainContext* const context;
    std::mutex mutex;
    // Guarded by mutex.
    std::deque<Work> waiting;
    bool isRunning = true;
};

MainLoop::MainLoop()
    : m_context{std::make_shared<Context>()}, m_loop{g_main_loop_new(m_context->context, FALSE)}, m_thread{[this] {
          g_main_context_push_thread_default(m_context->context);
          g_main_loop_run(m_loop);
          g_main_context_pop_thread_default(m_context->context);
      }} {}

MainLoop::~MainLoop() {
    stopAccepting();
    stop();
    g_main_loop_unref(m_loop);
}

void MainLoop::adopt(GSource* source) {
    g_source_attach(source, m_context->context);
    const std::scoped_lock lock{m_mutex};
    m_sources.push_back(source);
}

void MainLoop::stopAccepting() {
    const std::scoped_lock lock{m_mutex};
    for (GSource* source : std::exchange(m_sources, {})) {
        g_source_destroy(source);
        g_source_unref(source);
    }
}

void MainLoop::runAndWait(std::function<void()> work) {
    std::promise<void> done;
    const bool isQueued = m_context->queue([&] {
        work();
        done.set_value();
    });
    if (isQueued) {
        done.get_future().wait();
    }
}

MainLoop::Run MainLoop::runner() const {
    return [context = m_context](std::function<void()> work) { context->queue(std::move(work)); };
}

void MainLoop::stop() {
    const bool isRunning = m_context->queue([this] { g_main_loop_quit(m_loop); });
    if (!isRunning) {
        return;
    }
    {
        const std::scoped_lock lock{m_context->mutex};
        m_context->isRunning = false;
    }
    m_thread.join();
}

}  // namespace leedswatch::rtsp
