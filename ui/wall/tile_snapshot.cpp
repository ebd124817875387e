#include "ui/wall/tile_snapshot.h"

#include "ui/common/text.h"

#include <condition_variable>
#include <mutex>

namespace leedswatch::ui {

namespace {

using namespace std::chrono_literals;

constexpr auto picturePatience = 3s;

/// A bell that one thread waits for.
class Bell {
public:
    void ring() {
        const std::scoped_lock lock{m_mutex};
        m_rung = true;
        m_changed.notify_all();
    }
    void waitUntil(std::chrono::steady_clock::time_point deadline) {
        std::unique_lock lock{m_mutex};
        m_changed.wait_until(lock, deadline, [this] { return m_rung; });
        m_rung = false;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_rung = false;  // Guarded by m_mutex.
};

/// The first picture of the present; NotFound if none came in time.
base::Result<video::FullPicture> fromMainStream(const base::Clock& clock, video::LiveView::AddressSource address,
                                                const SharedMask& mask) {
    Bell bell;
    const video::LiveView view{clock, std::move(address), {{16, 16}, mask}, [&bell] { bell.ring(); }};
    const auto deadline = std::chrono::steady_clock::now() + picturePatience;
    while (view.status().verdict.state != video::LiveState::Live && std::chrono::steady_clock::now() < deadline) {
        bell.waitUntil(std::min(deadline, std::chrono::steady_clock::now() + 100ms));
    }
    if (view.status().verdict.state != video::LiveState::Live) {
        return base::fail(base::ErrorCode::NotFound, "the large stream did not come in time");
    }
    return view.fullPicture(mask);
}

}  // namespace

SnapshotOrder snapshotOf(const TileFeed& feed, const QString& state) {
    const ConsoleContext& context = feed.source().context;
    const SharedMask mask = context.privacy.maskForKeeping(feed.camera().id);
    if (const TileReplay* replay = feed.replay()) {
        return {{feed.camera(), fromQt(state), evidence::SnapshotSource::Recording},
                [player = replay->player(), mask] { return player->fullPicture(mask); }};
    }
    const bool isSub = feed.shownKind() == video::StreamKind::Sub;
    const bool isLive = feed.status().verdict.state == video::LiveState::Live;
    if (!isSub || !isLive) {
        const auto source = isSub ? evidence::SnapshotSource::SubStream : evidence::SnapshotSource::MainStream;
        return {{feed.camera(), fromQt(state), source}, [view = feed.view(), mask] { return view->fullPicture(mask); }};
    }
    auto address = video::relayAddressSource(context.dataFolder, feed.camera().number, video::StreamKind::Main);
    return {{feed.camera(), fromQt(state), evidence::SnapshotSource::MainStream},
            [view = feed.view(), mask, &clock = context.clock, address = std::move(address)] {
                auto large = fromMainStream(clock, address, mask);
                return large ? std::move(large) : view->fullPicture(mask);
            }};
}

}  // namespace leedswatch::ui
