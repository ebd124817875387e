#include "video/archive_recovery.h"

#include "base/file.h"
#include "video/fragment_scanner.h"
#include "video/packet.h"

#include <spdlog/fmt/fmt.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <optional>

namespace leedswatch::video {
namespace {

base::Result<FragmentScan> scanFile(const base::File& file) {
    return scanFragments([&file](std::uint64_t offset, std::span<std::byte> bytes) -> base::Result<std::size_t> {
        std::size_t filled = 0;
        while (filled < bytes.size()) {
            const ssize_t count = ::pread(file.descriptor(), bytes.data() + filled, bytes.size() - filled,
                                          static_cast<off_t>(offset + filled));
            if (count < 0 && errno == EINTR) {
                continue;
            }
            if (count < 0) {
                return base::fail(base::errorFromErrno(errno, "read " + file.path().string()));
            }
            if (count == 0) {
                break;
            }
            filled += static_cast<std::size_t>(count);
        }
        return filled;
    });
}

base::Result<void> makeDurable(ArchiveFiles& files, const std::filesystem::path& path, std::uint64_t size) {
    TRY_ASSIGN(const auto file, files.open(path));
    TRY(file->truncate(size));
    TRY(file->sync());
    return files.syncFolder(path.parent_path());
}

// The finished segment, or nothing if there was nothing whole: then the file is gone.
base::Result<std::optional<Segment>> recoverFile(const OpenSegment& open, const std::filesystem::path& path,
                                                 ArchiveFiles& files, std::int64_t& cutBytes) {
    auto file = base::File::openForReading(path);
    if (!file && file.error().code == base::ErrorCode::NotFound) {
        return std::optional<Segment>{};
    }
    if (!file) {
        return base::fail(std::move(file).error());
    }
    TRY_ASSIGN(const FragmentScan scan, scanFile(*file));
    TRY_ASSIGN(const std::uint64_t size, file->size());
    if (scan.frames == 0) {
        TRY(files.remove(path));
        TRY(files.syncFolder(path.parent_path()));
        return std::optional<Segment>{};
    }
    TRY(makeDurable(files, path, scan.wholeBytes));
    TRY_ASSIGN(const auto digest, base::sha256OfFile(path));
    cutBytes += static_cast<std::int64_t>(size - scan.wholeBytes);
    Segment segment;
    segment.camera = open.camera;
    segment.volume = open.volume;
    segment.folder = open.folder;
    segment.file = open.file;
    segment.begin = open.begin;
    // The stream's own clock says how long the pictures last; when they arrived is not known any more.
    segment.end = open.begin + durationOfTicks(std::max<std::int64_t>(scan.endTime, 1'000));
    segment.firstMediaTime = open.firstMediaTime;
    segment.lastMediaTime = open.firstMediaTime + scan.lastTime;
    segment.frames = scan.frames;
    segment.bytes = static_cast<std::int64_t>(scan.wholeBytes);
    segment.sha256 = digest;
    segment.cause = SegmentEnd::Recovered;
    return std::optional{std::move(segment)};
}

}  // namespace

base::Result<RecoveryReport> recoverArchive(SegmentIndex& index, ArchiveFiles& files,
                                            const std::function<base::Result<void>(VolumeId)>& isThere) {
    TRY_ASSIGN(const auto open, index.openSegments());
    RecoveryReport report;
    for (const OpenSegment& segment : open) {
        const auto there = isThere(segment.volume);
        const auto recovered = there ? recoverFile(segment, segment.path(), files, report.cutBytes)
                                     : base::Result<std::optional<Segment>>{tl::unexpect, there.error()};
        if (!recovered) {
            report.problems.push_back(
                fmt::format("{} could not be finished: {}", segment.file.string(), recovered.error().message));
        } else if (*recovered) {
            TRY(index.finish({**recovered}));
            ++report.recovered;
        } else {
            TRY(index.dropOpen(segment.file));
            ++report.removed;
        }
    }
    TRY(index.beginMissingGaps());
    return report;
}

}  // namespace leedswatch::video
