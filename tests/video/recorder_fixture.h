#pragma once

#include "store/database.h"
#include "support/fake_clock.h"
#include "support/temporary_folder.h"
#include "support/test_stream.h"
#include "video/recorder.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace leedswatch::tests {

/// Counts what a recorder tells.
class CountingEvents final : public video::RecorderEvents {
public:
    void recordingFailed(const base::Error& error) override {
        ++failures;
        lastError = error;
    }
    void recordingWorks() override { ++recoveries; }

    int failures = 0;
    int recoveries = 0;
    base::Error lastError;
};

/// A store, an archive and a recorder of camera 42 in a folder of their own, at 22:53:12.345 UTC.
class RecorderTest : public ::testing::Test {
protected:
    RecorderTest();

    /// As if the camera sent them; time goes by with their arrival.
    void feed(const std::vector<video::Packet>& packets);
    /// The stream stops: what is in hand is written and the file ended.
    void endStream(video::SegmentEnd cause, video::GapCause gap = video::GapCause::Stopped);
    /// The next `frames` packets of the stream, arriving from now on.
    std::vector<video::Packet> next(int frames);
    void settle() { m_finisher->drain(); }
    std::vector<video::Segment> segments();
    /// Without one that begins at this very instant.
    std::vector<video::RecordingGap> gaps();
    std::filesystem::path pathOf(const video::Segment& segment) { return segment.path(); }
    void makeRecorder();
    [[nodiscard]] video::ArchiveTarget target();

    static constexpr estate::CameraId kCamera{7};
    TemporaryFolder m_folder;
    FakeClock m_clock;
    std::unique_ptr<store::Database> m_database;
    video::SegmentIndex m_index;
    std::unique_ptr<video::ArchiveFiles> m_files = std::make_unique<video::DiskArchiveFiles>();
    video::UnfinishedFiles m_unfinished;
    std::unique_ptr<video::SegmentFinisher> m_finisher;
    CountingEvents m_events;
    std::unique_ptr<video::Recorder> m_recorder;
    video::GopCollector m_gops;
    TestStream m_stream;
};

}  // namespace leedswatch::tests
