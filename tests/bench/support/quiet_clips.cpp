#include "support/quiet_clips.h"

#include "analytics/picture_folder.h"
#include "analytics/picture_reader.h"

#include <opencv2/imgproc.hpp>

#include <limits>

namespace leedswatch::bench {
namespace {

constexpr int widest = 480;
constexpr double clipNightLight = 0.3;
constexpr double clipNightNoise = 5;
constexpr double highwayStep = 1.0 / 25;

struct Source {
    const char* name;
    const char* file;
    double until = std::numeric_limits<double>::max();  // seconds
};

constexpr Source sources[] = {
    {"motorway, analogue", "cam/bgslib/video02.avi"},
    {"driveway, sun", "cam/dvrscan/issue53_brightness_change.avi"},
    {"motorway", "cam/dvrscan/traffic_camera.mp4"},
    {"motorway, variable", "cam/dvrscan/traffic_camera_vfr.mp4"},
    {"bottles", "cam/intel/bottle-detection.mp4"},
    {"car park", "cam/intel/car-detection.mp4"},
    {"classroom", "cam/intel_gif/classroom.gif"},
    {"three faces", "cam/intel_gif/face-demographics-walking-and-pause.gif"},
    {"car and cyclist", "cam/intel_gif/person-bicycle-car-detection.gif"},
    {"escalators", "cam/lrs/escalator.avi"},
    {"street, 720p", "cam/pjunhyuk/test_video_01.mov"},
    {"street", "cam/pjunhyuk/test_video_01f.mov"},
    {"leaves", "tamper/Test_video2.mp4", 12.2},
};

cv::Mat small(const cv::Mat& picture) {
    if (picture.cols <= widest) {
        return picture.clone();
    }
    cv::Mat result;
    cv::resize(picture, result, {widest, picture.rows * widest / picture.cols}, 0, 0, cv::INTER_AREA);
    return result;
}

base::Result<QuietClip> read(const Source& source, const std::filesystem::path& footage) {
    QuietClip clip{source.name, {}};
    TRY_ASSIGN(auto reader, analytics::PictureReader::open(footage / source.file));
    analytics::ColourConverter colours;
    for (;;) {
        TRY_ASSIGN(const auto picture, reader.next());
        if (!picture || picture->seconds > source.until) {
            return clip;
        }
        if (picture->seconds >= clipStep * static_cast<double>(clip.pictures.size())) {
            TRY_ASSIGN(const cv::Mat colour, colours.convert(*picture->frame));
            clip.pictures.push_back(small(colour));
        }
    }
}

base::Result<QuietClip> readHighway(const std::filesystem::path& footage) {
    QuietClip clip{"highway", {}};
    TRY_ASSIGN(const auto pictures, analytics::numberedPictures(footage / "gt" / "cdnet_highway" / "input"));
    analytics::ColourConverter colours;
    for (std::size_t i = 0; i < pictures.size(); ++i) {
        if (static_cast<double>(i) * highwayStep >= clipStep * static_cast<double>(clip.pictures.size())) {
            TRY_ASSIGN(auto reader, analytics::PictureReader::open(pictures[i].file));
            TRY_ASSIGN(const auto picture, reader.next());
            TRY_ASSIGN(const cv::Mat colour, colours.convert(*picture->frame));
            clip.pictures.push_back(small(colour));
        }
    }
    return clip;
}

}  // namespace

const cv::Mat& QuietClip::at(int number) const {
    const int turn = 2 * (static_cast<int>(pictures.size()) - 1);
    const int place = number % turn;
    return pictures[static_cast<std::size_t>(std::min(place, turn - place))];
}

base::Result<std::vector<QuietClip>> quietClips(const std::filesystem::path& footage) {
    std::vector<QuietClip> clips;
    for (const Source& source : sources) {
        TRY_ASSIGN(auto clip, read(source, footage));
        clips.push_back(std::move(clip));
    }
    TRY_ASSIGN(auto highway, readHighway(footage));
    clips.push_back(std::move(highway));
    return clips;
}

void addNoise(cv::Mat& picture, double deviation, cv::RNG& random) {
    cv::Mat noise(picture.size(), CV_16SC3);
    random.fill(noise, cv::RNG::NORMAL, 0, deviation);
    cv::add(picture, noise, picture, cv::noArray(), CV_8UC3);
}

cv::Mat byNight(const cv::Mat& picture, cv::RNG& random) {
    cv::Mat dark;
    picture.convertTo(dark, -1, clipNightLight, 8);
    addNoise(dark, clipNightNoise, random);
    return dark;
}

}  // namespace leedswatch::bench
