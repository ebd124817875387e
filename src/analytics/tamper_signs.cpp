#include "analytics/tamper_signs.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace leedswatch::analytics {
namespace {

constexpr double glareLevel = 243;
constexpr double explainedLevel = 190;  // where more light may have taken a block to the limit from
constexpr double mostLight = 2.5;       // times
constexpr int fewestKept = 5;           // blocks
constexpr double darkLevel = 8;         // nothing is seen there by a camera that is not dazzled
constexpr double smoothEnergy = 3;      // (levels a pixel)^2; a sensor's noise by night stays below it
constexpr double smoothPart = 0.12;     // of what the scene has there
constexpr double steadyLikeness = 0.6;
constexpr double steadyLevels = 4;
constexpr double otherLevels = 20;
constexpr double anchorEnergyNow = 1;  // (levels a pixel)^2
constexpr double lookForShiftBelow = 0.7;

void addLevels(TamperSigns& signs, const ScenePicture& picture) {
    std::array<int, 256> counts{};
    for (int y = 0; y < picture.grey.rows; ++y) {
        for (int x = 0; x < picture.grey.cols; ++x) {
            ++counts[static_cast<std::size_t>(cv::saturate_cast<std::uint8_t>(picture.grey.at<float>(y, x)))];
        }
    }
    const auto percentile = [&](double part) {
        double below = part * static_cast<double>(picture.grey.total());
        int level = 0;
        while (level < 255 && (below -= counts[static_cast<std::size_t>(level)]) >= 0) {
            ++level;
        }
        return level;
    };
    signs.darkest = percentile(0.01);
    signs.brightest = percentile(0.99);
}

void addBlue(TamperSigns& signs, const ScenePicture& picture) {
    const cv::Scalar mean = cv::mean(picture.colour);
    if (mean[0] < 60 + std::max(mean[1], mean[2])) {
        return;
    }
    const cv::Scalar reach = cv::Scalar::all(20);
    cv::Mat isIt;
    cv::inRange(picture.colour, mean - reach, mean + reach, isIt);
    signs.oneBlue = cv::countNonZero(isIt) / static_cast<double>(isIt.total());
}

double correlationOf(const cv::Mat& some, const cv::Mat& others) {
    const cv::Mat first = some - cv::mean(some)[0];
    const cv::Mat second = others - cv::mean(others)[0];
    return first.dot(second) / std::sqrt(first.dot(first) * second.dot(second) + 1);
}

void addNoise(TamperSigns& signs, const ScenePicture& picture, const ScenePicture* before) {
    cv::Mat coarse;
    cv::resize(picture.grey, coarse, picture.grey.size() / 4, 0, 0, cv::INTER_AREA);
    cv::Scalar mean;
    cv::Scalar deviation;
    cv::Scalar coarseDeviation;
    cv::meanStdDev(picture.grey, mean, deviation);
    cv::meanStdDev(coarse, mean, coarseDeviation);
    signs.deviation = deviation[0];
    signs.white = 1 - std::pow(coarseDeviation[0] / std::max(deviation[0], 0.1), 2);
    if (before != nullptr) {
        signs.likeBefore = correlationOf(picture.grey, before->grey);
    }
}

cv::Mat steadyBlocks(const ScenePicture& picture, const ScenePicture& earlier, const cv::Mat& isSmooth) {
    const cv::Mat common = fieldOf(productOf(picture.gradients, earlier.gradients));
    cv::Mat both;
    cv::sqrt(picture.energy.mul(earlier.energy) + 1e-3, both);
    cv::Mat change;
    cv::absdiff(picture.brightness, earlier.brightness, change);
    return (isSmooth | (common >= steadyLikeness * both)) & (change < steadyLevels);
}

/// How much brighter it is than normally, by the blocks that are there as ever, or where none are, by all.
double lightOf(const ScenePicture& picture, const SceneMemory& memory, const cv::Mat& isKept) {
    const cv::Mat& normal = memory.brightness();
    const bool isAnyKept = cv::countNonZero(isKept) >= fewestKept;
    std::vector<float> growth;
    for (int y = 0; y < normal.rows; ++y) {
        for (int x = 0; x < normal.cols; ++x) {
            const float level = picture.brightness.at<float>(y, x);
            const bool isCounted = !isAnyKept || isKept.at<std::uint8_t>(y, x) != 0;
            if (isCounted && level < glareLevel && normal.at<float>(y, x) > darkLevel) {
                growth.push_back(level / normal.at<float>(y, x));
            }
        }
    }
    if (growth.empty()) {
        return 1;
    }
    const auto middle = growth.begin() + static_cast<std::ptrdiff_t>(growth.size() / 2);
    std::nth_element(growth.begin(), middle, growth.end());
    return std::clamp(static_cast<double>(*middle), 1 / mostLight, mostLight);
}

/// Blocks at the limit of the sensor that the light does not explain.
double dazzledPart(const ScenePicture& picture, const SceneMemory& memory, double light) {
    const cv::Mat isDazzled =
        (picture.brightness >= glareLevel) & (memory.brightness() * std::max(light, 1.0) < explainedLevel);
    return cv::countNonZero(isDazzled) / static_cast<double>(isDazzled.total());
}

/// Blocks that are smooth and steady, and where the scene is not: it has structure there, or another brightness.
void addObscured(TamperSigns& signs, const ScenePicture& picture, const SceneMemory& memory, const cv::Mat& isBlank,
                 double light) {
    cv::Mat change;
    cv::absdiff(picture.brightness, memory.brightness() * light, change);
    const cv::Mat& isAnchor = signs.match.isAnchor;
    // Under a cloud what was hardly there is not there; and what is at the limit is too bright to be seen, not hidden.
    const cv::Mat isLost = isAnchor & ~signs.match.isKept & (memory.energy() * light * light >= anchorEnergyNow);
    signs.isObscured = isBlank & (picture.brightness < glareLevel) & (isLost | (~isAnchor & (change > otherLevels)));
}

/// The largest patch of them: a change of light leaves many small ones, and what moves leaves none for long.
void countObscured(TamperSigns& signs, const cv::Mat& lately) {
    if (lately.size() != signs.isObscured.size()) {
        return;
    }
    cv::Mat patches;
    cv::Mat boxes;
    cv::Mat centres;
    cv::Mat lasting = signs.isObscured & lately;
    cv::morphologyEx(lasting, lasting, cv::MORPH_CLOSE, cv::Mat::ones(3, 3, CV_8U));  // noise makes holes
    const int count = cv::connectedComponentsWithStats(lasting, patches, boxes, centres);
    int largest = 0;
    for (int patch = 1; patch < count; ++patch) {
        if (largest == 0 || boxes.at<int>(patch, cv::CC_STAT_AREA) > boxes.at<int>(largest, cv::CC_STAT_AREA)) {
            largest = patch;
        }
    }
    if (largest == 0) {
        return;
    }
    const cv::Mat isHidden = patches == largest;
    signs.obscured = cv::countNonZero(isHidden) / static_cast<double>(isHidden.total());
    const int anchors = cv::countNonZero(signs.match.isAnchor);
    const int hidden = cv::countNonZero(isHidden & signs.match.isAnchor);
    if (anchors > hidden) {
        signs.obscuredAnchors = hidden / static_cast<double>(anchors);
        signs.keptElsewhere = cv::countNonZero(signs.match.isKept) / static_cast<double>(anchors - hidden);
    }
}

}  // namespace

