#pragma once

#include "base/result.h"
#include "video/segment.h"

#include <soci/soci.h>

#include <filesystem>
#include <string>
#include <vector>

namespace leedswatch::video {

// How the archive's rows are read and written; for the classes that keep them. Everything here throws soci::soci_error.

/// soci has no name for std::int64_t: on this platform it is `long`, which it does not bind to a 64-bit column.
using StoredInteger = long long;

/// What is told of when rows of it change; store/change_feed.h.
constexpr const char* kArchiveTopic = "archive";

constexpr std::int64_t kMicrosecondsOfDay = 86'400'000'000;

/// Whole UTC days since 1970.
[[nodiscard]] std::int64_t dayOf(base::UtcTime time);

/// Where a volume's files are: its own path, or DATA/archive if it has none.
[[nodiscard]] std::filesystem::path volumeFolder(const std::filesystem::path& dataFolder, const std::string& path);

/// The rows of `segment` (here `s`) that fit the condition, which may name :named parameters. Error: Damaged.
[[nodiscard]] base::Result<std::vector<Segment>> selectSegments(soci::session& sql,
                                                                const std::filesystem::path& dataFolder,
                                                                const std::string& condition,
                                                                const std::vector<std::int64_t>& values);

void insertSegment(soci::session& sql, const Segment& segment);

/// Keeps the sums of a camera's day: `sign` 1 for a file that came, -1 for one that went.
void countSegment(soci::session& sql, const Segment& segment, int sign);

}  // namespace leedswatch::video
