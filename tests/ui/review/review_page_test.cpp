#include "ui/review/review_page.h"

#include "../support/console_services.h"
#include "base/local_time.h"
#include "footage/numbered_footage.h"
#include "motion_search_test.h"
#include "review_fixture.h"
#include "review_page_test.h"
#include "timeline_view_test.h"
#include "ui/common/theme.h"
#include "ui/review/export_panel.h"
#include "ui/review/recorded_view.h"

#include <QApplication>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <algorithm>
#include <functional>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;

constexpr const char* knownPassword = "owl on the hall";

}  // namespace

void ReviewPageTest::opensAtTheNewestRecordingAndSaysWhenItWas() {
    Review review{100};
    QVERIFY(review.shows(0));
    QCOMPARE(review.text("reviewTimeLabel"), QStringLiteral("13:00:00.000 BST"));
    QCOMPARE(review.text("reviewDateLabel"), QStringLiteral("Mon 1 Jun 2026"));
    QVERIFY(review.text("reviewCameraLabel").startsWith(QStringLiteral("42  Briggate North")));
    QVERIFY(!review.page.playerState().playing);
}

void ReviewPageTest::keysStepMarkAndMove() {
    Review review{100};
    QVERIFY(review.shows(0));
    review.press(Qt::Key_Right);
    QVERIFY(review.shows(1));
    review.press(Qt::Key_Period);
    QVERIFY(review.shows(2));
    review.press(Qt::Key_I);
    review.press(Qt::Key_Comma);
    QVERIFY(review.shows(1));
    review.press(Qt::Key_End);
    QVERIFY(review.shows(99));
    review.press(Qt::Key_O);
    const auto range = review.timeline().marks().range();
    QVERIFY(range);
    QVERIFY(range->begin == review.desk.start + 80ms);
    QVERIFY(range->end == review.desk.start + 99 * 40ms + 1ms);
    QVERIFY(review.text("marksLabel").contains(QStringLiteral("3.8 s")));
    review.press(Qt::Key_Home);
    QVERIFY(review.shows(0));
    review.press(Qt::Key_X);
    QVERIFY(!review.timeline().marks().in);
}

void ReviewPageTest::spacePlaysAndPauses() {
    Review review{250};
    QVERIFY(review.shows(0));
    review.press(Qt::Key_Space);
    QVERIFY(review.wait([&] { return review.page.playerState().position > review.desk.start + 400ms; }));
    review.press(Qt::Key_Space);
    QVERIFY(review.wait([&] { return !review.page.playerState().playing; }));
}

void ReviewPageTest::speedGoesUpAndDown() {
    Review review{10};
    QVERIFY(review.shows(0));
    review.press(Qt::Key_L);
    QVERIFY(review.wait([&] { return review.text("speedLabel") == QStringLiteral("2×"); }));
    for (const char* expected : {"1×", "1/2×", "1/4×", "1/8×", "1/8×"}) {
        review.press(Qt::Key_J);
        QVERIFY(review.wait([&] { return review.text("speedLabel") == QString::fromUtf8(expected); }));
    }
}

void ReviewPageTest::anExportIsMadeVerifiedAndAudited() {
    Review review{100};
    const auto out = review.desk.folder / "out";
    std::filesystem::create_directories(out);
    QVERIFY(review.shows(0));
    QVERIFY(review.marksUntil(99));
    review.exportTo(out);
    QVERIFY(review.exporting().isVisible());
    QVERIFY(review.wait(
        [&] { return review.text("exportStatusLabel").contains(QStringLiteral("Exported and verified")); }));
    QVERIFY2(review.text("exportStatusLabel").contains(QStringLiteral("100 pictures in 1 file")),
             qPrintable(review.text("exportStatusLabel")));
    QVERIFY(std::filesystem::exists(out / "camera0042_20260601T120000Z" / "manifest.json"));
    QCOMPARE(review.desk.auditRows("clip.exported"), 1);
    // The next export of the same range goes beside the first.
    review.page.findChild<QPushButton*>(QStringLiteral("exportStartButton"))->click();
    QVERIFY(review.wait([&] { return std::filesystem::exists(out / "camera0042_20260601T120000Z_2"); }));
}

void ReviewPageTest::onALowPageTheExportScrollsAndCutsNothingOff() {
    Review review{100};
    review.page.resize(680, 420);
    QVERIFY(review.shows(0));
    QVERIFY(review.marksUntil(99));
    review.press(Qt::Key_E);
    QVERIFY(review.exporting().isVisible());
    const auto isWhole = [](const QLabel* label) {
        const int needed =
            label->hasHeightForWidth() ? label->heightForWidth(label->width()) : label->sizeHint().height();
        return !label->isVisible() || label->height() >= needed;
    };
    const auto labels = review.exporting().findChildren<QLabel*>();
    QVERIFY(review.wait([&] { return std::ranges::all_of(labels, isWhole); }));
}

