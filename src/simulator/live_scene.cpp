#include "simulator/live_scene.h"

#include <opencv2/imgproc.hpp>
#include <spdlog/spdlog.h>

namespace leedswatch::simulator {
namespace {

constexpr std::chrono::milliseconds interval{80};

Encoder::Settings settingsFor(cv::Size size, int quality) {
    Encoder::Settings settings;
    settings.width = size.width;
    settings.height = size.height;
    settings.picturesASecond = LiveScene::picturesASecond;
    settings.quality = quality;
    return settings;
}

cv::Size subSizeOf(cv::Size size) {
    return {std::max(16, size.width / 4 * 2), std::max(16, size.height / 4 * 2)};
}

}  // namespace

Drawers::Drawers(int threads) {
    for (int i = 0; i < threads; ++i) {
        m_threads.emplace_back([this](const std::stop_token& stop) {
            while (!stop.stop_requested()) {
                if (auto work = m_queue.pop(stop)) {
                    (*work)();
                }
            }
        });
    }
}

base::Result<std::shared_ptr<LiveScene>> LiveScene::create(const SceneDescription& description,
                                                           const base::Clock& clock, Drawers& drawers,
                                                           std::shared_ptr<CameraStream> main,
                                                           std::shared_ptr<CameraStream> sub) {
    const std::shared_ptr<LiveScene> scene{new LiveScene{description, clock, drawers, std::move(main), std::move(sub)}};
    TRY(scene->setSize(description.size));
    TRY_ASSIGN(scene->m_sub.encoder, Encoder::create(settingsFor(subSizeOf(description.size), 27)));
    scene->m_sub.stream->setLiveFormat(scene->m_sub.encoder->format());
    return scene;
}

LiveScene::LiveScene(const SceneDescription& description, const base::Clock& clock, Drawers& drawers,
                     std::shared_ptr<CameraStream> main, std::shared_ptr<CameraStream> sub)
    : m_clock{clock},
      m_drawers{drawers},
      m_description{description},
      m_scene{description},
      m_main{std::move(main), nullptr, 0},
      m_sub{std::move(sub), nullptr, 0} {}

base::Result<void> LiveScene::setSize(cv::Size size) {
    TRY_ASSIGN(auto encoder, Encoder::create(settingsFor(size, 26)));
    const std::scoped_lock lock{m_mutex};
    m_description.size = size;
    m_scene = StreetScene{m_description};
    m_main.encoder = std::move(encoder);
    m_main.stream->setLiveFormat(m_main.encoder->format());
    return {};
}

FramePointer LiveScene::drawNow() {
    const std::scoped_lock lock{m_mutex};
    m_scene.draw(m_picture, m_clock.now());
    FramePointer frame = makeFrame(m_picture.cols, m_picture.rows);
    if (frame) {
        cv::Mat planes;
        copyToFrame(m_picture, planes, *frame);
    }
    return frame;
}

base::SteadyTime LiveScene::turn(base::SteadyTime due) {
    const bool isWatched = m_main.stream->wantsLive() || m_sub.stream->wantsLive();
    if (isWatched && !m_isBusy.exchange(true)) {
        const bool isTaken = m_drawers.tryDo([scene = shared_from_this(), due] { scene->produce(due); });
        if (!isTaken) {
            m_isBusy = false;
        }
    }
    return due + interval;
}

void LiveScene::produce(base::SteadyTime due) {
    {
        const std::scoped_lock lock{m_mutex};
        m_scene.draw(m_picture, m_clock.now());
        send(m_main, m_picture, due);
        if (m_sub.stream->wantsLive()) {
            const auto& size = m_sub.encoder->format();
            cv::resize(m_picture, m_small, {size.width, size.height}, 0, 0, cv::INTER_AREA);
        }
        send(m_sub, m_small, due);
    }
    m_isBusy = false;
}

void LiveScene::send(Output& output, const cv::Mat& picture, base::SteadyTime due) {
    if (!output.stream->wantsLive()) {
        output.clients = 0;
        return;
    }
    const int clients = output.stream->clients();
    if (clients > output.clients) {
        output.encoder->wantKey();
    }
    output.clients = clients;
    if (const auto unit = output.encoder->encode(picture, output.stream->timeAt(due))) {
        output.stream->pushLive(*unit);
    } else {
        spdlog::error("a drawn picture was not encoded: {}", unit.error().message);
    }
}

}  // namespace leedswatch::simulator
