#pragma once

#include "rtsp/server.h"

#include <gst/rtsp-server/rtsp-server.h>

#include <string>

namespace leedswatch::rtsp {

/// What the guard must know of the mounts. Called on the server's thread.
class MountLookup {
public:
    MountLookup() = default;
    MountLookup(const MountLookup&) = delete;
    MountLookup& operator=(const MountLookup&) = delete;
    virtual ~MountLookup() = default;

    /// Open credentials for a path that is nobody's: it gets its 404.
    [[nodiscard]] virtual Credentials credentialsOf(const std::string& path) const = 0;
    /// False if there is a mount at `path` that has nothing to describe yet, or no room for another client.
    [[nodiscard]] virtual bool canServe(const std::string& path) const = 0;
    [[nodiscard]] virtual bool isHanging(const std::string& path) const = 0;
};

/// Stands before every request: 401 to who has no right, 503 to who asks for what is not there yet, before
/// gst-rtsp-server builds a pipeline that would wait for it. `lookup` must outlive it; the caller owns the reference.
[[nodiscard]] GstRTSPAuth* makeRequestGuard(const MountLookup& lookup, SignIn signIn);

}  // namespace leedswatch::rtsp