void ReviewPageTest::anExportThatFailsSaysWhy() {
    Review review{100};
    QVERIFY(review.shows(0));
    QVERIFY(review.marksUntil(99));
    review.exportTo("/proc/nowhere");
    QVERIFY(review.wait([&] { return review.text("exportStatusLabel").contains(QStringLiteral("Not exported")); }));
    QVERIFY2(review.text("exportStatusLabel").contains(QStringLiteral("/proc/nowhere")),
             qPrintable(review.text("exportStatusLabel")));
}

void ReviewPageTest::aHoldIsPlacedFromTheMarksAndShown() {
    Review review{100};
    QVERIFY(review.shows(99) || review.view().frame());
    auto* hold = review.page.findChild<QPushButton*>(QStringLiteral("holdPushButton"));
    QVERIFY(!hold->isEnabled());
    review.press(Qt::Key_Home);
    QVERIFY(review.shows(0));
    QVERIFY(review.marksUntil(99));
    QVERIFY(hold->isEnabled());
    hold->click();
    auto* dialog = review.page.findChild<QDialog*>(QStringLiteral("askDialog"));
    QVERIFY(dialog);
    auto* reason = dialog->findChild<QLineEdit*>(QStringLiteral("holdReasonLineEdit"));
    auto* action = dialog->findChild<QPushButton*>(QStringLiteral("actionPushButton"));
    auto* answer = dialog->findChild<QLabel*>(QStringLiteral("answerLabel"));
    action->click();
    QTRY_VERIFY(answer->text().contains(QStringLiteral("reason")));
    reason->setText(QStringLiteral("Robbery, crime 13260123"));
    action->click();
    QTRY_VERIFY(answer->text().startsWith(QStringLiteral("Hold 1 stands")));
    QCOMPARE(review.desk.auditRows("hold.placed"), 1);
    if (const auto folder = qEnvironmentVariable("LEEDSWATCH_PICTURES"); !folder.isEmpty()) {
        dialog->grab().save(folder + QStringLiteral("/hold.png"));
        review.page.grab().save(folder + QStringLiteral("/held.png"));
    }
    action->click();
    QTRY_VERIFY(!review.page.findChild<QDialog*>(QStringLiteral("askDialog")));
    QTRY_VERIFY(!review.timeline().held().empty());
}

void ReviewPageTest::zonesAreLiftedFromRecordingsByTwoPeopleToo() {
    Review review{[](Desk& made) {
        const auto root = access::Acting::commandLine();
        (void)made.people.add(root, "ada", "Ada Whitaker", access::Role::Administrator, knownPassword, false).value();
        (void)made.people.add(root, "olive", "Olive Marsden", access::Role::Operator, knownPassword, false).value();
        (void)made.people.add(root, "sue", "Sue Haigh", access::Role::Supervisor, knownPassword, false).value();
        made.context.acting = made.people.signIn("olive", knownPassword, "desk 1").value();
        const estate::PrivacyZone all{{{0, 0}, {10'000, 0}, {10'000, 10'000}, {0, 10'000}}};
        QVERIFY(made.privacy.zones().set(root, made.camera, {all}));
        QTRY_VERIFY(made.privacy.hasZones(made.camera.id));
        made.footage.add(made.start, 100);
    }};
    const auto isMasked = [&] {
        const auto frame = review.view().frame();
        return frame && !frame->presentation.mask->isEmpty();
    };
    QVERIFY(review.wait(isMasked));
    review.press(Qt::Key_U);
    auto* dialog = review.page.window()->findChild<QDialog*>(QStringLiteral("liftDialog"));
    QVERIFY(dialog != nullptr);
    const auto type = [dialog](const char* field, const char* text) {
        dialog->findChild<QLineEdit*>(QString::fromLatin1(field))->setText(QString::fromLatin1(text));
    };
    type("reasonLineEdit", "who took the bag");
    type("secondNameLineEdit", "olive");
    type("secondPasswordLineEdit", knownPassword);
    auto* lift = dialog->findChild<QPushButton*>(QStringLiteral("liftPushButton"));
    lift->click();
    // Nobody confirms their own.
    QVERIFY(review.wait([&] { return !dialog->findChild<QLabel*>(QStringLiteral("liftMessageLabel"))->isHidden(); }));
    QVERIFY(isMasked());
    type("secondNameLineEdit", "sue");
    type("secondPasswordLineEdit", knownPassword);
    lift->click();
    QVERIFY(review.wait([&] { return review.view().frame() && !isMasked(); }));
    QCOMPARE(review.desk.auditRows("privacy.lifted"), 1);
    review.page.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&review.page));
    review.press(Qt::Key_U);
    QVERIFY(review.wait(isMasked));
    QVERIFY(review.wait([&] { return review.desk.auditRows("privacy.restored") == 1; }));
}

