#pragma once

#include "transcode/capture_card.h"
#include "transcode/live_options.h"
#include "video/stream_source.h"

namespace leedswatch::transcode {

/// The source that an address asks for, with what stands behind its `#` (LiveOptions) done to it: the one way to open a
/// camera. Of a capture device the standard is chosen or detected; while it has no signal or no sync it is not opened,
/// and one that loses it ends with Disconnected: that is a state, and never a picture. A network camera with
/// `#deinterlace` is decoded, made progressive and encoded once; what comes out is the camera to all who follow. Others
/// are passed on untouched. Errors: those of video::openSource; InvalidInput (the options).
[[nodiscard]] base::Result<std::unique_ptr<video::StreamSource>> openSource(const video::StreamAddress& address,
                                                                            const video::SourceSettings& settings,
                                                                            const CaptureCard& card,
                                                                            const base::Clock& clock,
                                                                            std::stop_token stop);

/// What comes encoded from `source`, made progressive. Sound is passed on.
[[nodiscard]] std::unique_ptr<video::StreamSource> makeProgressive(std::unique_ptr<video::StreamSource> source,
                                                                   const LiveTreatment& treatment);

}  // namespace leedswatch::transcode
