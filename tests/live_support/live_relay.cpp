#include "live_support/live_relay.h"

#include "video/ffmpeg_handles.h"
#include "video/h264.h"

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

video::CodecContextHandle openEncoder() {
    av_log_set_level(AV_LOG_QUIET);
    const AVCodec* codec = avcodec_find_encoder_by_name("libx264");
    video::CodecContextHandle encoder{avcodec_alloc_context3(codec)};
    encoder->width = width;
    encoder->height = height;
    encoder->pix_fmt = AV_PIX_FMT_YUV420P;
    encoder->time_base = {1, 25};
    encoder->gop_size = gop;
    encoder->max_b_frames = 0;
    encoder->thread_count = 1;
    AVDictionary* options = nullptr;
    av_dict_set(&options, "preset", "ultrafast", 0);
    av_dict_set(&options, "tune", "zerolatency", 0);
    av_dict_set(&options, "x264-params", "scenecut=0", 0);
    const int answer = avcodec_open2(encoder.get(), codec, &options);
    av_dict_free(&options);
    if (answer < 0) {
        throw std::runtime_error{"x264 does not open"};
    }
    return encoder;
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
    Camera camera;
    const auto encoder = openEncoder();
    const video::FrameHandle frame{av_frame_alloc()};
    frame->width = width;
    frame->height = height;
    frame->format = AV_PIX_FMT_YUV420P;
    av_frame_get_buffer(frame.get(), 0);
    const video::PacketHandle packet{av_packet_alloc()};
    video::H264Stream h264;
    for (int picture = 0; picture < loopPictures; ++picture) {
        av_frame_make_writable(frame.get());
        draw(*frame, lumaOf(number), picture);
        frame->pts = picture;
        avcodec_send_frame(encoder.get(), frame.get());
        while (avcodec_receive_packet(encoder.get(), packet.get()) >= 0) {
            const auto* begin = reinterpret_cast<const std::byte*>(packet->data);
            const auto unit = h264.convert({begin, begin + packet->size});
            camera.loop.push_back({unit.bytes, 0, unit.isKey});
            av_packet_unref(packet.get());
        }
    }
    camera.format = {h264.format()->avcRecord, width, height};
    const std::scoped_lock lock{m_mutex};
    mount(number, camera);
    m_cameras.insert_or_assign(number, std::move(camera));
}

void LiveRelay::mount(int number, Camera& camera) {
    const std::string path = "/cameras/" + std::to_string(number);
    camera.main = m_server->addMount(path + "/main", rtsp::FirstPictures::CurrentGop, m_credentials);
    camera.sub = m_server->addMount(path + "/sub", rtsp::FirstPictures::CurrentGop, m_credentials);
    camera.main->setFormat(camera.format);
    camera.sub->setFormat(camera.format);
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
            pushNext(camera);
        }
        due += pictureTime;
        m_wait.wait_until(lock, stop, due, [] { return false; });
    }
}

void LiveRelay::pushNext(Camera& camera) const {
    if (!camera.main || camera.fault == CameraFault::Stall) {
        return;
    }
    auto index = static_cast<std::size_t>(m_picture % loopPictures);
    if (camera.fault == CameraFault::Freeze) {
        index = 0;
    }
    rtsp::AccessUnit unit = camera.loop[index];
    unit.time = m_picture * ticksPerPicture;
    if (camera.fault == CameraFault::LosePictures && index % gop == 0) {
        return;
    }
    camera.main->push(unit);
    camera.sub->push(unit);
}

}  // namespace leedswatch::tests
