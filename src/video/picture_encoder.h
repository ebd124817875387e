#pragma once

#include "base/result.h"
#include "video/ffmpeg_handles.h"

#include <functional>
#include <memory>

namespace leedswatch::video {

/// Makes H.264 of pictures that come raw, after whatever has to be done to them. Sources are given one by whoever
/// composes (transcode/live_source.h). One thread at a time.
class PictureEncoder {
public:
    PictureEncoder() = default;
    PictureEncoder(const PictureEncoder&) = delete;
    PictureEncoder& operator=(const PictureEncoder&) = delete;
    virtual ~PictureEncoder() = default;

    /// One picture; its `pts` is in `timeBase`. Errors: Unsupported (its kind), Disconnected (it shows that there is no
    /// signal), Internal.
    [[nodiscard]] virtual base::Result<void> put(const AVFrame& picture, AVRational timeBase) = 0;
    /// The next packet that is ready: Annex B, its times in its own `time_base`. False if there is none.
    [[nodiscard]] virtual bool take(AVPacket& packet) = 0;
};

using MakePictureEncoder = std::function<std::unique_ptr<PictureEncoder>()>;

}  // namespace leedswatch::video
