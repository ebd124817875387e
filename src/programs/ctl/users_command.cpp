#include "programs/ctl/users_command.h"

#include "access/people.h"

namespace leedswatch::ctl {
namespace {

struct UserOptions {
    std::string username;
    std::string fullName;
    std::string role;
    bool keepPassword = false;
};

nlohmann::json toJson(const access::Person& person) {
    return {{"username", person.username},
            {"full_name", person.fullName},
            {"role", access::nameOf(person.role)},
            {"enabled", person.enabled},
            {"must_change_password", person.mustChangePassword}};
}

base::Result<ExitCode> runAdd(Session& session, const UserOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY_ASSIGN(const auto password, session.askNewPassword("New password of " + options.username));
    access::People people{*database};
    TRY_ASSIGN(const auto person,
               people.add(acting, options.username, options.fullName.empty() ? options.username : options.fullName,
                          access::roleFromName(options.role).value_or(access::Role::Operator), password,
                          !options.keepPassword));
    session.show(toJson(person), "Added " + person.username + " (" + options.role + ")." +
                                     (options.keepPassword ? "" : " They choose their own password at first sign-in."));
    return ExitCode::Good;
}

base::Result<ExitCode> runUserList(Session& session) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto people, access::People{*database}.list());
    auto document = nlohmann::json::array();
    Table table{{"USER NAME", "ROLE", "STATE", "FULL NAME"}};
    for (const auto& person : people) {
        document.push_back(toJson(person));
        table.add({person.username, std::string{access::nameOf(person.role)}, person.enabled ? "enabled" : "disabled",
                   person.fullName});
    }
    session.show(document, people.empty() ? "There is nobody yet." : table.text());
    return ExitCode::Good;
}

base::Result<ExitCode> runDisable(Session& session, const UserOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY(access::People{*database}.disable(acting, options.username));
    session.show({{"username", options.username}, {"enabled", false}}, options.username + " can no longer sign in.");
    return ExitCode::Good;
}

base::Result<ExitCode> runPassword(Session& session, const UserOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.actingToChangePassword());
    TRY_ASSIGN(const auto password, session.askNewPassword("New password of " + options.username));
    TRY(access::People{*database}.changePassword(acting, options.username, password));
    session.show({{"username", options.username}}, "The password of " + options.username + " is changed.");
    return ExitCode::Good;
}

}  // namespace

void addUsersCommands(CLI::App& root, Session& session, Command& chosen) {
    auto* users = root.add_subcommand("users", "The people who may use the programs");
    users->require_subcommand(1);
    auto options = std::make_shared<UserOptions>();

    auto* add = users->add_subcommand("add", "Add a person; the password is asked for");
    add->add_option("username", options->username, "User name")->required();
    add->add_option("--role", options->role, "What they may do")
        ->required()
        ->check(CLI::IsMember({"operator", "supervisor", "engineer", "auditor", "administrator"}));
    add->add_option("--full-name", options->fullName, "Full name")->type_name("NAME");
    add->add_flag("--keep-password", options->keepPassword, "They need not choose another password at first sign-in");
    onCommand(*add, chosen, [&session, options] { return runAdd(session, *options); });

    auto* list = users->add_subcommand("list", "Show everybody");
    onCommand(*list, chosen, [&session] { return runUserList(session); });

    auto* disable = users->add_subcommand("disable", "Stop a person from signing in");
    disable->add_option("username", options->username, "User name")->required();
    onCommand(*disable, chosen, [&session, options] { return runDisable(session, *options); });

    auto* password = users->add_subcommand(
        "password", "Change your own password (with --as), or give somebody a new one, which they must then change");
    password->add_option("username", options->username, "User name")->required();
    onCommand(*password, chosen, [&session, options] { return runPassword(session, *options); });
}

}  // namespace leedswatch::ctl
