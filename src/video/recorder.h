#pragma once

#include "base/clock.h"
#include "video/gap_log.h"
#include "video/gop.h"
#include "video/segment_finisher.h"
#include "video/segment_index.h"
#include "video/segment_writer.h"
#include "video/wall_timeline.h"

#include <optional>

namespace leedswatch::video {

/// Who is told how recording goes. Called on the recording thread; must return at once.
class RecorderEvents {
public:
    virtual ~RecorderEvents() = default;
    /// The archive does not take this camera's pictures; they are lost until `recordingWorks`. Called once a failure.
    virtual void recordingFailed(const base::Error& error) = 0;
    virtual void recordingWorks() = 0;
};

/// Where files go: a volume, its folder as it is now, and who writes and finishes there. The two outlive the recorder.
struct ArchiveTarget {
    VolumeId volume = mainVolume;
    std::filesystem::path folder;
    ArchiveFiles* files = nullptr;
    SegmentFinisher* finisher = nullptr;
};

struct RecorderSettings {
    base::Microseconds segmentLength = std::chrono::seconds{60};
    base::Microseconds firstRetry = std::chrono::seconds{1};
    base::Microseconds slowestRetry = std::chrono::seconds{30};
};

/// Writes one camera's GOPs to the archive: a file for about a minute, another one after a new format, sound that
/// begins or ends, a new UTC day, a step of the wall clock or a break. The order of DESIGN section 6 is kept here and
/// in SegmentFinisher. It never decodes and never throws pictures away but when the archive refuses them; then it tries
/// again, with growing pauses, at each key frame. One thread.
class Recorder {
public:
    struct CameraNames {
        estate::CameraId id;
        int number = 0;
    };

    Recorder(CameraNames camera, const ArchiveTarget& target, SegmentIndex& index, const base::Clock& clock,
             RecorderEvents& events, RecorderSettings settings = {});

    void write(const Gop& gop);
    /// Nothing more comes for the present, and why. Told again while nothing comes, the reason from then on.
    void end(SegmentEnd cause, GapCause gap);
    /// From now on files go there; the one in hand is ended first. No picture is lost and no gap arises.
    void moveTo(const ArchiveTarget& target);
    /// Pictures between the last `write` and the next are lost, because there was no time to take them.
    void skip(std::int64_t frames);

    [[nodiscard]] std::int64_t lostFrames() const { return m_lostFrames; }

private:
    struct InHand {
        std::unique_ptr<SegmentWriter> writer;
        Segment segment;
        std::shared_ptr<const StreamFormat> format;
    };

    [[nodiscard]] std::optional<SegmentEnd> reasonToCut(const Gop& gop) const;
    /// What a file with this GOP is to have a track for; null: nothing.
    [[nodiscard]] std::shared_ptr<const SoundFormat> soundFor(const Gop& gop) const;
    void cut(const Gop& next, SegmentEnd cause);
    [[nodiscard]] base::Result<void> begin(const Gop& gop);
    [[nodiscard]] base::Result<std::unique_ptr<SegmentWriter>> createFile(const Gop& gop, const Segment& segment);
    [[nodiscard]] base::UtcTime now() const;
    [[nodiscard]] base::UtcTime beginningOf(const Gop& gop);
    void followWallClock(const Gop& gop);
    void removeLeftOvers();
    void closeFile(SegmentEnd cause);
    void beginGap(GapCause cause);
    void endGap(base::UtcTime begin);
    void lose(const Gop& gop, const base::Error& error);

    const CameraNames m_camera;
    const RecorderSettings m_settings;
    ArchiveTarget m_target;
    SegmentIndex& m_index;
    const base::Clock& m_clock;
    RecorderEvents& m_events;

    WallTimeline m_timeline;
    std::optional<InHand> m_inHand;
    std::optional<SoundPacket> m_heard;  // the last of the session
    std::filesystem::path m_knownFolder;
    GapLog m_gaps;
    std::optional<base::UtcTime> m_lastEnd;  // of what was recorded last
    std::optional<RecordingGap> m_clockStep;
    bool m_gapToEnd = false;  // once the first pictures of the file in hand are written
    // Files that came to nothing and whose removal failed too.
    std::vector<OpenSegment> m_leftOvers;
    bool m_failing = false;
    base::SteadyTime m_retryAt{};
    base::Microseconds m_pause{};
    std::int64_t m_lostFrames = 0;
};

}  // namespace leedswatch::video
