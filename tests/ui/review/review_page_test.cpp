#include "ui/review/review_page.h"

#include "base/local_time.h"
#include "footage/numbered_footage.h"
#include "review_page_test.h"
#include "support/temporary_folder.h"
#include "timeline_view_test.h"
#include "ui/common/theme.h"
#include "ui/review/export_panel.h"
#include "ui/review/recorded_view.h"

#include <QApplication>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;

/// A desk on a data folder with one camera.
struct Desk {
    TemporaryFolder folder;
    base::SystemClock clock;
    std::unique_ptr<store::Database> database = store::Database::open(folder / "data", clock).value();
    std::unique_ptr<store::ChangeFeed> feed = store::ChangeFeed::open(*database).value();
    access::People people{*database};
    estate::CameraRegistry cameras{*database};
    incident::IncidentLog incidentLog{*database};
    video::SegmentIndex archive{*database};
    estate::Camera camera = addCamera(*database);
    NumberedArchive footage{archive, camera.id};
    access::Acting acting = access::Acting::commandLine();
    ui::ConsoleContext context{clock, *database, *feed, people, cameras, incidentLog, archive, folder / "data", acting};
    const base::UtcTime start = base::parseTime("2026-06-01T12:00:00Z").value();

    int auditRows(const std::string& action) {
        return database
            ->read([&](soci::session& sql) -> base::Result<int> {
                int count = 0;
                const std::string like = "%" + action + "%";
                sql << "SELECT count(*) FROM audit_event WHERE CAST(body AS TEXT) LIKE :action",
                    soci::use(like, "action"), soci::into(count);
                return count;
            })
            .value();
    }
};

/// The page in a window, with what a test asks of it.
struct Window {
    explicit Window(Desk& desk) : page{desk.context, nullptr} {
        page.resize(1280, 800);
        page.show();
        page.open(42);
    }
    template <typename Condition>
    bool wait(const Condition& condition) {
        return QTest::qWaitFor(condition, 60'000);
    }
    bool shows(int number) {
        return wait([&] { return view().frame() && numberIn(*view().frame()) == number; });
    }
    ui::RecordedView& view() { return *page.findChild<ui::RecordedView*>(); }
    ui::TimelineView& timeline() { return *page.findChild<ui::TimelineView*>(); }
    ui::ExportPanel& exporting() { return *page.findChild<ui::ExportPanel*>(); }
    QString text(const char* label) { return page.findChild<QLabel*>(QString::fromLatin1(label))->text(); }
    void press(Qt::Key key) { QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : &page, key); }

    ui::ReviewPage page;
};

}  // namespace

void ReviewPageTest::opensAtTheNewestRecordingAndSaysWhenItWas() {
    Desk desk;
    desk.footage.add(desk.start, 100);
    Window window{desk};
    QVERIFY(window.shows(0));
    QCOMPARE(window.text("reviewTimeLabel"), QStringLiteral("13:00:00.000 BST"));
    QCOMPARE(window.text("reviewDateLabel"), QStringLiteral("Mon 1 Jun 2026"));
    QVERIFY(window.text("reviewCameraLabel").startsWith(QStringLiteral("42  Briggate North")));
    QVERIFY(!window.page.playerState().playing);
}

void ReviewPageTest::keysStepMarkAndMove() {
    Desk desk;
    desk.footage.add(desk.start, 100);
    Window window{desk};
    QVERIFY(window.shows(0));
    window.press(Qt::Key_Right);
    QVERIFY(window.shows(1));
    window.press(Qt::Key_Period);
    QVERIFY(window.shows(2));
    window.press(Qt::Key_I);
    window.press(Qt::Key_Comma);
    QVERIFY(window.shows(1));
    window.press(Qt::Key_End);
    QVERIFY(window.shows(99));
    window.press(Qt::Key_O);
    const auto range = window.timeline().marks().range();
    QVERIFY(range);
    QVERIFY(range->begin == desk.start + 80ms);
    QVERIFY(range->end == desk.start + 99 * 40ms + 1ms);
    QVERIFY(window.text("marksLabel").contains(QStringLiteral("3.8 s")));
    window.press(Qt::Key_Home);
    QVERIFY(window.shows(0));
    window.press(Qt::Key_X);
    QVERIFY(!window.timeline().marks().in);
}

