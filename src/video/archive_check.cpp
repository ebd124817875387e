#include "video/archive_check.h"

#include <spdlog/fmt/fmt.h>

#include <system_error>
#include <unordered_set>

namespace leedswatch::video {
namespace {

namespace fs = std::filesystem;

base::Result<std::vector<fs::path>> filesBelow(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code error;
    if (!fs::exists(folder, error) && !error) {
        return files;
    }
    fs::recursive_directory_iterator entry{folder, error};
    while (!error && entry != fs::recursive_directory_iterator{}) {
        if (!entry->is_directory(error)) {
            files.push_back(entry->path().lexically_relative(folder));
        }
        entry.increment(error);
    }
    if (error) {
        return base::fail(base::ErrorCode::StorageFailed, "read folder " + folder.string() + ": " + error.message());
    }
    return files;
}

// The first thing that is wrong with the row's file; empty if nothing is.
std::string problemOf(const Segment& segment, const fs::path& folder, CheckDepth depth) {
    const fs::path path = folder / segment.file;
    std::error_code error;
    const auto size = fs::file_size(path, error);
    if (error) {
        return fmt::format("{}: the row says that it is there, but it cannot be read ({})", segment.file.string(),
                           error.message());
    }
    if (size != static_cast<std::uintmax_t>(segment.bytes)) {
        return fmt::format("{}: has {} bytes and should have {}", segment.file.string(), size, segment.bytes);
    }
    if (depth == CheckDepth::Quick) {
        return {};
    }
    const auto digest = base::sha256OfFile(path);
    if (!digest) {
        return fmt::format("{}: {}", segment.file.string(), digest.error().message);
    }
    return *digest == segment.sha256
               ? std::string{}
               : fmt::format("{}: its bytes are not those that were recorded (SHA-256 {} is not {})",
                             segment.file.string(), base::toHex(*digest), base::toHex(segment.sha256));
}

}  // namespace

base::Result<ArchiveCheck> checkArchive(SegmentIndex& index, CheckDepth depth) {
    const fs::path folder = index.archiveFolder();
    // Files first: a row stands before its file, so a file that is new since then cannot look like one without a row.
    TRY_ASSIGN(const auto files, filesBelow(folder));
    // Open rows before finished ones: a row that moves in between is then seen twice, and not never.
    TRY_ASSIGN(const auto open, index.openSegments());
    TRY_ASSIGN(const auto segments, index.all(std::nullopt));
    ArchiveCheck check;
    std::unordered_set<std::string> known;
    for (const Segment& segment : segments) {
        known.insert(segment.file.string());
        ++check.files;
        check.bytes += segment.bytes;
        if (auto problem = problemOf(segment, folder, depth); !problem.empty()) {
            check.problems.push_back(std::move(problem));
        }
    }
    for (const OpenSegment& segment : open) {
        check.inHand += known.insert(segment.file.string()).second ? 1 : 0;
    }
    for (const fs::path& file : files) {
        if (!known.contains(file.string())) {
            check.problems.push_back(fmt::format("{}: has no row in the archive's index", file.string()));
        }
    }
    return check;
}

}  // namespace leedswatch::video
