#include "video/archive_writer.h"

#include "video/archive_lane.h"

#include <algorithm>

namespace leedswatch::video {
namespace {

constexpr std::chrono::seconds kLongestFarewell{10};

}  // namespace

ArchiveWriter::ArchiveWriter(SegmentIndex& index, const base::Clock& clock, RecorderSettings settings)
    : ArchiveWriter{index, clock, settings, Limits{}} {}

ArchiveWriter::ArchiveWriter(SegmentIndex& index, const base::Clock& clock, RecorderSettings settings, Limits limits)
    : m_index{index}, m_clock{clock}, m_settings{settings}, m_limits{limits} {}

ArchiveWriter::~ArchiveWriter() {
    for (const auto& lane : m_lanes) {
        lane->m_thread.request_stop();
    }
    for (const auto& lane : m_lanes) {
        lane->m_thread.join();
    }
}

void ArchiveWriter::addVolume(VolumeId volume, std::filesystem::path folder, ArchiveFiles& files) {
    auto lane = std::make_unique<Lane>(volume, std::move(folder), files, m_index, m_unfinished);
    Lane& added = *lane;
    const std::scoped_lock lock{m_mutex};
    m_lanes.push_back(std::move(lane));
    added.m_thread = std::jthread{[this, &added](const std::stop_token& stop) { run(added, stop); }};
}

ArchiveWriter::Lane* ArchiveWriter::laneOf(VolumeId volume) const {
    const auto found = std::ranges::find_if(m_lanes, [&](const auto& lane) { return lane->m_target.volume == volume; });
    return found == m_lanes.end() ? nullptr : found->get();
}

void ArchiveWriter::assign(estate::CameraId camera, VolumeId volume) {
    Lane* target = nullptr;
    {
        const std::scoped_lock lock{m_mutex};
        target = laneOf(volume);
        if (target == nullptr || std::exchange(m_cameras[camera].volume, volume) == volume) {
            return;
        }
    }
    Job job;
    job.moveTo = target;
    tell(camera, job);
}

void ArchiveWriter::setPlan(estate::CameraId camera, const RecordingPlan& plan) {
    {
        const std::scoped_lock lock{m_mutex};
        auto& known = m_cameras[camera].plan;
        if (known == plan) {
            return;
        }
        known = plan;
    }
    Job job;
    job.plan = plan;
    tell(camera, job);
}

void ArchiveWriter::setEvents(estate::CameraId camera, const std::vector<RecordingEvent>& events) {
    {
        const std::scoped_lock lock{m_mutex};
        if (std::exchange(m_cameras[camera].events, events) == events) {
            return;
        }
    }
    Job job;
    job.events = events;
    tell(camera, job);
}

void ArchiveWriter::tell(estate::CameraId camera, const Job& job) {
    const std::scoped_lock lock{m_mutex};
    std::erase_if(m_tracks, [](const auto& track) { return track.expired(); });
    for (const auto& weak : m_tracks) {
        if (const auto track = weak.lock(); track && track->camera() == camera) {
            push(track, job);
        }
    }
}

std::shared_ptr<ArchiveWriter::Track> ArchiveWriter::addCamera(Recorder::CameraNames camera, RecorderEvents& events) {
    const std::scoped_lock lock{m_mutex};
    const Settings& settings = m_cameras[camera.id];
    Lane* const lane = laneOf(settings.volume);
    auto track =
        std::make_shared<Track>(camera, lane->m_target, m_index, m_clock, events, m_settings, m_limits.preRollOfCamera);
    track->m_lane = lane;
    m_tracks.push_back(track);
    Job job;
    job.plan = settings.plan;
    job.events = settings.events;
    push(track, std::move(job));
    return track;
}

void ArchiveWriter::removeCamera(const std::shared_ptr<Track>& track, SegmentEnd cause, GapCause gap) {
    end(track, cause, gap);
    {
        std::unique_lock lock{m_mutex};
        const auto busySince = track->m_lane->m_busySince;
        const bool hangs = busySince && m_clock.steadyNow() - *busySince > kLongestFarewell;
        if (!hangs) {
            m_changed.wait_for(lock, kLongestFarewell, [&] { return track->m_jobs == 0; });
        }
    }
    track->mute();
}

void ArchiveWriter::write(const std::shared_ptr<Track>& track, Gop gop) {
    const std::scoped_lock lock{m_mutex};
    const std::size_t bytes = gop.bytes;
    if (track->m_waitingBytes + bytes > m_limits.bytesOfCamera ||
        track->m_lane->m_waitingBytes + bytes > m_limits.bytesOfVolume) {
        track->m_lostFrames += static_cast<std::int64_t>(gop.packets.size());
        return;
    }
    Job job;
    job.gop = std::move(gop);
    push(track, std::move(job));
}

void ArchiveWriter::end(const std::shared_ptr<Track>& track, SegmentEnd cause, GapCause gap) {
    Job job;
    job.end = cause;
    job.gap = gap;
    const std::scoped_lock lock{m_mutex};
    push(track, std::move(job));
}

// Under m_mutex.
void ArchiveWriter::push(const std::shared_ptr<Track>& track, Job job) {
    job.track = track;
    job.lostBefore = job.gop || job.end ? std::exchange(track->m_lostFrames, 0) : 0;
    track->m_waitingBytes += job.bytes();
    track->m_lane->m_waitingBytes += job.bytes();
    ++track->m_jobs;
    track->m_lane->m_jobs.push_back(std::move(job));
    m_changed.notify_all();
}

void ArchiveWriter::drain() {
    std::vector<Lane*> lanes;
    {
        std::unique_lock lock{m_mutex};
        for (const auto& lane : m_lanes) {
            lanes.push_back(lane.get());
        }
        m_changed.wait(lock, [&] {
            return std::ranges::all_of(lanes,
                                       [](const Lane* lane) { return lane->m_jobs.empty() && !lane->m_busySince; });
        });
    }
    for (Lane* lane : lanes) {
        lane->m_finisher.drain();
    }
}

std::vector<ArchiveWriter::VolumeState> ArchiveWriter::states() const {
    const std::scoped_lock lock{m_mutex};
    std::vector<VolumeState> states;
    for (const auto& lane : m_lanes) {
        VolumeState state{lane->m_target.volume, lane->m_busySince, lane->m_waitingBytes, std::nullopt};
        if (!lane->m_failures.empty()) {
            state.failure = lane->m_failures.begin()->second;
        }
        states.push_back(std::move(state));
    }
    return states;
}

void ArchiveWriter::run(Lane& lane, const std::stop_token& stop) {
    while (true) {
        Job job;
        {
            std::unique_lock lock{m_mutex};
            m_changed.wait(lock, stop, [&lane] { return !lane.m_jobs.empty(); });
            if (lane.m_jobs.empty()) {
                return;
            }
            job = std::move(lane.m_jobs.front());
            lane.m_jobs.pop_front();
            lane.m_busySince = m_clock.steadyNow();
        }
        const std::size_t bytes = job.bytes();
        if (job.moveTo != nullptr) {
            move(job);
        } else {
            job.track->execute(job);
        }
        const std::scoped_lock lock{m_mutex};
        job.track->m_waitingBytes -= bytes;
        lane.m_waitingBytes -= bytes;
        --job.track->m_jobs;
        lane.m_failures.erase(job.track->camera());
        if (const auto& failure = job.track->failure(); failure && job.track->m_lane == &lane) {
            lane.m_failures.emplace(job.track->camera(), *failure);
        }
        lane.m_busySince.reset();
        m_changed.notify_all();
    }
}

// What waits of the camera goes over with it, so its GOPs stay in their order and no two threads ever have it.
void ArchiveWriter::move(const Job& job) {
    Track& track = *job.track;
    Lane& to = *job.moveTo;
    track.moveTo(to.m_target);
    const std::scoped_lock lock{m_mutex};
    Lane& from = *track.m_lane;
    if (&from == &to) {
        return;
    }
    const auto others = std::stable_partition(from.m_jobs.begin(), from.m_jobs.end(),
                                              [&](const Job& waiting) { return waiting.track != job.track; });
    for (auto waiting = others; waiting != from.m_jobs.end(); ++waiting) {
        from.m_waitingBytes -= waiting->bytes();
        to.m_waitingBytes += waiting->bytes();
        to.m_jobs.push_back(std::move(*waiting));
    }
    from.m_jobs.erase(others, from.m_jobs.end());
    track.m_lane = &to;
    m_changed.notify_all();
}

}  // namespace leedswatch::video
