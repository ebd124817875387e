#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "estate/camera.h"
#include "estate/stream_measurements.h"
#include "video/packet.h"
#include "video/picture_encoder.h"
#include "video/sound.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace leedswatch::video {

struct StreamAddress {
    std::string url;  ///< as estate/camera_address.h has it, without credentials
    std::string username;
    std::string password;
    estate::Transport transport = estate::Transport::Automatic;  ///< of rtsp://
    bool wantsSound = false;                                     ///< else the camera is not even asked for its sound
};

struct SourceTimeouts {
    std::chrono::milliseconds connect{5'000};  ///< from the first byte sent to the stream's description and PLAY
    std::chrono::milliseconds silence{3'000};  ///< between pictures
};

/// What a source knows of the session besides its pictures.
struct SourceReport {
    std::string carrier;                      ///< as estate::StreamMeasurement has it
    std::optional<std::int64_t> lostPackets;  ///< nothing where the carrier cannot lose any
    estate::MendedTimes mended;
    std::optional<base::Microseconds> clockOffset;  ///< of the camera's clock, smoothed; nothing until it said its time
    std::string sound = {};                         ///< its coding as FFmpeg calls it, "aac"; empty: none
    std::string soundRefusal = {};  ///< why there is none though it is wanted, a clause: "the camera offers none"
};

/// One attempt of one session with a camera; trying again is the caller's. Pictures come as they are; nothing is
/// decoded but what a capture device gives raw, or what the camera's record asks to be made progressive. Used by one
/// thread; every wait ends within 100 ms of a stop.
///
/// Errors of opening and reading: Unreachable (nothing there, or the port is closed), TimedOut (there, and silent),
/// SignInFailed (401, 403), NotPermitted (its certificate is not vouched for), NotFound (404, no such file or device),
/// Unsupported (a coding that is not carried; the message names it), Damaged, InvalidInput (the address), Disconnected,
/// Cancelled. The messages name the host, file or device and never hold a credential.
class StreamSource {
public:
    StreamSource() = default;
    StreamSource(const StreamSource&) = delete;
    StreamSource& operator=(const StreamSource&) = delete;
    virtual ~StreamSource() = default;

    /// Waits for the next picture. One whose parameter sets are not known yet is passed over. Times grow through the
    /// session (MediaClock).
    [[nodiscard]] virtual base::Result<Packet> read() = 0;
    /// The sound that has come since the last call, in the order of its times, on the clock of the pictures. Only where
    /// it is wanted; of RTSP and files. Of what nobody takes the newest seconds are kept.
    [[nodiscard]] virtual std::vector<SoundPacket> takeSound() { return {}; }
    /// As of the last picture.
    [[nodiscard]] virtual SourceReport report() const = 0;
};

struct SourceSettings {
    SourceTimeouts timeouts;
    /// The certificates that vouch for cameras' (PEM). Where it is missing, TLS encrypts and proves nothing, and the
    /// carrier says so.
    std::filesystem::path cameraAuthorities;
    /// libavdevice's name of the kind of capture device.
    std::string deviceFormat = "video4linux2";
    /// What a capture device is asked for, by libavdevice's names: {"standard", "PAL"}.
    std::vector<std::pair<std::string, std::string>> deviceOptions = {};
    /// For what a device gives raw; without one that is Unsupported.
    MakePictureEncoder pictureEncoder = {};
};

/// The source that the address asks for.
[[nodiscard]] base::Result<std::unique_ptr<StreamSource>> openSource(const StreamAddress& address,
                                                                     const SourceSettings& settings,
                                                                     const base::Clock& clock, std::stop_token stop);

/// "10.1.2.3:554" of an address, for messages; of a file or a device its path.
[[nodiscard]] std::string hostOf(const std::string& url);

}  // namespace leedswatch::video
