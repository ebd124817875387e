#include "programs/ctl/cameras_command.h"

#include "base/local_time.h"
#include "estate/camera_registry.h"
#include "estate/station_lock.h"
#include "estate/stream_measurements.h"
#include "programs/ctl/csv_file.h"
#include "programs/ctl/quality_command.h"

#include <algorithm>

namespace leedswatch::ctl {
namespace {

base::Result<ExitCode> runImport(Session& session, const std::string& file) {
    TRY_ASSIGN(auto* database, session.database());
    estate::CameraRegistry registry{*database};
    return importCsvFile(session, "Cameras", file, [&](const access::Acting& acting, std::string_view csv) {
        return registry.importCsv(acting, csv);
    });
}

base::Result<ExitCode> runExport(Session& session, const std::string& file) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY_ASSIGN(const auto csv, estate::CameraRegistry{*database}.exportCsv(acting));
    return writeCsvFile(session, file, csv);
}

/// What is known of a camera's stream, in the words of the table and of the document alike.
struct KnownState {
    std::string state;
    std::string cause{estate::nameOf(estate::LossCause::None)};
    std::string message = {};  ///< empty if there is nothing to say
};

/// `isWatched`: a station runs. Without one what was known last is not known any more.
KnownState stateOf(const estate::Camera& camera, const std::vector<estate::CameraStatus>& statuses, bool isWatched) {
    if (!camera.enabled) {
        return {std::string{estate::nameOf(estate::CameraState::Disabled)}};
    }
    if (!isWatched) {
        return {"unknown", std::string{estate::nameOf(estate::LossCause::None)},
                "no station runs: nothing is recorded"};
    }
    const auto status = std::ranges::find(statuses, camera.id, &estate::CameraStatus::camera);
    if (status == statuses.end()) {
        return {"unknown"};
    }
    return {std::string{estate::nameOf(status->state)}, std::string{estate::nameOf(status->cause)}, status->message};
}

/// What the station measured, by camera.
struct Measured {
    std::vector<estate::StreamMeasurement> streams;
    std::vector<estate::ClockOffset> clocks;

    [[nodiscard]] const estate::ClockOffset* clockOf(estate::CameraId camera) const {
        const auto found = std::ranges::find(clocks, camera, &estate::ClockOffset::camera);
        return found == clocks.end() ? nullptr : &*found;
    }
};

nlohmann::json toJson(const estate::StreamMeasurement& stream) {
    return {{"stream", stream.isSub ? "sub" : "main"},
            {"measured", base::formatUtc(stream.measured)},
            {"codec", stream.codec},
            {"width", stream.width},
            {"height", stream.height},
            {"bits_per_second", stream.bitsPerSecond},
            {"pictures_per_second", stream.milliPicturesPerSecond / 1000.0},
            {"carrier", stream.carrier},
            {"pictures", stream.pictures},
            {"lost_packets", stream.lostPackets ? nlohmann::json(*stream.lostPackets) : nlohmann::json{}},
            {"reconnections", stream.reconnections},
            {"mended_times",
             {{"repeated", stream.mended.repeated},
              {"backwards", stream.mended.backwards},
              {"leaping", stream.mended.leaping},
              {"missing", stream.mended.missing},
              {"wrapped", stream.mended.wrapped}}}};
}

nlohmann::json toJson(const estate::Camera& camera, const KnownState& known, const Measured& measured) {
    nlohmann::json document{{"number", camera.number},
                            {"name", camera.name},
                            {"site", camera.site},
                            {"main_url", camera.mainUrl},
                            {"sub_url", camera.subUrl},
                            {"username", camera.username},
                            {"enabled", camera.enabled},
                            {"retention_days", camera.retentionDays},
                            {"transport", estate::nameOf(camera.transport)},
                            {"audio", camera.audioAllowed},
                            {"state", known.state},
                            {"cause", known.cause},
                            {"message", known.message},
                            {"streams", nlohmann::json::array()}};
    for (const auto& stream : measured.streams) {
        if (stream.camera == camera.id) {
            document["streams"].push_back(toJson(stream));
        }
    }
    if (const auto* clock = measured.clockOf(camera.id)) {
        document["clock_offset_ms"] = clock->offset.count() / 1000;
        document["clock_measured"] = base::formatUtc(clock->measured);
    }
    return document;
}

/// "+3600.1 s": ahead of the station.
std::string offsetText(const estate::ClockOffset* clock) {
    if (clock == nullptr) {
        return "-";
    }
    const auto tenths = (std::abs(clock->offset.count()) + 50'000) / 100'000;
    return (clock->offset.count() < 0 ? "-" : "+") + std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) +
           " s";
}

base::Result<ExitCode> runList(Session& session) {
    TRY_ASSIGN(auto* database, session.database());
    estate::CameraRegistry registry{*database};
    TRY_ASSIGN(const auto cameras, registry.list());
    TRY_ASSIGN(const auto statuses, registry.statuses());
    estate::StreamMeasurements measurements{*database};
    Measured measured;
    TRY_ASSIGN(measured.streams, measurements.streams());
    TRY_ASSIGN(measured.clocks, measurements.clocks());
    const bool isWatched = estate::runningStation(session.options.data).has_value();
    auto document = nlohmann::json::array();
    // The sentence has no bound, so it stands last. A column is never empty: a line has the same ones whatever it says.
    const auto orDash = [](const std::string& text) { return text.empty() ? std::string{"-"} : text; };
    Table table{{"NUMBER", "STATE", "CAUSE", "CLOCK", "NAME", "SITE", "MESSAGE"}};
    for (const auto& camera : cameras) {
        const KnownState known = stateOf(camera, statuses, isWatched);
        document.push_back(toJson(camera, known, measured));
        table.add({std::to_string(camera.number), known.state, known.cause,
                   offsetText(isWatched ? measured.clockOf(camera.id) : nullptr), camera.name, orDash(camera.site),
                   orDash(known.message)});
    }
    session.show(document, cameras.empty() ? "There are no cameras yet." : table.text());
    return ExitCode::Good;
}

}  // namespace

void addCamerasCommands(CLI::App& root, Session& session, Command& chosen) {
    auto* cameras = root.add_subcommand("cameras", "The cameras of the estate");
    cameras->require_subcommand(1);
    auto file = std::make_shared<std::string>();

    auto* import = cameras->add_subcommand("import", "Add and change cameras from a CSV file");
    import->add_option("file", *file, "CSV file, or - for standard input")->required();
    onCommand(*import, chosen, [&session, file] { return runImport(session, *file); });

    auto* exporting = cameras->add_subcommand("export", "Write the cameras as CSV, without passwords");
    exporting->add_option("file", *file, "Where to; standard output if not given");
    onCommand(*exporting, chosen, [&session, file] { return runExport(session, *file); });

    auto* list = cameras->add_subcommand("list", "Show the cameras and their states");
    onCommand(*list, chosen, [&session] { return runList(session); });
    addQualityCommand(*cameras, session, chosen);
}

}  // namespace leedswatch::ctl
