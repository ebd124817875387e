#include "recorder_fixture.h"

#include <stdexcept>

namespace leedswatch::tests {
namespace {

using namespace std::chrono;

const base::UtcTime kStart{sys_days{2026y / November / 21} + 22h + 53min + 12s + 345ms};

std::unique_ptr<store::Database> openStore(const std::filesystem::path& folder, const base::Clock& clock) {
    auto database = store::Database::open(folder, clock);
    if (!database) {
        throw std::runtime_error{database.error().message};
    }
    return std::move(*database);
}

}  // namespace

RecorderTest::RecorderTest() : m_clock{kStart}, m_database{openStore(m_folder.path(), m_clock)}, m_index{*m_database} {
    makeRecorder();
}

void RecorderTest::makeRecorder() {
    m_recorder.reset();
    m_finisher = std::make_unique<video::SegmentFinisher>(*m_files, m_index, m_unfinished);
    m_recorder = std::make_unique<video::Recorder>(video::Recorder::CameraNames{kCamera, 42}, target(), m_index,
                                                   m_clock, m_events);
}

video::ArchiveTarget RecorderTest::target() {
    return {video::mainVolume, m_index.archiveFolder(), m_files.get(), m_finisher.get()};
}

std::vector<video::Packet> RecorderTest::next(int frames) {
    auto packets = makePackets(m_stream, frames, m_clock.now(), m_clock.steadyNow());
    m_stream.firstTime += frames * (video::kMediaTicksPerSecond / m_stream.framesPerSecond);
    return packets;
}

void RecorderTest::feed(const std::vector<video::Packet>& packets) {
    for (const auto& packet : packets) {
        if (auto gop = m_gops.add(packet)) {
            m_recorder->write(*gop);
        }
        m_clock.advance(video::durationOfTicks(video::kMediaTicksPerSecond / m_stream.framesPerSecond));
    }
}

void RecorderTest::endStream(video::SegmentEnd cause, video::GapCause gap) {
    if (auto gop = m_gops.flush()) {
        m_recorder->write(*gop);
    }
    m_recorder->end(cause, gap);
    settle();
}

std::vector<video::Segment> RecorderTest::segments() {
    auto found = m_index.all(kCamera);
    if (!found) {
        throw std::runtime_error{found.error().message};
    }
    return std::move(*found);
}

std::vector<video::RecordingGap> RecorderTest::gaps() {
    auto found = m_index.gaps(kCamera, {kStart - hours{48}, kStart + hours{48}});
    if (!found) {
        throw std::runtime_error{found.error().message};
    }
    std::erase_if(*found, [](const video::RecordingGap& gap) { return gap.lasts && gap.begin == gap.end; });
    return std::move(*found);
}

}  // namespace leedswatch::tests
