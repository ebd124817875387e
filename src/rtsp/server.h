#pragma once

#include "base/result.h"
#include "rtsp/credentials.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace leedswatch::rtsp {

/// What can be served: ITU-T H.264 and H.265, JPEG pictures, MPEG-4 part 2.
enum class Coding { H264, H265, Jpeg, Mpeg4 };

/// One encoded picture, or a field of one; of H.264 and H.265 each NAL unit behind a 4-byte length. They come in the
/// order of decoding. Shared, never changed.
struct AccessUnit {
    std::shared_ptr<const std::vector<std::byte>> bytes;
    std::int64_t time = 0;  ///< 90 kHz, presentation
    bool isKey = false;
};

/// What a client must know before the first picture.
struct VideoFormat {
    std::vector<std::byte> record;  ///< avcC, hvcC, the headers of MPEG-4; none for JPEG
    int width = 0;
    int height = 0;
    Coding coding = Coding::H264;
    bool operator==(const VideoFormat&) const = default;
};

/// Sound that can be served: AAC (RFC 3640), G.711 (RFC 3551).
enum class SoundCoding { Aac, MuLaw, ALaw };

struct SoundFormat {
    SoundCoding coding = SoundCoding::Aac;
    int sampleRate = 8'000;
    int channels = 1;
    std::vector<std::byte> record;  ///< AudioSpecificConfig of AAC
    bool operator==(const SoundFormat&) const = default;
};

/// What a client that has just asked to play is sent first.
enum class FirstPictures { CurrentGop, NextKeyFrame };

/// What is wrong with what a simulated camera sends.
struct StreamFaults {
    std::int64_t timeShift = 0;               ///< 90 kHz, added to RTP's time, which wraps
    bool timeStands = false;                  ///< RTP's time does not go on
    int leftOutOneIn = 0;                     ///< one RTP packet in so many is not sent; 0: none
    std::chrono::milliseconds clockShift{0};  ///< added to the time of day in sender reports

    [[nodiscard]] bool changesPackets() const { return timeShift != 0 || timeStands || leftOutOneIn != 0; }
    bool operator==(const StreamFaults&) const = default;
};

/// How a server's pictures go out.
enum class Carrier {
    Tcp,        ///< inside the RTSP connection
    Udp,        ///< to each client
    Multicast,  ///< to a group of this machine's network (239.255.x.x, one hop)
};

/// How a client proves that it knows the password.
enum class SignIn { Digest, Basic };

struct ServerSettings {
    Carrier carrier = Carrier::Tcp;
    SignIn signIn = SignIn::Digest;
    std::string identity = {};  ///< certificate and key (PEM): everything is inside TLS; empty: nothing is
};

/// A path on the server that pictures, and sound, are pushed into. Thread-safe; push never blocks on a client: one that
/// is too slow is dropped to its next key frame.
class Mount {
public:
    Mount() = default;
    Mount(const Mount&) = delete;
    Mount& operator=(const Mount&) = delete;
    virtual ~Mount() = default;

    /// Until the first one DESCRIBE is answered with 503. A change in mid-stream reaches the clients in-band: the new
    /// parameter sets go before the next key frame, and everything up to that key frame is left out. A change of coding
    /// ends the clients' sessions.
    virtual void setFormat(const VideoFormat& format) = 0;
    /// A unit before the first key frame is left out. A time that steps back by more than a second is another source's:
    /// the clients' sessions end, and who comes again gets the new one.
    virtual void push(const AccessUnit& unit) = 0;
    /// The source runs and has nothing to send, as one that nobody watches: whoever comes next begins at `time`, and
    /// pictures in hand are let go. Without it the clock of a source that sends nothing until it is watched would seem
    /// ahead by as long as it waited. Nothing happens while there are clients.
    virtual void passTime(std::int64_t time) = 0;
    /// Sound beside the pictures, offered to whoever asks from now on; nothing: none. Sessions that play go on as they
    /// are. The station's relay has none: see docs/design/live.md.
    virtual void setSound(const std::optional<SoundFormat>& format) = 0;
    /// A piece of it, by the clock of the pictures.
    virtual void pushSound(const AccessUnit& unit) = 0;
    /// Why nothing of the newest unit is served, a clause for people: RTP does not carry every JPEG. DESCRIBE is
    /// answered with 503 meanwhile. Empty if all is well.
    [[nodiscard]] virtual std::string refusal() const = 0;
    /// For everybody who asks from now on; sessions that play go on. Empty credentials open the path.
    virtual void setCredentials(const Credentials& credentials) = 0;
    [[nodiscard]] virtual int clients() const = 0;
    /// Ends every client's session on this path.
    virtual void disconnectClients() = 0;
    virtual void setFaults(const StreamFaults& faults) = 0;
    /// Requests for the path are taken and not answered, as by a camera whose software hangs.
    virtual void setHanging(bool isHanging) = 0;
};

/// An RTSP server (gst-rtsp-server) with a thread of its own. Mounts live until the server goes or they
/// are removed; one that is held longer goes nowhere. Thread-safe.
class Server {
public:
    Server() = default;
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;
    virtual ~Server() = default;

    /// `port` 0 takes a free one. Errors: Busy if the port is taken, Unsupported if a GStreamer plug-in is missing,
    /// InvalidInput if the machine does not have that address, or the identity is none.
    [[nodiscard]] static base::Result<std::unique_ptr<Server>> start(const std::string& address, int port,
                                                                     const ServerSettings& settings = {});

    [[nodiscard]] virtual int port() const = 0;
    /// `path` as "/cameras/12/main"; a mount that was there is replaced. With credentials, the server's way of signing
    /// in is asked for; with empty ones the path is open to whoever reaches the address.
    [[nodiscard]] virtual std::shared_ptr<Mount> addMount(const std::string& path, FirstPictures first,
                                                          const Credentials& credentials) = 0;
    /// Ends its clients' sessions; the path is answered with 404 from now on.
    virtual void removeMount(const std::string& path) = 0;
};

}  // namespace leedswatch::rtsp
