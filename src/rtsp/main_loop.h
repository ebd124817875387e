#pragma once

#include <glib.h>

#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace leedswatch::rtsp {

/// A GLib main loop with its thread. Thread-safe.
class MainLoop {
public:
    using Run = std::function<void(std::function<void()>)>;

    MainLoop();
    ~MainLoop();
    MainLoop(const MainLoop&) = delete;
    MainLoop& operator=(const MainLoop&) = delete;

    /// Runs the source on the loop's thread from now on; takes the reference.
    void adopt(GSource* source);
    /// Ends the sources that were adopted.
    void stopAccepting();
    /// Runs `work` on the loop's thread and returns when it has been done. Not from that thread.
    void runAndWait(std::function<void()> work);
    /// Brings functions to the loop's thread without waiting; it may outlive the loop, and then does nothing.
    [[nodiscard]] Run runner() const;
    /// Ends the thread; what was queued before has run.
    void stop();

private:
    struct Context;

    const std::shared_ptr<Context> m_context;
    GMainLoop* const m_loop;
    std::mutex m_mutex;
    std::vector<GSource*> m_sources;  // guarded by m_mutex
    std::jthread m_thread;
};

}  // namespace leedswatch::rtsp
