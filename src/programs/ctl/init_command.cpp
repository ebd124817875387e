#include "programs/ctl/init_command.h"

#include "access/people.h"

namespace leedswatch::ctl {
namespace {

struct InitOptions {
    std::string admin;
    std::string fullName;
};

base::Result<ExitCode> runInit(Session& session, const InitOptions& options) {
    TRY_ASSIGN(auto* database, session.createDatabase());
    access::People people{*database};
    TRY_ASSIGN(const bool nobodyYet, people.isEmpty());
    const auto folder = session.options.data.string();
    std::string text = folder + " is ready.";
    if (!options.admin.empty()) {
        if (!nobodyYet) {
            return base::fail(base::ErrorCode::AlreadyExists,
                              folder + " has people already: add others with `leedswatchctl users add`");
        }
        TRY_ASSIGN(const auto acting, session.acting());
        TRY_ASSIGN(const auto password, session.askNewPassword("New password of " + options.admin));
        TRY(people.add(acting, options.admin, options.fullName.empty() ? options.admin : options.fullName,
                       access::Role::Administrator, password, false));
        text += " " + options.admin + " is its administrator.";
    } else if (nobodyYet) {
        text += " There is nobody in it yet: the console asks for the first administrator when it is first opened.";
    }
    session.show({{"data", folder}, {"administrator", options.admin}}, text);
    return ExitCode::Good;
}

}  // namespace

void addInitCommand(CLI::App& root, Session& session, Command& chosen) {
    auto* init = root.add_subcommand("init", "Make the data folder");
    auto options = std::make_shared<InitOptions>();
    init->add_option("--admin", options->admin, "User name of the first administrator")->type_name("NAME");
    init->add_option("--full-name", options->fullName, "The administrator's full name")->type_name("NAME");
    onCommand(*init, chosen, [&session, options] { return runInit(session, *options); });
}

}  // namespace leedswatch::ctl
