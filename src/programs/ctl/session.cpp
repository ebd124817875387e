#include "programs/ctl/session.h"

#include "access/people.h"

#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iostream>

namespace leedswatch::ctl {
namespace {

std::string hostName() {
    std::array<char, 256> name{};
    return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "unknown";
}

/// The terminal without echo, for as long as the object lives.
class EchoOff {
public:
    EchoOff() {
        m_isTerminal = ::tcgetattr(STDIN_FILENO, &m_before) == 0;
        if (m_isTerminal) {
            termios silent = m_before;
            silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
            ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
        }
    }
    EchoOff(const EchoOff&) = delete;
    EchoOff& operator=(const EchoOff&) = delete;
    ~EchoOff() {
        if (m_isTerminal) {
            ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_before);
        }
    }

private:
    termios m_before{};
    bool m_isTerminal = false;
};

/// Columns on the screen that the UTF-8 text takes, near enough: its characters.
std::size_t widthOf(const std::string& text) {
    std::size_t width = 0;
    for (const char character : text) {
        width += (static_cast<unsigned char>(character) & 0xc0U) != 0x80U ? 1 : 0;
    }
    return width;
}

}  // namespace

base::Result<store::Database*> Session::database() {
    if (!m_database) {
        TRY(store::Database::requireIn(options.data));
    }
    return createDatabase();
}

base::Result<store::Database*> Session::createDatabase() {
    if (!m_database) {
        TRY_ASSIGN(m_database, store::Database::open(options.data, clock));
    }
    return m_database.get();
}

base::Result<access::Acting> Session::actingToChangePassword() {
    if (options.as.empty()) {
        return access::Acting::commandLine();
    }
    TRY_ASSIGN(auto* store, database());
    TRY_ASSIGN(const auto password, askPassword("Password of " + options.as));
    return access::People{*store}.signIn(options.as, password, hostName());
}

base::Result<access::Acting> Session::acting() {
    TRY_ASSIGN(auto acting, actingToChangePassword());
    TRY_ASSIGN(auto* store, createDatabase());
    TRY_ASSIGN(const bool mustChange, access::People{*store}.mustChangePassword(acting));
    if (mustChange) {
        return base::fail(base::ErrorCode::NotPermitted,
                          acting.username + " has to choose a new password first: run `leedswatchctl users password " +
                              acting.username + " --as " + acting.username + "`, or sign in to the console");
    }
    return acting;
}

base::Result<std::string> Session::readPasswordLine() {
    std::istream* source = &std::cin;
    if (!options.passwordFile.empty()) {
        if (!m_passwords) {
            m_passwords = std::make_unique<std::ifstream>(options.passwordFile);
        }
        source = m_passwords.get();
    }
    std::string line;
    if (!std::getline(*source, line)) {
        return base::fail(base::ErrorCode::InvalidInput,
                          options.passwordFile.empty() ? "no password was given on standard input"
                                                       : "no password could be read from " + options.passwordFile);
    }
    if (!line.empty() && line.back() == '\r') {
        line.pop_back();
    }
    return line;
}

base::Result<std::string> Session::askPassword(const std::string& prompt) {
    if (!options.passwordFile.empty() || ::isatty(STDIN_FILENO) == 0) {
        return readPasswordLine();
    }
    std::cerr << prompt << ": " << std::flush;
    auto line = [&] {
        const EchoOff silent;
        return readPasswordLine();
    }();
    std::cerr << '\n';
    return line;
}

base::Result<std::string> Session::askNewPassword(const std::string& prompt) {
    TRY_ASSIGN(auto first, askPassword(prompt));
    if (options.passwordFile.empty() && ::isatty(STDIN_FILENO) != 0) {
        TRY_ASSIGN(const auto second, askPassword("Once more"));
        if (first != second) {
            return base::fail(base::ErrorCode::InvalidInput, "the two passwords differ: try again");
        }
    }
    return first;
}

void Session::show(const nlohmann::json& document, const std::string& text) const {
    if (options.json) {
        std::cout << document.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
    } else if (!text.empty()) {
        std::cout << text << (text.back() == '\n' ? "" : "\n");
    }
}

void onCommand(CLI::App& app, Command& chosen, Command command) {
    app.callback([&chosen, command = std::move(command)] { chosen = command; });
}

std::string Table::text() const {
    std::vector<std::size_t> widths(m_rows.front().size());
    for (const auto& row : m_rows) {
        for (std::size_t column = 0; column < row.size(); ++column) {
            widths[column] = std::max(widths[column], widthOf(row[column]));
        }
    }
    std::string text;
    for (const auto& row : m_rows) {
        for (std::size_t column = 0; column < row.size(); ++column) {
            text += row[column];
            if (column + 1 < row.size()) {
                text += std::string(widths[column] - widthOf(row[column]) + 2, ' ');
            }
        }
        text += '\n';
    }
    return text;
}

}  // namespace leedswatch::ctl
