#include "station/neighbourhood.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace leedswatch::tests {
namespace {

using estate::LossCause;
using station::LinkTable;
using station::Neighbourhood;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string kTable =
    "IP address       HW type     Flags       HW address            Mask     Device\n"
    "10.1.2.3         0x1         0x0         00:00:00:00:00:00     *        eth0\n"
    "10.1.2.4         0x1         0x2         52:54:00:12:34:56     *        eth0\n";
const base::Error kNoAnswer{base::ErrorCode::Unreachable, "no answer from 10.1.2.3 in 5 s"};

estate::Camera camera(std::int64_t id, const std::string& site = "") {
    estate::Camera made;
    made.id = estate::CameraId{id};
    made.site = site;
    return made;
}

class NeighbourhoodTest : public testing::Test {
protected:
    Neighbourhood m_neighbours{[] { return kTable; }};
};

TEST(LinkTableTest, KnowsWhoToldItsHardwareAddress) {
    const auto table = LinkTable::parse(kTable);
    EXPECT_EQ(table.answerOf("10.1.2.3"), LinkTable::Answer::Silent);
    EXPECT_EQ(table.answerOf("10.1.2.4"), LinkTable::Answer::Answers);
    EXPECT_EQ(table.answerOf("10.1.2.5"), LinkTable::Answer::Unknown);
    EXPECT_EQ(LinkTable::parse("").answerOf("10.1.2.3"), LinkTable::Answer::Unknown);
    EXPECT_EQ(LinkTable::parse("a\nb c\n\n").answerOf("b"), LinkTable::Answer::Unknown);
}

TEST_F(NeighbourhoodTest, NothingOnTheCableBesideALiveNeighbourIsAMatterOfPower) {
    m_neighbours.isLive(camera(2), "10.1.2.4:554");
    const auto loss = m_neighbours.isLost(camera(1), "10.1.2.3:554", kNoAnswer);
    EXPECT_EQ(loss.cause, LossCause::Power);
    EXPECT_THAT(loss.message, HasSubstr("check the camera's power"));
}

TEST_F(NeighbourhoodTest, WithoutALiveNeighbourItMayAsWellBeTheNetwork) {
    EXPECT_EQ(m_neighbours.isLost(camera(1), "10.1.2.3:554", kNoAnswer).cause, LossCause::Network);
    m_neighbours.isLive(camera(2), "10.9.9.4:554");
    EXPECT_EQ(m_neighbours.isLost(camera(1), "10.1.2.3:554", kNoAnswer).cause, LossCause::Network);
    m_neighbours.isLive(camera(3), "10.1.2.4:554");
    m_neighbours.forget(estate::CameraId{3});
    EXPECT_EQ(m_neighbours.isLost(camera(1), "10.1.2.3:554", kNoAnswer).cause, LossCause::Network);
}

TEST_F(NeighbourhoodTest, AMachineThatIsThereHasPower) {
    m_neighbours.isLive(camera(2), "10.1.2.9:554");
    EXPECT_EQ(m_neighbours.isLost(camera(1), "10.1.2.4:554", kNoAnswer).cause, LossCause::Network);
    const base::Error refused{base::ErrorCode::SignInFailed, "10.1.2.3 refuses the password"};
    EXPECT_EQ(m_neighbours.isLost(camera(1), "10.1.2.3:554", refused).cause, LossCause::Authentication);
}

TEST_F(NeighbourhoodTest, ASiteThatIsLostAsAWholeIsSaidToBe) {
    for (int id = 1; id <= 3; ++id) {
        m_neighbours.isLive(camera(id, "Mill"), "10.5.5." + std::to_string(id));
    }
    EXPECT_THAT(m_neighbours.isLost(camera(1, "Mill"), "10.5.5.1", kNoAnswer).message, Not(HasSubstr("Mill")));
    EXPECT_THAT(m_neighbours.isLost(camera(2, "Mill"), "10.5.5.2", kNoAnswer).message, Not(HasSubstr("Mill")));
    const auto last = m_neighbours.isLost(camera(3, "Mill"), "10.5.5.3", kNoAnswer);
    EXPECT_THAT(last.message, HasSubstr("All 3 cameras of Mill are lost: look at its power and its network first"));
    EXPECT_EQ(last.cause, LossCause::Network) << "which of the two it is cannot be known from here";
}

TEST_F(NeighbourhoodTest, CamerasWithoutASiteAreNotLostTogether) {
    for (int id = 1; id <= 5; ++id) {
        EXPECT_THAT(m_neighbours.isLost(camera(id), "host" + std::to_string(id), kNoAnswer).message,
                    Not(HasSubstr("All")));
    }
}

}  // namespace
}  // namespace leedswatch::tests
