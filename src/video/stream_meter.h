#pragma once

#include "base/time.h"
#include "video/video_codec.h"

#include <chrono>
#include <cstddef>
#include <deque>
#include <optional>

namespace leedswatch::video {

/// What a stream does at the moment.
struct StreamMeasure {
    VideoCodec codec = VideoCodec::H264;
    double kilobitsPerSecond = 0;
    double packetsPerSecond = 0;         ///< coded pictures, whether they could be decoded or not
    std::chrono::microseconds decoding;  ///< a picture, in the mean
};

/// Measures a stream over its last two seconds. One thread at a time.
class StreamMeter {
public:
    static constexpr std::chrono::seconds window{2};

    void note(VideoCodec codec, base::SteadyTime arrival, std::size_t bytes, base::SteadyTime::duration decoding);
    /// Nothing until half a second has been seen, and nothing when it was longer ago than the window.
    [[nodiscard]] std::optional<StreamMeasure> measure(base::SteadyTime now) const;

private:
    struct Sample {
        base::SteadyTime arrival;
        std::size_t bytes;
        base::SteadyTime::duration decoding;
    };
    VideoCodec m_codec = VideoCodec::H264;
    std::deque<Sample> m_samples;
};

}  // namespace leedswatch::video
