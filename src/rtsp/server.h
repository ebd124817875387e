#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"

namespace leedswatch::rtsp {

/// One encoded picture, AVC form (NAL units each behind a 4-byte length), without B-frames. Shared, never changed.
struct AccessUnit {
    std::shared_ptr<const std::vector<std::byte>> bytes;
    std::int64_t time = 0;  ///< 90 kHz, presentation; grows
    bool isKey = false;
};

/// What a client must know before the first picture: H.264's avcC record.
struct VideoFormat {
    std::vector<std::byte> avcRecord;
    int width = 0;
    int height = 0;
    bool operator==(const VideoFormat&) const = default;
};

/// What a client that has just asked to play is sent first.
enum class FirstPictures { CurrentGop, NextKeyFrame };

/// A path on the server that pictures are pushed into. Thread-safe; push never blocks on a client: one that is too slow
/// is dropped to its next key frame.
class Mount {
public:
    virtual ~Mount() = default;
    virtual void setFormat(const VideoFormat& format) = 0;
    virtual void push(const AccessUnit& unit) = 0;
    [[nodiscard]] virtual int clients() const = 0;
    /// Ends every client's session on this path.
    virtual void disconnectClients() = 0;
};

struct Credentials {
    std::string username;
    std::string password;
};

/// An RTSP server (gst-rtsp-server) with a thread of its own. Mounts live until the server goes or they are removed.
class Server {
public:
    /// `port` 0 takes a free one. Error: Busy if the port is taken.
    [[nodiscard]] static base::Result<std::unique_ptr<Server>> start(const std::string& address, int port);
    virtual ~Server() = default;

    [[nodiscard]] virtual int port() const = 0;
    /// `path` as "/cameras/12/main". With credentials, digest authentication is asked for.
    [[nodiscard]] virtual std::shared_ptr<Mount> addMount(const std::string& path, FirstPictures first,
                                                          const Credentials& credentials) = 0;
    virtual void removeMount(const std::string& path) = 0;
};

}  // namespace leedswatch::rtsp
