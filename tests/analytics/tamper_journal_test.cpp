#include "analytics/tamper_journal.h"

#include "access/people.h"
#include "analytics/tamper_views.h"
#include "estate/camera_registry.h"
#include "store/audit_log.h"
#include "store/audit_witness.h"
#include "support/fake_clock.h"
#include "support/temporary_folder.h"

#include <gmock/gmock.h>

namespace leedswatch::analytics {
namespace {

using namespace std::chrono_literals;
using base::ErrorCode;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const base::UtcTime kMorning{base::fromStored(1'795'320'000'000'000)};

class TamperJournalTest : public ::testing::Test {
protected:
    void SetUp() override {
        ASSERT_TRUE(estate::CameraRegistry{*m_database}.importCsv(m_root,
                                                                  "number,name,main_url\n7,Road,rtsp://10.0.0.7/main\n"
                                                                  "8,Lane,rtsp://10.0.0.8/main\n"));
        m_camera = estate::CameraRegistry{*m_database}.find(7).value();
    }
    std::int64_t add(base::UtcTime from, std::optional<base::UtcTime> until = {}) {
        return m_journal.add({0, m_camera.id, TamperKind::NoSignal, from, until, TamperEnd::ViewBack, "a", "b"})
            .value();
    }
    std::vector<RecordedTamper> all() { return m_journal.events(m_camera.id, {}, kMorning + 24h).value(); }

    tests::TemporaryFolder m_folder;
    tests::FakeClock m_clock{kMorning};
    std::unique_ptr<store::Database> m_database = store::Database::open(m_folder.path(), m_clock).value();
    const access::Acting m_root = access::Acting::commandLine();
    TamperJournal m_journal{*m_database};
    TamperViews m_views{*m_database};
    estate::Camera m_camera;
};

TEST_F(TamperJournalTest, GivesBackWhatWasWritten) {
    const auto id = add(kMorning);
    ASSERT_THAT(all(), SizeIs(1));
    const RecordedTamper open = all()[0];
    EXPECT_EQ(open.id, id);
    EXPECT_EQ(open.kind, TamperKind::NoSignal);
    EXPECT_EQ(open.from, kMorning);
    EXPECT_FALSE(open.until);
    EXPECT_EQ(open.before, "a");
    EXPECT_EQ(open.after, "b");
    ASSERT_TRUE(m_journal.end(id, kMorning + 5min, TamperEnd::OtherKind));
    EXPECT_EQ(all()[0].until, kMorning + 5min);
    EXPECT_EQ(all()[0].endedBy, TamperEnd::OtherKind);
    EXPECT_THAT(m_journal.stills().value(), ::testing::UnorderedElementsAre("a", "b"));
}

TEST_F(TamperJournalTest, AnEndStandsAndIsNeverBeforeTheBeginning) {
    const auto id = add(kMorning);
    ASSERT_TRUE(m_journal.end(id, kMorning - 1h, TamperEnd::ViewBack));
    EXPECT_EQ(all()[0].until, kMorning);
    ASSERT_TRUE(m_journal.end(id, kMorning + 1h, TamperEnd::NotWatched));
    EXPECT_EQ(all()[0].until, kMorning);
    EXPECT_EQ(all()[0].endedBy, TamperEnd::ViewBack);
}

TEST_F(TamperJournalTest, FindsWhatTouchesAPeriodAndWhatLasts) {
    add(kMorning, kMorning + 1h);
    const auto lasting = add(kMorning + 2h);
    EXPECT_THAT(m_journal.events({}, kMorning + 30min, kMorning + 90min).value(), SizeIs(1));
    EXPECT_THAT(m_journal.events({}, kMorning + 90min, kMorning + 2h).value(), IsEmpty());
    EXPECT_THAT(m_journal.events(m_camera.id, kMorning + 5h, kMorning + 6h).value(), SizeIs(1));
    EXPECT_THAT(m_journal.events(estate::CameraId{99}, {}, kMorning + 6h).value(), IsEmpty());
    EXPECT_THAT(m_journal.events({}, {}, kMorning + 6h, 1).value(), SizeIs(1));
    ASSERT_THAT(m_journal.lasting().value(), SizeIs(1));
    EXPECT_EQ(m_journal.lasting(m_camera.id).value()[0].id, lasting);
    ASSERT_TRUE(m_journal.endAll(m_camera.id, kMorning + 3h, TamperEnd::NotWatched));
    EXPECT_THAT(m_journal.lasting().value(), IsEmpty());
}

TEST_F(TamperJournalTest, ForgetsOnlyWhatIsOver) {
    add(kMorning - 40h, kMorning - 39h);
    add(kMorning - 30h);
    const auto old = m_journal.overBefore(m_camera.id, kMorning - 24h).value();
    ASSERT_THAT(old, SizeIs(1));
    ASSERT_TRUE(m_journal.forget(old));
    ASSERT_THAT(all(), SizeIs(1));
    EXPECT_FALSE(all()[0].until);
}

TEST_F(TamperJournalTest, WhoAcceptsAViewEndsWhatLastsAndIsNamed) {
    add(kMorning - 1h);
    m_clock.advance(5min);
    ASSERT_TRUE(m_views.accept(m_root, m_camera));
    EXPECT_EQ(all()[0].endedBy, TamperEnd::Accepted);
    EXPECT_EQ(all()[0].until, kMorning + 5min);
    const TamperView view = m_views.all().value().at(m_camera.id);
    EXPECT_TRUE(view.isWatched);
    EXPECT_EQ(view.acceptedAt, kMorning + 5min);
    EXPECT_EQ(view.acceptedBy, m_root.username);
    ASSERT_TRUE(m_views.setWatched(m_root, m_camera, false));
    EXPECT_FALSE(m_views.all().value().at(m_camera.id).isWatched);
    EXPECT_EQ(m_views.all().value().at(m_camera.id).acceptedAt, view.acceptedAt);
}

TEST_F(TamperJournalTest, EngineersAcceptViewsAndOperatorsDoNot) {
    access::People people{*m_database};
    ASSERT_TRUE(people.add(m_root, "ada", "Ada", access::Role::Administrator, "correct horse battery", false));
    ASSERT_TRUE(people.add(m_root, "ed", "Ed", access::Role::Engineer, "correct horse battery", false));
    ASSERT_TRUE(people.add(m_root, "olive", "Olive", access::Role::Operator, "correct horse battery", false));
    EXPECT_TRUE(m_views.accept(people.signIn("ed", "correct horse battery", "desk 1").value(), m_camera));
    const auto olive = people.signIn("olive", "correct horse battery", "desk 1").value();
    EXPECT_EQ(m_views.accept(olive, m_camera).error().code, ErrorCode::NotPermitted);
    EXPECT_EQ(m_views.setWatched(olive, m_camera, false).error().code, ErrorCode::NotPermitted);
    estate::Camera gone = m_camera;
    gone.id = estate::CameraId{999};
    EXPECT_EQ(m_views.accept(m_root, gone).error().code, ErrorCode::NotFound);
}

TEST_F(TamperJournalTest, AKindThatALaterProgramWroteIsLeftOut) {
    add(kMorning);
    ASSERT_TRUE(m_database->write([](store::Transaction& transaction) -> base::Result<void> {
        transaction.sql() << "UPDATE tamper_event SET kind = 'painted'";
        return {};
    }));
    EXPECT_THAT(all(), IsEmpty());
}

}  // namespace
}  // namespace leedswatch::analytics