void ReviewPageTest::saysThatNothingIsRecorded() {
    Review review;
    QVERIFY(review.wait(
        [&] { return review.view().emptyTitle() == QStringLiteral("Nothing is recorded of this camera"); }));
    review.press(Qt::Key_Space);
    review.press(Qt::Key_End);
    review.press(Qt::Key_I);
    QVERIFY(!review.timeline().marks().in);
}

void ReviewPageTest::saysThatTheCameraIsNotThere() {
    Review review;
    review.page.open(7);
    QVERIFY(
        review.wait([&] { return review.view().emptyTitle() == QStringLiteral("The recordings cannot be shown"); }));
}

void ReviewPageTest::whatIsRecordedLaterAppears() {
    Review review;
    QVERIFY(review.wait([&] { return review.page.isLoaded(); }));
    review.desk.footage.add(review.desk.start, 25);
    QVERIFY(review.shows(0));
    review.desk.footage.addNext(25);
    review.press(Qt::Key_End);
    QVERIFY(review.shows(49));
}

void ReviewPageTest::footageIsAuditedOnceForASession() {
    Review review{50};
    QVERIFY(review.shows(0));
    for (int n = 0; n < 5; ++n) {
        review.press(Qt::Key_Right);
    }
    QVERIFY(review.shows(5));
    QVERIFY(review.wait([&] { return review.desk.auditRows("footage.played") > 0; }));
    QCOMPARE(review.desk.auditRows("footage.played"), 1);
}

void ReviewPageTest::aGapIsToldOf() {
    Review review{[](Desk& desk) {
        desk.footage.add(desk.start, 25, {}, video::SegmentEnd::StreamLost);
        desk.footage.add(desk.start + 1min, 25);
    }};
    QVERIFY(review.wait([&] { return review.view().frame() != nullptr; }));
    review.page.seek(review.desk.start + 30s);
    QVERIFY(review.shows(24));
    QVERIFY2(review.wait([&] {
        return review.view().notice().contains(
            QStringLiteral("No recording from 13:00:01 to 13:01:00: the stream of the camera was lost"));
    }),
             qPrintable(review.view().notice()));
    review.press(Qt::Key_Right);
    QVERIFY(review.shows(25));
    QVERIFY(review.wait([&] { return review.view().notice().startsWith(QStringLiteral("Jumped over 59.0 s")); }));
    review.press(Qt::Key_PageUp);
    QVERIFY(review.shows(24));
}

void ReviewPageTest::theTypedTimeIsGoneTo() {
    Review review{100};
    QVERIFY(review.shows(0));
    review.press(Qt::Key_G);
    auto* field = review.page.findChild<QLineEdit*>(QStringLiteral("goToLineEdit"));
    QTest::keyClicks(field, QStringLiteral("13:00:02"));
    QTest::keyClick(field, Qt::Key_Return);
    QVERIFY(review.shows(50));
    field->setText(QStringLiteral("soonish"));
    QTest::keyClick(field, Qt::Key_Return);
    QVERIFY(review.view().notice().contains(QStringLiteral("'soonish' is not a time")));
}

void ReviewPageTest::escapeClosesTheExportAndThenThePage() {
    Review review{25};
    QVERIFY(review.shows(0));
    QSignalSpy closed{&review.page, &ui::ReviewPage::closed};
    review.press(Qt::Key_E);
    QVERIFY(review.exporting().isVisible());
    review.press(Qt::Key_Escape);
    QVERIFY(!review.exporting().isVisible());
    QCOMPARE(closed.count(), 0);
    review.press(Qt::Key_Escape);
    QCOMPARE(closed.count(), 1);
}

void ReviewPageTest::whoMayNotPlayIsToldSo() {
    QVERIFY2(
        !access::mayDo(access::Role::Engineer, access::Right::PlayRecorded),
        "The table of rights lets engineers play recordings, so this test has nobody whom the page must refuse. If "
        "that is meant, take another role here; what each role may do is tested in tests/access.");
    Review review{[](Desk& desk) {
        desk.footage.add(desk.start, 25);
        desk.context.acting = {};
        desk.context.acting.username = "erin";
        desk.context.acting.role = access::Role::Engineer;
    }};
    QCOMPARE(review.view().emptyTitle(), QStringLiteral("The recordings cannot be shown"));
    QVERIFY(!review.view().frame());
}

}  // namespace leedswatch::tests

int main(int argc, char** argv) {
    QApplication application{argc, argv};
    leedswatch::ui::theme::apply(application);
    leedswatch::tests::TimelineViewTest timeline;
    leedswatch::tests::ReviewPageTest page;
    leedswatch::tests::MotionSearchTest motion;
    return QTest::qExec(&timeline, argc, argv) + QTest::qExec(&page, argc, argv) + QTest::qExec(&motion, argc, argv);
}
