#pragma once

#include "rtsp/server.h"
#include "support/test_stream.h"

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace leedswatch::tests {

/// A camera on loopback: a real RTSP server that sends a small stream in real time, over and over with growing times.
class TestCamera {
public:
    /// `port` 0 takes a free one.
    explicit TestCamera(const rtsp::Credentials& credentials = {}, int port = 0,
                        const rtsp::ServerSettings& settings = {});
    ~TestCamera();
    TestCamera(const TestCamera&) = delete;
    TestCamera& operator=(const TestCamera&) = delete;

    [[nodiscard]] std::string url() const;
    [[nodiscard]] int port() const { return m_server->port(); }
    [[nodiscard]] int clients() const { return m_mount->clients(); }

    /// Sends a piece of G.711 (mu-law) beside each picture from now on; whoever is connected goes on without.
    void sound();
    void spoil(const rtsp::StreamFaults& faults) { m_mount->setFaults(faults); }
    void hang(bool isHanging) { m_mount->setHanging(isHanging); }
    void drop() { m_mount->disconnectClients(); }
    /// Connected, and nothing comes.
    void fallSilent() { m_silent = true; }
    void speak() { m_silent = false; }
    /// Its encoder stands: the same key picture again and again, and "as before" between them.
    void freeze() { m_frozen = true; }
    void thaw() { m_frozen = false; }
    /// From its next picture on it sends this, as a camera does whose settings somebody changes.
    void become(const TestStream& stream);

private:
    void run(const std::stop_token& stop);
    bool takeOthers();

    std::unique_ptr<rtsp::Server> m_server;
    std::shared_ptr<rtsp::Mount> m_mount;
    std::vector<video::Packet> m_packets;  ///< of its thread, once that runs
    std::atomic<bool> m_silent = false;
    std::atomic<bool> m_frozen = false;
    std::atomic<bool> m_sounds = false;
    std::mutex m_mutex;
    std::vector<video::Packet> m_others;  ///< guarded by m_mutex; what it is to send instead
    std::condition_variable_any m_pace;   ///< only ever times out: the camera's own pace
    std::jthread m_thread;
};

/// A socket that accepts connections and says `answer`, or nothing.
class SilentServer {
public:
    explicit SilentServer(std::string answer = {});
    ~SilentServer();
    SilentServer(const SilentServer&) = delete;
    SilentServer& operator=(const SilentServer&) = delete;

    [[nodiscard]] std::string url() const;

private:
    void run(const std::stop_token& stop);

    const std::string m_answer;
    int m_port = 0;
    const int m_listener;  ///< after the port, which opening it sets
    std::jthread m_thread;
};

/// An address where nothing listens.
[[nodiscard]] std::string closedPort();

}  // namespace leedswatch::tests
