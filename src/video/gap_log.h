#pragma once

#include "video/segment_index.h"

#include <optional>
#include <vector>

namespace leedswatch::video {

/// One camera's gaps on their way to the store: at most one lasts, and what was told while the store refused is written
/// with the next call. So from a camera's first file on, every instant lies in a file or in a gap. One thread.
class GapLog {
public:
    GapLog(SegmentIndex& index, estate::CameraId camera) : m_index{index}, m_camera{camera} {}

    /// Since when a gap lasts; asks the store the first time, because an earlier station may have left one.
    [[nodiscard]] std::optional<OpenGap> lasting();

    /// Nothing follows what ended at that time.
    void begin(base::UtcTime at, GapCause cause);
    /// It lasts on from that time for another reason. Nothing if none lasts or the reason is the same.
    void continueWith(base::UtcTime at, GapCause cause);
    /// Pictures again, from that time on. A time before the beginning of the break means that the clock was set back.
    void end(base::UtcTime at);
    /// A gap of its own, or a step of the clock.
    void add(const RecordingGap& gap);

private:
    void close(base::UtcTime at);
    void flush();

    SegmentIndex& m_index;
    const estate::CameraId m_camera;
    bool m_learnt = false;
    bool m_changed = false;
    std::optional<OpenGap> m_lasting;
    base::UtcTime m_breakBegan;
    std::vector<RecordingGap> m_over;  // not written yet
    std::optional<TimeRange> m_cut;
};

}  // namespace leedswatch::video
