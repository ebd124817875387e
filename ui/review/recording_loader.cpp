#include "ui/review/recording_loader.h"

#include <algorithm>

namespace leedswatch::ui {
namespace {

using namespace std::chrono_literals;

constexpr auto reloadDelay = 1s;
// Below this reading everything again costs less than putting old and new together.
constexpr std::size_t fewSegments = 500;

base::UtcTime beginOfNewestFinished(const std::vector<video::RecordedSegment>& segments) {
    const auto newest =
        std::ranges::find_if(segments.rbegin(), segments.rend(), [](const auto& one) { return !one.isGrowing(); });
    return newest == segments.rend() ? base::UtcTime{} : newest->begin;
}

/// What was read before, with everything that has come since.
base::Result<SharedTimeline> readTimeline(video::SegmentIndex& index, estate::CameraId camera, base::UtcTime now,
                                          const SharedTimeline& known) {
    const video::TimeRange everything{base::UtcTime{}, now + 24h};
    if (!known || known->segments().size() < fewSegments) {
        TRY_ASSIGN(auto timeline, video::RecordedTimeline::read(index, camera, everything));
        return std::make_shared<const video::RecordedTimeline>(std::move(timeline));
    }
    const base::UtcTime since = beginOfNewestFinished(known->segments());
    TRY_ASSIGN(const auto added, video::RecordedTimeline::read(index, camera, {since, everything.end}));
    std::vector<video::RecordedSegment> segments;
    std::ranges::copy_if(known->segments(), std::back_inserter(segments), [&](const auto& segment) {
        return !segment.isGrowing() && segment.begin < since &&
               std::ranges::none_of(added.segments(), [&](const auto& newer) { return newer.file == segment.file; });
    });
    std::ranges::copy(added.segments(), std::back_inserter(segments));
    TRY_ASSIGN(const auto gaps, index.gaps(camera, everything));
    return std::make_shared<const video::RecordedTimeline>(
        video::RecordedTimeline::of(std::move(segments), everything, gaps));
}

}  // namespace

struct RecordingLoader::Loaded {
    base::Result<estate::Camera> camera;
    base::Result<SharedTimeline> timeline;
};

RecordingLoader::RecordingLoader(ConsoleContext& context, QWidget& page)
    : QObject{&page}, m_context{context}, m_page{page}, m_feed{context.feed, {"archive"}, nullptr}, m_worker{*this} {
    m_reloadTimer.setSingleShot(true);
    m_reloadTimer.setInterval(reloadDelay);
    connect(&m_reloadTimer, &QTimer::timeout, this, &RecordingLoader::reload);
    connect(&m_feed, &FeedListener::changed, this, &RecordingLoader::reloadSoon);
}

void RecordingLoader::open(int cameraNumber) {
    ++m_generation;
    m_camera.reset();
    m_timeline.reset();
    if (const auto allowed = access::require(m_context.acting, access::Right::PlayRecorded); !allowed) {
        Q_EMIT failed(allowed.error());
        return;
    }
    m_worker.run(
        [&context = m_context, cameraNumber] {
            auto camera = context.cameras.find(cameraNumber);
            auto timeline = camera ? readTimeline(context.archive, camera->id, context.clock.now(), nullptr)
                                   : base::fail(camera.error());
            return Loaded{std::move(camera), std::move(timeline)};
        },
        [this, generation = m_generation](Loaded loaded) {
            if (generation == m_generation) {
                takeLoaded(std::move(loaded));
            }
        });
}

void RecordingLoader::takeLoaded(Loaded loaded) {
    if (!loaded.timeline) {
        Q_EMIT failed(loaded.timeline.error());
        return;
    }
    m_camera = loaded.camera->id;
    m_timeline = std::move(*loaded.timeline);
    Q_EMIT opened(*loaded.camera);
}

void RecordingLoader::reloadSoon() {
    if (m_page.isVisible() && m_camera && !m_reloadTimer.isActive()) {
        m_reloadTimer.start();
    }
}

void RecordingLoader::reload() {
    if (!m_camera) {
        return;
    }
    m_worker.run([&context = m_context, camera = *m_camera,
                  known = m_timeline] { return readTimeline(context.archive, camera, context.clock.now(), known); },
                 [this, generation = m_generation](base::Result<SharedTimeline> timeline) {
                     if (generation == m_generation) {
                         takeReloaded(std::move(timeline));
                     }
                 });
}

void RecordingLoader::takeReloaded(base::Result<SharedTimeline> timeline) {
    // What was read before is still true if the archive could not be asked just now.
    if (!timeline) {
        return;
    }
    const bool first = !hasRecordings();
    m_timeline = std::move(*timeline);
    Q_EMIT extended(first && hasRecordings());
}

}  // namespace leedswatch::ui
