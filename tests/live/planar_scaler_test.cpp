#include "video/planar_scaler.h"

#include "video/picture_scaler.h"

#include <gtest/gtest.h>

#include <cmath>

namespace leedswatch::video {
namespace {

/// A picture in the decoder's planes.
class Planar {
public:
    Planar(int width, int height) {
        m_frame->format = AV_PIX_FMT_YUV420P;
        m_frame->width = width;
        m_frame->height = height;
        av_frame_get_buffer(m_frame.get(), 0);
    }
    void fill(int plane, const std::function<int(int, int)>& value) {
        const int width = plane == 0 ? m_frame->width : (m_frame->width + 1) / 2;
        const int height = plane == 0 ? m_frame->height : (m_frame->height + 1) / 2;
        for (int y = 0; y < height; ++y) {
            for (int x = 0; x < width; ++x) {
                m_frame->data[plane][y * m_frame->linesize[plane] + x] = static_cast<std::uint8_t>(value(x, y));
            }
        }
    }
    void paint(int luma, int blue, int red) {
        int plane = 0;
        for (const int value : {luma, blue, red}) {
            fill(plane++, [value](int, int) { return value; });
        }
    }
    [[nodiscard]] AVFrame& frame() { return *m_frame; }

private:
    FrameHandle m_frame{av_frame_alloc()};
};

struct Colour {
    int red;
    int green;
    int blue;
};

Colour at(const Frame& frame, int x, int y) {
    const auto* pixel = reinterpret_cast<const std::uint8_t*>(frame.pixels.data()) + y * frame.stride + x * 4;
    return {pixel[2], pixel[1], pixel[0]};
}

std::shared_ptr<Frame> shown(const AVFrame& picture, PictureSize box) {
    PictureScaler scaler;
    return scaler.present(picture, {box, PrivacyMask::none(), {}, Presentation::Fit::NeverLarger}).value();
}

TEST(PlanarScalerTest, TakesWhatBecomesSmallerAndLeavesTheRest) {
    const PictureColours planar{AV_PIX_FMT_YUV420P, false, SWS_CS_ITU601};
    EXPECT_TRUE(PlanarScaler::takes(planar, {704, 576}, {480, 270}));
    EXPECT_TRUE(PlanarScaler::takes(planar, {704, 576}, {704, 576}));
    EXPECT_FALSE(PlanarScaler::takes(planar, {704, 576}, {705, 576}));
    EXPECT_FALSE(PlanarScaler::takes(planar, {704, 576}, {80, 60})) << "more than eight become one";
    EXPECT_FALSE(PlanarScaler::takes({AV_PIX_FMT_YUV422P, false, SWS_CS_ITU601}, {704, 576}, {480, 270}));
}

struct Meaning {
    AVColorSpace space;
    AVColorRange range;
    int luma, blue, red;  // of pure red in it
};

class MeaningOfNumbers : public ::testing::TestWithParam<Meaning> {};

// ITU-R BT.601 and BT.709, each in the narrow and in the full range.
TEST_P(MeaningOfNumbers, PureRedIsRedAtEverySize) {
    Planar picture{704, 576};
    picture.frame().colorspace = GetParam().space;
    picture.frame().color_range = GetParam().range;
    picture.paint(GetParam().luma, GetParam().blue, GetParam().red);
    for (const PictureSize box : {PictureSize{704, 576}, PictureSize{480, 270}, PictureSize{101, 53}}) {
        const auto frame = shown(picture.frame(), box);
        const Colour colour = at(*frame, frame->width / 2, frame->height / 2);
        EXPECT_NEAR(colour.red, 255, 5);
        EXPECT_NEAR(colour.green, 0, 5);
        EXPECT_NEAR(colour.blue, 0, 5);
    }
}

INSTANTIATE_TEST_SUITE_P(Cameras, MeaningOfNumbers,
                         ::testing::Values(Meaning{AVCOL_SPC_BT470BG, AVCOL_RANGE_MPEG, 81, 90, 240},
                                           Meaning{AVCOL_SPC_BT470BG, AVCOL_RANGE_JPEG, 76, 85, 255},
                                           Meaning{AVCOL_SPC_BT709, AVCOL_RANGE_MPEG, 63, 102, 240},
                                           Meaning{AVCOL_SPC_BT709, AVCOL_RANGE_JPEG, 54, 99, 255}));

// What is small in a picture must not vanish between the pixels that are looked at.
TEST(PlanarScalerTest, EveryPixelCountsWhereFourBecomeOne) {
    Planar picture{640, 480};
    picture.paint(0, 128, 128);
    picture.fill(0, [](int x, int y) { return (x + y) % 2 == 0 ? 235 : 16; });
    const auto frame = shown(picture.frame(), {160, 120});
    for (int y = 0; y < 120; y += 7) {
        for (int x = 0; x < 160; x += 7) {
            EXPECT_NEAR(at(*frame, x, y).green, 127, 4);
        }
    }
}

// An edge must not wander when a picture is sampled: half a pixel at one side would be one at the other.
TEST(PlanarScalerTest, AnEdgeStaysWhereItIsInBothDirections) {
    Planar picture{704, 576};
    picture.paint(16, 128, 128);
    picture.fill(0, [](int x, int y) { return x < 352 && y < 288 ? 235 : 16; });
    const auto frame = shown(picture.frame(), {480, 270});
    const int middle = frame->width / 2;
    const int centre = frame->height / 2;
    EXPECT_GT(at(*frame, middle - 2, centre - 2).green, 250);
    EXPECT_LT(at(*frame, middle + 1, centre - 2).green, 5);
    EXPECT_LT(at(*frame, middle - 2, centre + 1).green, 5);
    EXPECT_GT(at(*frame, 0, 0).green, 250);
    EXPECT_LT(at(*frame, frame->width - 1, frame->height - 1).green, 5);
}

TEST(PlanarScalerTest, OddSizesAndSmallCutsAreWhole) {
    Planar picture{175, 143};
    picture.paint(235, 128, 128);
    for (const PictureSize box : {PictureSize{175, 143}, PictureSize{87, 71}, PictureSize{1, 1}}) {
        const auto frame = shown(picture.frame(), box);
        EXPECT_NEAR(at(*frame, frame->width - 1, frame->height - 1).red, 255, 3) << box.width;
    }
}

}  // namespace
}  // namespace leedswatch::video
