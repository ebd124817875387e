#include "motion_search_test.h"

#include "analytics/motion_plans.h"
#include "analytics/watched_times.h"
#include "review_fixture.h"
#include "ui/review/motion_results.h"
#include "ui/review/motion_search_panel.h"
#include "ui/review/region_picker.h"
#include "ui/review/timeline_view.h"

#include <QComboBox>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;
using analytics::ActivityGrid;
using analytics::ActivitySpan;
using analytics::MotionJournal;

// Fields of the grid: one in the upper left corner of the picture, one in the lower right.
constexpr std::size_t upperLeft = 0;
constexpr std::size_t lowerRight = analytics::activityCells - 1;

void addEvent(Desk& desk, base::UtcTime from, base::UtcTime until, bool isAlarm = false) {
    std::vector<analytics::RecordedMotion> events(1);
    events[0].camera = desk.camera.id;
    events[0].from = from;
    events[0].until = until;
    events[0].peak = from;
    events[0].peakShare = 300;
    events[0].isOver = true;
    events[0].isAlarm = isAlarm;
    QVERIFY(MotionJournal{*desk.database}.write(events, {}));
}

void addActivity(Desk& desk, base::UtcTime from, int seconds, std::size_t field) {
    MotionJournal journal{*desk.database};
    std::map<MotionJournal::ActivityKey, ActivitySpan> spans;
    for (int second = 0; second < seconds; ++second) {
        const base::UtcTime time = from + std::chrono::seconds{second};
        const MotionJournal::ActivityKey key{desk.camera.id, ActivitySpan::spanOf(time)};
        if (!spans.contains(key)) {
            spans[key] = journal.activity(key.first, key.second).value();
        }
        spans[key].add(ActivitySpan::secondOf(time), ActivityGrid{}.set(field));
    }
    std::vector<analytics::RecordedMotion> none;
    QVERIFY(journal.write(none, spans));
}

void watch(Desk& desk, base::UtcTime from, base::UtcTime until) {
    QVERIFY(analytics::WatchedTimes{*desk.database}.note({{desk.camera.id, {from, until}}}));
}

/// Twenty seconds of recording: something moved at the upper left in the 2nd to the 4th, at the lower right in the 10th
/// and the 11th.
void recordTwoMoments(Desk& desk) {
    desk.footage.add(desk.start, 500);
    QVERIFY(analytics::MotionPlans{*desk.database}.set(access::Acting::commandLine(), {desk.camera}, {}));
    watch(desk, desk.start, desk.start + 20s);
    addActivity(desk, desk.start + 2s, 3, upperLeft);
    addActivity(desk, desk.start + 10s, 2, lowerRight);
}

struct MotionReview : Review {
    explicit MotionReview(const std::function<void(Desk&)>& prepare = recordTwoMoments) : Review{prepare} {}

    bool opens() {
        if (!wait([&] { return page.playerState().position.has_value(); })) {
            return false;
        }
        press(Qt::Key_Home);
        return shows(0);
    }
    ui::MotionSearchPanel& panel() { return *page.findChild<ui::MotionSearchPanel*>(); }
    ui::RegionPicker& picker() { return *page.findChild<ui::RegionPicker*>(); }
    ui::MotionResultList& list() { return *page.findChild<ui::MotionResultList*>(); }
    bool finds(std::size_t moments) {
        return wait([&] { return panel().moments().size() == moments; });
    }
    bool isAt(base::Microseconds behindStart) {
        return wait([&] { return page.playerState().position == desk.start + behindStart; });
    }
};

}  // namespace

