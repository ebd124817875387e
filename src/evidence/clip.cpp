#include "evidence/clip.h"

#include "base/local_time.h"
#include "base/part_folder.h"
#include "evidence/clip_check.h"
#include "evidence/clip_copy.h"
#include "evidence/clip_manifest.h"

#include <date/date.h>
#include <fcntl.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <numeric>

namespace leedswatch::evidence {
namespace {

constexpr std::uint64_t roomForManifests = 1U << 20U;

base::Result<void> checkTarget(const std::filesystem::path& target) {
    std::error_code ignored;
    if (target.filename().empty() || target.filename() == "." || target.filename() == "..") {
        return base::fail(base::ErrorCode::InvalidInput, "'" + target.string() + "' does not name a new folder");
    }
    const bool emptyFolder =
        std::filesystem::is_directory(target, ignored) && std::filesystem::is_empty(target, ignored);
    if (std::filesystem::exists(std::filesystem::symlink_status(target, ignored)) && !emptyFolder) {
        return base::fail(base::ErrorCode::AlreadyExists,
                          target.string() + " is there already; nothing is written over it, choose another folder");
    }
    return {};
}

std::uint64_t bytesWithin(const video::RecordedSegment& segment, video::TimeRange range, std::uint64_t fileBytes) {
    const auto length = std::max<std::int64_t>((segment.end - segment.begin).count(), 1);
    const auto part = (std::min(segment.end, range.end) - std::max(segment.begin, range.begin)).count();
    const double share = std::clamp(static_cast<double>(part) / static_cast<double>(length), 0.0, 1.0);
    return static_cast<std::uint64_t>(static_cast<double>(fileBytes) * share);
}

/// Rounded up: what is needed is never said too small.
std::string megabytes(std::uint64_t bytes) {
    return std::to_string((bytes + 999'999) / 1'000'000) + " MB";
}

base::Error nothingRecorded(video::SegmentIndex& index, const estate::Camera& camera, video::TimeRange range) {
    std::string message = "nothing is recorded of camera " + std::to_string(camera.number) + " from " +
                          base::formatLocal(range.begin) + " to " + base::formatLocal(range.end);
    const video::SegmentWalk walk{index, camera.id};
    const auto before = walk.beginningBefore(range.begin);
    const auto after = walk.beginningAfter(range.begin);
    std::string nearest;
    if (before && *before) {
        nearest += "the nearest recording before it ends at " + base::formatLocal((*before)->end);
    }
    if (after && *after) {
        nearest +=
            (nearest.empty() ? "" : ", ") + std::string{"the next one begins at "} + base::formatLocal((*after)->begin);
    }
    message += nearest.empty() ? "; nothing at all is recorded of it" : "; " + nearest;
    return {base::ErrorCode::NotFound, message};
}

/// How many pictures of the sources a decoder does not give: what a camera sent damaged is damaged in the clip too.
base::Result<std::int64_t> missingInSources(const ClipReport& report, const std::stop_token& stop) {
    std::int64_t missing = 0;
    for (const ClipSource& source : report.sources) {
        TRY_ASSIGN(const ClipContents contents, contentsOf(source.folder / source.file, stop));
        missing += contents.stored - contents.decoded;
    }
    return missing;
}

/// Reads each file again, from the disk, and holds it against what was meant.
base::Result<void> verifyFiles(ClipReport& report, const std::stop_token& stop,
                               const std::function<void(double)>& advanced) {
    const bool sourcesGood = std::ranges::all_of(report.sources, [](const ClipSource& source) {
        return source.check == SourceCheck::Verified || source.check == SourceCheck::StillRecording;
    });
    double done = 0;
    for (ClipFile& file : report.files) {
        const auto path = report.folder / file.name;
        const double share = 1.0 / static_cast<double>(report.files.size());
        {
            TRY_ASSIGN(const auto opened, base::File::openForReading(path));
            static_cast<void>(::posix_fadvise(opened.descriptor(), 0, 0, POSIX_FADV_DONTNEED));
        }
        TRY_ASSIGN(const ClipContents contents,
                   contentsOf(path, stop, [&](double part) { advanced(done + part * share); }));
        if (contents.stored != file.framesStored || contents.shown != file.framesShown) {
            return base::fail(base::ErrorCode::Damaged,
                              "the exported " + file.name + " shows " + std::to_string(contents.shown) + " of " +
                                  std::to_string(contents.stored) + " pictures where " +
                                  std::to_string(file.framesShown) + " of " + std::to_string(file.framesStored) +
                                  " were copied; nothing was kept");
        }
        if (contents.soundBytes != (file.sound ? file.sound->bytes : 0)) {
            return base::fail(base::ErrorCode::Damaged,
                              "the sound of the exported " + file.name + " is not what was copied; nothing was kept");
        }
        if (contents.decoded != file.framesShown) {
            const std::string what = std::to_string(file.framesShown - contents.decoded) + " of " +
                                     std::to_string(file.framesShown) + " pictures of " + file.name + " do not decode";
            if (sourcesGood) {
                TRY_ASSIGN(const std::int64_t missing, missingInSources(report, stop));
                if (missing < file.framesShown - contents.decoded) {
                    return base::fail(base::ErrorCode::Damaged,
                                      what + " although those of the recording do; nothing was kept");
                }
                report.warnings.push_back(what + ". The recording is whole: the camera sent them so.");
            } else {
                report.warnings.push_back("Of the damaged recording, " + what + ".");
            }
        }
        TRY_ASSIGN(file.sha256, base::sha256OfFile(path));
        done += share;
    }
    return {};
}

base::Result<void> writeFile(ClipStorage& storage, const std::filesystem::path& path, const std::string& text) {
    TRY_ASSIGN(auto file, base::File::create(path));
    TRY(storage.write(file, std::as_bytes(std::span{text})));
    return file.sync();
}

base::Error withNeed(base::Error error, std::uint64_t need, const std::filesystem::path& target) {
    if (error.code == base::ErrorCode::StorageFull) {
        error.message = "the disk of " + target.string() + " became full; the clip needs about " + megabytes(need) +
                        " and nothing of it was kept";
    }
    return error;
}

}  // namespace

std::int64_t ClipReport::framesShown() const {
    return std::accumulate(files.begin(), files.end(), std::int64_t{0},
                           [](std::int64_t sum, const ClipFile& file) { return sum + file.framesShown; });
}

std::uint64_t ClipReport::bytes() const {
    return std::accumulate(files.begin(), files.end(), std::uint64_t{0},
                           [](std::uint64_t sum, const ClipFile& file) { return sum + file.bytes; });
}

base::Result<std::uint64_t> ClipStorage::freeSpace(const std::filesystem::path& folder) {
    return base::freeSpace(folder);
}
base::Result<void> ClipStorage::write(base::File& file, std::span<const std::byte> bytes) {
    return file.write(bytes);
}

std::string clipName(int cameraNumber, base::UtcTime begin) {
    std::string number = std::to_string(cameraNumber);
    number.insert(0, number.size() < 4 ? 4 - number.size() : 0, '0');
    return "camera" + number + "_" + date::format("%Y%m%dT%H%M%SZ", std::chrono::floor<std::chrono::seconds>(begin));
}

base::Result<ClipEstimate> ClipCutter::estimate(const estate::Camera& camera, video::TimeRange range) {
    if (range.begin >= range.end) {
        return base::fail(base::ErrorCode::InvalidInput, "the clip would end at " + base::formatLocal(range.end) +
                                                             ", which is not after its beginning at " +
                                                             base::formatLocal(range.begin));
    }
    TRY_ASSIGN(auto timeline, video::RecordedTimeline::read(m_index, camera.id, range));
    if (timeline.segments().empty()) {
        return base::fail(nothingRecorded(m_index, camera, range));
    }
    std::uint64_t bytes = 0;
    for (const auto& segment : timeline.segments()) {
        std::error_code ignored;
        const auto fileBytes = segment.finished ? static_cast<std::uint64_t>(segment.finished->bytes)
                                                : std::filesystem::file_size(segment.path(), ignored);
        bytes += ignored ? 0 : bytesWithin(segment, range, fileBytes);
    }
    return ClipEstimate{std::move(timeline), bytes};
}

base::Result<ClipReport> ClipCutter::cut(const access::Acting& acting, const ClipOrder& asked,
                                         const std::stop_token& stop,
                                         const std::function<void(const ClipProgress&)>& progress) {
    TRY(access::require(acting, access::Right::ExportFootage));
    ClipOrder order = asked;
    if (order.target.filename().empty()) {
        order.target = order.target.parent_path();  // "folder/" names the folder
    }
    TRY(checkTarget(order.target));
    TRY_ASSIGN(const ClipEstimate estimated, estimate(order.camera, order.range));
    const auto tell = [&](ClipProgress::Phase phase, double fraction) {
        if (progress) {
            progress({phase, fraction});
        }
    };
    removeRemains(acting, order);
    TRY_ASSIGN(auto part, base::PartFolder::create(order.target));
    const std::uint64_t need = estimated.bytes + estimated.bytes / 16 + roomForManifests;
    TRY_ASSIGN(const std::uint64_t room, m_storage.freeSpace(part.path()));
    if (room < need) {
        return base::fail(base::ErrorCode::StorageFull, "the clip needs about " + megabytes(need) + " and " +
                                                            order.target.parent_path().string() + " has only " +
                                                            std::to_string(room / 1'000'000) + " MB free");
    }
    const video::SegmentWalk walk{m_index, order.camera.id};
    TRY_ASSIGN(const auto before, walk.beginningBefore(estimated.timeline.segments().front().begin));
    ClipCopy copy{order, m_index, part.path(), m_storage, stop};
    auto report = copy.run(estimated.timeline.segments(), before,
                           [&](double fraction) { tell(ClipProgress::Phase::Copying, fraction); });
    if (!report) {
        return base::fail(withNeed(std::move(report).error(), need, order.target));
    }
    if (report->files.empty()) {
        return base::fail(report->warnings.empty() ? nothingRecorded(m_index, order.camera, order.range)
                                                   : base::Error{base::ErrorCode::Damaged, report->warnings.front()});
    }
    TRY(verifyFiles(*report, stop, [&](double fraction) { tell(ClipProgress::Phase::Verifying, fraction); }));
    tell(ClipProgress::Phase::Finishing, 0);
    const std::string manifest = manifestOf(*report, order, acting, m_clock.now());
    report->manifestSha256 = base::sha256(manifest);
    auto written = writeFile(m_storage, part.path() / "manifest.json", manifest);
    if (written) {
        written = writeFile(m_storage, part.path() / "manifest-sha256.txt", checksumsOf(*report));
    }
    if (!written) {
        return base::fail(withNeed(std::move(written).error(), need, order.target));
    }
    TRY(base::syncFolder(part.path()));
    TRY(publish(acting, order, part.path(), *report));
    part.release();
    report->folder = order.target;
    tell(ClipProgress::Phase::Finishing, 1);
    return report;
}

/// Of exports that were killed. Pictures of people went away, so the audit log says it; that it cannot is no reason to
/// refuse the export that is wanted now.
void ClipCutter::removeRemains(const access::Acting& acting, const ClipOrder& order) {
    const auto parent = order.target.parent_path();
    for (const base::RemovedPart& part : base::removeAbandonedParts(parent.empty() ? "." : parent)) {
        store::AuditEvent event;
        event.who = acting.username;
        event.workstation = acting.workstation;
        event.action = "clip.remains-removed";
        event.object = "the remains of a killed export";
        event.details = {{"files", part.files}, {"bytes", static_cast<std::int64_t>(part.bytes)}};
        event.personal = part.path.string();
        const auto written = m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
            transaction.audit(event);
            return {};
        });
        if (!written) {
            spdlog::error("the audit log does not say that remains of an export were removed: {}",
                          written.error().message);
        }
    }
}

/// The folder gets its name and the audit row is written, both or neither.
base::Result<void> ClipCutter::publish(const access::Acting& acting, const ClipOrder& order,
                                       const std::filesystem::path& part, const ClipReport& report) {
    nlohmann::json files = nlohmann::json::array();
    for (const ClipFile& file : report.files) {
        files.push_back({{"name", file.name}, {"sha256", base::toHex(file.sha256)}, {"frames", file.framesShown}});
    }
    store::AuditEvent event;
    event.who = acting.username;
    event.workstation = acting.workstation;
    event.action = "clip.exported";
    event.object = "camera " + std::to_string(order.camera.number);
    event.details = {{"camera", order.camera.number},
                     {"from", base::formatUtc(order.range.begin)},
                     {"to", base::formatUtc(order.range.end)},
                     {"files", std::move(files)},
                     {"manifest_sha256", base::toHex(report.manifestSha256)},
                     {"gaps", static_cast<std::int64_t>(report.gaps.size())},
                     {"warnings", static_cast<std::int64_t>(report.warnings.size())}};
    event.personal = order.target.string();
    bool named = false;
    auto done = m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        transaction.audit(event);
        // rename() over a folder succeeds only if that is empty.
        if (std::rename(part.c_str(), order.target.c_str()) != 0) {
            return base::fail(
                errno == EEXIST || errno == ENOTEMPTY
                    ? base::Error{base::ErrorCode::AlreadyExists, order.target.string() + " is there already"}
                    : base::errorFromErrno(errno, "name the folder " + order.target.string()));
        }
        named = true;
        return base::syncFolder(order.target.parent_path().empty() ? "." : order.target.parent_path());
    });
    if (!done && named) {
        std::error_code ignored;
        std::filesystem::remove_all(order.target, ignored);
    }
    return done;
}

}  // namespace leedswatch::evidence
