#pragma once

#include "base/result.h"
#include "rtsp/server.h"
#include "simulator/ffmpeg_handles.h"

#include <opencv2/core.hpp>

#include <cstdint>
#include <optional>

namespace leedswatch::simulator {

/// H.264 Main without B-frames as cheap cameras make it (libx264, one thread, no delay). One thread at a time.
class Encoder {
public:
    struct Settings {
        int width = 0;   ///< even
        int height = 0;  ///< even
        double picturesASecond = 25;
        std::int64_t keyInterval = 180000;  ///< 90 kHz
        int quality = 25;                   ///< x264's rate factor, less is better
    };

    [[nodiscard]] static base::Result<std::unique_ptr<Encoder>> create(const Settings& settings);

    /// `time` in 90 kHz, growing. The frame has the size of the settings.
    [[nodiscard]] base::Result<rtsp::AccessUnit> encode(AVFrame& frame, std::int64_t time);
    /// The same for an 8-bit BGR image.
    [[nodiscard]] base::Result<rtsp::AccessUnit> encode(const cv::Mat& picture, std::int64_t time);
    /// The next picture will be a key picture.
    void wantKey() { m_lastKey.reset(); }

    [[nodiscard]] const rtsp::VideoFormat& format() const { return m_format; }

private:
    Encoder(const Settings& settings, FfmpegHandle<AVCodecContext> context, rtsp::VideoFormat format);

    const Settings m_settings;
    const FfmpegHandle<AVCodecContext> m_context;
    const rtsp::VideoFormat m_format;
    const FfmpegHandle<AVPacket> m_packet;
    const FramePointer m_frame;
    cv::Mat m_planes;
    std::optional<std::int64_t> m_lastKey;
};

/// `picture` (8-bit BGR) into the planes of a frame of the same size.
void copyToFrame(const cv::Mat& picture, cv::Mat& planes, AVFrame& frame);

}  // namespace leedswatch::simulator
