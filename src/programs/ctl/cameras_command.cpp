#include "programs/ctl/cameras_command.h"

#include "base/file.h"
#include "estate/camera_registry.h"

#include <iostream>
#include <iterator>

namespace leedswatch::ctl {
namespace {

constexpr std::size_t kLargestCsv = 16U << 20U;

base::Result<std::string> readInput(const std::string& file) {
    if (file != "-") {
        return base::readWholeFile(file, kLargestCsv);
    }
    std::string text(kLargestCsv + 1, '\0');
    std::cin.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(std::cin.gcount()));
    if (text.size() > kLargestCsv) {
        return base::fail(base::ErrorCode::InvalidInput, "standard input is larger than 16 MiB");
    }
    return text;
}

base::Result<ExitCode> runImport(Session& session, const std::string& file) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY_ASSIGN(const auto csv, readInput(file));
    const auto report = estate::CameraRegistry{*database}.importCsv(acting, csv);
    if (!report) {
        return base::fail(report.error().code, "nothing was imported from " +
                                                   (file == "-" ? std::string{"standard input"} : file) + ": " +
                                                   report.error().message);
    }
    session.show({{"added", report->added}, {"changed", report->changed}, {"unchanged", report->unchanged}},
                 "Cameras: " + std::to_string(report->added) + " added, " + std::to_string(report->changed) +
                     " changed, " + std::to_string(report->unchanged) + " unchanged.");
    return ExitCode::Good;
}

base::Result<ExitCode> runExport(Session& session, const std::string& file) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY_ASSIGN(const auto csv, estate::CameraRegistry{*database}.exportCsv(acting));
    if (file.empty() || file == "-") {
        session.show({{"csv", csv}}, csv);
        return ExitCode::Good;
    }
    TRY(base::replaceFile(file, csv));
    session.show({{"file", file}}, "Wrote " + file + ".");
    return ExitCode::Good;
}

base::Result<ExitCode> runList(Session& session) {
    TRY_ASSIGN(auto* database, session.database());
    estate::CameraRegistry registry{*database};
    TRY_ASSIGN(const auto cameras, registry.list());
    TRY_ASSIGN(const auto statuses, registry.statuses());
    auto document = nlohmann::json::array();
    Table table{{"NUMBER", "NAME", "SITE", "STATE", "ADDRESS"}};
    for (const auto& camera : cameras) {
        std::string state = camera.enabled ? "unknown" : "disabled";
        std::string message;
        for (const auto& status : statuses) {
            if (camera.enabled && status.camera == camera.id) {
                state = estate::nameOf(status.state);
                message = status.message;
            }
        }
        document.push_back({{"number", camera.number},
                            {"name", camera.name},
                            {"site", camera.site},
                            {"main_url", camera.mainUrl},
                            {"sub_url", camera.subUrl},
                            {"username", camera.username},
                            {"enabled", camera.enabled},
                            {"retention_days", camera.retentionDays},
                            {"state", state},
                            {"message", message}});
        table.add({std::to_string(camera.number), camera.name, camera.site, state, camera.mainUrl});
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
}

}  // namespace leedswatch::ctl
