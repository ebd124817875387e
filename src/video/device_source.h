#pragma once

#include "video/stream_source.h"

namespace leedswatch::video {

/// A capture device of this machine (libavdevice). H.264 and MJPEG devices are passed on; what a raw one gives
/// goes through SourceSettings::pictureEncoder, once, in the reading thread.
class DeviceSource : public StreamSource {
public:
    /// Errors: NotFound (no such device, or no right to open it), Busy,
    /// Unsupported, TimedOut, Disconnected (unplugged), Cancelled.
    [[nodiscard]] static base::Result<std::unique_ptr<DeviceSource>> open(const std::string& path,
                                                                          const SourceSettings& settings,
                                                                          const base::Clock& clock,
                                                                          std::stop_token stop);
};

}  // namespace leedswatch::video
