#include "programs/ctl/audit_command.h"

#include "access/people.h"
#include "analytics/motion_plans.h"
#include "analytics/tamper_views.h"
#include "base/file.h"
#include "dispatch/key_register.h"
#include "dispatch/officers.h"
#include "dispatch/units.h"
#include "estate/camera_registry.h"
#include "estate/fault_register.h"
#include "estate/panel_protocols.h"
#include "estate/premises_details.h"
#include "estate/premises_registry.h"
#include "estate/privacy_zones.h"
#include "estate/wall_records.h"
#include "evidence/archive_seal.h"
#include "incident/incident_rows.h"
#include "incident/incident_types.h"
#include "incident/line_rows.h"
#include "response/action_plans.h"
#include "response/alarm_rules.h"
#include "response/code_overrides.h"
#include "response/planned_tests.h"
#include "response/police_calls.h"
#include "response/signal_journal.h"
#include "response/supervision_journal.h"
#include "response/test_reports.h"
#include "response/walk_tests.h"
#include "store/audit_log.h"
#include "transcode/job_list.h"
#include "video/archive_volumes.h"
#include "video/footage_holds.h"
#include "video/recording_plans.h"

namespace leedswatch::ctl {
namespace {

constexpr std::size_t kLargestNote = 64U << 10U;

/// Every kind of row that the audit log vouches for. A service that gets a witness adds it here.
std::vector<const store::AuditWitness*> allWitnesses() {
    return {&access::People::witness(),
            &estate::CameraRegistry::witness(),
            &estate::CameraRegistry::connectionWitness(),
            &estate::PremisesRegistry::witness(),
            &estate::PremisesRegistry::panelWitness(),
            &estate::PremisesDetails::keyholderWitness(),
            &response::SignalJournal::witness(),
            &response::AlarmRules::witness(),
            &response::alarmWitness(),
            &response::alarmEntryWitness(),
            &response::ActionPlans::witness(),
            &response::PoliceCalls::witness(),
            &response::PoliceCalls::verdictWitness(),
            &estate::PoliceSystems::witness(),
            &estate::PoliceSystems::levelWitness(),
            &dispatch::jobWitness(),
            &dispatch::jobEntryWitness(),
            &dispatch::unitEntryWitness(),
            &dispatch::Units::witness(),
            &dispatch::Officers::witness(),
            &dispatch::KeyRegister::witness(),
            &dispatch::KeyRegister::movementWitness(),
            &estate::PanelProtocols::witness(),
            &response::CodeOverrides::witness(),
            &estate::PremisesRegistry::signallingWitness(),
            &response::SupervisionJournal::witness(),
            &response::TestPeriods::witness(),
            &response::TestReports::witness(),
            &response::TestResults::witness(),
            &response::PlannedTests::witness(),
            &response::WalkTests::witness(),
            &incident::oldLineWitness(),
            &incident::lineWitness(),
            &incident::lineErasureWitness(),
            &incident::incidentWitness(),
            &incident::versionWitness(),
            &incident::personWitness(),
            &incident::personErasureWitness(),
            &incident::linkWitness(),
            &incident::IncidentTypes::witness(),
            &estate::Wards::witness(),
            &estate::Wards::cameraWitness(),
            &evidence::segmentWitness(),
            &estate::FaultRegister::witness(),
            &video::ArchiveVolumes::witness(),
            &video::FootageHolds::witness(),
            &analytics::MotionPlans::witness(),
            &analytics::TamperViews::witness(),
            &transcode::JobList::witness(),
            &video::RecordingPlans::witness(),
            &estate::WallRecords::witness(),
            &estate::PrivacyZones::witness()};
}

std::string report(const store::AuditVerification& found) {
    std::string text;
    for (const auto& problem : found.problems) {
        text += "WRONG: " + problem + ".\n";
    }
    text += std::to_string(found.events) + " events, " + std::to_string(found.vouchedRows) + " rows and " +
            std::to_string(found.checkpoints) + " checkpoints were checked; root " + found.rootHex + ".\n";
    const auto unprotected = found.events - found.newestCheckpointSize;
    if (unprotected > 0) {
        text +=
            "The newest " + std::to_string(unprotected) +
            " events are behind the newest checkpoint: whoever can write to the folder could take them away unseen.\n";
    }
    if (found.waitingRows > 0) {
        text += "Nothing vouches yet for the newest " + std::to_string(found.waitingRows) +
                " files of the archive: the station sees to it every five minutes and when it stops.\n";
    }
    return text + (found.problems.empty() ? "The audit log is sound.\n" : "The audit log is NOT sound.\n");
}

base::Result<ExitCode> runVerify(Session& session, const std::vector<std::string>& checkpointFiles) {
    std::vector<std::string> notes;
    for (const auto& file : checkpointFiles) {
        TRY_ASSIGN(auto note, base::readWholeFile(file, kLargestNote));
        notes.push_back(std::move(note));
    }
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY(access::require(acting, access::Right::ReadAudit));
    TRY_ASSIGN(const auto found, store::AuditLog{*database}.verify(allWitnesses(), notes));
    session.show({{"sound", found.problems.empty()},
                  {"events", found.events},
                  {"rows", found.vouchedRows},
                  {"waiting_rows", found.waitingRows},
                  {"checkpoints", found.checkpoints},
                  {"newest_checkpoint_size", found.newestCheckpointSize},
                  {"erased", found.erased},
                  {"root", found.rootHex},
                  {"problems", found.problems}},
                 report(found));
    return found.problems.empty() ? ExitCode::Good : ExitCode::Wrong;
}

base::Result<ExitCode> runCheckpoint(Session& session, const std::string& file) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY(access::require(acting, access::Right::ReadAudit));
    TRY_ASSIGN(const auto note, store::AuditLog{*database}.checkpoint());
    if (!file.empty()) {
        TRY(base::replaceFile(file, note));
    }
    session.show({{"note", note}, {"file", file}}, file.empty() ? note : "Wrote " + file + ".");
    return ExitCode::Good;
}

}  // namespace

void addAuditCommands(CLI::App& root, Session& session, Command& chosen) {
    auto* audit = root.add_subcommand("audit", "The audit log");
    audit->require_subcommand(1);

    auto* verify = audit->add_subcommand("verify", "Recompute the whole log and every row that it vouches for");
    auto files = std::make_shared<std::vector<std::string>>();
    verify->add_option("--checkpoint", *files, "A checkpoint that was kept elsewhere; may be given more than once")
        ->type_name("FILE")
        ->check(CLI::ExistingFile);
    onCommand(*verify, chosen, [&session, files] { return runVerify(session, *files); });

    auto* checkpoint = audit->add_subcommand("checkpoint", "Sign the log as it stands and print the signed note");
    auto output = std::make_shared<std::string>();
    checkpoint->add_option("--output", *output, "Write the note to this file")->type_name("FILE");
    onCommand(*checkpoint, chosen, [&session, output] { return runCheckpoint(session, *output); });
}

}  // namespace leedswatch::ctl
