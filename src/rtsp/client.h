#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "rtsp/credentials.h"
#include "rtsp/depacketizer.h"
#include "rtsp/session_description.h"

#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace leedswatch::rtsp {

enum class Transport { Tcp, Udp, Multicast };

struct ClientSettings {
    std::string url;  ///< rtsp:// or rtsps://, without credentials
    Credentials credentials;
    /// In the order they are asked for; the next one if the server does not send in that way.
    std::vector<Transport> transports{Transport::Tcp};
    /// Of rtsps://: the certificates that vouch for the camera's (PEM). Empty: it encrypts, and proves nothing.
    std::filesystem::path authorities;
    std::chrono::milliseconds connect{5'000};  ///< until PLAY is answered
    std::chrono::milliseconds silence{3'000};  ///< between packets of the pictures
    /// Else a sound that the server offers is not even asked for (SETUP).
    bool wantsSound = false;
};

/// A picture and its times.
struct StreamPicture {
    std::vector<std::byte> bytes;  ///< as ReceivedPicture has them
    bool isWhole = true;
    std::uint32_t timestamp = 0;              ///< as it was sent, of MediaDescription::clockRate
    base::UtcTime arrival{};                  ///< of its last packet, by the wall clock
    base::SteadyTime arrivedAt{};             ///< the same by the steady clock
    std::optional<base::UtcTime> cameraTime;  ///< by the sender's newest report; nothing before the first
};

/// A piece of sound and its times.
struct StreamSound {
    std::vector<std::byte> bytes;  ///< as ReceivedSound has them
    std::uint32_t timestamp = 0;   ///< as it was sent, of MediaDescription::clockRate
    std::uint32_t duration = 0;    ///< in the same
    base::SteadyTime arrivedAt{};
    std::optional<base::UtcTime> cameraTime;  ///< by the sender's newest report of the sound
};

/// One session with an RTSP 1.0 server (RFC 2326): the video of a camera, or of the relay, and its sound where that is
/// wanted. Pictures come out with their last packet. Used by one thread; every wait ends within 100 ms of a stop.
/// Connections are kept alive as the server asks for it; the destructor says good-bye without waiting for an answer.
///
/// Sound never costs a picture: one that is not carried, that the server refuses or does not answer for is left out,
/// and its packets are no life of the stream.
///
/// Errors: Unreachable (no such name, nothing there, or the port is closed), TimedOut (there, and silent), SignInFailed
/// (401, 403), NotPermitted (its certificate is not vouched for), NotFound (404), Unsupported (no RTSP, no video that
/// is carried, or not in this transport), Busy (503), Disconnected, Cancelled. The messages name the host and never
/// hold a credential.
class Client {
public:
    /// Plays the first video of the session that can be put together, and with it, if it is wanted, the first sound.
    [[nodiscard]] static base::Result<std::unique_ptr<Client>> open(const ClientSettings& settings,
                                                                    const base::Clock& clock, std::stop_token stop);
    Client() = default;
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;
    virtual ~Client() = default;

    [[nodiscard]] virtual const MediaDescription& video() const = 0;
    /// Null if there is none, or none that is wanted and carried.
    [[nodiscard]] virtual const MediaDescription* sound() const = 0;
    /// Why there is no sound though it is wanted, a clause for people: "the camera offers none".
    [[nodiscard]] virtual const std::string& soundRefusal() const = 0;
    [[nodiscard]] virtual Transport transport() const = 0;
    /// Waits for the next picture.
    [[nodiscard]] virtual base::Result<StreamPicture> read() = 0;
    /// The sound that has come since the last call; of what nobody takes the newest seconds are kept.
    [[nodiscard]] virtual std::vector<StreamSound> takeSound() = 0;
    /// Packets that were sent and never came.
    [[nodiscard]] virtual std::int64_t lostPackets() const = 0;
};

}  // namespace leedswatch::rtsp
