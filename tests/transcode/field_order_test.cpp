#include "made_film.h"
#include "transcode/field_stretches.h"
#include "transcode/field_votes.h"
#include "transcode/survey.h"

#include <gmock/gmock.h>

#include <cstdlib>

namespace leedswatch::tests {
namespace {

using ::testing::ElementsAre;
using transcode::FieldOrder;
using transcode::FieldVotes;
using transcode::Stretch;

FieldVotes votesOf(const MadeScene& scene, Fields fields, int number = 5) {
    return transcode::voteOnFields(drawLuma(scene, fields, number - 1), drawLuma(scene, fields, number),
                                   drawLuma(scene, fields, number + 1));
}

FieldOrder orderOf(const MadeScene& scene, Fields fields) {
    std::vector<FieldVotes> votes;
    for (int i = 5; i < 35; ++i) {
        votes.push_back(votesOf(scene, fields, i));
    }
    const auto stretches = transcode::stretchesOf(votes);
    EXPECT_EQ(stretches.size(), 1U);
    return stretches.front().order;
}

TEST(FieldVotesTest, TheOrderOfFieldsIsSeenInWhatMoves) {
    EXPECT_EQ(votesOf({}, Fields::TopFirst).verdict(), FieldOrder::TopFirst);
    EXPECT_EQ(votesOf({}, Fields::BottomFirst).verdict(), FieldOrder::BottomFirst);
    EXPECT_EQ(votesOf({}, Fields::Progressive).verdict(), FieldOrder::Progressive);
}

TEST(FieldVotesTest, OfAStillSceneNothingIsSaid) {
    const MadeScene still{.movers = 0};
    EXPECT_EQ(votesOf(still, Fields::TopFirst).all(), 0);
    EXPECT_EQ(orderOf(still, Fields::TopFirst), FieldOrder::Unknown);
}

TEST(FieldVotesTest, NoiseIsNoMovement) {
    EXPECT_EQ(orderOf({.movers = 0, .noise = 12}, Fields::TopFirst), FieldOrder::Unknown);
}

TEST(FieldVotesTest, SomethingSmallInNoiseIsEnough) {
    for (const int speed : {1, 2, 6}) {
        const MadeScene scene{.movers = 1, .speed = speed, .noise = 12};
        EXPECT_EQ(orderOf(scene, Fields::TopFirst), FieldOrder::TopFirst) << speed;
        EXPECT_EQ(orderOf(scene, Fields::BottomFirst), FieldOrder::BottomFirst) << speed;
        EXPECT_EQ(orderOf(scene, Fields::Progressive), FieldOrder::Progressive) << speed;
    }
}

TEST(FieldVotesTest, APictureThatIsThereTwiceIsNoFieldOrder) {
    const MadeScene scene;
    const auto votes =
        transcode::voteOnFields(drawLuma(scene, Fields::Progressive, 4), drawLuma(scene, Fields::Progressive, 4),
                                drawLuma(scene, Fields::Progressive, 5));
    EXPECT_EQ(votes.all(), 0);
}

TEST(FieldVotesTest, APictureTooSmallForABlockSaysNothing) {
    EXPECT_EQ(votesOf({.width = 8, .height = 8}, Fields::TopFirst).all(), 0);
}

std::vector<FieldVotes> votes(int pictures, const FieldVotes& each) {
    return std::vector<FieldVotes>(static_cast<std::size_t>(pictures), each);
}

std::vector<FieldVotes> operator+(std::vector<FieldVotes> a, const std::vector<FieldVotes>& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

constexpr FieldVotes kTop{1, 20, 0};
constexpr FieldVotes kBottom{1, 0, 20};
constexpr FieldVotes kProgressive{20, 1, 1};
constexpr FieldVotes kNothing{};

TEST(FieldStretchesTest, AChangeIsFoundNearWhereItIs) {
    const auto stretches = transcode::stretchesOf(votes(200, kTop) + votes(200, kProgressive));
    ASSERT_EQ(stretches.size(), 2U);
    EXPECT_EQ(stretches[0].order, FieldOrder::TopFirst);
    EXPECT_EQ(stretches[1].order, FieldOrder::Progressive);
    EXPECT_NEAR(static_cast<double>(stretches[1].begin), 200, 26);
    EXPECT_EQ(transcode::orderAt(stretches, 10), FieldOrder::TopFirst);
    EXPECT_EQ(transcode::orderAt(stretches, 399), FieldOrder::Progressive);
}

TEST(FieldStretchesTest, WhatIsStillIsAsWhatIsNearest) {
    EXPECT_THAT(transcode::stretchesOf(votes(100, kNothing) + votes(40, kBottom) + votes(500, kNothing)),
                ElementsAre(Stretch{0, FieldOrder::BottomFirst}));
}

TEST(FieldStretchesTest, SomePicturesOfAnotherKindAreAMistake) {
    EXPECT_THAT(transcode::stretchesOf(votes(100, kProgressive) + votes(8, {0, 9, 0}) + votes(100, kProgressive)),
                ElementsAre(Stretch{0, FieldOrder::Progressive}));
}

TEST(FieldStretchesTest, NoPicturesAreOneUnknownStretch) {
    EXPECT_THAT(transcode::stretchesOf({}), ElementsAre(Stretch{0, FieldOrder::Unknown}));
}

TEST(LiveFieldOrderTest, WhatWasFoundStaysUntilItIsFoundOtherwise) {
    transcode::LiveFieldOrder live;
    EXPECT_EQ(live.order(), FieldOrder::Unknown);
    for (int i = 0; i < 5; ++i) {
        live.add(kTop);
    }
    EXPECT_EQ(live.order(), FieldOrder::TopFirst);
    for (int i = 0; i < 1'000; ++i) {
        live.add(kNothing);
    }
    EXPECT_EQ(live.order(), FieldOrder::TopFirst) << "a scene that comes to rest";
    for (int i = 0; i < 60; ++i) {
        live.add(kBottom);
    }
    EXPECT_EQ(live.order(), FieldOrder::BottomFirst);
}

struct KnownFile {
    const char* name;
    FieldOrder order;
};

class FootageFieldOrder : public ::testing::TestWithParam<KnownFile> {};

TEST_P(FootageFieldOrder, IsFound) {
    const char* folder = std::getenv("LEEDSWATCH_FOOTAGE");
    const auto file = std::filesystem::path{folder == nullptr ? "" : folder} / GetParam().name;
    if (!std::filesystem::exists(file)) {
        GTEST_SKIP() << file << " is not there; set LEEDSWATCH_FOOTAGE to the folder of real footage";
    }
    const auto survey = transcode::surveyFilm(file, {}, [](double, double) {});
    ASSERT_TRUE(survey) << survey.error().message;
    EXPECT_THAT(survey->stretches, ElementsAre(Stretch{0, GetParam().order}));
}

INSTANTIATE_TEST_SUITE_P(Files, FootageFieldOrder,
                         ::testing::Values(KnownFile{"fate/PVA_test-partial.mp4", FieldOrder::TopFirst},
                                           KnownFile{"fate/attachment631-small.mp4", FieldOrder::TopFirst},
                                           KnownFile{"fate/coolitnow-partial.mp4", FieldOrder::TopFirst},
                                           KnownFile{"tsduck/test-094.3.ts", FieldOrder::TopFirst},
                                           KnownFile{"fate/scte20.mp4", FieldOrder::Progressive},
                                           KnownFile{"fate/interlaced_crop.mp4", FieldOrder::Progressive},
                                           KnownFile{"tsduck/test-025.ts", FieldOrder::Progressive},
                                           KnownFile{"cros/test-25fps-interlaced.h264", FieldOrder::Progressive},
                                           KnownFile{"cam/bgslib/video02.avi", FieldOrder::Progressive},
                                           KnownFile{"cam/lrs/escalator.avi", FieldOrder::Progressive},
                                           KnownFile{"cam/pjunhyuk/test_video_01f.mov", FieldOrder::Progressive}));

}  // namespace
}  // namespace leedswatch::tests
