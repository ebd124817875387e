#include "support/street_relay.h"

#include "simulator/street_scene.h"
#include "video/ffmpeg_handles.h"
#include "video/h264.h"

#include <opencv2/imgproc.hpp>
#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <stdexcept>

namespace leedswatch::bench {
namespace {

constexpr int width = 704;
constexpr int height = 576;
constexpr int loopPictures = 100;
constexpr std::int64_t ticksPerPicture = 3600;
constexpr std::chrono::milliseconds pictureTime{40};

video::CodecContextHandle openEncoder() {
    av_log_set_level(AV_LOG_QUIET);
    const AVCodec* codec = avcodec_find_encoder_by_name("libx264");
    video::CodecContextHandle encoder{avcodec_alloc_context3(codec)};
    encoder->width = width;
    encoder->height = height;
    encoder->pix_fmt = AV_PIX_FMT_YUV420P;
    encoder->sample_aspect_ratio = {16, 11};
    encoder->time_base = {1, 25};
    encoder->gop_size = 50;
    encoder->max_b_frames = 0;
    encoder->bit_rate = 1'000'000;
    encoder->rc_max_rate = 1'000'000;
    encoder->rc_buffer_size = 1'000'000;
    encoder->thread_count = 1;
    AVDictionary* options = nullptr;
    av_dict_set(&options, "preset", "veryfast", 0);
    av_dict_set(&options, "tune", "zerolatency", 0);
    av_dict_set(&options, "profile", "main", 0);
    av_dict_set(&options, "x264-params", "scenecut=0", 0);
    const int answer = avcodec_open2(encoder.get(), codec, &options);
    av_dict_free(&options);
    if (answer < 0) {
        throw std::runtime_error{"x264 does not open"};
    }
    return encoder;
}

void copyPicture(const cv::Mat& picture, AVFrame& frame) {
    cv::Mat planar;
    cv::cvtColor(picture, planar, cv::COLOR_BGR2YUV_I420);
    const std::uint8_t* from = planar.data;
    for (int plane = 0; plane < 3; ++plane) {
        const int divisor = plane == 0 ? 1 : 2;
        for (int y = 0; y < height / divisor; ++y) {
            std::memcpy(frame.data[plane] + y * frame.linesize[plane], from, width / static_cast<std::size_t>(divisor));
            from += width / divisor;
        }
    }
}

}  // namespace

StreetRelay::StreetRelay(std::filesystem::path folder, int cameras) : m_credentials{"desk", "bench"} {
    auto server = rtsp::Server::start("127.0.0.1", 0);
    if (!server) {
        throw std::runtime_error{server.error().message};
    }
    m_server = std::move(*server);
    for (int number = 1; number <= cameras; ++number) {
        m_cameras.push_back(makeCamera(number));
    }
    const auto written = video::writeRelayAddress(
        folder, {static_cast<int>(getpid()), m_server->port(), m_credentials.username, m_credentials.password});
    if (!written) {
        throw std::runtime_error{written.error().message};
    }
    m_thread = std::jthread{[this](const std::stop_token& stop) { run(stop); }};
}

StreetRelay::~StreetRelay() = default;

StreetRelay::Camera StreetRelay::makeCamera(int number) {
    simulator::StreetScene scene{{.seed = static_cast<std::uint64_t>(number),
                                  .cameraNumber = number,
                                  .name = "Street " + std::to_string(number),
                                  .size = {width, height},
                                  .lighting = number % 4 == 0 ? simulator::Lighting::Night : simulator::Lighting::Day}};
    const auto encoder = openEncoder();
    const video::FrameHandle frame{av_frame_alloc()};
    frame->width = width;
    frame->height = height;
    frame->format = AV_PIX_FMT_YUV420P;
    av_frame_get_buffer(frame.get(), 0);
    const video::PacketHandle packet{av_packet_alloc()};
    video::H264Stream h264;
    Camera camera;
    cv::Mat picture;
    for (int index = 0; index < loopPictures; ++index) {
        scene.draw(picture, base::fromStored(1'790'000'000'000'000 + std::int64_t{index} * 40'000));
        av_frame_make_writable(frame.get());
        copyPicture(picture, *frame);
        frame->pts = index;
        avcodec_send_frame(encoder.get(), frame.get());
        while (avcodec_receive_packet(encoder.get(), packet.get()) >= 0) {
            const auto* begin = reinterpret_cast<const std::byte*>(packet->data);
            const auto unit = h264.convert({begin, begin + packet->size});
            camera.loop.push_back({unit.bytes, 0, unit.isKey});
            av_packet_unref(packet.get());
        }
    }
    for (const char* stream : {"/main", "/sub"}) {
        auto mount = m_server->addMount("/cameras/" + std::to_string(number) + stream, rtsp::FirstPictures::CurrentGop,
                                        m_credentials);
        mount->setFormat({h264.format()->avcRecord, width, height});
        camera.mounts.push_back(std::move(mount));
    }
    return camera;
}

void StreetRelay::run(const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any wait;
    std::unique_lock lock{mutex};
    auto due = std::chrono::steady_clock::now();
    for (std::int64_t picture = 0; !stop.stop_requested(); ++picture) {
        for (std::size_t index = 0; index < m_cameras.size(); ++index) {
            // Each camera is elsewhere in its loop, so that key frames do not come all at once.
            const auto place = static_cast<std::size_t>(picture) + index * 7;
            rtsp::AccessUnit unit = m_cameras[index].loop[place % m_cameras[index].loop.size()];
            unit.time = picture * ticksPerPicture;
            for (const auto& mount : m_cameras[index].mounts) {
                mount->push(unit);
            }
        }
        due += pictureTime;
        wait.wait_until(lock, stop, due, [] { return false; });
    }
}

}  // namespace leedswatch::bench
