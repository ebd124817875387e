#pragma once

#include "video/stream_source.h"

namespace leedswatch::video {

/// A camera's RTSP stream over TCP, UDP or multicast, or inside TLS. How the transport is chosen and what `automatic`
/// means: docs/decisions/0311.
class RtspSource : public StreamSource {
public:
    /// `authorities` as SourceSettings::cameraAuthorities.
    [[nodiscard]] static base::Result<std::unique_ptr<RtspSource>> open(const StreamAddress& address,
                                                                        const base::Clock& clock, std::stop_token stop,
                                                                        SourceTimeouts timeouts = {},
                                                                        const std::filesystem::path& authorities = {});
};

}  // namespace leedswatch::video
