#include "video/archive_recovery.h"

#include "base/file.h"
#include "video/fragment_scanner.h"
#include "video/packet.h"

#include <spdlog/fmt/fmt.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <map>
#include <optional>
#include <thread>
#include <vector>

namespace leedswatch::video {
namespace {

constexpr std::size_t kAtOnce = 8;

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

struct Outcome {
    bool isLeft = true;  ///< nobody came to it
    base::Result<std::optional<Segment>> segment;
    std::int64_t cutBytes = 0;
};

using Presence = std::map<VolumeId, base::Result<void>>;

Presence whichAreThere(const std::vector<OpenSegment>& open,
                       const std::function<base::Result<void>(VolumeId)>& isThere) {
    Presence there;
    for (const OpenSegment& segment : open) {
        if (!there.contains(segment.volume)) {
            there.emplace(segment.volume, isThere(segment.volume));
        }
    }
    return there;
}

// Several at once: a file's time is mostly the disk's, which makes each durable by itself.
std::vector<Outcome> recoverFiles(const std::vector<OpenSegment>& open, ArchiveFiles& files,
                                  const RecoveryOrder& order) {
    const auto begun = std::chrono::steady_clock::now();
    const auto isLate = [&] { return order.patience && std::chrono::steady_clock::now() - begun >= *order.patience; };
    const Presence there = whichAreThere(open, order.isThere);
    std::vector<Outcome> outcomes(open.size());
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        for (std::size_t i = next++; i < open.size() && !isLate(); i = next++) {
            outcomes[i].isLeft = false;
            const auto& volume = there.at(open[i].volume);
            if (volume) {
                outcomes[i].segment = recoverFile(open[i], open[i].path(), files, outcomes[i].cutBytes);
            } else {
                outcomes[i].segment = base::fail(volume.error());
            }
        }
    };
    std::vector<std::jthread> workers;
    for (std::size_t i = 0; i < std::min(open.size(), kAtOnce); ++i) {
        workers.emplace_back(work);
    }
    workers.clear();
    return outcomes;
}

// Its file is gone, because nothing in it was whole.
base::Result<bool> dropLate(SegmentIndex& index, const UnfinishedFile& file) {
    if (file.knownEnd) {
        TRY(index.addGap({file.open.camera, file.open.begin, *file.knownEnd, GapCause::Storage}));
    }
    TRY(index.dropOpen({file.open.file}));
    return true;
}

}  // namespace

base::Result<RecoveryReport> recoverArchive(SegmentIndex& index, ArchiveFiles& files, const RecoveryOrder& order) {
    TRY_ASSIGN(const auto open, index.openSegments());
    auto outcomes = recoverFiles(open, files, order);
    RecoveryReport report;
    std::vector<Segment> finished;
    std::vector<std::filesystem::path> gone;
    for (std::size_t i = 0; i < open.size(); ++i) {
        Outcome& outcome = outcomes[i];
        report.cutBytes += outcome.cutBytes;
        if (outcome.isLeft) {
            report.left.push_back(open[i]);
        } else if (!outcome.segment) {
            report.problems.push_back(
                fmt::format("{} could not be finished: {}", open[i].file.string(), outcome.segment.error().message));
            report.left.push_back(open[i]);
        } else if (*outcome.segment) {
            finished.push_back(std::move(**outcome.segment));
        } else {
            gone.push_back(open[i].file);
        }
    }
    report.recovered = static_cast<int>(finished.size());
    report.removed = static_cast<int>(gone.size());
    TRY(index.finish(finished));
    TRY(index.dropOpen(gone));
    TRY(index.beginMissingGaps());
    return report;
}

base::Result<RecoveryReport> finishUnfinished(SegmentIndex& index, ArchiveFiles& disk, UnfinishedFiles& files,
                                              VolumeId volume) {
    RecoveryReport report;
    for (UnfinishedFile& file : files.take(volume)) {
        const auto recovered = recoverFile(file.open, file.open.path(), disk, report.cutBytes);
        if (!recovered) {
            report.problems.push_back(
                fmt::format("{} could not be finished: {}", file.open.file.string(), recovered.error().message));
            files.add(std::move(file));
            continue;
        }
        const auto done = *recovered ? index.finishLate(**recovered, file.knownEnd) : dropLate(index, file);
        if (!done || !*done) {
            files.add(std::move(file));
            TRY(done);
            continue;
        }
        ++(*recovered ? report.recovered : report.removed);
    }
    return report;
}

}  // namespace leedswatch::video
