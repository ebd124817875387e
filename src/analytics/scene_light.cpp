#include "analytics/scene_light.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace leedswatch::analytics {
namespace {

constexpr int pairStep = 6;  // pixels
// Neither a black nor a white place says how light it is.
constexpr float darkest = 12;
constexpr float lightest = 245;
// Light comes to most places alike; a lorry before the camera does not.
constexpr float mostSpread = 0.3F;
constexpr std::size_t leastSamples = 100;
constexpr double learningSeconds = 8;  // of what nothing is in front of
constexpr double adoptingSeconds = 60;
constexpr double learningSecondsMarked = 120;
constexpr double variations = 2.5;

constexpr int surroundings = 2;  // pixels around a part: where a thing begins is its clearest structure
constexpr int blurSide = 7;
// Root mean squares of the fine structure, in levels, from which on there is some.
constexpr double leastStructure = 2.5;
constexpr double sameStructure = 0.7;   // correlation
constexpr double addedStructure = 3.0;  // times the scene's
// A pole in the wind moves all that it sees by a pixel or two; what is larger has its structure all the same.
constexpr int mostSway = 2;
constexpr int largestSwaying = 1'500;  // pixels of the part

struct Structure {
    double scene = 0;
    double picture = 0;
    double correlation = 0;
};

cv::Mat fineOf(const cv::Mat& floats) {
    cv::Mat coarse;
    cv::blur(floats, coarse, {blurSide, blurSide});
    return floats - coarse;
}

Structure compare(const cv::Mat& scene, const cv::Mat& picture, const cv::Mat& where) {
    double scenes = 0;
    double pictures = 0;
    double both = 0;
    int count = 0;
    for (int y = 0; y < where.rows; ++y) {
        const auto* s = scene.ptr<float>(y);
        const auto* p = picture.ptr<float>(y);
        const auto* w = where.ptr<std::uint8_t>(y);
        for (int x = 0; x < where.cols; ++x) {
            if (w[x] != 0) {
                scenes += static_cast<double>(s[x]) * s[x];
                pictures += static_cast<double>(p[x]) * p[x];
                both += static_cast<double>(s[x]) * p[x];
                ++count;
            }
        }
    }
    if (count == 0) {
        return {};
    }
    const double size = std::sqrt(scenes * pictures);
    return {std::sqrt(scenes / count), std::sqrt(pictures / count), size > 0 ? both / size : 0};
}

bool isSame(const Structure& structure) {
    return structure.picture < leastStructure ||
           (structure.correlation > sameStructure &&
            structure.picture < addedStructure * structure.scene + leastStructure);
}

cv::Rect grown(const cv::Rect& part, int by) {
    return {part.x - by, part.y - by, part.width + 2 * by, part.height + 2 * by};
}

}  // namespace

void SceneLight::learnAnew(const cv::Mat& grey) {
    grey.convertTo(m_scene, CV_32F);
    m_variation = cv::Mat::zeros(grey.size(), CV_32F);
}

double SceneLight::gainOf(const cv::Mat& grey, const std::vector<cv::Rect>& things) const {
    if (m_scene.empty()) {
        return 1;
    }
    std::vector<float> gains;
    for (int y = pairStep / 2; y < grey.rows; y += pairStep) {
        const auto* is = grey.ptr<std::uint8_t>(y);
        const auto* was = m_scene.ptr<float>(y);
        for (int x = pairStep / 2; x < grey.cols; x += pairStep) {
            const auto now = static_cast<float>(is[x]);
            const auto isThere = [&](const cv::Rect& thing) { return thing.contains({x, y}); };
            if (std::ranges::none_of(things, isThere) && std::min(now, was[x]) > darkest &&
                std::max(now, was[x]) < lightest) {
                gains.push_back(now / was[x]);
            }
        }
    }
    if (gains.size() < leastSamples) {
        return 1;
    }
    const auto quartile = [&gains](std::size_t number) {
        const auto place = gains.begin() + static_cast<std::ptrdiff_t>(gains.size() * number / 4);
        std::ranges::nth_element(gains, place);
        return *place;
    };
    const float middle = quartile(2);
    return quartile(3) - quartile(1) < mostSpread * middle ? middle : 1;
}

cv::Mat SceneLight::differencesOf(const cv::Mat& grey, double levels) const {
    cv::Mat picture;
    grey.convertTo(picture, CV_32F);
    cv::Mat difference;
    cv::absdiff(picture, m_scene, difference);
    const cv::Mat ordinary = m_variation * variations;
    cv::Mat marked = (difference > levels) & (difference > ordinary);
    cv::medianBlur(marked, marked, 3);
    return marked;
}

void SceneLight::learn(const cv::Mat& grey, const cv::Mat& marked, double seconds) {
    cv::Mat unmarked;
    cv::bitwise_not(marked, unmarked);
    cv::Mat picture;
    grey.convertTo(picture, CV_32F);
    cv::Mat difference;
    cv::absdiff(picture, m_scene, difference);
    cv::accumulateWeighted(difference, m_variation, std::min(1.0, seconds / learningSeconds), unmarked);
    cv::accumulateWeighted(difference, m_variation, std::min(1.0, seconds / learningSecondsMarked), marked);
    cv::accumulateWeighted(grey, m_scene, std::min(1.0, seconds / learningSeconds), unmarked);
    cv::accumulateWeighted(grey, m_scene, std::min(1.0, seconds / learningSecondsMarked), marked);
}

void SceneLight::adopt(double gain, double seconds) {
    m_scene *= std::pow(gain, std::min(1.0, seconds / adoptingSeconds));
}

bool SceneLight::isOnlyLight(const cv::Mat& grey, const cv::Mat& marked, const cv::Rect& part) const {
    const cv::Rect picture{0, 0, grey.cols, grey.rows};
    const cv::Rect around = grown(part, surroundings) & picture;
    cv::Mat where;
    cv::dilate(marked(around), where,
               cv::getStructuringElement(cv::MORPH_RECT, {2 * surroundings + 1, 2 * surroundings + 1}));
    cv::Mat floats;
    grey(around).convertTo(floats, CV_32F);
    const cv::Mat fine = fineOf(floats);
    const int sway = part.area() <= largestSwaying ? mostSway : 0;
    const cv::Rect reach = grown(around, sway) & picture;
    const cv::Mat scene = fineOf(m_scene(reach));
    for (int y = -sway; y <= sway; ++y) {
        for (int x = -sway; x <= sway; ++x) {
            const cv::Point shift{x, y};
            const cv::Rect there = (around + shift) & picture;
            const cv::Rect here = there - shift - around.tl();
            if (isSame(compare(scene(there - reach.tl()), fine(here), where(here)))) {
                return true;
            }
        }
    }
    return false;
}

}  // namespace leedswatch::analytics
