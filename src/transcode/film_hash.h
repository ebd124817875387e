#pragma once

#include "base/hash.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>

namespace leedswatch::transcode {

/// Of a file that is read: how many of its bytes have been.
using BytesTold = std::function<void(std::uint64_t)>;

struct FilmHash {
    std::uint64_t bytes = 0;
    base::Sha256Digest sha256{};
};

/// Reads a file that may take minutes. `told` hears how far it is after each megabyte, on the caller's thread, and it
/// ends within one once a stop is asked for. Errors: NotFound, StorageFailed, Cancelled.
[[nodiscard]] base::Result<FilmHash> hashFilm(const std::filesystem::path& file, const std::stop_token& stop,
                                              const BytesTold& told);

}  // namespace leedswatch::transcode
