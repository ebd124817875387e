#pragma once

#include "base/hash.h"
#include "base/id.h"
#include "base/time.h"
#include "estate/camera.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

namespace leedswatch::video {

using SegmentId = base::Id<struct SegmentTag>;

/// A disk that cameras are recorded on; see archive_volumes.h. Volume 1 is DATA/archive.
using VolumeId = base::Id<struct VolumeTag>;
inline constexpr VolumeId mainVolume{1};

/// Why a segment ended.
enum class SegmentEnd { Full, StreamLost, FormatChanged, Stopped, Recovered, StorageFailed, NotWanted };

[[nodiscard]] std::string_view nameOf(SegmentEnd end);  ///< "full", "stream-lost", ...: as stored
[[nodiscard]] std::optional<SegmentEnd> segmentEndFromName(std::string_view name);

/// A finished file of the archive: fragmented MP4, one video track, first frame a key frame; a second track if there
/// was sound. Its row is written after its bytes and its name are on the disk, so a row means that the file is there,
/// whole.
struct Segment {
    SegmentId id;
    estate::CameraId camera;
    VolumeId volume = mainVolume;
    std::filesystem::path folder;  ///< of the volume, as it is now; not stored with the segment
    std::filesystem::path file;    ///< relative to it: 0042/2026-11-21/0042-20261121T225312.345Z.mp4
    base::UtcTime begin;           ///< wall time of the first frame (arrival clock)
    base::UtcTime end;             ///< wall time at which the last frame stops being shown
    /// 90 kHz, the stream's own clock, of the first frame. In the file itself times begin at 0: add this to them. A new
    /// session with the camera may begin anywhere.
    std::int64_t firstMediaTime = 0;
    std::int64_t lastMediaTime = 0;  ///< of the last frame
    std::int64_t frames = 0;
    std::int64_t bytes = 0;
    base::Sha256Digest sha256{};
    SegmentEnd cause = SegmentEnd::Full;

    [[nodiscard]] std::filesystem::path path() const { return folder / file; }
};

/// A file that the recorder has in hand: it grows by a fragment a GOP and has no hash yet.
struct OpenSegment {
    estate::CameraId camera;
    std::filesystem::path file;
    base::UtcTime begin;
    std::int64_t firstMediaTime = 0;
    VolumeId volume = mainVolume;
    std::filesystem::path folder = {};  ///< of the volume, as it is now; not stored with the segment

    [[nodiscard]] std::filesystem::path path() const { return folder / file; }
};

struct TimeRange {
    base::UtcTime begin;
    base::UtcTime end;
    bool operator==(const TimeRange&) const = default;
};

}  // namespace leedswatch::video
