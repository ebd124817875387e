#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

namespace leedswatch::transcode {

struct FoundFilms {
    std::vector<std::filesystem::path> films;  ///< by name, a folder's own before those below it
    std::int64_t others = 0;                   ///< files that are no recordings by their names
};

/// The recordings in a folder and in those below it, by the ends of their names. Left out are hidden ones, those that
/// were made by a conversion (a report lies beside them) and what is being made. What may not be read is passed over.
[[nodiscard]] FoundFilms findFilms(const std::filesystem::path& folder);

}  // namespace leedswatch::transcode
