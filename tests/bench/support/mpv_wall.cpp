#include "support/mpv_wall.h"

#include "support/child_process.h"

#include <nlohmann/json.hpp>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <sstream>
#include <thread>

namespace leedswatch::bench {
namespace {

constexpr int columns = 4;
constexpr int tileWidth = 480;
constexpr int tileHeight = 270;

struct Window {
    std::string control;  // path of the socket that it answers at
    std::unique_ptr<tests::ChildProcess> player;
};

std::unique_ptr<tests::ChildProcess> play(const std::string& url, int place, const std::string& control) {
    const int x = place % columns * tileWidth;
    const int y = place / columns * tileHeight;
    return std::make_unique<tests::ChildProcess>(std::vector<std::string>{
        "/usr/bin/mpv", "--no-config", "--really-quiet", "--no-audio", "--no-osc", "--vo=x11", "--hwdec=no",
        "--vd-lavc-threads=1", "--profile=low-latency", "--rtsp-transport=tcp", "--no-border", "--no-keepaspect",
        "--geometry=" + std::to_string(tileWidth) + "x" + std::to_string(tileHeight) + "+" + std::to_string(x) + "+" +
            std::to_string(y),
        "--input-ipc-server=" + control, url});
}

/// A number that the player knows under this name; nothing if it does not answer.
std::optional<double> ask(const std::string& control, const std::string& property) {
    const int connection = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    control.copy(address.sun_path, sizeof address.sun_path - 1);
    const timeval patience{2, 0};
    setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    std::optional<double> number;
    if (connect(connection, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
        const std::string request = R"({"command":["get_property",")" + property + "\"]}\n";
        (void)!write(connection, request.data(), request.size());
        std::string line;
        // Events may come before the answer, a line each.
        for (char next = 0; !number && read(connection, &next, 1) == 1;) {
            if (next != '\n') {
                line += next;
                continue;
            }
            const auto answer = nlohmann::json::parse(line, nullptr, false);
            line.clear();
            if (answer.contains("error")) {
                if (!answer.contains("data") || !answer["data"].is_number()) {
                    break;
                }
                number = answer["data"].get<double>();
            }
        }
    }
    close(connection);
    return number;
}

struct Reading {
    double cpu = 0;
    double leftOut = 0;
};

std::optional<Reading> readAll(const std::vector<Window>& windows) {
    Reading sum;
    for (const Window& window : windows) {
        const auto width = ask(window.control, "dwidth");
        const auto late = ask(window.control, "frame-drop-count");
        const auto undecoded = ask(window.control, "decoder-frame-drop-count");
        if (!width || !late || !undecoded) {
            std::cerr << "an mpv does not play\n";
            return std::nullopt;
        }
        sum.leftOut += *late + *undecoded;
        sum.cpu += cpuOfProcess(window.player->id());
    }
    return sum;
}

}  // namespace

double cpuOfProcess(long id) {
    std::ifstream file{"/proc/" + std::to_string(id) + "/stat"};
    std::string line;
    if (!std::getline(file, line)) {
        return 0;
    }
    std::istringstream fields{line.substr(line.rfind(')') + 2)};
    std::string skipped;
    for (int i = 0; i < 11; ++i) {
        fields >> skipped;
    }
    double user = 0;
    double system = 0;
    fields >> user >> system;
    return (user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

std::optional<MpvCost> measureMpvWall(const std::vector<std::string>& urls, double rate, std::chrono::seconds warmUp,
                                      std::chrono::seconds duration) {
    if (!std::filesystem::exists("/usr/bin/mpv")) {
        std::cerr << "mpv is not installed: nothing to compare with\n";
        return std::nullopt;
    }
    const std::string folder = std::filesystem::temp_directory_path() / ("mpv_wall." + std::to_string(getpid()));
    std::filesystem::create_directory(folder);
    std::vector<Window> windows;
    for (std::size_t i = 0; i < urls.size(); ++i) {
        const std::string control = folder + "/" + std::to_string(i);
        windows.push_back({control, play(urls[i], static_cast<int>(i), control)});
    }
    std::this_thread::sleep_for(warmUp);
    const auto begin = std::chrono::steady_clock::now();
    const auto before = readAll(windows);
    std::this_thread::sleep_for(duration);
    const auto after = readAll(windows);
    const double lasted = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    windows.clear();
    std::filesystem::remove_all(folder);
    if (!before || !after) {
        return std::nullopt;
    }
    const double leftOut = (after->leftOut - before->leftOut) / lasted;
    return MpvCost{(after->cpu - before->cpu) / lasted, rate * static_cast<double>(urls.size()) - leftOut};
}

}  // namespace leedswatch::bench
