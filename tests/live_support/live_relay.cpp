#include "live_support/live_relay.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <stdexcept>

namespace leedswatch::tests {
namespace {

constexpr int width = 176;
constexpr int height = 144;
constexpr int gop = 10;
constexpr int loopPictures = 50;
constexpr std::chrono::milliseconds pictureTime{40};
constexpr std::int64_t ticksPerPicture = 3600;
constexpr int lumaStep = 12;
constexpr int lumaBase = 28;
constexpr int squareSide = 16;
constexpr int apart = 7;  // pictures from camera to camera

void draw(AVFrame& frame, int luma, int picture) {
    for (int y = 0; y < height; ++y) {
        std::fill_n(frame.data[0] + y * frame.linesize[0], width, static_cast<std::uint8_t>(luma));
    }
    // Along the lower edge, so that the middle of the picture stays the camera's own.
    const int left = picture * 3 % (width - squareSide);
    for (int y = height - squareSide; y < height; ++y) {
        std::fill_n(frame.data[0] + y * frame.linesize[0] + left, squareSide, std::uint8_t{235});
    }
    for (const int plane : {1, 2}) {
        std::fill_n(frame.data[plane], frame.linesize[plane] * height / 2, std::uint8_t{128});
    }
}

CameraLoop makePlainLoop(int number) {
    return encodeLoop({.width = width, .height = height, .gop = gop, .options = {{"tune", "zerolatency"}}},
                      loopPictures,
                      [luma = lumaOf(number)](AVFrame& frame, int picture) { draw(frame, luma, picture); });
}

}  // namespace

int lumaOf(int number) {
    return lumaBase + number * lumaStep;
}

int numberOfLuma(int luma) {
    return (luma - lumaBase + lumaStep / 2) / lumaStep;
}

LiveRelay::LiveRelay(std::filesystem::path folder)
    : m_folder{std::move(folder)}, m_thread{[this](const std::stop_token& stop) { run(stop); }} {
    start();
}

LiveRelay::~LiveRelay() {
    m_thread.request_stop();
    m_thread.join();
    stop();
}

void LiveRelay::start() {
    const std::scoped_lock lock{m_mutex};
    auto server = rtsp::Server::start("127.0.0.1", 0);
    if (!server) {
        throw std::runtime_error{server.error().message};
    }
    m_server = std::move(*server);
    m_credentials = {"desk", "secret " + std::to_string(++m_starts)};
    for (auto& [number, camera] : m_cameras) {
        mount(number, camera);
    }
    const auto written = video::writeRelayAddress(
        m_folder, {static_cast<int>(getpid()), m_server->port(), m_credentials.username, m_credentials.password});
    if (!written) {
        throw std::runtime_error{written.error().message};
    }
}

void LiveRelay::stop() {
    std::unique_ptr<rtsp::Server> server;
    const std::scoped_lock lock{m_mutex};
    for (auto& [number, camera] : m_cameras) {
        camera.main.reset();
        camera.sub.reset();
    }
    server = std::move(m_server);
}

void LiveRelay::addCamera(int number) {
    addCamera(number, makePlainLoop(number));
}

void LiveRelay::addCamera(int number, CameraLoop loop) {
    Camera camera;
    camera.loop = std::move(loop);
    const std::scoped_lock lock{m_mutex};
    mount(number, camera);
    m_cameras.insert_or_assign(number, std::move(camera));
}

void LiveRelay::mount(int number, Camera& camera) {
    const std::string path = "/cameras/" + std::to_string(number);
    camera.main = m_server->addMount(path + "/main", rtsp::FirstPictures::CurrentGop, m_credentials);
    camera.sub = m_server->addMount(path + "/sub", rtsp::FirstPictures::CurrentGop, m_credentials);
    camera.main->setFormat(camera.loop.format);
    camera.sub->setFormat(camera.loop.format);
}

void LiveRelay::removeCamera(int number) {
    const std::scoped_lock lock{m_mutex};
    m_cameras.erase(number);
    m_server->removeMount("/cameras/" + std::to_string(number) + "/main");
    m_server->removeMount("/cameras/" + std::to_string(number) + "/sub");
}

void LiveRelay::setFault(int number, CameraFault fault) {
    const std::scoped_lock lock{m_mutex};
    m_cameras.at(number).fault = fault;
}

int LiveRelay::clients(int number) {
    const std::scoped_lock lock{m_mutex};
    const Camera& camera = m_cameras.at(number);
    return camera.main ? camera.main->clients() + camera.sub->clients() : 0;
}

void LiveRelay::run(const std::stop_token& stop) {
    auto due = std::chrono::steady_clock::now();
    std::unique_lock lock{m_mutex};
    while (!stop.stop_requested()) {
        ++m_picture;
        for (auto& [number, camera] : m_cameras) {
            pushNext(number, camera);
        }
        due += pictureTime;
        m_wait.wait_until(lock, stop, due, [] { return false; });
    }
}

void LiveRelay::pushNext(int number, const Camera& camera) const {
    if (!camera.main || camera.fault == CameraFault::Stall) {
        return;
    }
    const auto& units = camera.loop.units;
    // Each camera is elsewhere in its loop, so that key frames do not come all at once.
    const auto place = static_cast<std::size_t>(m_picture + std::int64_t{number} * apart) % units.size();
    rtsp::AccessUnit unit = units[camera.fault == CameraFault::Freeze ? 0 : place];
    unit.time = m_picture * ticksPerPicture;
    if (camera.fault == CameraFault::LosePictures && unit.isKey) {
        return;
    }
    camera.main->push(unit);
    camera.sub->push(unit);
}

}  // namespace leedswatch::tests
