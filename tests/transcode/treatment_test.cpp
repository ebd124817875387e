#include "transcode/treatment.h"

#include "made_film.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <utility>

namespace leedswatch::tests {
namespace {

using transcode::FilterGraph;
using transcode::Treatment;

constexpr AVRational kPictureLength{1, 25};
constexpr int kSettled = 20;  // pictures: the noise filter knows what stands still

/// Levels by which the fields of an interlaced recording, made whole, are off what was in front of the camera.
double errorOf(const MadeScene& noisy, bool isDenoised) {
    Treatment treatment;
    treatment.isInterlaced = true;
    treatment.isDenoised = isDenoised;
    MadeScene clean = noisy;
    clean.noise = 0;
    const auto first = drawPicture(noisy, Fields::TopFirst, 0);
    first->sample_aspect_ratio = {1, 1};
    const auto shape = transcode::shapeOf(*first);
    auto graph = FilterGraph::create(shape, kPictureLength, transcode::filtersOf(treatment, shape)).value();
    double off = 0;
    std::int64_t pixels = 0;
    for (int i = 0; i < 2 * kSettled; ++i) {
        const auto woven = drawPicture(noisy, Fields::TopFirst, i);
        woven->pts = i;
        woven->sample_aspect_ratio = {1, 1};
        EXPECT_TRUE(graph.put(*woven));
        for (auto whole = graph.take().value(); whole; whole = graph.take().value()) {
            const auto moment = static_cast<int>(av_rescale_q(whole->pts, graph.timeBase(), {1, 50}));
            EXPECT_EQ(whole->height, noisy.height);
            for (int y = 0; moment >= 2 * kSettled && y < whole->height; ++y) {
                for (int x = 0; x < whole->width; ++x, ++pixels) {
                    off += std::abs(whole->data[0][y * whole->linesize[0] + x] - clean.at(x, y, moment));
                }
            }
        }
    }
    EXPECT_GT(pixels, 0);
    return off / static_cast<double>(pixels);
}

TEST(TreatmentTest, PixelsBecomeSquareByGrowingTheSideThatIsTooShort) {
    const auto sizeOf = [](int width, int height, AVRational aspect, transcode::Borders borders = {}) {
        const auto size = transcode::squareSizeOf({width, height, AV_PIX_FMT_YUV420P, aspect}, borders);
        return std::pair{size.width, size.height};
    };
    EXPECT_EQ(sizeOf(720, 576, {16, 15}), (std::pair{768, 576}));
    EXPECT_EQ(sizeOf(720, 480, {8, 9}), (std::pair{720, 540}));
    EXPECT_EQ(sizeOf(1440, 1080, {4, 3}), (std::pair{1920, 1080}));
    EXPECT_EQ(sizeOf(720, 576, {0, 1}), (std::pair{720, 576}));
    EXPECT_EQ(sizeOf(720, 576, {16, 15}, {8, 8, 0, 10}), (std::pair{750, 566}));
}

TEST(TreatmentTest, NoiseIsTakenOutOfInterlacedPicturesOfAnyHeight) {
    for (const int height : {192, 194}) {  // of the second the fields have no whole lines of colour
        const MadeScene noisy{.height = height, .movers = 0, .noise = 3};
        EXPECT_LT(errorOf(noisy, true), 0.85 * errorOf(noisy, false)) << height;
    }
}

TEST(TreatmentTest, WhatMovesBetweenTheFieldsLeavesNoTrail) {
    const MadeScene moving{.movers = 3};
    EXPECT_LT(errorOf(moving, true), errorOf(moving, false) + 0.25);
}

}  // namespace
}  // namespace leedswatch::tests
