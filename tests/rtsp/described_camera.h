#pragma once

#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace leedswatch::tests {

/// A camera on loopback that answers every request as an RTSP server does, with a description of ours, and remembers
/// what it was asked. It sends nothing by itself.
class DescribedCamera {
public:
    /// Requests that hold one of these texts ("SETUP rtsp://.../sound") are answered with this status; 0: not at all.
    using Oddities = std::map<std::string, int>;

    explicit DescribedCamera(std::string description, Oddities oddities = {});
    ~DescribedCamera();
    DescribedCamera(const DescribedCamera&) = delete;
    DescribedCamera& operator=(const DescribedCamera&) = delete;

    [[nodiscard]] std::string url() const;
    /// First lines, and the line Transport of SETUP behind them, of all connections.
    [[nodiscard]] std::vector<std::string> requests() const;
    /// How many requests hold the text.
    [[nodiscard]] int asked(const std::string& text) const;

private:
    void run(const std::stop_token& stop);
    void serve(int connection, const std::stop_token& stop);
    [[nodiscard]] std::string answerTo(const std::string& request) const;

    const std::string m_description;
    const Oddities m_oddities;
    int m_listener = -1;
    int m_port = 0;
    mutable std::mutex m_mutex;
    std::vector<std::string> m_requests;  // guarded by m_mutex
    std::jthread m_thread;
};

}  // namespace leedswatch::tests
