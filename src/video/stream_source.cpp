#include "video/stream_source.h"

#include "base/log.h"
#include "estate/camera_address.h"
#include "video/device_source.h"
#include "video/file_source.h"
#include "video/http_mjpeg_source.h"
#include "video/rtsp_source.h"

namespace leedswatch::video {

std::string hostOf(const std::string& url) {
    const std::string plain = base::withoutCredentials(url);
    const auto scheme = plain.find("://");
    if (const auto local = estate::readCameraAddress(plain); local && !local->isNetwork()) {
        return local->path();
    }
    const auto begin = scheme == std::string::npos ? 0 : scheme + 3;
    return plain.substr(begin, plain.find('/', begin) - begin);
}

base::Result<std::unique_ptr<StreamSource>> openSource(const StreamAddress& address, const SourceSettings& settings,
                                                       const base::Clock& clock, std::stop_token stop) {
    const auto read = estate::readCameraAddress(address.url);
    if (!read) {
        return base::fail(base::ErrorCode::InvalidInput, "'" + base::withoutCredentials(address.url) +
                                                             "' is not a camera's address; write it as " +
                                                             std::string{estate::kAddressForms});
    }
    std::error_code ignored;
    SourceSettings known = settings;
    if (!std::filesystem::exists(settings.cameraAuthorities, ignored)) {
        known.cameraAuthorities.clear();
    }
    switch (read->kind) {
        case estate::AddressKind::Rtsp:
        case estate::AddressKind::Rtsps:
            return RtspSource::open(address, clock, std::move(stop), known.timeouts, known.cameraAuthorities);
        case estate::AddressKind::Http:
        case estate::AddressKind::Https: return HttpMjpegSource::open(address, known, clock, std::move(stop));
        case estate::AddressKind::Device: return DeviceSource::open(read->path(), known, clock, std::move(stop));
        case estate::AddressKind::File:
            return FileSource::open(read->path(), address.wantsSound, clock, std::move(stop));
    }
    return base::fail(base::ErrorCode::Internal, "a kind of address that nobody opens");
}

}  // namespace leedswatch::video
