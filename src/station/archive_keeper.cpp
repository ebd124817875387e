#include "station/archive_keeper.h"

#include "evidence/archive_seal.h"

#include <spdlog/spdlog.h>

#include <algorithm>

namespace leedswatch::station {
namespace {

constexpr std::chrono::seconds kFollow{5};
constexpr std::chrono::hours kForget{1};
// What every camera loses more of while it waits; the rest is finished beside the recording.
constexpr std::chrono::seconds kRecoveryPatience{3};
// Longer than any post-roll: an event that ended earlier matters no more.
constexpr std::chrono::hours kEventMatters{1};

}  // namespace

ArchiveKeeper::ArchiveKeeper(store::Database& database, const base::Clock& clock, video::RecorderSettings settings)
    : m_database{database},
      m_clock{clock},
      m_index{database},
      m_volumes{database},
      m_plans{database},
      m_faults{database},
      m_writer{m_index, clock, settings},
      m_nextForgetting{clock.steadyNow()},
      m_watch{m_faults, clock, [this] { return look(); }} {}

ArchiveKeeper::~ArchiveKeeper() {
    m_subscription.reset();
    m_thread.request_stop();
}

base::Result<void> ArchiveKeeper::open() {
    TRY_ASSIGN(const auto volumes, m_volumes.list());
    for (const video::ArchiveVolume& volume : volumes) {
        if (!volume.enabled) {
            continue;
        }
        const auto adopted = m_volumes.adopt(volume);
        if (!adopted) {
            spdlog::error("{}", adopted.error().message);
        }
        addVolume(adopted.value_or(volume));
    }
    return followVolumes();
}

void ArchiveKeeper::addVolume(const video::ArchiveVolume& volume) {
    const std::scoped_lock lock{m_mutex};
    m_files.push_back(std::make_unique<video::VolumeFiles>(volume));
    m_writer.addVolume(volume.id, volume.folder, *m_files.back());
    m_keepers.push_back(std::make_unique<VolumeKeeper>(m_database, evidence::segmentWitness(), *m_files.back(),
                                                       m_writer.unfinished(), m_clock));
    if (m_started) {
        m_keepers.back()->start();
    }
}

base::Result<video::RecoveryReport> ArchiveKeeper::recover() {
    video::DiskArchiveFiles files;
    TRY_ASSIGN(const auto volumes, m_volumes.list());
    const auto isThere = [&volumes](video::VolumeId id) -> base::Result<void> {
        const auto volume = std::ranges::find(volumes, id, &video::ArchiveVolume::id);
        return volume == volumes.end() ? base::Result<void>{} : video::requireMark(*volume);
    };
    TRY_ASSIGN(auto report, video::recoverArchive(m_index, files, {isThere, kRecoveryPatience}));
    for (const video::OpenSegment& left : report.left) {
        m_writer.unfinished().add({left, std::nullopt});
    }
    return report;
}

base::Result<void> ArchiveKeeper::start(store::ChangeFeed& feed) {
    TRY(followPlans());
    m_subscription = feed.subscribe({"recording_plans", "archive_volumes"}, [this] {
        const std::scoped_lock lock{m_mutex};
        m_changed = true;
        m_wake.notify_all();
    });
    m_started = true;
    for (const auto& keeper : m_keepers) {
        keeper->start();
    }
    m_watch.start();
    m_thread = std::jthread{[this](const std::stop_token& stop) { run(stop); }};
    return {};
}

std::vector<ArchiveWatch::Volume> ArchiveKeeper::look() {
    const auto states = m_writer.states();
    const std::scoped_lock lock{m_mutex};
    std::vector<ArchiveWatch::Volume> volumes;
    for (const auto& keeper : m_keepers) {
        ArchiveWatch::Volume volume{keeper->report(), {}};
        const auto state =
            std::ranges::find(states, volume.report.volume.id, &video::ArchiveWriter::VolumeState::volume);
        if (state != states.end()) {
            volume.writing = *state;
        }
        volumes.push_back(std::move(volume));
    }
    return volumes;
}

void ArchiveKeeper::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        {
            std::unique_lock lock{m_mutex};
            m_wake.wait_for(lock, stop, kFollow, [this] { return m_changed; });
            m_changed = false;
        }
        for (const auto& followed : {followVolumes(), followPlans()}) {
            if (!followed) {
                spdlog::error("the plans of the archive cannot be read: {}", followed.error().message);
            }
        }
    }
}

// Volumes that came since the start are taken; cameras that were moved go over with their next GOP.
base::Result<void> ArchiveKeeper::followVolumes() {
    TRY_ASSIGN(const auto volumes, m_volumes.list());
    for (const video::ArchiveVolume& volume : volumes) {
        const bool known =
            std::ranges::any_of(m_files, [&](const auto& files) { return files->volume().id == volume.id; });
        if (!known && volume.enabled) {
            addVolume(volume);
        }
    }
    TRY_ASSIGN(const auto cameras, m_volumes.cameras());
    for (const auto& [camera, volume] : cameras) {
        m_writer.assign(camera, volume);
    }
    return {};
}

base::Result<void> ArchiveKeeper::followPlans() {
    const base::UtcTime now = m_clock.now();
    TRY_ASSIGN(auto plans, m_plans.plans());
    TRY_ASSIGN(auto events, m_plans.eventsSince(now - kEventMatters));
    for (const auto& [camera, plan] : m_knownPlans) {
        plans.try_emplace(camera, video::RecordingPlan{});
    }
    for (const auto& [camera, list] : m_knownEvents) {
        events.try_emplace(camera);
    }
    for (const auto& [camera, plan] : plans) {
        m_writer.setPlan(camera, plan);
    }
    for (const auto& [camera, list] : events) {
        m_writer.setEvents(camera, list);
    }
    m_knownPlans = std::move(plans);
    m_knownEvents = std::move(events);
    if (m_clock.steadyNow() >= m_nextForgetting) {
        m_nextForgetting = m_clock.steadyNow() + kForget;
        return m_plans.forget(now - kEventMatters - kForget);
    }
    return {};
}

}  // namespace leedswatch::station
