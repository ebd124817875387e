#include "estate/wards.h"
#include "programs/ctl/csv_file.h"
#include "programs/ctl/incidents_command.h"

namespace leedswatch::ctl {

namespace {

base::Result<ExitCode> runWardsList(Session& session) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto wards, estate::Wards{*database}.list());
    auto document = nlohmann::json::array();
    Table table{{"committee", "ward"}};
    for (const estate::Ward& ward : wards) {
        document.push_back({{"id", ward.id.value()}, {"ward", ward.name}, {"committee", ward.committee}});
        table.add({ward.committee, ward.name});
    }
    session.show(document, wards.empty() ? "No wards yet: wards import FILE." : table.text());
    return ExitCode::Good;
}

base::Result<ExitCode> runWardsImport(Session& session, const std::string& file) {
    TRY_ASSIGN(auto* database, session.database());
    return importCsvFile(session, "Wards", file, [&](const access::Acting& acting, std::string_view csv) {
        return estate::Wards{*database}.importWards(acting, csv);
    });
}

base::Result<ExitCode> runWardsCameras(Session& session, const std::string& file) {
    TRY_ASSIGN(auto* database, session.database());
    return importCsvFile(session, "Cameras", file, [&](const access::Acting& acting, std::string_view csv) {
        return estate::Wards{*database}.importCameras(acting, csv);
    });
}

}  // namespace

void addWardsCommands(CLI::App& root, Session& session, Command& chosen) {
    auto* wards = root.add_subcommand("wards", "Wards, their committees, and which cameras stand in them");
    wards->require_subcommand(1);
    auto file = std::make_shared<std::string>();
    auto* list = wards->add_subcommand("list", "Show the wards by committee");
    onCommand(*list, chosen, [&session] { return runWardsList(session); });
    auto* import = wards->add_subcommand("import", "Take wards from a CSV file with the columns ward, committee");
    import->add_option("file", *file, "The file; - for standard input")->required();
    onCommand(*import, chosen, [&session, file] { return runWardsImport(session, *file); });
    auto* cameras =
        wards->add_subcommand("cameras", "Take from a CSV file with the columns camera, ward where cameras stand");
    cameras->add_option("file", *file, "The file; - for standard input")->required();
    onCommand(*cameras, chosen, [&session, file] { return runWardsCameras(session, *file); });
}

}  // namespace leedswatch::ctl
