#pragma once

#include "video/stream_source.h"

namespace leedswatch::video {

/// A camera that sends a JPEG a picture to web browsers (multipart/x-mixed-replace), over HTTP or HTTPS, with basic or
/// digest sign-in. It tells no times, so the arrival is the media time.
class HttpMjpegSource : public StreamSource {
public:
    [[nodiscard]] static base::Result<std::unique_ptr<HttpMjpegSource>> open(const StreamAddress& address,
                                                                             const SourceSettings& settings,
                                                                             const base::Clock& clock,
                                                                             std::stop_token stop);
};

}  // namespace leedswatch::video
