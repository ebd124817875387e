#pragma once

#include "base/id.h"
#include "base/time.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace leedswatch::estate {

using CameraId = base::Id<struct CameraTag>;

/// How RTSP's pictures are carried. Automatic: TCP, and what the camera says it has if that is not TCP.
enum class Transport { Automatic, Tcp, Udp, Multicast };

[[nodiscard]] std::string_view nameOf(Transport transport);  ///< "automatic", ... as stored
[[nodiscard]] std::optional<Transport> transportFromName(std::string_view name);

/// A camera of the estate. The number is what the room calls it by; the id is what everything stored is bound to.
struct Camera {
    CameraId id;
    int number = 0;  ///< 1 to 99999, unique
    std::string name;
    std::string site;
    std::string mainUrl;   ///< address of the full picture (camera_address.h), without credentials
    std::string subUrl;    ///< of the small picture; empty if the camera has none
    std::string username;  ///< for the camera; its password is kept apart, sealed
    bool enabled = true;
    int retentionDays = 31;
    Transport transport = Transport::Automatic;
    bool audioAllowed = false;  ///< whether its sound may be kept; without it sound is not even asked for

    bool operator==(const Camera&) const = default;
};

/// What the station knows of a camera's stream.
enum class CameraState { Connecting, Live, Frozen, Offline, Disabled };

/// Why a camera is not live.
enum class LossCause {
    None,
    Network,
    Refused,
    Authentication,
    Codec,
    EncoderFrozen,
    Decoder,
    Storage,
    Power,  ///< nothing is on the camera's cable while its neighbours answer (docs/design/sources.md)
};

[[nodiscard]] std::string_view nameOf(CameraState state);  ///< "connecting", ... as stored
[[nodiscard]] std::string_view nameOf(LossCause cause);    ///< "network", ...
[[nodiscard]] std::optional<CameraState> cameraStateFromName(std::string_view name);
[[nodiscard]] std::optional<LossCause> lossCauseFromName(std::string_view name);

struct CameraStatus {
    CameraId camera;
    CameraState state = CameraState::Offline;
    LossCause cause = LossCause::None;
    std::string message;    ///< one sentence for people: "no answer from 10.1.2.3 in 5 s"
    base::UtcTime since{};  ///< offline, connecting: when it was lost; else when the state began

    bool operator==(const CameraStatus&) const = default;
};

}  // namespace leedswatch::estate