void ReviewPageTest::spacePlaysAndPauses() {
    Desk desk;
    desk.footage.add(desk.start, 250);
    Window window{desk};
    QVERIFY(window.shows(0));
    window.press(Qt::Key_Space);
    QVERIFY(window.wait([&] { return window.page.playerState().position > desk.start + 400ms; }));
    window.press(Qt::Key_Space);
    QVERIFY(window.wait([&] { return !window.page.playerState().playing; }));
}

void ReviewPageTest::speedGoesUpAndDown() {
    Desk desk;
    desk.footage.add(desk.start, 10);
    Window window{desk};
    QVERIFY(window.shows(0));
    window.press(Qt::Key_L);
    QVERIFY(window.wait([&] { return window.text("speedLabel") == QStringLiteral("2×"); }));
    for (const char* expected : {"1×", "1/2×", "1/4×", "1/8×", "1/8×"}) {
        window.press(Qt::Key_J);
        QVERIFY(window.wait([&] { return window.text("speedLabel") == QString::fromUtf8(expected); }));
    }
}

void ReviewPageTest::anExportIsMadeVerifiedAndAudited() {
    Desk desk;
    desk.footage.add(desk.start, 100);
    QDir{}.mkpath(QString::fromStdString((desk.folder / "out").string()));
    Window window{desk};
    QVERIFY(window.shows(0));
    window.press(Qt::Key_I);
    window.press(Qt::Key_End);
    QVERIFY(window.shows(99));
    window.press(Qt::Key_O);
    window.press(Qt::Key_E);
    QVERIFY(window.exporting().isVisible());
    window.page.findChild<QLineEdit*>(QStringLiteral("exportFolderLineEdit"))
        ->setText(QString::fromStdString((desk.folder / "out").string()));
    window.page.findChild<QPushButton*>(QStringLiteral("exportStartButton"))->click();
    QVERIFY(window.wait(
        [&] { return window.text("exportStatusLabel").contains(QStringLiteral("Exported and verified")); }));
    QVERIFY2(window.text("exportStatusLabel").contains(QStringLiteral("100 pictures in 1 file")),
             qPrintable(window.text("exportStatusLabel")));
    QVERIFY(std::filesystem::exists(desk.folder / "out" / "camera0042_20260601T120000Z" / "manifest.json"));
    QCOMPARE(desk.auditRows("clip.exported"), 1);
    // The next export of the same range goes beside the first.
    window.page.findChild<QPushButton*>(QStringLiteral("exportStartButton"))->click();
    QVERIFY(
        window.wait([&] { return std::filesystem::exists(desk.folder / "out" / "camera0042_20260601T120000Z_2"); }));
}

void ReviewPageTest::anExportThatFailsSaysWhy() {
    Desk desk;
    desk.footage.add(desk.start, 100);
    Window window{desk};
    QVERIFY(window.shows(0));
    window.press(Qt::Key_I);
    window.press(Qt::Key_End);
    QVERIFY(window.shows(99));
    window.press(Qt::Key_O);
    window.press(Qt::Key_E);
    window.page.findChild<QLineEdit*>(QStringLiteral("exportFolderLineEdit"))->setText(QStringLiteral("/proc/nowhere"));
    window.page.findChild<QPushButton*>(QStringLiteral("exportStartButton"))->click();
    QVERIFY(window.wait([&] { return window.text("exportStatusLabel").contains(QStringLiteral("Not exported")); }));
    QVERIFY2(window.text("exportStatusLabel").contains(QStringLiteral("/proc/nowhere")),
             qPrintable(window.text("exportStatusLabel")));
}

void ReviewPageTest::saysThatNothingIsRecorded() {
    Desk desk;
    Window window{desk};
    QVERIFY(window.wait(
        [&] { return window.view().emptyTitle() == QStringLiteral("Nothing is recorded of this camera"); }));
    window.press(Qt::Key_Space);
    window.press(Qt::Key_End);
    window.press(Qt::Key_I);
    QVERIFY(!window.timeline().marks().in);
}

void ReviewPageTest::saysThatTheCameraIsNotThere() {
    Desk desk;
    Window window{desk};
    window.page.open(7);
    QVERIFY(
        window.wait([&] { return window.view().emptyTitle() == QStringLiteral("The recordings cannot be shown"); }));
}

