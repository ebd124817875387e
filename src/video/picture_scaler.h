#pragma once

#include "base/result.h"
#include "video/ffmpeg_handles.h"
#include "video/frame.h"

#include <memory>

namespace leedswatch::video {

struct PictureSize {
    int width = 0;
    int height = 0;
    bool operator==(const PictureSize&) const = default;
};

/// The size at which a decoded picture fills `box` with its true shape (its pixels need not be square), at least 1
/// by 1.
[[nodiscard]] PictureSize fittedSize(const AVFrame& picture, PictureSize box);
/// The same, but never larger than the camera sent it.
[[nodiscard]] PictureSize reducedSize(const AVFrame& picture, PictureSize box);

/// Turns decoded pictures, live or recorded, into ones that can be painted, at the size they are painted at. The
/// frames' memory comes from a pool that lives as long as any of them, so that a running view allocates nothing. One
/// thread at a time; the frames may be let go on any.
class PictureScaler {
public:
    PictureScaler();
    ~PictureScaler();
    PictureScaler(const PictureScaler&) = delete;
    PictureScaler& operator=(const PictureScaler&) = delete;

    /// The caller fills in the times and the number before it publishes. Error: Unsupported (the pixel format).
    [[nodiscard]] base::Result<std::shared_ptr<Frame>> scale(const AVFrame& picture, PictureSize target);

private:
    class Pool;

    [[nodiscard]] base::Result<void> prepare(const AVFrame& picture, PictureSize target);

    std::shared_ptr<Pool> m_pool;
    ScalerHandle m_scaler;
    PictureSize m_source;
    PictureSize m_target;
    int m_format = -1;
    int m_range = -1;
    int m_matrix = -1;
};

}  // namespace leedswatch::video
