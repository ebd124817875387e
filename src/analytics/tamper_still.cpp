#include "analytics/tamper_still.h"

#include "analytics/picture_reader.h"
#include "base/file.h"
#include "video/png.h"
#include "video/privacy_mask.h"

#include <opencv2/imgproc.hpp>

namespace leedswatch::analytics {
namespace {

constexpr unsigned ownerOnly = 0600;

}  // namespace

cv::Mat hiddenIn(const cv::Mat& still, const std::vector<estate::PrivacyZone>& zones) {
    cv::Mat shown = still.clone();
    for (const video::PixelRun& run : video::hiddenPixels(zones, {shown.cols, shown.rows})) {
        shown(cv::Rect{run.begin, run.row, run.end - run.begin, 1}).setTo(cv::Scalar::all(0));
    }
    return shown;
}

base::Result<void> writeStill(const cv::Mat& still, const std::vector<estate::PrivacyZone>& zones,
                              const std::filesystem::path& file) {
    cv::Mat rgb;
    cv::cvtColor(hiddenIn(still, zones), rgb, cv::COLOR_BGR2RGB);
    video::FullPicture picture;
    picture.width = rgb.cols;
    picture.height = rgb.rows;
    picture.pixels.assign(rgb.data, rgb.data + rgb.total() * rgb.elemSize());
    TRY_ASSIGN(const auto bytes, video::pngOf(picture));
    TRY(base::createFolders(file.parent_path()));
    return base::replaceFile(file, {reinterpret_cast<const char*>(bytes.data()), bytes.size()}, ownerOnly);
}

base::Result<cv::Mat> readStill(const std::filesystem::path& file) {
    TRY_ASSIGN(auto reader, PictureReader::open(file));
    TRY_ASSIGN(const auto picture, reader.next());
    if (!picture) {
        return base::fail(base::ErrorCode::Damaged, file.string() + " has no picture in it");
    }
    TRY_ASSIGN(const cv::Mat colours, ColourConverter{}.convert(*picture->frame));
    return colours.clone();
}

}  // namespace leedswatch::analytics
