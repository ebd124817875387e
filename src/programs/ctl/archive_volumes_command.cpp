#include "programs/ctl/archive_volumes_command.h"

#include "base/local_time.h"
#include "programs/ctl/archive_text.h"
#include "programs/ctl/cameras_by_number.h"
#include "video/archive_forecast.h"
#include "video/archive_retention.h"
#include "video/archive_volumes.h"

#include <spdlog/fmt/fmt.h>

namespace leedswatch::ctl {
namespace {

struct VolumeOptions {
    std::string name;
    video::VolumeOrder order;
    std::vector<int> cameras;
};

std::string days(const std::optional<int>& value, const char* none) {
    return value ? std::to_string(*value) + " days" : none;
}

nlohmann::json toJson(const video::ArchiveVolume& volume) {
    nlohmann::json json{{"name", volume.name}, {"folder", volume.folder.string()}, {"enabled", volume.enabled}};
    json["reserve_bytes"] = volume.reserveBytes ? nlohmann::json(*volume.reserveBytes) : nlohmann::json(nullptr);
    json["longest_days"] = volume.longestDays ? nlohmann::json(*volume.longestDays) : nlohmann::json(nullptr);
    json["delete_early_days"] =
        volume.deleteEarlyDays ? nlohmann::json(*volume.deleteEarlyDays) : nlohmann::json(nullptr);
    return json;
}

base::Result<ExitCode> listVolumes(Session& session) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY(access::require(acting, access::Right::PlayRecorded));
    video::ArchiveVolumes volumes{*database};
    TRY_ASSIGN(const auto list, volumes.list());
    auto document = nlohmann::json::array();
    Table table{{"volume", "folder", "free", "takes a day", "full", "can keep", "longest", "early if full"}};
    for (const video::ArchiveVolume& volume : list) {
        auto json = toJson(volume);
        std::error_code error;
        const auto space = std::filesystem::space(volume.folder, error);
        if (error) {
            table.add({volume.name, volume.folder.string(), "not there", "", "", "", "", ""});
            json["problem"] = error.message();
            document.push_back(std::move(json));
            continue;
        }
        const video::DiskSpace disk{static_cast<std::int64_t>(space.capacity),
                                    static_cast<std::int64_t>(space.available)};
        TRY_ASSIGN(const auto forecast, video::forecastOf(*database, volume, disk, session.clock.now()));
        json["free_bytes"] = disk.free;
        json["bytes_a_day"] = forecast.bytesADay;
        json["days_possible"] = forecast.daysPossible;
        json["full_at"] = forecast.fullAt ? nlohmann::json(base::formatUtc(*forecast.fullAt)) : nlohmann::json(nullptr);
        const bool writes = forecast.bytesADay > 0;
        table.add({volume.name + (volume.enabled ? "" : " (off)"), volume.folder.string(), inMegabytes(disk.free),
                   inMegabytes(forecast.bytesADay),
                   forecast.fullAt ? base::formatLocal(*forecast.fullAt) : "not foreseen",
                   writes ? std::to_string(forecast.daysPossible) + " days" : "", days(volume.longestDays, "no limit"),
                   days(volume.deleteEarlyDays, "never")});
        document.push_back(std::move(json));
    }
    session.show({{"volumes", std::move(document)}}, table.text());
    return ExitCode::Good;
}

base::Result<ExitCode> addVolume(Session& session, const VolumeOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    video::ArchiveVolumes volumes{*database};
    TRY_ASSIGN(const auto volume, volumes.add(acting, options.name, options.order));
    session.show(toJson(volume), "Volume " + volume.name + " is in " + volume.folder.string() +
                                     ". Move cameras to it with: leedswatchctl archive volumes move");
    return ExitCode::Good;
}

base::Result<ExitCode> changeVolume(Session& session, const VolumeOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    video::ArchiveVolumes volumes{*database};
    TRY_ASSIGN(const auto volume, volumes.change(acting, options.name, options.order));
    session.show(toJson(volume),
                 "Volume " + volume.name + " is changed." +
                     (options.order.path ? " Its new folder counts from the station's next start." : ""));
    return ExitCode::Good;
}

base::Result<ExitCode> moveCameras(Session& session, const VolumeOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    video::ArchiveVolumes volumes{*database};
    TRY(volumes.assign(acting, options.name, options.cameras));
    session.show({{"volume", options.name}, {"cameras", options.cameras}},
                 "From now on they are recorded on volume " + options.name + "; what they have elsewhere stays there.");
    return ExitCode::Good;
}

void addVolumeOptions(CLI::App& command, VolumeOptions& options) {
    command.add_option("--path", options.order.path, "The folder on the disk; absolute, and there already");
    command.add_option("--reserve-bytes", options.order.reserveBytes,
                       "Keep so much free; -1: 5 % of the disk, at least 2 GB and at most 50 GB");
    command.add_option("--longest-days", options.order.longestDays, "Keep no footage longer here; 0: no limit")
        ->check(CLI::Range(0, 3650));
    command
        .add_option("--delete-early-days", options.order.deleteEarlyDays,
                    "When the disk is full, footage older than so many days may go before its time; 0: never")
        ->check(CLI::Range(0, 3650));
}

}  // namespace

void addArchiveVolumesCommands(CLI::App& archive, Session& session, Command& chosen) {
    auto options = std::make_shared<VolumeOptions>();
    auto* volumes = archive.add_subcommand("volumes", "The disks that cameras are recorded on");
    volumes->require_subcommand(1);
    auto* list = volumes->add_subcommand("list", "Show them, what is free and how long it lasts");
    onCommand(*list, chosen, [&session] { return listVolumes(session); });
    auto* add = volumes->add_subcommand("add", "Take a folder on another disk as a volume");
    add->add_option("name", options->name, "What to call it")->required();
    addVolumeOptions(*add, *options);
    onCommand(*add, chosen, [&session, options] { return addVolume(session, *options); });
    auto* change = volumes->add_subcommand("change", "Change a volume");
    change->add_option("name", options->name, "Which")->required();
    addVolumeOptions(*change, *options);
    change->add_option("--enabled", options->order.enabled, "Whether it is used (true, false)");
    onCommand(*change, chosen, [&session, options] { return changeVolume(session, *options); });
    auto* move = volumes->add_subcommand("move", "Record cameras on a volume from now on");
    move->add_option("name", options->name, "Which volume")->required();
    move->add_option("--camera", options->cameras, "Camera numbers")->required()->delimiter(',');
    onCommand(*move, chosen, [&session, options] { return moveCameras(session, *options); });
}

}  // namespace leedswatch::ctl