TamperSigns signsOf(const ScenePicture& picture, const SceneMemory& memory, const ScenePast& past) {
    TamperSigns signs;
    addLevels(signs, picture);
    addBlue(signs, picture);
    addNoise(signs, picture, past.before);
    if (!memory.isReady()) {
        return signs;
    }
    signs.match = memory.match(picture);
    const cv::Mat isSmooth = (picture.energy < smoothEnergy) | (picture.energy < memory.energy() * smoothPart);
    const auto blocks = static_cast<double>(isSmooth.total());
    signs.smooth = cv::countNonZero(isSmooth) / blocks;
    const double light = lightOf(picture, memory, signs.match.isKept);
    signs.dazzled = dazzledPart(picture, memory, light);
    if (past.earlier != nullptr) {
        const cv::Mat isSteady = steadyBlocks(picture, *past.earlier, isSmooth);
        const int structured = cv::countNonZero(~isSmooth);
        signs.calm = structured > 0 ? cv::countNonZero(isSteady & ~isSmooth) / static_cast<double>(structured) : 1;
        const cv::Mat isNew = ~isSmooth & ~signs.match.isKept;
        const int fresh = cv::countNonZero(isNew);
        signs.steady = fresh > 0 ? cv::countNonZero(isSteady & isNew) / static_cast<double>(fresh) : 0;
        addObscured(signs, picture, memory, isSmooth & isSteady, light);
        countObscured(signs, past.obscured);
    }
    if (signs.match.kept < lookForShiftBelow) {
        signs.shift = findShift(memory.gradients(), picture.gradients);
    }
    return signs;
}

}  // namespace leedswatch::analytics
