#include "analytics/motion_blobs.h"

#include "estate/privacy_zone.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>

namespace leedswatch::analytics {
namespace {

constexpr std::size_t mostBlobs = 64;
// A person is about three times as tall as wide, and half of that box is person.
constexpr double areaOfHeight = 1.0 / 3 / 2;
constexpr int leastArea = 6;
// A head over a wall, a car: what is wide need not be tall.
constexpr double leastShareOfHeight = 0.5;

bool counts(const MotionBlob& blob, const LeastHeight& least, int rows) {
    const double foot = static_cast<double>(blob.box.y + blob.box.height) / rows;
    const double height = (least.atTop + (least.atBottom - least.atTop) * foot) * rows / estate::ZonePoint::whole;
    const double area = std::max<double>(leastArea, height * height * areaOfHeight);
    return blob.area >= area && blob.box.height >= height * leastShareOfHeight;
}

}  // namespace

std::vector<MotionBlob> blobsOf(const cv::Mat& mask, const LeastHeight& least) {
    if (cv::countNonZero(mask) == 0) {
        return {};
    }
    cv::Mat closed;
    const cv::Mat around = cv::getStructuringElement(cv::MORPH_RECT, {3, 5});
    cv::morphologyEx(mask, closed, cv::MORPH_CLOSE, around);
    cv::Mat labels;
    cv::Mat statistics;
    cv::Mat centres;
    const int count = cv::connectedComponentsWithStats(closed, labels, statistics, centres, 8, CV_32S);
    std::vector<MotionBlob> blobs;
    for (int label = 1; label < count; ++label) {
        const auto* row = statistics.ptr<int>(label);
        const MotionBlob blob{
            {row[cv::CC_STAT_LEFT], row[cv::CC_STAT_TOP], row[cv::CC_STAT_WIDTH], row[cv::CC_STAT_HEIGHT]},
            row[cv::CC_STAT_AREA],
            false};
        if (counts(blob, least, mask.rows)) {
            blobs.push_back(blob);
        }
    }
    std::ranges::sort(blobs, std::ranges::greater{}, &MotionBlob::area);
    blobs.resize(std::min(blobs.size(), mostBlobs));
    return blobs;
}

}  // namespace leedswatch::analytics
