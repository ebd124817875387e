#include "support/camera_farm.h"

#include "simulator/encoder.h"
#include "simulator/street_scene.h"

#include <condition_variable>
#include <sstream>
#include <stdexcept>

namespace leedswatch::bench {
namespace {

using Steady = std::chrono::steady_clock;

constexpr std::chrono::milliseconds pictureTime{40};
constexpr std::int64_t ticksPerPicture = 3600;
constexpr std::size_t apart = 17;  // pictures from camera to camera
const cv::Size clockSize{704, 576};

std::unique_ptr<rtsp::Server> startServer() {
    auto server = rtsp::Server::start("127.0.0.1", 0);
    if (!server) {
        throw std::runtime_error{server.error().message};
    }
    return std::move(*server);
}

std::shared_ptr<rtsp::Mount> mountAt(rtsp::Server& server, const std::string& path) {
    return server.addMount(path, rtsp::FirstPictures::NextKeyFrame, {});
}

std::string rowFor(int number, int port) {
    const std::string url = "rtsp://127.0.0.1:" + std::to_string(port) + "/" + std::to_string(number);
    return std::to_string(number) + ",Street " + std::to_string(number) + "," + url + "/main," + url + "/sub\n";
}

constexpr const char* header = "number,name,main_url,sub_url\n";

/// Calls `picture` with 0, 1, ... when each is due.
void pace(const std::stop_token& stop, const std::function<void(std::int64_t)>& picture) {
    std::mutex mutex;
    std::condition_variable_any never;
    auto due = Steady::now();
    for (std::int64_t number = 0; !stop.stop_requested(); ++number) {
        picture(number);
        due += pictureTime;
        std::unique_lock lock{mutex};
        never.wait_until(lock, stop, due, [] { return false; });
    }
}

// Sixteen blocks over the upper left quarter, each an eighth of the picture.
void drawClock(cv::Mat& picture, int number) {
    const cv::Size block{picture.cols / 8, picture.rows / 8};
    for (int bit = 0; bit < 16; ++bit) {
        const cv::Rect place{{block.width * (bit % 4), block.height * (bit / 4)}, block};
        picture(place).setTo(((number >> bit) & 1) != 0 ? 220 : 30);
    }
}

}  // namespace

CameraFarm::CameraFarm(std::vector<tests::CameraLoop> loops) : m_server{startServer()} {
    int number = 0;
    for (auto& loop : loops) {
        const std::string path = "/" + std::to_string(++number);
        auto main = mountAt(*m_server, path + "/main");
        auto sub = mountAt(*m_server, path + "/sub");
        main->setFormat(loop.format);
        sub->setFormat(loop.format);
        m_cameras.push_back({std::move(loop), std::move(main), std::move(sub)});
    }
    m_thread = std::jthread{[this](const std::stop_token& stop) { run(stop); }};
}

CameraFarm::~CameraFarm() {
    m_thread.request_stop();
    m_thread.join();
}

std::string CameraFarm::csv() const {
    std::string rows = header;
    for (std::size_t index = 0; index < m_cameras.size(); ++index) {
        rows += rowFor(static_cast<int>(index) + 1, m_server->port());
    }
    return rows;
}

void CameraFarm::run(const std::stop_token& stop) const {
    pace(stop, [this](std::int64_t picture) {
        for (std::size_t index = 0; index < m_cameras.size(); ++index) {
            const Camera& camera = m_cameras[index];
            const auto& units = camera.loop.units;
            rtsp::AccessUnit unit = units[(static_cast<std::size_t>(picture) + index * apart) % units.size()];
            unit.time = picture * ticksPerPicture;
            camera.main->push(unit);
            camera.sub->push(unit);
        }
    });
}

ClockCamera::ClockCamera()
    : m_server{startServer()}, m_mount{mountAt(*m_server, "/1/main")}, m_thread{[this](const std::stop_token& stop) {
          run(stop);
      }} {}

ClockCamera::~ClockCamera() {
    m_thread.request_stop();
    m_thread.join();
}

std::string ClockCamera::csv() const {
    return "number,name,main_url\n1,Clock,rtsp://127.0.0.1:" + std::to_string(m_server->port()) + "/1/main\n";
}

std::string ClockCamera::sendTimes() const {
    const std::scoped_lock lock{m_mutex};
    std::ostringstream lines;
    for (const auto& [number, time] : m_sent) {
        lines << number << ' ' << time << '\n';
    }
    return lines.str();
}

void ClockCamera::run(const std::stop_token& stop) {
    auto encoder = simulator::Encoder::create({.width = clockSize.width, .height = clockSize.height});
    if (!encoder) {
        throw std::runtime_error{encoder.error().message};
    }
    m_mount->setFormat((*encoder)->format());
    cv::Mat street;
    simulator::StreetScene{
        {.seed = 1, .cameraNumber = 1, .name = "Clock", .size = clockSize, .lighting = simulator::Lighting::Day}}
        .draw(street, base::fromStored(1'790'000'000'000'000));
    pace(stop, [&](std::int64_t picture) {
        const int number = static_cast<int>(picture & 0xFFFF);
        drawClock(street, number);
        const auto unit = (*encoder)->encode(street, picture * ticksPerPicture);
        if (!unit) {
            throw std::runtime_error{unit.error().message};
        }
        const auto now = std::chrono::duration_cast<std::chrono::microseconds>(Steady::now().time_since_epoch());
        {
            const std::scoped_lock lock{m_mutex};
            m_sent.emplace_back(number, now.count());
        }
        m_mount->push(*unit);
    });
}

}  // namespace leedswatch::bench
