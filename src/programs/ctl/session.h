#pragma once

#include "access/person.h"
#include "base/clock.h"
#include "base/result.h"
#include "store/database.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace leedswatch::ctl {

enum class ExitCode { Good = 0, Wrong = 1, Usage = 2 };

/// What every command is given: the options that stand on each command line, the store when it is wanted, who acts, and
/// where the answer goes. One thread.
class Session {
public:
    struct Options {
        std::filesystem::path data;
        bool json = false;
        std::string as;            ///< the person to sign in as; empty: whoever runs the command
        std::string passwordFile;  ///< where passwords are read from instead of the terminal, one a line
    };

    Options options;
    base::SystemClock clock;

    /// Opens the store, which must be there. Error: NotFound says how to make one.
    [[nodiscard]] base::Result<store::Database*> database();
    /// Opens the store, and makes it if there is none.
    [[nodiscard]] base::Result<store::Database*> createDatabase();
    /// Who acts: the operating system's account, or with --as that person, after their password. Error: NotPermitted if
    /// they have to choose a new password first.
    [[nodiscard]] base::Result<access::Acting> acting();
    /// The same, for the one command that gives them that password.
    [[nodiscard]] base::Result<access::Acting> actingToChangePassword();

    /// From the terminal without echo, else a line of standard input or of --password-file. Never from the command
    /// line, where any process of the machine could read it.
    [[nodiscard]] base::Result<std::string> askPassword(const std::string& prompt);
    /// The same, asked twice on a terminal. Error: InvalidInput if the two differ.
    [[nodiscard]] base::Result<std::string> askNewPassword(const std::string& prompt);

    /// The answer: `document` with --json, else `text`.
    void show(const nlohmann::json& document, const std::string& text) const;

private:
    [[nodiscard]] base::Result<std::string> readPasswordLine();

    std::unique_ptr<store::Database> m_database;
    std::unique_ptr<std::istream> m_passwords;
};

/// A command's work. Its error is printed by main(), which makes the exit code of it: 1.
using Command = std::function<base::Result<ExitCode>()>;

/// Has `command` run when `app` was named on the command line.
void onCommand(CLI::App& app, Command& chosen, Command command);

/// Adds a group of commands; what is chosen goes into `chosen` and runs when all has been read.
using AddCommands = void (*)(CLI::App& root, Session& session, Command& chosen);

/// A table of texts in columns, for people.
class Table {
public:
    explicit Table(std::vector<std::string> header) { m_rows.push_back(std::move(header)); }
    void add(std::vector<std::string> row) { m_rows.push_back(std::move(row)); }
    [[nodiscard]] std::string text() const;

private:
    std::vector<std::vector<std::string>> m_rows;
};

}  // namespace leedswatch::ctl
