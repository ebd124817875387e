#include "analytics/picture_quality.h"

#include "drawn_view.h"

#include <gtest/gtest.h>
#include <opencv2/imgproc.hpp>

#include <functional>

namespace leedswatch::analytics {
namespace {

using tests::DrawnView;

PictureQuality qualityOf(const std::function<cv::Mat(DrawnView&)>& picture) {
    DrawnView view;
    PictureQualityMeter meter;
    for (int i = 0; i < 5; ++i) {
        meter.add(picture(view));
    }
    return meter.take().value_or(PictureQuality{});
}

TEST(PictureQuality, NoiseIsTheSensorsDeviationInLevels) {
    const auto quality = qualityOf([](DrawnView& view) {
        cv::Mat grey = cv::Mat(view.scene().size(), CV_8UC1, cv::Scalar::all(120));
        static cv::RNG random{3};
        cv::Mat noise(grey.size(), CV_16SC1);
        random.fill(noise, cv::RNG::NORMAL, 0, 4);
        cv::add(grey, noise, grey, cv::noArray(), CV_8UC1);
        cv::cvtColor(grey, grey, cv::COLOR_GRAY2BGR);
        return grey;
    });
    EXPECT_NEAR(quality.noise, 4, 0.4);
    EXPECT_LT(quality.sharpness, 0.3) << "noise is no detail";
}

TEST(PictureQuality, AStillPictureHasNoNoise) {
    EXPECT_LT(qualityOf([](DrawnView& view) { return view.scene(); }).noise, 0.3);
}

TEST(PictureQuality, ABlurredPictureIsLessSharpAndAsBright) {
    const auto sharp = qualityOf([](DrawnView& view) { return view.next(); });
    const auto blurred = qualityOf([](DrawnView& view) {
        cv::Mat picture;
        cv::GaussianBlur(view.scene(), picture, {}, 3);
        return view.withNoise(picture);
    });
    EXPECT_LT(blurred.sharpness, sharp.sharpness / 2);
    EXPECT_NEAR(blurred.exposure, sharp.exposure, 0.01);
}

TEST(PictureQuality, ExposureContrastAndClippingAreSharesOfTheRange) {
    const auto quality = qualityOf([](DrawnView&) {
        cv::Mat picture(cv::Size{200, 100}, CV_8UC3, cv::Scalar::all(0));
        picture(cv::Rect{0, 0, 100, 100}).setTo(cv::Scalar::all(255));
        return picture;
    });
    EXPECT_NEAR(quality.exposure, 0.5, 0.001);
    EXPECT_NEAR(quality.contrast, 0.5, 0.001);
    EXPECT_NEAR(quality.clipped, 1, 0.001);
}

TEST(PictureQuality, AGreyPictureHasNoCastAndABlueOneHas) {
    const auto grey = qualityOf([](DrawnView&) { return cv::Mat(cv::Size{64, 48}, CV_8UC3, cv::Scalar::all(100)); });
    EXPECT_EQ(grey.blueCast, 0);
    const auto blue = qualityOf([](DrawnView&) {
        return cv::Mat(cv::Size{64, 48}, CV_8UC3, cv::Scalar{130, 100, 100});
    });
    EXPECT_NEAR(blue.blueCast, 20, 0.01);
    EXPECT_NEAR(blue.redCast, -10, 0.01);
}

TEST(PictureQuality, AFlashInOneOfFivePicturesChangesNothing) {
    int number = 0;
    const auto quality = qualityOf([&](DrawnView& view) {
        return number++ == 2 ? cv::Mat(view.scene().size(), CV_8UC3, cv::Scalar::all(255)) : view.next();
    });
    EXPECT_LT(quality.exposure, 0.7);
}

TEST(PictureQuality, OnePictureIsNoReadingAndAnotherSizeBeginsAnew) {
    PictureQualityMeter meter;
    meter.add(DrawnView{}.next());
    EXPECT_FALSE(meter.take());
    meter.add(DrawnView{}.next());
    meter.add(cv::Mat(cv::Size{64, 48}, CV_8UC3, cv::Scalar::all(100)));
    EXPECT_EQ(meter.count(), 0U);
}

}  // namespace
}  // namespace leedswatch::analytics
