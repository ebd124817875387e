#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

struct AVFormatContext;
struct AVCodecContext;

namespace leedswatch::tests {

struct Received {
    std::int64_t time = 0;  ///< 90 kHz, from the first packet
    bool isKey = false;
    std::size_t size = 0;
};

/// What a decoded picture is told apart by.
struct Shown {
    int width = 0;
    int height = 0;
    double brightness = 0;  ///< mean of luma, 0 to 255
    std::uint64_t fingerprint = 0;
};

/// A viewer as people use them: libavformat over TCP. Every call ends within a generous time-out.
class RtspClient {
public:
    RtspClient() = default;
    ~RtspClient();
    RtspClient(const RtspClient&) = delete;
    RtspClient& operator=(const RtspClient&) = delete;

    /// 0, or libavformat's error.
    [[nodiscard]] int open(const std::string& url);
    void close();
    /// Nothing when the stream ended or nothing came in `patience`.
    [[nodiscard]] std::optional<Received> read(std::chrono::milliseconds patience = std::chrono::seconds{20});
    /// The next picture, decoded. Nothing as with read.
    [[nodiscard]] std::optional<Shown> show(std::chrono::milliseconds patience = std::chrono::seconds{20});

private:
    struct Deadline {
        std::chrono::steady_clock::time_point at;
    };
    [[nodiscard]] bool openDecoder();

    Deadline m_deadline{};
    AVFormatContext* m_format = nullptr;
    AVCodecContext* m_decoder = nullptr;
    std::optional<std::int64_t> m_origin;
};

}  // namespace leedswatch::tests
