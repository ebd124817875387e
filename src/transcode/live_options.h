#pragma once

#include "base/result.h"
#include "transcode/capture_card.h"
#include "transcode/live_pictures.h"

#include <string>
#include <string_view>

namespace leedswatch::transcode {

/// What a camera's address asks for behind its `#`, which no camera is ever sent:
/// `v4l2:/dev/video0#input=1,standard=pal`, `rtsp://10.0.0.1/main#deinterlace`.
struct LiveOptions {
    enum class Deinterlace { Automatic, Full, Half, Never };

    std::string url;  ///< without them
    /// Automatic: raw pictures of an analogue input are, what comes encoded is not.
    Deinterlace deinterlace = Deinterlace::Automatic;
    std::optional<Standard> standard;  ///< nothing: as the hardware detects it, else PAL
    int input = 0;                     ///< of a capture device
    std::optional<FieldOrder> fields;  ///< nothing: judged from the pictures
    bool isDenoised = true;
    bool isCropped = true;
};

/// Only of devices and network cameras: a file's name may have a `#`. Error: InvalidInput, which names the option and
/// says what it may be.
[[nodiscard]] base::Result<LiveOptions> readLiveOptions(const std::string& url);

}  // namespace leedswatch::transcode
