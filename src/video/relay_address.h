#pragma once

#include "base/result.h"

#include <filesystem>
#include <string>

namespace leedswatch::video {

enum class StreamKind { Main, Sub };

/// Where the station of a data folder relays live video, and the secret of its present run. The station writes it to
/// `folder`/run/station.json (mode 0600) when its relay listens; a desk on the same folder reads it.
struct RelayAddress {
    int processId = 0;
    int port = 0;
    std::string username;
    std::string password;

    /// rtsp://127.0.0.1:PORT/cameras/NUMBER/main
    [[nodiscard]] std::string url(int cameraNumber, StreamKind kind) const;
};

[[nodiscard]] base::Result<void> writeRelayAddress(const std::filesystem::path& folder, const RelayAddress& address);
/// NotFound while no station has run there. A station that was killed leaves its address: connecting to it fails.
[[nodiscard]] base::Result<RelayAddress> readRelayAddress(const std::filesystem::path& folder);

}  // namespace leedswatch::video
