#pragma once

#include <cstdint>

struct AVFormatContext;

namespace leedswatch::video {

/// Counts the RTP packets that never came to one input. libavformat 5.1 knows the number and tells it in its log only,
/// so the log is where it is read. Make it before the input is used and let it go before the input is closed. Over TCP
/// nothing is counted, as nothing can be lost there. Thread-safe, one for each input.
class RtpLosses {
public:
    explicit RtpLosses(const AVFormatContext* input);
    ~RtpLosses();
    RtpLosses(const RtpLosses&) = delete;
    RtpLosses& operator=(const RtpLosses&) = delete;

    [[nodiscard]] std::int64_t count() const;

    /// Whether a format of a log line is the one that tells a loss.
    [[nodiscard]] static bool isTold(const char* format);
    static void add(const void* input, int packets);

private:
    const void* const m_input;
};

}  // namespace leedswatch::video
