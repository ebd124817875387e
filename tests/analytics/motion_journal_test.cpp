#include "analytics/motion_journal.h"

#include "analytics/motion_search.h"
#include "support/fake_clock.h"
#include "support/temporary_folder.h"

#include <gmock/gmock.h>

namespace leedswatch::analytics {
namespace {

using namespace std::chrono_literals;
using base::UtcTime;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

// A whole span begins then.
const UtcTime kStart{base::fromStored(1'785'668'400'000'000)};
const estate::CameraId kGate{1};
const estate::CameraId kLane{2};

class MotionJournalTest : public testing::Test {
protected:
    void add(estate::CameraId camera, UtcTime from, UtcTime until, int share = 100, bool isAlarm = false) {
        std::vector<RecordedMotion> events(1);
        events[0].camera = camera;
        events[0].from = from;
        events[0].until = until;
        events[0].peak = from;
        events[0].peakShare = share;
        events[0].isOver = true;
        events[0].isAlarm = isAlarm;
        ASSERT_TRUE(m_journal.write(events, {}));
    }
    void move(estate::CameraId camera, UtcTime second, std::initializer_list<std::size_t> fields) {
        ActivityGrid grid;
        for (const std::size_t field : fields) {
            grid.set(field);
        }
        const MotionJournal::ActivityKey key{camera, ActivitySpan::spanOf(second)};
        ActivitySpan span = m_journal.activity(key.first, key.second).value();
        span.add(ActivitySpan::secondOf(second), grid);
        std::vector<RecordedMotion> none;
        ASSERT_TRUE(m_journal.write(none, {{key, span}}));
    }
    MotionFound search(const MotionQuery& query) {
        return searchMotion(*m_database, access::Acting::commandLine(), query).value();
    }
    MotionQuery query(std::initializer_list<std::size_t> fields) {
        MotionQuery query{kGate, {}, {kStart, kStart + 1h}};
        for (const std::size_t field : fields) {
            query.region.set(field);
        }
        return query;
    }

    tests::TemporaryFolder m_folder;
    tests::FakeClock m_clock{kStart};
    std::unique_ptr<store::Database> m_database = store::Database::open(m_folder.path(), m_clock).value();
    MotionJournal m_journal{*m_database};
};

TEST_F(MotionJournalTest, EventsCloserThanAStepOfTheTimelineAreOneMark) {
    add(kGate, kStart, kStart + 5s, 100);
    add(kGate, kStart + 8s, kStart + 9s, 700, true);
    add(kGate, kStart + 60s, kStart + 61s, 20);
    add(kLane, kStart + 30s, kStart + 31s);
    EXPECT_THAT(
        m_journal.marks(kGate, {kStart, kStart + 1h}, 10s).value(),
        ElementsAre(MotionMark{kStart, kStart + 9s, true, 700}, MotionMark{kStart + 60s, kStart + 61s, false, 20}));
    EXPECT_THAT(m_journal.marks(kGate, {kStart, kStart + 1h}, 1s).value(), SizeIs(3));
}

TEST_F(MotionJournalTest, AMarkThatReachesIntoThePeriodBelongsToItAndAnEndThatTouchesToo) {
    add(kGate, kStart, kStart + 100s);
    EXPECT_THAT(m_journal.marks(kGate, {kStart + 50s, kStart + 60s}, 1s).value(), SizeIs(1));
    EXPECT_THAT(m_journal.marks(kGate, {kStart + 101s, kStart + 200s}, 1s).value(), IsEmpty());
    EXPECT_THAT(m_journal.marks(kGate, {kStart - 10s, kStart}, 1s).value(), IsEmpty());
}

TEST_F(MotionJournalTest, ALongEventWithAShortOneInItIsOneMarkToItsEnd) {
    add(kGate, kStart, kStart + 100s);
    add(kGate, kStart + 10s, kStart + 11s);
    EXPECT_THAT(m_journal.marks(kGate, {kStart, kStart + 1h}, 1s).value(),
                ElementsAre(MotionMark{kStart, kStart + 100s, false, 100}));
}

TEST_F(MotionJournalTest, TheNearestEventIsFoundOnEitherSideOfATimeAndNoneIsNotAFailure) {
    add(kGate, kStart, kStart + 5s);
    add(kGate, kStart + 60s, kStart + 61s);
    EXPECT_EQ(m_journal.beginAfter(kGate, kStart).value(), kStart + 60s);
    EXPECT_EQ(m_journal.beginBefore(kGate, kStart + 60s).value(), kStart);
    EXPECT_EQ(m_journal.beginAfter(kGate, kStart + 60s).value(), std::nullopt);
    EXPECT_EQ(m_journal.beginBefore(kGate, kStart).value(), std::nullopt);
    EXPECT_EQ(m_journal.beginAfter(kLane, kStart - 1h).value(), std::nullopt);
}

TEST_F(MotionJournalTest, ASearchTellsWhenSomethingMovedInTheRegionAndNothingElse) {
    move(kGate, kStart + 10s, {3, 4, 90});
    move(kGate, kStart + 11s, {3});
    move(kGate, kStart + 12s, {90});
    move(kGate, kStart + 40s, {4});
    move(kLane, kStart + 20s, {3});
    const auto found = search(query({3, 4}));
    ASSERT_THAT(found.moments, SizeIs(2));
    EXPECT_EQ(found.moments[0].from, kStart + 10s);
    EXPECT_EQ(found.moments[0].until, kStart + 12s);
    EXPECT_EQ(found.moments[0].busiest, kStart + 10s);
    EXPECT_EQ(found.moments[0].mostCells, 2);
    EXPECT_EQ(found.moments[1].from, kStart + 40s);
    EXPECT_FALSE(found.isCut);
    EXPECT_THAT(search(query({100})).moments, IsEmpty());
}

TEST_F(MotionJournalTest, SecondsThatAreNotFarApartAreOneMomentAcrossTheBorderOfASpan) {
    move(kGate, kStart + 299s, {3});
    move(kGate, kStart + 301s, {3});
    EXPECT_THAT(search(query({3})).moments, SizeIs(1));
    auto apart = query({3});
    apart.apart = 1s;
    EXPECT_THAT(search(apart).moments, SizeIs(2));
}

TEST_F(MotionJournalTest, OnlyWhatLiesInThePeriodIsFound) {
    move(kGate, kStart + 10s, {3});
    move(kGate, kStart + 20s, {3});
    auto later = query({3});
    later.period.begin = kStart + 10s + 999ms;
    EXPECT_THAT(search(later).moments, SizeIs(2)) << "the second is not over yet when the period begins";
    later.period.begin = kStart + 11s;
    later.period.end = kStart + 20s;
    EXPECT_THAT(search(later).moments, IsEmpty());
}

TEST_F(MotionJournalTest, MoreThanWasAskedForIsSaid) {
    for (int n = 0; n < 4; ++n) {
        move(kGate, kStart + n * 60s, {3});
    }
    auto few = query({3});
    few.most = 3;
    EXPECT_TRUE(search(few).isCut);
    EXPECT_THAT(search(few).moments, SizeIs(3));
    few.most = 4;
    EXPECT_FALSE(search(few).isCut);
}

TEST_F(MotionJournalTest, ASpanThatIsDamagedIsPassedOver) {
    move(kGate, kStart + 10s, {3});
    move(kGate, kStart + 400s, {3});
    ASSERT_TRUE(m_database->write([](store::Transaction& transaction) -> base::Result<void> {
        transaction.sql() << "UPDATE motion_activity SET seconds = x'ffff01' WHERE span = (SELECT MIN(span) FROM "
                             "motion_activity)";
        return {};
    }));
    const auto found = search(query({3}));
    ASSERT_THAT(found.moments, SizeIs(1));
    EXPECT_EQ(found.moments[0].from, kStart + 400s);
}

TEST_F(MotionJournalTest, WhoMayNotPlayRecordingsMayNotSearchThem) {
    access::Acting engineer;
    engineer.username = "erin";
    engineer.role = access::Role::Engineer;
    const auto refused = searchMotion(*m_database, engineer, query({3}));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, base::ErrorCode::NotPermitted);
}

TEST_F(MotionJournalTest, ASearchThatIsNotWantedAnyMoreEnds) {
    move(kGate, kStart + 10s, {3});
    std::stop_source stop;
    stop.request_stop();
    const auto ended = searchMotion(*m_database, access::Acting::commandLine(), query({3}), stop.get_token());
    ASSERT_FALSE(ended);
    EXPECT_EQ(ended.error().code, base::ErrorCode::Cancelled);
}

}  // namespace
}  // namespace leedswatch::analytics
