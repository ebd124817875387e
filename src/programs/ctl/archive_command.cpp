#include "programs/ctl/archive_command.h"

#include "access/person.h"
#include "base/local_time.h"
#include "estate/camera_registry.h"
#include "programs/ctl/archive_holds_command.h"
#include "programs/ctl/archive_plans_command.h"
#include "programs/ctl/archive_text.h"
#include "programs/ctl/archive_volumes_command.h"
#include "video/archive_check.h"

#include <spdlog/fmt/fmt.h>

#include <iostream>
#include <map>

namespace leedswatch::ctl {
namespace {

using video::RecordingGap;
using video::Segment;

struct ArchiveOptions {
    int camera = 0;
    std::string from;
    std::string to;
    bool quick = false;
};

/// What the archive holds of one camera in a range.
struct CameraArchive {
    estate::Camera camera;
    std::vector<Segment> segments;
    std::vector<RecordingGap> gaps;
    std::optional<video::OpenSegment> inHand;
};

nlohmann::json toJson(const Segment& segment) {
    return {{"file", segment.file.string()},
            {"folder", segment.folder.string()},
            {"begin", base::formatUtc(segment.begin)},
            {"end", base::formatUtc(segment.end)},
            {"first_media_time", segment.firstMediaTime},
            {"last_media_time", segment.lastMediaTime},
            {"frames", segment.frames},
            {"bytes", segment.bytes},
            {"sha256", base::toHex(segment.sha256)},
            {"cause", nameOf(segment.cause)}};
}

nlohmann::json toJson(const RecordingGap& gap) {
    return {{"begin", base::formatUtc(gap.begin)},
            {"end", base::formatUtc(gap.end)},
            {"cause", nameOf(gap.cause)},
            {"lasts", gap.lasts}};
}

std::int64_t bytesOf(const std::vector<Segment>& segments) {
    std::int64_t bytes = 0;
    for (const Segment& segment : segments) {
        bytes += segment.bytes;
    }
    return bytes;
}

base::Result<video::TimeRange> rangeOf(const ArchiveOptions& options) {
    video::TimeRange range{base::fromStored(0), base::fromStored(std::numeric_limits<std::int64_t>::max() / 2)};
    if (!options.from.empty()) {
        TRY_ASSIGN(range.begin, base::parseTime(options.from));
    }
    if (!options.to.empty()) {
        TRY_ASSIGN(range.end, base::parseTime(options.to));
    }
    if (range.begin >= range.end) {
        return base::fail(base::ErrorCode::InvalidInput, "--from is not before --to");
    }
    return range;
}

base::Result<std::vector<estate::Camera>> camerasOf(store::Database& database, const ArchiveOptions& options) {
    estate::CameraRegistry registry{database};
    if (options.camera == 0) {
        return registry.list();
    }
    TRY_ASSIGN(auto camera, registry.find(options.camera));
    return std::vector{std::move(camera)};
}

nlohmann::json toJson(const CameraArchive& archive) {
    auto segments = nlohmann::json::array();
    for (const Segment& segment : archive.segments) {
        segments.push_back(toJson(segment));
    }
    auto gaps = nlohmann::json::array();
    for (const RecordingGap& gap : archive.gaps) {
        gaps.push_back(toJson(gap));
    }
    nlohmann::json inHand = nullptr;
    if (archive.inHand) {
        inHand = {{"file", archive.inHand->file.string()}, {"begin", base::formatUtc(archive.inHand->begin)}};
    }
    return {{"camera", archive.camera.number}, {"name", archive.camera.name}, {"bytes", bytesOf(archive.segments)},
            {"segments", std::move(segments)}, {"gaps", std::move(gaps)},     {"in_hand", std::move(inHand)}};
}

std::string toText(const CameraArchive& archive) {
    std::string text = fmt::format("Camera {} {}: {} files, {}\n", archive.camera.number, archive.camera.name,
                                   archive.segments.size(), inMegabytes(bytesOf(archive.segments)));
    Table segments{{"  from", "lasts", "pictures", "size", "ended", "file"}};
    for (const Segment& segment : archive.segments) {
        segments.add({"  " + base::formatLocal(segment.begin), inSeconds(segment.end - segment.begin),
                      std::to_string(segment.frames), inMegabytes(segment.bytes), std::string{nameOf(segment.cause)},
                      segment.file.string()});
    }
    text += archive.segments.empty() ? "" : segments.text();
    if (archive.inHand) {
        text += "  being written since " + base::formatLocal(archive.inHand->begin) + "\n";
    }
    Table gaps{{"  no pictures from", "to", "for", "because"}};
    for (const RecordingGap& gap : archive.gaps) {
        gaps.add({"  " + base::formatLocal(gap.begin), gap.lasts ? "it lasts" : base::formatLocal(gap.end),
                  inSeconds(gap.end - gap.begin), std::string{nameOf(gap.cause)}});
    }
    text += archive.gaps.empty() ? "" : gaps.text();
    return text;
}

base::Result<ExitCode> runList(Session& session, const ArchiveOptions& options) {
    TRY_ASSIGN(const auto range, rangeOf(options));
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY(access::require(acting, access::Right::PlayRecorded));
    video::SegmentIndex index{*database};
    TRY_ASSIGN(const auto cameras, camerasOf(*database, options));
    auto document = nlohmann::json::array();
    std::string text;
    for (const estate::Camera& camera : cameras) {
        CameraArchive archive{camera, {}, {}, {}};
        TRY_ASSIGN(archive.segments, index.find(camera.id, range));
        TRY_ASSIGN(archive.gaps, index.gaps(camera.id, range));
        TRY_ASSIGN(archive.inHand, index.openSegmentOf(camera.id));
        document.push_back(toJson(archive));
        text += toText(archive);
    }
    session.show({{"cameras", std::move(document)}}, text.empty() ? "The estate has no cameras." : text);
    return ExitCode::Good;
}

nlohmann::json toJson(const video::ArchiveBalance& balance, const std::map<estate::CameraId, int>& numbers) {
    const auto number = numbers.find(balance.camera);
    const auto seconds = [](base::Microseconds time) { return static_cast<double>(time.count()) / 1e6; };
    base::Microseconds leftOut{0};
    for (const video::TimeRange& range : balance.leftOut) {
        leftOut += range.end - range.begin;
    }
    return {{"camera", number == numbers.end() ? 0 : number->second},
            {"since", base::formatUtc(balance.whole.begin)},
            {"whole_s", seconds(balance.whole.end - balance.whole.begin)},
            {"recorded_s", seconds(balance.recorded)},
            {"gaps_s", seconds(balance.gaps)},
            {"deleted_s", seconds(balance.deleted)},
            {"left_out_s", seconds(leftOut)}};
}

/// One line a second at most, on stderr: what has been looked at, and from where a check that is broken off may go on.
auto progressTo(std::ostream& out, const base::Clock& clock) {
    return [&out, &clock, next = clock.steadyNow() + std::chrono::seconds{2}](
               std::int64_t done, std::int64_t all, estate::CameraId, std::int64_t day) mutable {
        if (clock.steadyNow() >= next) {
            next = clock.steadyNow() + std::chrono::seconds{1};
            const base::UtcTime begin{std::chrono::hours{24 * day}};
            out << fmt::format("{} of {} camera-days; goes on with --from {}", done, all, base::formatUtc(begin))
                << std::endl;
        }
    };
}

base::Result<ExitCode> runCheck(Session& session, const ArchiveOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    video::CheckOrder order;
    order.depth = options.quick ? video::CheckDepth::Quick : video::CheckDepth::Full;
    order.progress = progressTo(std::cerr, session.clock);
    std::map<estate::CameraId, int> numbers;
    estate::CameraRegistry registry{*database};
    TRY_ASSIGN(const auto cameras, registry.list());
    for (const estate::Camera& camera : cameras) {
        numbers[camera.id] = camera.number;
    }
    if (options.camera != 0) {
        TRY_ASSIGN(const auto camera, registry.find(options.camera));
        order.camera = camera.id;
    }
    if (!options.from.empty() || !options.to.empty()) {
        TRY_ASSIGN(order.range, rangeOf(options));
    }
    TRY_ASSIGN(const auto check, video::checkArchive(*database, order));
    std::string text =
        fmt::format("{} files, {}, {} being written, {} being deleted: {}", check.files, inMegabytes(check.bytes),
                    check.inHand, check.beingDeleted, check.problems.empty() ? "all is well" : "NOT well");
    for (const std::string& problem : check.problems) {
        text += "\n  " + problem;
    }
    auto balances = nlohmann::json::array();
    for (const video::ArchiveBalance& balance : check.balances) {
        balances.push_back(toJson(balance, numbers));
    }
    session.show({{"files", check.files},
                  {"bytes", check.bytes},
                  {"in_hand", check.inHand},
                  {"being_deleted", check.beingDeleted},
                  {"hashed", !options.quick},
                  {"cameras", std::move(balances)},
                  {"problems", check.problems}},
                 text);
    return check.problems.empty() ? ExitCode::Good : ExitCode::Wrong;
}

}  // namespace

void addArchiveCommands(CLI::App& root, Session& session, Command& chosen) {
    auto* archive = root.add_subcommand("archive", "The recorded footage");
    archive->require_subcommand(1);
    auto options = std::make_shared<ArchiveOptions>();

    auto* list =
        archive->add_subcommand("list", "Show the files of the archive and the gaps between them, with causes");
    list->add_option("--camera", options->camera, "Only this camera")->type_name("NUMBER")->check(CLI::Range(1, 99999));
    list->add_option("--from", options->from, "Not what ended before this time (Europe/London if it has no offset)")
        ->type_name("TIME");
    list->add_option("--to", options->to, "Not what began after this time")->type_name("TIME");
    onCommand(*list, chosen, [&session, options] { return runList(session, *options); });

    auto* check = archive->add_subcommand(
        "check", "Prove that every file has its row and every row its file, unchanged, and that no time is left out");
    check->add_flag("--quick", options->quick, "Compare names and sizes only; read no file");
    check->add_option("--camera", options->camera, "Only this camera")
        ->type_name("NUMBER")
        ->check(CLI::Range(1, 99999));
    check->add_option("--from", options->from, "Only UTC days from this time on")->type_name("TIME");
    check->add_option("--to", options->to, "Only UTC days up to this time")->type_name("TIME");
    onCommand(*check, chosen, [&session, options] { return runCheck(session, *options); });
    addArchiveVolumesCommands(*archive, session, chosen);
    addArchiveHoldsCommands(*archive, session, chosen);
    addArchivePlansCommands(*archive, session, chosen);
}

}  // namespace leedswatch::ctl
