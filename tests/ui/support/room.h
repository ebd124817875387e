#pragma once

#include "base/clock.h"
#include "support/temporary_folder.h"
#include "ui/shell/console.h"

#include <string>

namespace leedswatch::tests {

constexpr const char* knownPassword = "owl on the hall";

/// A console over a data folder of its own, with as many cameras as a test wants. Throws if it cannot be made.
class Room {
public:
    explicit Room(int cameras = 0) {
        auto opened =
            ui::Console::open(m_folder.path(), "/nonexistent/leedswatch-station", ui::MainWindow::Kind::Room, m_clock);
        if (!opened) {
            throw std::runtime_error{opened.error().message};
        }
        m_console = std::move(*opened);
        if (cameras > 0) {
            importCameras(cameras);
        }
    }

    [[nodiscard]] ui::Console& console() { return *m_console; }
    [[nodiscard]] ui::ConsoleContext& context() { return m_console->context(); }
    [[nodiscard]] ui::MainWindow& window() { return m_console->window(); }
    [[nodiscard]] const base::Clock& clock() const { return m_clock; }

    /// The first is the administrator, whom every store has.
    access::Acting addPerson(const std::string& name, access::Role role, bool mustChangePassword = false) {
        auto& people = context().people;
        if (people.isEmpty().value() && role != access::Role::Administrator) {
            check(people.add(access::Acting::commandLine(), "admin", "Ada Whitaker", access::Role::Administrator,
                             knownPassword, false));
        }
        check(
            people.add(access::Acting::commandLine(), name, "Olive Marsden", role, knownPassword, mustChangePassword));
        auto acting = people.signIn(name, knownPassword, "desk 1");
        check(acting);
        return *acting;
    }

    template <typename Result>
    static void check(const Result& result) {
        if (!result) {
            throw std::runtime_error{result.error().message};
        }
    }

private:
    void importCameras(int cameras) {
        std::string csv = "number,name,site,main_url\n";
        for (int number = 1; number <= cameras; ++number) {
            csv += std::to_string(number) + ",Street " + std::to_string(number) + "," +
                   (number % 2 == 0 ? "City centre" : "Bus station") + ",rtsp://127.0.0.1:1/" + std::to_string(number) +
                   "\n";
        }
        check(context().cameras.importCsv(access::Acting::commandLine(), csv));
    }

    TemporaryFolder m_folder;
    base::SystemClock m_clock;
    std::unique_ptr<ui::Console> m_console;
};

}  // namespace leedswatch::tests