void MotionSearchTest::whatMovedStandsOnTheTimelineAndMoreOfItAppears() {
    MotionReview review{[](Desk& desk) {
        desk.footage.add(desk.start, 500);
        addEvent(desk, desk.start + 2s, desk.start + 4s);
        addEvent(desk, desk.start + 10s, desk.start + 12s, true);
        watch(desk, desk.start + 1s, desk.start + 18s);
    }};
    QVERIFY(review.opens());
    review.timeline().showRange({review.desk.start, review.desk.start + 20s});
    QVERIFY(review.wait([&] { return review.timeline().motion().size() == 2; }));
    QCOMPARE(review.timeline().watched().size(), 1U);
    QVERIFY(review.timeline().watched()[0].begin == review.desk.start + 1s);
    QVERIFY(!review.timeline().motion()[0].isAlarm);
    QVERIFY(review.timeline().motion()[1].isAlarm);
    const double x = review.timeline().scale().xOf(review.desk.start + 11s);
    QVERIFY2(review.timeline().tipAt(x).contains(QStringLiteral("moved for 2.0 s while the camera was armed")),
             qPrintable(review.timeline().tipAt(x)));
    addEvent(review.desk, review.desk.start + 15s, review.desk.start + 16s);
    QVERIFY(review.wait([&] { return review.timeline().motion().size() == 3; }));
}

void MotionSearchTest::keysGoFromEventToEvent() {
    MotionReview review{[](Desk& desk) {
        desk.footage.add(desk.start, 500);
        addEvent(desk, desk.start + 4s, desk.start + 5s);
        addEvent(desk, desk.start + 10s, desk.start + 12s);
    }};
    QVERIFY(review.opens());
    review.press(Qt::Key_N);
    QVERIFY(review.isAt(4s));
    review.press(Qt::Key_N);
    QVERIFY(review.isAt(10s));
    review.press(Qt::Key_N);
    QVERIFY(review.wait([&] { return review.view().notice().contains(QStringLiteral("moved after this")); }));
    review.press(Qt::Key_P);
    QVERIFY(review.isAt(4s));
    review.press(Qt::Key_P);
    QVERIFY(review.wait([&] { return review.view().notice().contains(QStringLiteral("moved before this")); }));
}

void MotionSearchTest::aPartOfThePictureIsSearchedAsItIsDrawn() {
    MotionReview review;
    QVERIFY(review.opens());
    QVERIFY(!review.picker().isVisible());
    review.press(Qt::Key_F);
    QVERIFY(review.picker().isVisible());
    QVERIFY(review.finds(2));
    QCOMPARE(review.timeline().found().size(), 2U);
    QVERIFY2(review.text("motionSummaryLabel").startsWith(QStringLiteral("2 moments. Things moved for 5.0 s")),
             qPrintable(review.text("motionSummaryLabel")));
    const auto at = [&](int column, int row) { return review.picker().rectOf(column, row).center().toPoint(); };
    QTest::mousePress(&review.picker(), Qt::LeftButton, {}, at(8, 6));
    QTest::mouseMove(&review.picker(), at(15, 11));
    QVERIFY(review.finds(1));
    QTest::mouseRelease(&review.picker(), Qt::LeftButton, {}, at(15, 11));
    QVERIFY(review.panel().moments()[0].from == review.desk.start + 10s);
    QCOMPARE(review.picker().region().count(), 48U);
    QTest::mouseClick(&review.picker(), Qt::LeftButton, Qt::ControlModifier, at(0, 0));
    QVERIFY(review.finds(2));
    QTest::mouseClick(&review.picker(), Qt::LeftButton, {}, at(5, 5));
    QVERIFY(review.finds(0));
    review.page.findChild<QPushButton*>(QStringLiteral("wholePicturePushButton"))->click();
    QVERIFY(review.finds(2));
    QVERIFY(review.picker().region().all());
}

