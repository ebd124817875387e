#pragma once

#include "base/result.h"
#include "video/ffmpeg_handles.h"

#include <opencv2/core.hpp>

#include <filesystem>
#include <optional>

namespace leedswatch::analytics {

/// The decoded pictures of any file that FFmpeg reads, a film or a single picture, from its first video stream. What is
/// damaged is left out. One thread.
class PictureReader {
public:
    struct Picture {
        const AVFrame* frame = nullptr;  ///< until the next one is asked for
        double seconds = 0;              ///< since the first picture
    };

    /// Errors: NotFound, Unsupported (no video in it, no decoder), Damaged (it cannot be read as what it says it is).
    [[nodiscard]] static base::Result<PictureReader> open(const std::filesystem::path& file);

    /// As the stream says before its first picture; 0 if it does not.
    [[nodiscard]] int width() const { return m_decoder->width; }
    [[nodiscard]] int height() const { return m_decoder->height; }
    /// Of the whole, as the container says.
    [[nodiscard]] std::optional<double> length() const;

    /// Nothing at the end. Error: Damaged (the file breaks off before the first picture).
    [[nodiscard]] base::Result<std::optional<Picture>> next();

private:
    PictureReader(std::filesystem::path file, video::InputHandle input, int stream, video::CodecContextHandle decoder);
    [[nodiscard]] Picture take();

    std::filesystem::path m_file;
    video::InputHandle m_input;
    int m_stream = 0;
    video::CodecContextHandle m_decoder;
    video::PacketHandle m_packet;
    video::FrameHandle m_frame;
    bool m_isDrained = false;
    std::int64_t m_pictures = 0;
    std::optional<std::int64_t> m_begin;
    double m_seconds = 0;
};

/// Turns decoded pictures into OpenCV's: 8 bits, blue, green, red. One thread.
class ColourConverter {
public:
    /// Error: Unsupported (the pixel format).
    [[nodiscard]] base::Result<cv::Mat> convert(const AVFrame& frame);

private:
    video::ScalerHandle m_scaler;
};

}  // namespace leedswatch::analytics
