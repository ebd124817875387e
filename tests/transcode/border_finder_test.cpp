#include "transcode/border_finder.h"

#include "made_film.h"

#include <gmock/gmock.h>

#include <random>

namespace leedswatch::tests {
namespace {

using transcode::Borders;

constexpr MadeScene kPal{.width = 720, .height = 576, .noise = 2};

void paint(AVFrame& picture, int left, int top, int right, int bottom, int level) {
    for (int y = top; y < bottom; ++y) {
        std::fill(picture.data[0] + y * picture.linesize[0] + left, picture.data[0] + y * picture.linesize[0] + right,
                  static_cast<std::uint8_t>(level));
    }
}

/// Shifts each of the lowest lines by another amount in each picture.
void tear(AVFrame& picture, int lines, int number) {
    std::minstd_rand random{static_cast<unsigned>(number) * 31U + 5U};
    for (int y = picture.height - lines; y < picture.height; ++y) {
        std::uint8_t* row = picture.data[0] + y * picture.linesize[0];
        std::rotate(row, row + 20 + random() % 200, row + picture.width);
    }
}

Borders bordersOf(const MadeScene& scene, const std::function<void(AVFrame&, int)>& spoil) {
    transcode::BorderFinder finder;
    transcode::LumaReader reader;
    for (int i = 0; i < 15; ++i) {
        const auto picture = drawPicture(scene, Fields::TopFirst, i);
        spoil(*picture, i);
        const auto luma = reader.read(*picture);
        EXPECT_TRUE(luma);
        finder.add(*luma);
    }
    return finder.borders();
}

TEST(BorderFinderTest, BlankingIsFoundAndTheHalfLineWithIt) {
    const auto found = bordersOf(kPal, [](AVFrame& picture, int) {
        paint(picture, 0, 0, 9, 576, 16);
        paint(picture, 712, 0, 720, 576, 16);
        paint(picture, 0, 0, 360, 1, 16);
    });
    EXPECT_EQ(found, (Borders{10, 8, 2, 0}));
}

TEST(BorderFinderTest, LinesThatAHeadChangeTearsAreFound) {
    const auto found = bordersOf(kPal, [](AVFrame& picture, int number) { tear(picture, 9, number); });
    EXPECT_EQ(found, (Borders{0, 0, 0, 10}));
}

TEST(BorderFinderTest, AWholePictureLosesNothing) {
    EXPECT_EQ(bordersOf(kPal, [](AVFrame&, int) {}), Borders{});
}

TEST(BorderFinderTest, ALetterboxIsPicture) {
    const auto found = bordersOf(kPal, [](AVFrame& picture, int) {
        paint(picture, 0, 0, 720, 70, 16);
        paint(picture, 0, 506, 720, 576, 16);
    });
    EXPECT_EQ(found, Borders{});
}

TEST(BorderFinderTest, ADarkEdgeOfADarkSceneIsPicture) {
    const auto found = bordersOf(kPal, [](AVFrame& picture, int) {
        paint(picture, 0, 0, 720, 576, 24);
        paint(picture, 0, 0, 10, 576, 18);
        paint(picture, 300, 200, 400, 300, 200);
    });
    EXPECT_EQ(found, Borders{});
}

TEST(BorderFinderTest, WritingAtTheLowerEdgeStays) {
    const auto found = bordersOf(kPal, [](AVFrame& picture, int) {
        for (int x = 0; x < 720; x += 6) {
            paint(picture, x, 564, x + 3, 572, 235);
        }
    });
    EXPECT_EQ(found, Borders{});
}

}  // namespace
}  // namespace leedswatch::tests
