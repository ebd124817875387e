#include "support/made_scene.h"

#include "analytics/picture_folder.h"
#include "analytics/picture_reader.h"

#include <opencv2/imgproc.hpp>

namespace leedswatch::bench {
namespace {

constexpr int quietPictures = 200;
constexpr int moving = 255;
constexpr int unclear = 170;
constexpr double dayNoise = 1.5;
constexpr double nightNoise = 5;
constexpr double nightLight = 0.3;

base::Result<cv::Mat> readPicture(const std::filesystem::path& file) {
    analytics::ColourConverter colours;
    TRY_ASSIGN(auto reader, analytics::PictureReader::open(file));
    TRY_ASSIGN(const auto picture, reader.next());
    return colours.convert(*picture->frame);
}

base::Result<std::vector<cv::Mat>> readClip(const std::filesystem::path& file, const Place& place) {
    analytics::ColourConverter colours;
    TRY_ASSIGN(auto reader, analytics::PictureReader::open(file));
    std::vector<cv::Mat> pictures;
    for (int number = 0; number <= place.last; ++number) {
        TRY_ASSIGN(const auto picture, reader.next());
        if (!picture) {
            break;
        }
        if (number >= place.first) {
            TRY_ASSIGN(const cv::Mat whole, colours.convert(*picture->frame));
            pictures.emplace_back();
            cv::resize(whole, pictures.back(), {}, place.scale, place.scale, cv::INTER_AREA);
        }
    }
    if (pictures.size() < 2) {
        return base::fail(base::ErrorCode::Damaged, file.string() + " is too short for a scene");
    }
    return pictures;
}

/// Forwards and backwards, so that nothing jumps.
const cv::Mat& swinging(const std::vector<cv::Mat>& pictures, int number) {
    const int turn = 2 * (static_cast<int>(pictures.size()) - 1);
    const int at = number % turn;
    return pictures[static_cast<std::size_t>(std::min(at, turn - at))];
}

/// Put where the place wants it, on a picture of the place's size.
cv::Mat placed(const cv::Mat& what, const Place& place, cv::Size size, int filter) {
    cv::Mat turned;
    if (place.isMirrored) {
        cv::flip(what, turned, 1);
    } else {
        turned = what;
    }
    const cv::Matx23d move{1, 0, static_cast<double>(place.shift.x), 0, 1, static_cast<double>(place.shift.y)};
    cv::Mat result;
    cv::warpAffine(turned, result, move, size, filter, cv::BORDER_CONSTANT, cv::Scalar::all(0));
    return result;
}

void addObjects(cv::Mat& picture, cv::Mat& truth, const cv::Mat& objects, const cv::Mat& shape) {
    cv::Mat alpha;
    cv::GaussianBlur(shape, alpha, {3, 3}, 0);
    for (int y = 0; y < picture.rows; ++y) {
        for (int x = 0; x < picture.cols; ++x) {
            const int share = alpha.at<std::uint8_t>(y, x);
            if (share == 0) {
                continue;
            }
            auto& pixel = picture.at<cv::Vec3b>(y, x);
            const auto& object = objects.at<cv::Vec3b>(y, x);
            for (int channel = 0; channel < 3; ++channel) {
                pixel[channel] =
                    static_cast<std::uint8_t>((object[channel] * share + pixel[channel] * (255 - share)) / 255);
            }
            truth.at<std::uint8_t>(y, x) = share == 255 ? moving : unclear;
        }
    }
}

void light(cv::Mat& picture, Light light, cv::RNG& random) {
    cv::Mat noise(picture.size(), CV_16SC3);
    random.fill(noise, cv::RNG::NORMAL, 0, light == Light::Day ? dayNoise : nightNoise);
    if (light == Light::Night) {
        picture.convertTo(picture, -1, nightLight, 8);
    }
    cv::add(picture, noise, picture, cv::noArray(), CV_8UC3);
}

}  // namespace

base::Result<Scene> highway(const std::filesystem::path& footage) {
    const auto folder = footage / "gt" / "cdnet_highway";
    TRY_ASSIGN(const auto pictures, analytics::numberedPictures(folder / "input"));
    TRY_ASSIGN(const auto truths, analytics::numberedPictures(folder / "groundtruth"));
    Scene scene{"highway", {}, {}};
    for (std::size_t i = 0; i < std::min(pictures.size(), truths.size()); ++i) {
        TRY_ASSIGN(const cv::Mat picture, readPicture(pictures[i].file));
        TRY_ASSIGN(const cv::Mat truth, readPicture(truths[i].file));
        scene.pictures.push_back(picture.clone());
        scene.truth.emplace_back();
        if (truths[i].number >= 470) {
            cv::extractChannel(truth, scene.truth.back(), 0);
        }
    }
    return scene;
}

base::Result<Scene> madeScene(const Scene& highway, const Place& place, const std::filesystem::path& footage,
                              Light time) {
    TRY_ASSIGN(const auto quiet, readClip(footage / place.clip, place));
    cv::RNG random{11};
    Scene scene{place.name + (time == Light::Night ? ", night" : ", day"), {}, {}};
    const auto add = [&](const cv::Mat* objects, const cv::Mat* shape) {
        cv::Mat picture = swinging(quiet, static_cast<int>(scene.pictures.size())).clone();
        cv::Mat truth;
        if (objects != nullptr) {
            truth = cv::Mat::zeros(picture.size(), CV_8UC1);
            addObjects(picture, truth, placed(*objects, place, picture.size(), cv::INTER_LINEAR),
                       placed(*shape == moving, place, picture.size(), cv::INTER_NEAREST));
        }
        light(picture, time, random);
        scene.pictures.push_back(picture);
        scene.truth.push_back(truth);
    };
    for (int i = 0; i < quietPictures; ++i) {
        add(nullptr, nullptr);
    }
    for (std::size_t i = 0; i < highway.pictures.size(); ++i) {
        if (!highway.truth[i].empty()) {
            add(&highway.pictures[i], &highway.truth[i]);
        }
    }
    return scene;
}

}  // namespace leedswatch::bench