void ReviewPageTest::whatIsRecordedLaterAppears() {
    Desk desk;
    Window window{desk};
    QVERIFY(window.wait([&] { return window.page.isLoaded(); }));
    desk.footage.add(desk.start, 25);
    QVERIFY(window.shows(0));
    desk.footage.addNext(25);
    window.press(Qt::Key_End);
    QVERIFY(window.shows(49));
}

void ReviewPageTest::footageIsAuditedOnceForASession() {
    Desk desk;
    desk.footage.add(desk.start, 50);
    Window window{desk};
    QVERIFY(window.shows(0));
    for (int n = 0; n < 5; ++n) {
        window.press(Qt::Key_Right);
    }
    QVERIFY(window.shows(5));
    QVERIFY(window.wait([&] { return desk.auditRows("footage.played") > 0; }));
    QCOMPARE(desk.auditRows("footage.played"), 1);
}

void ReviewPageTest::aGapIsToldOf() {
    Desk desk;
    desk.footage.add(desk.start, 25, {}, video::SegmentEnd::StreamLost);
    desk.footage.add(desk.start + 1min, 25);
    Window window{desk};
    QVERIFY(window.wait([&] { return window.view().frame() != nullptr; }));
    window.page.seek(desk.start + 30s);
    QVERIFY(window.shows(24));
    QVERIFY2(window.wait([&] {
        return window.view().notice().contains(
            QStringLiteral("No recording from 13:00:01 to 13:01:00: the stream of the camera was lost"));
    }),
             qPrintable(window.view().notice()));
    window.press(Qt::Key_Right);
    QVERIFY(window.shows(25));
    QVERIFY(window.wait([&] { return window.view().notice().startsWith(QStringLiteral("Jumped over 59.0 s")); }));
    window.press(Qt::Key_PageUp);
    QVERIFY(window.shows(24));
}

void ReviewPageTest::theTypedTimeIsGoneTo() {
    Desk desk;
    desk.footage.add(desk.start, 100);
    Window window{desk};
    QVERIFY(window.shows(0));
    window.press(Qt::Key_G);
    auto* field = window.page.findChild<QLineEdit*>(QStringLiteral("goToLineEdit"));
    QTest::keyClicks(field, QStringLiteral("13:00:02"));
    QTest::keyClick(field, Qt::Key_Return);
    QVERIFY(window.shows(50));
    field->setText(QStringLiteral("soonish"));
    QTest::keyClick(field, Qt::Key_Return);
    QVERIFY(window.view().notice().contains(QStringLiteral("'soonish' is not a time")));
}

void ReviewPageTest::escapeClosesTheExportAndThenThePage() {
    Desk desk;
    desk.footage.add(desk.start, 25);
    Window window{desk};
    QVERIFY(window.shows(0));
    QSignalSpy closed{&window.page, &ui::ReviewPage::closed};
    window.press(Qt::Key_E);
    QVERIFY(window.exporting().isVisible());
    window.press(Qt::Key_Escape);
    QVERIFY(!window.exporting().isVisible());
    QCOMPARE(closed.count(), 0);
    window.press(Qt::Key_Escape);
    QCOMPARE(closed.count(), 1);
}

void ReviewPageTest::whoMayNotPlayIsToldSo() {
    Desk desk;
    desk.footage.add(desk.start, 25);
    desk.context.acting = {};
    desk.context.acting.username = "erin";
    desk.context.acting.role = access::Role::Engineer;
    if (access::mayDo(access::Role::Engineer, access::Right::PlayRecorded)) {
        QSKIP("engineers may play");
    }
    Window window{desk};
    QCOMPARE(window.view().emptyTitle(), QStringLiteral("The recordings cannot be shown"));
    QVERIFY(!window.view().frame());
}

}  // namespace leedswatch::tests

int main(int argc, char** argv) {
    QApplication application{argc, argv};
    leedswatch::ui::theme::apply(application);
    leedswatch::tests::TimelineViewTest timeline;
    leedswatch::tests::ReviewPageTest page;
    return QTest::qExec(&timeline, argc, argv) + QTest::qExec(&page, argc, argv);
}
