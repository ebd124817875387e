#pragma once

#include "base/result.h"
#include "video/ffmpeg_handles.h"
#include "video/frame.h"
#include "video/picture_colours.h"
#include "video/planar_scaler.h"
#include "video/privacy_mask.h"

#include <memory>

namespace leedswatch::video {

/// The size at which a decoded picture, or the region of it that is asked for, fills the box with its true shape (its
/// pixels need not be square), at least 1 by 1.
[[nodiscard]] PictureSize presentedSize(const AVFrame& picture, const Presentation& presentation);

/// Turns decoded pictures, live or recorded, into ones that can be painted, at the size they are painted at: hides what
/// must not be seen, cuts the region that is asked for out of the picture as it was decoded, scales. Nothing that is
/// painted is made in another way. The frames' memory comes from a pool that lives as long as any of them, so that a
/// running view allocates nothing. One thread at a time; the frames may be let go on any.
class PictureScaler {
public:
    PictureScaler();
    ~PictureScaler();
    PictureScaler(const PictureScaler&) = delete;
    PictureScaler& operator=(const PictureScaler&) = delete;

    /// The caller fills in the times and the number before it publishes. Errors: Unsupported (the pixel format),
    /// NotPermitted (no mask), Internal.
    [[nodiscard]] base::Result<std::shared_ptr<Frame>> present(const AVFrame& picture,
                                                               const Presentation& presentation);

private:
    class Pool;

    [[nodiscard]] base::Result<void> prepare(const AVFrame& picture, const PictureColours& colours, PictureSize source,
                                             PictureSize target);

    MaskPainter m_masker;
    std::shared_ptr<Pool> m_pool;
    PlanarScaler m_planar;
    ScalerHandle m_scaler;  ///< for what the other does not take
    PictureSize m_source;
    PictureSize m_target;
    PictureColours m_colours;
};

}  // namespace leedswatch::video
