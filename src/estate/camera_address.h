#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace leedswatch::estate {

/// How a camera's pictures come to us.
enum class AddressKind {
    Rtsp,    ///< rtsp://host[:port]/path
    Rtsps,   ///< rtsps://host[:port]/path, RTSP in TLS
    Http,    ///< http://host[:port]/path, MJPEG as multipart/x-mixed-replace
    Https,   ///< the same in TLS
    Device,  ///< v4l2:/dev/video0, a capture device of the station
    File,    ///< file:/path, a recording that is shown over and over
};

/// An address as people write it. What cannot be one is refused here, once for all who read addresses.
struct CameraAddress {
    AddressKind kind = AddressKind::Rtsp;
    std::string url;  ///< without credentials
    std::optional<std::string> username;
    std::optional<std::string> password;

    [[nodiscard]] bool isNetwork() const { return kind != AddressKind::Device && kind != AddressKind::File; }
    /// Of a device or a file: its path.
    [[nodiscard]] std::string path() const { return url.substr(url.find(':') + 1); }
};

[[nodiscard]] std::optional<CameraAddress> readCameraAddress(std::string_view text);

/// What a right address looks like, for messages.
inline constexpr std::string_view kAddressForms =
    "rtsp://10.0.0.1:554/path (or rtsps://, or http:// and https:// for MJPEG), v4l2:/dev/video0 or file:/path";

}  // namespace leedswatch::estate
