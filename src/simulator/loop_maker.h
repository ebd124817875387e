#pragma once

#include "base/result.h"
#include "simulator/encoder.h"
#include "simulator/picture_loop.h"

#include <functional>

namespace leedswatch::simulator {

/// Collects pictures into a loop of one size, scaling each of them. One thread at a time.
class LoopMaker {
public:
    [[nodiscard]] static base::Result<LoopMaker> create(const Encoder::Settings& settings);

    /// Any pixel format and size; `time` in 90 kHz, growing.
    [[nodiscard]] base::Result<void> add(const AVFrame& frame, std::int64_t time);
    /// `duration` as in PictureLoop. Error: Damaged if there was no picture.
    [[nodiscard]] base::Result<SharedLoop> finish(std::int64_t duration);

private:
    LoopMaker(std::unique_ptr<Encoder> encoder, FramePointer scaled);
    [[nodiscard]] base::Result<void> scale(const AVFrame& frame);

    std::unique_ptr<Encoder> m_encoder;
    FramePointer m_scaled;
    FfmpegHandle<SwsContext> m_scaler;
    std::shared_ptr<PictureLoop> m_loop;
};

/// The largest even size of the same shape within `limit`.
[[nodiscard]] cv::Size fitWithin(cv::Size size, cv::Size limit);

/// Decodes pictures `begin` to `end` (not included), from the key picture before them on; `show` gets every picture
/// that had to be decoded, with its index.
[[nodiscard]] base::Result<void> decodeLoop(const PictureLoop& loop, std::size_t begin, std::size_t end,
                                            const std::function<base::Result<void>(const AVFrame&, std::size_t)>& show);

/// The picture of that index, decoded.
[[nodiscard]] base::Result<FramePointer> decodePicture(const PictureLoop& loop, std::size_t index);
/// The same pictures in another size.
[[nodiscard]] base::Result<SharedLoop> rescaleLoop(const PictureLoop& loop, cv::Size size);

// What a broken camera shows, two seconds of it.

/// Decodes to the same picture, bit for bit, for as long as it is sent.
[[nodiscard]] base::Result<SharedLoop> makeStillLoop(const AVFrame& picture, cv::Size size);
[[nodiscard]] base::Result<SharedLoop> makeBlackLoop(cv::Size size);
/// Snow, as an analogue input without a signal.
[[nodiscard]] base::Result<SharedLoop> makeNoiseLoop(cv::Size size);

}  // namespace leedswatch::simulator
