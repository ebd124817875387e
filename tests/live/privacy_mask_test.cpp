#include "video/privacy_mask.h"

#include "video/full_picture.h"
#include "video/picture_scaler.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <map>
#include <numbers>

namespace leedswatch::video {
namespace {

using estate::PrivacyZone;
using estate::ZonePoint;

constexpr int secret = 235;   // the brightness that no one is to see
constexpr int harmless = 16;  // all around it
constexpr int block = 72;

FrameHandle makePicture(AVPixelFormat format, int width, int height) {
    FrameHandle picture{av_frame_alloc()};
    picture->format = format;
    picture->width = width;
    picture->height = height;
    if (av_frame_get_buffer(picture.get(), 0) < 0) {
        throw std::bad_alloc{};
    }
    return picture;
}

/// A picture of `harmless`, with `secret` wherever a zone hides something.
FrameHandle makeStreet(const std::vector<PrivacyZone>& zones, int width = 320, int height = 192) {
    FrameHandle picture = makePicture(AV_PIX_FMT_YUV420P, width, height);
    for (int y = 0; y < height; ++y) {
        std::memset(picture->data[0] + y * picture->linesize[0], harmless, static_cast<std::size_t>(width));
    }
    for (const int plane : {1, 2}) {
        for (int y = 0; y < (height + 1) / 2; ++y) {
            std::memset(picture->data[plane] + y * picture->linesize[plane], 128,
                        static_cast<std::size_t>((width + 1) / 2));
        }
    }
    for (const PixelRun& run : hiddenPixels(zones, {width, height})) {
        std::memset(picture->data[0] + run.row * picture->linesize[0] + run.begin, secret,
                    static_cast<std::size_t>(run.end - run.begin));
    }
    return picture;
}

std::shared_ptr<const PrivacyMask> maskOf(std::vector<PrivacyZone> zones) {
    return std::make_shared<const PrivacyMask>(std::move(zones));
}

PrivacyZone rectangle(int left, int top, int right, int bottom) {
    return {{{left, top}, {right, top}, {right, bottom}, {left, bottom}}};
}

/// The brightest pixel there is: `block` at most, if no secret got through.
int brightest(const Frame& frame) {
    int most = 0;
    for (int y = 0; y < frame.height; ++y) {
        for (int x = 0; x < frame.width; ++x) {
            most = std::max(most,
                            std::to_integer<int>(frame.pixels[static_cast<std::size_t>(y * frame.stride + x * 4 + 1)]));
        }
    }
    return most;
}

int lumaAsGreen(int luma) {
    return (luma - 16) * 255 / 219;
}

int countOf(const std::vector<PixelRun>& runs) {
    int count = 0;
    for (const PixelRun& run : runs) {
        count += run.end - run.begin;
    }
    return count;
}

bool hides(const std::vector<PixelRun>& runs, int x, int y) {
    return std::ranges::any_of(runs,
                               [&](const PixelRun& run) { return run.row == y && run.begin <= x && x < run.end; });
}

TEST(HiddenPixels, AreThoseThatAZoneTouchesAndNoOthers) {
    // From the middle of pixel 10 to the middle of pixel 20 of a picture of 100 by 50, and rows 5 to 9.
    const auto runs = hiddenPixels({rectangle(1050, 1000, 2050, 1900)}, {100, 50});
    ASSERT_EQ(runs.size(), 5U);
    for (int row = 0; row < 5; ++row) {
        EXPECT_EQ(runs[static_cast<std::size_t>(row)], (PixelRun{row + 5, 10, 21}));
    }
}

TEST(HiddenPixels, AThinZoneHidesEveryPixelItsLineRunsThrough) {
    const auto runs = hiddenPixels({{{{0, 0}, {10'000, 10'000}, {9'999, 10'000}}}}, {40, 40});
    for (int i = 0; i < 40; ++i) {
        EXPECT_TRUE(hides(runs, i, i)) << i;
    }
    EXPECT_FALSE(hides(runs, 30, 5));
}

TEST(HiddenPixels, WhatACrossingOutlineWindsAroundIsHiddenToo) {
    PrivacyZone star;
    for (int i = 0; i < 5; ++i) {
        const double angle = 2 * std::numbers::pi * (i * 2 % 5) / 5;
        star.corners.push_back(
            {5000 + static_cast<int>(4000 * std::sin(angle)), 5000 - static_cast<int>(4000 * std::cos(angle))});
    }
    EXPECT_TRUE(hides(hiddenPixels({star}, {200, 200}), 100, 100));
    const PrivacyZone bow{{{1000, 1000}, {9000, 9000}, {9000, 1000}, {1000, 9000}}};
    const auto runs = hiddenPixels({bow}, {200, 200});
    EXPECT_TRUE(hides(runs, 40, 100));
    EXPECT_TRUE(hides(runs, 160, 100));
    EXPECT_FALSE(hides(runs, 100, 40));
}

TEST(HiddenPixels, AZoneThatReachesOutOfThePictureIsCutAtItsEdge) {
    const auto all = hiddenPixels({rectangle(-30'000, -30'000, 40'000, 40'000)}, {64, 48});
    EXPECT_EQ(countOf(all), 64 * 48);
    EXPECT_EQ(countOf(hiddenPixels({rectangle(20'000, 20'000, 30'000, 30'000)}, {64, 48})), 0);
    EXPECT_EQ(countOf(hiddenPixels({rectangle(-500, 0, 5000, 10'000)}, {64, 48})), 33 * 48);
    EXPECT_TRUE(hiddenPixels({rectangle(0, 0, 10'000, 10'000)}, {0, 48}).empty());
}

TEST(HiddenPixels, ThousandsOfCornersAreNoDifferenceFromTheShapeTheyDraw) {
    PrivacyZone circle;
    for (int i = 0; i < 5000; ++i) {
        const double angle = 2 * std::numbers::pi * i / 5000;
        circle.corners.push_back({5000 + static_cast<int>(std::lround(3000 * std::cos(angle))),
                                  5000 + static_cast<int>(std::lround(3000 * std::sin(angle)))});
    }
    const int hidden = countOf(hiddenPixels({circle}, {1000, 1000}));
    EXPECT_NEAR(hidden, std::numbers::pi * 300 * 300, 2500);
}

TEST(PrivacyMaskTest, NoSecretPixelIsLeftAtAnySizeOrZoom) {
    const std::vector<PrivacyZone> zones{rectangle(2033, 1777, 4111, 5003),
                                         {{{6000, 500}, {9000, 9500}, {5500, 7000}}}};
    const auto picture = makeStreet(zones);
    PictureScaler scaler;
    for (const PictureSize box : {PictureSize{320, 192}, {97, 61}, {1280, 720}, {33, 900}}) {
        for (const PictureRegion& region : {PictureRegion{}, PictureRegion{}.zoomedBy(2.5, 0.4, 0.3),
                                            PictureRegion{}.zoomedBy(8, 0.25, 0.2), PictureRegion{0.51, 0.33, 0.37}}) {
            const auto frame = scaler.present(*picture, {box, maskOf(zones), region});
            ASSERT_TRUE(frame);
            // The filter that enlarges swings over a little at the edge of a block.
            EXPECT_LE(brightest(**frame), lumaAsGreen(block) + 14) << box.width << " at " << region.zoom();
        }
    }
    const auto open = scaler.present(*picture, {{320, 192}, PrivacyMask::none()});
    EXPECT_GT(brightest(**open), 240);
}

TEST(PrivacyMaskTest, AStreamThatChangesItsSizeIsMaskedInItsNewSize) {
    const std::vector<PrivacyZone> zones{rectangle(3000, 3000, 7000, 7000)};
    const auto mask = maskOf(zones);
    PictureScaler scaler;
    for (const int width : {320, 704, 176, 1280}) {
        const auto picture = makeStreet(zones, width, width * 9 / 16 / 2 * 2);
        const auto frame = scaler.present(*picture, {{400, 300}, mask});
        ASSERT_TRUE(frame);
        EXPECT_LE(brightest(**frame), lumaAsGreen(block) + 4) << width;
    }
}

TEST(PrivacyMaskTest, TheDecodersOwnPictureIsLeftAsItIs) {
    const std::vector<PrivacyZone> zones{rectangle(0, 0, 10'000, 10'000)};
    const auto picture = makeStreet(zones);
    MaskPainter painter;
    const auto masked = painter.masked(*picture, maskOf(zones));
    ASSERT_TRUE(masked);
    EXPECT_NE(*masked, picture.get());
    EXPECT_EQ(picture->data[0][0], secret);
    EXPECT_EQ((*masked)->data[0][0], block);
    EXPECT_EQ(*painter.masked(*picture, PrivacyMask::none()), picture.get());
}

TEST(PrivacyMaskTest, ColourIsHiddenWhereverAHiddenPixelSharesIt) {
    const std::vector<PrivacyZone> zones{rectangle(0, 0, 5010, 5010)};
    const auto picture = makeStreet(zones, 20, 20);
    std::memset(picture->data[1], 200, static_cast<std::size_t>(picture->linesize[1]) * 10);
    MaskPainter painter;
    const AVFrame* masked = painter.masked(*picture, maskOf(zones)).value();
    // The zone ends in pixel 10, whose colour sample is number 5.
    EXPECT_EQ(masked->data[1][5 * masked->linesize[1] + 5], 128);
    EXPECT_EQ(masked->data[1][6 * masked->linesize[1] + 6], 200);
}

TEST(PrivacyMaskTest, EveryPixelFormatOfOurDecodersIsMasked) {
    const auto mask = maskOf({rectangle(0, 0, 10'000, 10'000)});
    for (const AVPixelFormat format :
         {AV_PIX_FMT_YUV420P, AV_PIX_FMT_YUVJ420P, AV_PIX_FMT_YUV422P, AV_PIX_FMT_YUVJ422P, AV_PIX_FMT_YUV444P,
          AV_PIX_FMT_YUV420P10LE, AV_PIX_FMT_YUV422P10LE, AV_PIX_FMT_NV12, AV_PIX_FMT_P010LE, AV_PIX_FMT_YUYV422,
          AV_PIX_FMT_GRAY8, AV_PIX_FMT_GRAY10LE, AV_PIX_FMT_GBRP, AV_PIX_FMT_RGB24}) {
        const auto picture = makePicture(format, 64, 48);
        for (int plane = 0; plane < 4 && picture->buf[plane] != nullptr; ++plane) {
            std::memset(picture->buf[plane]->data, 0, picture->buf[plane]->size);
        }
        PictureScaler scaler;
        const auto frame = scaler.present(*picture, {{64, 48}, mask});
        ASSERT_TRUE(frame) << format;
        const auto* middle = &(*frame)->pixels[static_cast<std::size_t>(24 * (*frame)->stride + 32 * 4)];
        for (int colour = 0; colour < 3; ++colour) {
            EXPECT_NEAR(std::to_integer<int>(middle[colour]), 68, 8) << format << " colour " << colour;
        }
    }
}

TEST(PrivacyMaskTest, APictureWhosePixelsCannotBeHiddenIsNotShown) {
    const auto picture = makePicture(AV_PIX_FMT_RGB565LE, 64, 48);
    PictureScaler scaler;
    const auto frame = scaler.present(*picture, {{64, 48}, maskOf({rectangle(0, 0, 100, 100)})});
    ASSERT_FALSE(frame);
    EXPECT_EQ(frame.error().code, base::ErrorCode::Unsupported);
}

TEST(PrivacyMaskTest, WhileTheZonesAreNotKnownNothingIsShownOrKept) {
    const auto picture = makeStreet({});
    PictureScaler scaler;
    EXPECT_EQ(scaler.present(*picture, {{64, 48}, nullptr}).error().code, base::ErrorCode::NotPermitted);
    EXPECT_EQ(fullPictureOf(*picture, nullptr, {}).error().code, base::ErrorCode::NotPermitted);
}

TEST(Zoom, ShowsTheDecodedPixelsAndNotABlownUpThumbnail) {
    // Fine stripes, one pixel wide: in a picture that was made small first they would be grey.
    const auto picture = makePicture(AV_PIX_FMT_YUV444P, 640, 360);
    for (int y = 0; y < 360; ++y) {
        for (int x = 0; x < 640; ++x) {
            picture->data[0][y * picture->linesize[0] + x] = x % 2 == 0 ? 16 : 235;
            picture->data[1][y * picture->linesize[1] + x] = 128;
            picture->data[2][y * picture->linesize[2] + x] = 128;
        }
    }
    PictureScaler scaler;
    const PictureRegion region = PictureRegion{}.zoomedBy(4, 0.5, 0.5);
    const auto frame = scaler.present(*picture, {{160, 90}, PrivacyMask::none(), region});
    ASSERT_TRUE(frame);
    ASSERT_EQ((*frame)->width, 160);
    for (int x = 20; x < 140; ++x) {
        const int green =
            std::to_integer<int>((*frame)->pixels[static_cast<std::size_t>(45 * (*frame)->stride + x * 4 + 1)]);
        EXPECT_EQ(green > 128, x % 2 == 1) << x;
    }
    EXPECT_EQ((*frame)->presentation.region, region);
}

TEST(Zoom, KeepsThePointUnderThePointerAndStaysInsideThePicture) {
    const PictureRegion twice = PictureRegion{}.zoomedBy(2, 0.25, 0.75);
    EXPECT_DOUBLE_EQ(twice.left + 0.25 * twice.extent, 0.25);
    EXPECT_DOUBLE_EQ(twice.top + 0.75 * twice.extent, 0.75);
    EXPECT_DOUBLE_EQ(twice.zoomedBy(100, 0.5, 0.5).zoom(), PictureRegion::mostZoom);
    EXPECT_EQ(twice.zoomedBy(0.01, 0, 0), PictureRegion{});
    const PictureRegion corner = twice.movedBy(-9, 9);
    EXPECT_DOUBLE_EQ(corner.left, 0);
    EXPECT_DOUBLE_EQ(corner.top + corner.extent, 1);
}

TEST(FullPictureTest, IsTheDecodersPictureInEveryPixelButTheHiddenOnes) {
    const std::vector<PrivacyZone> zones{rectangle(2500, 2500, 5000, 5000)};
    const auto picture = makePicture(AV_PIX_FMT_YUV444P, 64, 48);
    picture->color_range = AVCOL_RANGE_JPEG;
    picture->sample_aspect_ratio = {12, 11};
    for (int y = 0; y < 48; ++y) {
        for (int x = 0; x < 64; ++x) {
            picture->data[0][y * picture->linesize[0] + x] = static_cast<std::uint8_t>(x * 3 + y);
            picture->data[1][y * picture->linesize[1] + x] = 128;
            picture->data[2][y * picture->linesize[2] + x] = 128;
        }
    }
    const auto full = fullPictureOf(*picture, maskOf(zones), {});
    ASSERT_TRUE(full);
    EXPECT_EQ(full->pixelAspectNumerator, 12);
    const auto hidden = hiddenPixels(zones, {64, 48});
    for (int y = 0; y < 48; ++y) {
        for (int x = 0; x < 64; ++x) {
            const int expected = hides(hidden, x, y) ? block : x * 3 + y;
            for (int colour = 0; colour < 3; ++colour) {
                ASSERT_EQ(full->pixels[static_cast<std::size_t>((y * 64 + x) * 3 + colour)], expected) << x << "," << y;
            }
        }
    }
}

}  // namespace
}  // namespace leedswatch::video
