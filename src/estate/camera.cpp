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
    }
    return "none";
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
    for (const auto cause : {LossCause::None, LossCause::Network, LossCause::Refused, LossCause::Authentication,
                             LossCause::Codec, LossCause::EncoderFrozen, LossCause::Decoder, LossCause::Storage}) {
        if (nameOf(cause) == name) {
            return cause;
        }
    }
    return std::nullopt;
}

}  // namespace leedswatch::estate
