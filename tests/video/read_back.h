#pragma once

#include "video/packet.h"

#include <cstdint>
#include <filesystem>
#include <vector>

namespace leedswatch::tests {

struct ReadPicture {
    std::vector<std::byte> bytes;
    std::int64_t time = 0;  ///< 90 kHz, in the file
    std::int64_t duration = 0;
    bool isKey = false;
};

/// Every picture of a file, as a common player reads it.
[[nodiscard]] std::vector<ReadPicture> readBack(const std::filesystem::path& file);

struct ReadSound {
    std::vector<std::byte> bytes;
    std::int64_t time = 0;  ///< in samples, in the file
};

/// The second track of a file, as a common player reads it; empty if there is none.
[[nodiscard]] std::vector<ReadSound> readSoundBack(const std::filesystem::path& file);

/// How many pictures decode; throws if one does not.
[[nodiscard]] int decodeAll(const std::filesystem::path& file);

}  // namespace leedswatch::tests
