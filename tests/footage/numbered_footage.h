#pragma once

#include "estate/camera_registry.h"
#include "video/frame.h"
#include "video/segment_index.h"
#include "video/video_codec.h"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

struct AVFrame;

namespace leedswatch::tests {

/// How a test's recording is encoded. Each picture carries its number as sixteen blocks, light or dark.
struct FootageFormat {
    video::VideoCodec codec = video::VideoCodec::H264;
    int width = 320;
    int height = 192;
    int picturesPerSecond = 25;
    int gop = 25;
    int bFrames = 0;
    std::string encoder = {};  ///< further parameters of x264 or x265
    /// Recorded with sound: a piece of G.711 beside each picture (25 a second), each of its bytes the picture's number.
    bool hasSound = false;
};

/// The sound beside picture `number`.
[[nodiscard]] std::vector<std::byte> soundOf(int number);

/// Writes pictures `first`, `first` + 1, ... as the recorder does.
void encodeNumbered(const std::filesystem::path& file, int first, int count, const FootageFormat& format = {});

[[nodiscard]] int numberIn(const AVFrame& picture);
[[nodiscard]] int numberIn(const video::Frame& picture);

/// A camera of the estate, as an import would add it.
estate::Camera addCamera(store::Database& database, int number = 42, const std::string& name = "Briggate North");

/// An archive of numbered pictures. Numbers go on from segment to segment unless set.
class NumberedArchive {
public:
    NumberedArchive(video::SegmentIndex& index, estate::CameraId camera) : m_index{index}, m_camera{camera} {}

    /// A finished segment with its row.
    video::Segment add(base::UtcTime begin, int pictures, const FootageFormat& format = {},
                       video::SegmentEnd cause = video::SegmentEnd::Full);
    /// The same behind the last one, without a gap.
    video::Segment addNext(int pictures, const FootageFormat& format = {},
                           video::SegmentEnd cause = video::SegmentEnd::Full);
    /// The same, but by the wall clock it took so long: the camera's clock is fast or slow.
    video::Segment addDrifting(base::UtcTime begin, int pictures, base::Microseconds wallLength,
                               const FootageFormat& format = {});
    /// A segment that is being recorded: its row is open.
    std::filesystem::path addGrowing(base::UtcTime begin, int pictures, const FootageFormat& format = {});
    /// The growing one is finished.
    video::Segment finishGrowing();

    [[nodiscard]] std::filesystem::path pathOf(const std::filesystem::path& file) const {
        return m_index.archiveFolder() / file;
    }
    [[nodiscard]] base::UtcTime end() const { return m_end; }
    [[nodiscard]] int nextNumber() const { return m_nextNumber; }

private:
    [[nodiscard]] std::filesystem::path newFile(base::UtcTime begin);
    video::Segment addWithEnd(base::UtcTime begin, int pictures, const FootageFormat& format, video::SegmentEnd cause,
                              std::optional<base::Microseconds> wallLength);
    [[nodiscard]] video::Segment describe(const video::OpenSegment& open, int pictures, const FootageFormat& format);

    video::SegmentIndex& m_index;
    const estate::CameraId m_camera;
    base::UtcTime m_end{};
    int m_nextNumber = 0;
    std::int64_t m_mediaTime = 0;
    video::OpenSegment m_growing;
    int m_growingPictures = 0;
    FootageFormat m_growingFormat;
};

}  // namespace leedswatch::tests
