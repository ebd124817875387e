#include "estate/camera_address.h"

#include "base/log.h"

#include <algorithm>
#include <array>
#include <utility>

namespace leedswatch::estate {
namespace {

constexpr std::size_t kLongestAddress = 1'000;

constexpr std::array<std::pair<std::string_view, AddressKind>, 4> kNetworkSchemes{{{"rtsp", AddressKind::Rtsp},
                                                                                   {"rtsps", AddressKind::Rtsps},
                                                                                   {"http", AddressKind::Http},
                                                                                   {"https", AddressKind::Https}}};

int hexValue(char character) {
    if (character >= '0' && character <= '9') {
        return character - '0';
    }
    const char low = static_cast<char>(character | 0x20);
    return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

std::string percentDecoded(std::string_view text) {
    std::string result;
    for (std::size_t index = 0; index < text.size(); ++index) {
        if (text[index] == '%' && index + 2 < text.size() && hexValue(text[index + 1]) >= 0 &&
            hexValue(text[index + 2]) >= 0) {
            result += static_cast<char>(hexValue(text[index + 1]) * 16 + hexValue(text[index + 2]));
            index += 2;
        } else {
            result += text[index];
        }
    }
    return result;
}

std::optional<CameraAddress> readLocal(std::string_view text) {
    for (const auto& [scheme, kind] : {std::pair{std::string_view{"v4l2:"}, AddressKind::Device},
                                       std::pair{std::string_view{"file:"}, AddressKind::File}}) {
        // A path begins at the root: what it means must not depend on where the station was started.
        if (text.starts_with(scheme) && text.size() > scheme.size() + 1 && text[scheme.size()] == '/') {
            return CameraAddress{kind, std::string{text}, std::nullopt, std::nullopt};
        }
    }
    return std::nullopt;
}

std::optional<CameraAddress> readNetwork(std::string_view text) {
    const auto scheme = text.find("://");
    const auto known =
        std::ranges::find(kNetworkSchemes, text.substr(0, scheme), &std::pair<std::string_view, AddressKind>::first);
    if (scheme == std::string_view::npos || known == kNetworkSchemes.end()) {
        return std::nullopt;
    }
    CameraAddress address{known->second, base::withoutCredentials(text), std::nullopt, std::nullopt};
    const auto authority = scheme + 3;
    if (address.url.size() <= authority || address.url[authority] == '/' || address.url[authority] == ':') {
        return std::nullopt;
    }
    if (address.url.size() < text.size()) {
        const auto credentials = text.substr(authority, text.size() - address.url.size() - 1);
        const auto colon = credentials.find(':');
        address.username = percentDecoded(credentials.substr(0, colon));
        address.password = colon == std::string_view::npos ? "" : percentDecoded(credentials.substr(colon + 1));
    }
    return address;
}

}  // namespace

std::optional<CameraAddress> readCameraAddress(std::string_view text) {
    if (text.size() > kLongestAddress ||
        std::any_of(text.begin(), text.end(), [](unsigned char c) { return c < ' ' || c == 0x7f; })) {
        return std::nullopt;
    }
    if (auto local = readLocal(text)) {
        return local;
    }
    return text.find(' ') == std::string_view::npos ? readNetwork(text) : std::nullopt;
}

}  // namespace leedswatch::estate
