#include "estate/camera.h"

namespace leedswatch::estate {

std::string_view nameOf(CameraState state) {
    switch (state) {
        case CameraState::Connecting: return "connecting";
        case CameraState::Live: return "live";
        case CameraState::Frozen: return "frozen";
        case CameraState::Offline: return "offline";
        case CameraState::Disabled: return "disabled";
    }
    return "offline";
}

std::string_view nameOf(LossCause cause) {
    switch (cause) {
        case LossCause::None: return "none";
        case LossCause::Network: return "network";
        case LossCause::Refused: return "refused";
        case LossCause::Authentication: return "authentication";
        case LossCause::Codec: return "codec";
        case LossCause::EncoderFrozen: return "encoder-frozen";
        case LossCause::Decoder: return "decoder";
        case LossCause::Storage: return "storage";
        case LossCause::Power: return "power";
    }
    return "none";
}

std::string_view nameOf(Transport transport) {
    switch (transport) {
        case Transport::Automatic: return "automatic";
        case Transport::Tcp: return "tcp";
        case Transport::Udp: return "udp";
        case Transport::Multicast: return "multicast";
    }
    return "automatic";
}

std::optional<Transport> transportFromName(std::string_view name) {
    for (const auto transport : {Transport::Automatic, Transport::Tcp, Transport::Udp, Transport::Multicast}) {
        if (nameOf(transport) == name) {
            return transport;
        }
    }
    return std::nullopt;
}

std::optional<CameraState> cameraStateFromName(std::string_view name) {
    for (const auto state : {CameraState::Connecting, CameraState::Live, CameraState::Frozen, CameraState::Offline,
                             CameraState::Disabled}) {
        if (nameOf(state) == name) {
            return state;
        }
    }
    return std::nullopt;
}

std::optional<LossCause> lossCauseFromName(std::string_view name) {
    for (const auto cause :
         {LossCause::None, LossCause::Network, LossCause::Refused, LossCause::Authentication, LossCause::Codec,
          LossCause::EncoderFrozen, LossCause::Decoder, LossCause::Storage, LossCause::Power}) {
        if (nameOf(cause) == name) {
            return cause;
        }
    }
    return std::nullopt;
}

}  // namespace leedswatch::estate