void MotionSearchTest::thePartIsDrawnByKeyboard() {
    MotionReview review;
    QVERIFY(review.opens());
    review.press(Qt::Key_F);
    QCOMPARE(QApplication::focusWidget(), &review.picker());
    for (int n = 0; n < 20; ++n) {
        review.press(Qt::Key_Left);
        review.press(Qt::Key_Up);
    }
    review.press(Qt::Key_Space);
    QCOMPARE(review.picker().region(), ActivityGrid{}.set(upperLeft));
    QVERIFY(review.finds(1));
    QTest::keyClick(&review.picker(), Qt::Key_Right, Qt::ShiftModifier);
    QTest::keyClick(&review.picker(), Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(review.picker().region().count(), 4U);
    review.press(Qt::Key_Backspace);
    QVERIFY(review.picker().region().all());
    QVERIFY2(review.page.playerState().position == review.desk.start, "the arrows did not step");
}

void MotionSearchTest::theMomentsAreGoneThroughByKeys() {
    MotionReview review;
    QVERIFY(review.opens());
    review.press(Qt::Key_F);
    QVERIFY(review.finds(2));
    review.press(Qt::Key_N);
    QVERIFY(review.isAt(2s));
    review.press(Qt::Key_N);
    QVERIFY(review.isAt(10s));
    review.press(Qt::Key_N);
    QVERIFY(review.view().notice().contains(QStringLiteral("nothing after this")));
    review.list().setFocus();
    const auto range = review.timeline().scale().length();
    review.press(Qt::Key_Up);
    QVERIFY(review.isAt(2s));
    QVERIFY2(review.timeline().scale().length() == range, "the list's keys did not zoom");
    review.press(Qt::Key_Return);
    QVERIFY(review.wait([&] { return review.page.playerState().playing; }));
}

void MotionSearchTest::anotherPeriodIsAnotherSearch() {
    MotionReview review;
    QVERIFY(review.opens());
    review.press(Qt::Key_F);
    QVERIFY(review.finds(2));
    review.timeline().showRange({review.desk.start + 5s, review.desk.start + 20s});
    QVERIFY(review.finds(1));
    auto* period = review.page.findChild<QComboBox*>(QStringLiteral("motionPeriodComboBox"));
    period->setCurrentIndex(period->findText(QStringLiteral("All that is recorded")));
    QVERIFY(review.finds(2));
    period->setCurrentIndex(period->findText(QStringLiteral("What is marked")));
    review.page.seek(review.desk.start + 1s);
    QVERIFY(review.shows(25));
    review.press(Qt::Key_I);
    review.page.seek(review.desk.start + 5s);
    QVERIFY(review.shows(125));
    review.press(Qt::Key_O);
    QVERIFY(review.finds(1));
    QVERIFY(review.panel().moments()[0].from == review.desk.start + 2s);
}

void MotionSearchTest::saysWhetherNothingMovedOrNobodyLooked() {
    MotionReview review{[](Desk& desk) { desk.footage.add(desk.start, 100); }};
    QVERIFY(review.opens());
    const auto says = [&](const char* words) {
        QTest::mouseClick(&review.picker(), Qt::LeftButton, {}, review.picker().rect().center());
        review.page.findChild<QPushButton*>(QStringLiteral("wholePicturePushButton"))->click();
        return review.wait([&] { return review.text("motionSummaryLabel").contains(QString::fromLatin1(words)); });
    };
    review.press(Qt::Key_F);
    QVERIFY(says("This camera is not watched"));
    QVERIFY(!review.list().isVisible());
    QVERIFY(analytics::MotionPlans{*review.desk.database}.set(access::Acting::commandLine(), {review.desk.camera}, {}));
    QVERIFY(says("was not watched for motion in that time"));
    watch(review.desk, review.desk.start - 1h, review.desk.start);
    review.timeline().showRange({review.desk.start - 1h, review.desk.start + 1h});
    QVERIFY(says("Nothing moved there that was seen. For 1 h 00 min of the 2 h 00 min the camera was not watched."));
}

void MotionSearchTest::escapeClosesTheSearchAndForgetsWhatItFound() {
    MotionReview review;
    QVERIFY(review.opens());
    review.press(Qt::Key_F);
    QVERIFY(review.finds(2));
    review.press(Qt::Key_Escape);
    QVERIFY(!review.panel().isVisible());
    QVERIFY(!review.picker().isVisible());
    QVERIFY(review.timeline().found().empty());
    QCOMPARE(QApplication::focusWidget(), &review.timeline());
}

void MotionSearchTest::theExportTakesTheSearchsPlace() {
    MotionReview review;
    QVERIFY(review.opens());
    review.press(Qt::Key_F);
    QVERIFY(review.panel().isVisible());
    review.press(Qt::Key_E);
    QVERIFY(review.exporting().isVisible());
    QVERIFY(!review.panel().isVisible());
    review.press(Qt::Key_F);
    QVERIFY(!review.exporting().isVisible());
    QVERIFY(review.panel().isVisible());
}

}  // namespace leedswatch::tests
