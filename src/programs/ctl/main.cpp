#include "base/log.h"
#include "programs/ctl/alarms_command.h"
#include "programs/ctl/archive_command.h"
#include "programs/ctl/audit_command.h"
#include "programs/ctl/cameras_command.h"
#include "programs/ctl/clip_command.h"
#include "programs/ctl/codes_command.h"
#include "programs/ctl/dispatch_command.h"
#include "programs/ctl/incidents_command.h"
#include "programs/ctl/init_command.h"
#include "programs/ctl/log_command.h"
#include "programs/ctl/motion_command.h"
#include "programs/ctl/premises_command.h"
#include "programs/ctl/session.h"
#include "programs/ctl/signals_command.h"
#include "programs/ctl/tamper_command.h"
#include "programs/ctl/tests_command.h"
#include "programs/ctl/transcode_command.h"
#include "programs/ctl/users_command.h"

#include <cstdlib>
#include <iostream>

namespace {

using namespace leedswatch;

/// Every group of commands. A new one is a file NAME_command.cpp and a line here.
constexpr ctl::AddCommands kGroups[] = {
    ctl::addInitCommand,        //
    ctl::addUsersCommands,      //
    ctl::addCamerasCommands,    //
    ctl::addPremisesCommands,   //
    ctl::addSignalsCommands,    //
    ctl::addAlarmsCommands,     //
    ctl::addTestsCommands,      //
    ctl::addCodesCommands,      //
    ctl::addDispatchCommands,   //
    ctl::addLogCommands,        //
    ctl::addIncidentsCommands,  //
    ctl::addWardsCommands,      //
    ctl::addAuditCommands,      //
    ctl::addArchiveCommands,    //
    ctl::addClipCommand,        //
    ctl::addMotionCommands,     //
    ctl::addTamperCommands,     //
    ctl::addTranscodeCommand,   //
};

std::filesystem::path defaultDataFolder() {
    if (const char* data = std::getenv("XDG_DATA_HOME"); data != nullptr && *data != '\0') {
        return std::filesystem::path{data} / "leedswatch";
    }
    const char* home = std::getenv("HOME");
    return std::filesystem::path{home != nullptr ? home : "/"} / ".local/share/leedswatch";
}

void addCommonOptions(CLI::App& app, ctl::Session& session) {
    app.add_option("--data", session.options.data, "The data folder")->type_name("DIR")->capture_default_str();
    app.add_flag("--json", session.options.json, "Print one JSON document");
    app.add_option("--as", session.options.as, "Act as this person; the password is asked for")->type_name("NAME");
    app.add_option("--password-file", session.options.passwordFile, "Read passwords from this file, one a line")
        ->type_name("FILE")
        ->check(CLI::ExistingFile);
}

int runCommand(const ctl::Command& command) {
    const auto done = command();
    if (!done) {
        std::cerr << "leedswatchctl: " << done.error().message << '\n';
        return static_cast<int>(ctl::ExitCode::Wrong);
    }
    return static_cast<int>(*done);
}

}  // namespace

int main(int argc, char** argv) {
    spdlog::set_level(spdlog::level::warn);
    if (const auto log = base::startLog("leedswatchctl", {}); !log) {
        std::cerr << "leedswatchctl: " << log.error().message << '\n';
        return static_cast<int>(ctl::ExitCode::Wrong);
    }
    ctl::Session session;
    session.options.data = defaultDataFolder();
    CLI::App app{"Sets up, asks and checks a Leedswatch data folder", "leedswatchctl"};
    app.require_subcommand(1);
    // An option of the program may stand behind the command too.
    app.fallthrough();
    addCommonOptions(app, session);
    ctl::Command chosen;
    for (const auto addCommands : kGroups) {
        addCommands(app, session, chosen);
    }
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        const int code = app.exit(error, std::cout, std::cerr);
        return code == 0 ? static_cast<int>(ctl::ExitCode::Good) : static_cast<int>(ctl::ExitCode::Usage);
    }
    return runCommand(chosen);
}
