#pragma once

#include "estate/camera.h"
#include "store/database.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace leedswatch::estate {

/// How often a stream's times had to be mended, by what was wrong with them (video::MediaClock).
struct MendedTimes {
    std::int64_t repeated = 0;
    std::int64_t backwards = 0;
    std::int64_t leaping = 0;
    std::int64_t missing = 0;
    std::int64_t wrapped = 0;

    [[nodiscard]] std::int64_t total() const { return repeated + backwards + leaping + missing + wrapped; }
    bool operator==(const MendedTimes&) const = default;
};

/// What the station measured of one of a camera's streams. The counters begin when it took the camera up.
struct StreamMeasurement {
    CameraId camera;
    bool isSub = false;
    base::UtcTime measured{};
    std::string codec;  ///< as FFmpeg calls it: "h264", "hevc"; empty until a picture came
    int width = 0;
    int height = 0;
    std::int64_t bitsPerSecond = 0;  ///< over the last ten seconds or so; 0 while nothing comes
    int milliPicturesPerSecond = 0;  ///< the same: 25000 is 25 a second
    std::string carrier;             ///< "tcp", "udp", "multicast", "tls", "tls-unverified", "http", "device", "file"
    std::int64_t pictures = 0;
    std::optional<std::int64_t> lostPackets;  ///< nothing where the carrier cannot lose any
    std::int64_t reconnections = 0;
    MendedTimes mended;

    bool operator==(const StreamMeasurement&) const = default;
};

/// How far a camera's clock is from the station's; positive if it is ahead. What a picture takes from the camera to the
/// station is in it, so a right clock seems some tens of milliseconds behind.
struct ClockOffset {
    CameraId camera;
    base::Microseconds offset{};
    base::UtcTime measured{};

    bool operator==(const ClockOffset&) const = default;
};

/// What the station last measured of the streams. Thread-safe. Topic of the change feed: "camera_measurements".
class StreamMeasurements {
public:
    explicit StreamMeasurements(store::Database& database) : m_database{database} {}

    /// Written by the station, many in one commit.
    [[nodiscard]] base::Result<void> write(const std::vector<StreamMeasurement>& streams,
                                           const std::vector<ClockOffset>& clocks);
    /// By camera, main before sub.
    [[nodiscard]] base::Result<std::vector<StreamMeasurement>> streams();
    [[nodiscard]] base::Result<std::vector<ClockOffset>> clocks();

private:
    store::Database& m_database;
};

}  // namespace leedswatch::estate
