#include "../support/engineer_room.h"
#include "analytics/tamper_still.h"
#include "estate/privacy_zones.h"
#include "ui/common/theme.h"
#include "ui/health/camera_health_dialog.h"
#include "ui/health/quality_chart.h"
#include "ui/health/quality_figures.h"
#include "ui/health/quality_pane.h"
#include "ui/health/still_view.h"
#include "ui/health/tamper_pane.h"

#include <QApplication>
#include <QCheckBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>
#include <QTest>
#include <QToolButton>

using namespace leedswatch;
using namespace std::chrono_literals;
using analytics::RecordedTamper;
using analytics::TamperEnd;
using analytics::TamperKind;

namespace {

/// The camera was turned yesterday and is covered now, if asked for.
struct Services : tests::EngineerRoom {
    void add(TamperKind kind, base::UtcTime from, std::optional<base::UtcTime> until, const std::string& before) {
        check(analytics::TamperJournal{*database}.add(
            {0, camera().id, kind, from, until, TamperEnd::ViewBack, before, ""}));
    }
    void addBoth() {
        check(analytics::writeStill(cv::Mat{90, 160, CV_8UC3, cv::Scalar{20, 160, 40}}, {},
                                    folder / "data" / "tamper" / "before.png"));
        const base::UtcTime now = clock.now();
        add(TamperKind::Moved, now - 24h, now - 23h, "");
        add(TamperKind::Covered, now - 5min, {}, "tamper/before.png");
    }
    void addReadings(int hours) {
        std::vector<analytics::QualityReading> readings;
        for (int hour = hours; hour > 0; --hour) {
            analytics::PictureQuality quality{0.1, 0.5, 0, 0.2, 2.5, 0.2, -0.1, 0};
            quality.sharpness = 0.1 + 0.001 * hour;
            readings.push_back({camera().id, clock.now() - std::chrono::hours{hour}, quality});
        }
        check(analytics::QualityHistory{*database}.add(readings));
    }
};

/// The dialog on the screen, with what the store knows in it.
struct Dialog {
    explicit Dialog(Services& room) : widget{new ui::CameraHealthDialog{room.context, room.camera(), nullptr}} {
        widget->show();
        widget->activateWindow();
        if (!QTest::qWaitForWindowActive(widget.get()) || !QTest::qWaitFor([&] { return widget->tamper().isRead(); })) {
            qFatal("the dialog did not come");
        }
    }
    template <typename Widget>
    Widget* find(const char* name) {
        auto* found = widget->findChild<Widget*>(QString::fromLatin1(name));
        if (found == nullptr) {
            qFatal("there is no %s", name);
        }
        return found;
    }
    QString cell(int row, int column) {
        auto* list = find<QTableView>("tamperTableView");
        return list->model()->index(row, column).data().toString();
    }
    QString status() { return find<QLabel>("tamperStatusLabel")->text(); }

    std::unique_ptr<ui::CameraHealthDialog> widget;
};

}  // namespace

class CameraHealthTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aCameraThatAlwaysSawSaysSo() {
        Services room;
        Dialog dialog{room};
        QVERIFY(dialog.status().startsWith(QStringLiteral("Nothing has kept this camera from seeing")));
        QVERIFY(!dialog.find<QPushButton>("playFromPushButton")->isEnabled());
        QVERIFY(dialog.find<QCheckBox>("tamperWatchedCheckBox")->isChecked());
    }

    void whatLastsComesFirstWithItsStills() {
        Services room;
        room.addBoth();
        Dialog dialog{room};
        QVERIFY(dialog.status().startsWith(QStringLiteral("Lens covered since ")));
        QCOMPARE(dialog.cell(0, 0), QStringLiteral("Lens covered"));
        QCOMPARE(dialog.cell(0, 3), QStringLiteral("it lasts"));
        QCOMPARE(dialog.cell(1, 0), QStringLiteral("Turned or moved"));
        QCOMPARE(dialog.cell(1, 2), QStringLiteral("1 h 00 min"));
        auto* before = dialog.find<ui::StillView>("beforeStillView");
        QTRY_VERIFY(!before->still().isNull());
        QCOMPARE(before->still().pixelColor(80, 45), QColor(40, 160, 20));
        QVERIFY(dialog.find<ui::StillView>("afterStillView")->text().startsWith(QStringLiteral("There is no still")));
    }

    void aZoneThatIsDrawnMeanwhileHidesInAStillThatIsShown() {
        Services room;
        room.addBoth();
        Dialog dialog{room};
        auto* before = dialog.find<ui::StillView>("beforeStillView");
        QTRY_VERIFY(!before->still().isNull());
        QCOMPARE(before->still().pixelColor(40, 45), QColor(40, 160, 20));
        room.check(estate::PrivacyZones{*room.database}.set(access::Acting::commandLine(), room.camera(),
                                                            {{{{0, 0}, {5000, 0}, {5000, 10000}, {0, 10000}}}}));
        // What was on show goes at once, and comes back masked when it has been fetched.
        QTRY_VERIFY(!before->still().isNull() && before->still().pixelColor(40, 45) != QColor(40, 160, 20));
        QCOMPARE(before->still().pixelColor(120, 45), QColor(40, 160, 20));
    }

    void theArrowKeysGoThroughTheEvents() {
        Services room;
        room.addBoth();
        Dialog dialog{room};
        auto* before = dialog.find<ui::StillView>("beforeStillView");
        QTRY_VERIFY(!before->still().isNull());
        auto* list = dialog.find<QTableView>("tamperTableView");
        list->setFocus();
        QTest::keyClick(list, Qt::Key_Down);
        QTRY_VERIFY(before->text().startsWith(QStringLiteral("There is no still")));
        QTest::keyClick(list, Qt::Key_Up);
        QTRY_VERIFY(!before->still().isNull());
    }

    void theViewIsAcceptedAndWhatLastedIsOver() {
        Services room;
        room.addBoth();
        Dialog dialog{room};
        auto* accept = dialog.find<QPushButton>("acceptViewPushButton");
        QTest::mouseClick(accept, Qt::LeftButton);
        QTRY_COMPARE(dialog.cell(0, 3), QStringLiteral("the view was accepted"));
        QCOMPARE(dialog.widget->focusWidget(), accept);
        QVERIFY(dialog.status().startsWith(QStringLiteral("Nothing keeps it from seeing now. ed said at ")));
        QVERIFY(analytics::TamperJournal{*room.database}.lasting(room.camera().id).value().empty());
    }

    void aCameraIsLeftOutAndTakenInAgain() {
        Services room;
        Dialog dialog{room};
        auto* watched = dialog.find<QCheckBox>("tamperWatchedCheckBox");
        watched->click();
        QTRY_VERIFY(dialog.status().contains(QStringLiteral("is not watched")));
        QVERIFY(!dialog.find<QPushButton>("acceptViewPushButton")->isEnabled());
        QTRY_VERIFY(watched->isEnabled());
        watched->click();
        QTRY_VERIFY(dialog.status().startsWith(QStringLiteral("Nothing has kept")));
    }

    void anOperatorSeesAndPlaysButChangesNothing() {
        Services room;
        room.addBoth();
        room.signInAs("olive");
        Dialog dialog{room};
        QVERIFY(!dialog.find<QCheckBox>("tamperWatchedCheckBox")->isEnabled());
        QVERIFY(!dialog.find<QPushButton>("acceptViewPushButton")->isEnabled());
        QSignalSpy asked{dialog.widget.get(), &ui::CameraHealthDialog::recordingRequested};
        QTest::mouseClick(dialog.find<QPushButton>("playFromPushButton"), Qt::LeftButton);
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked.first().first().toInt(), 42);
        QVERIFY(!dialog.widget->isVisible());
    }

    void anEngineerWhoMayNotPlayIsNotOfferedTo() {
        Services room;
        room.addBoth();
        Dialog dialog{room};
        QVERIFY(!dialog.find<QPushButton>("playFromPushButton")->isEnabled());
    }

    void whatBeginsWhileItIsOpenIsShown() {
        Services room;
        Dialog dialog{room};
        room.addBoth();
        QTRY_COMPARE(dialog.cell(0, 0), QStringLiteral("Lens covered"));
    }

    void thePicturesQualityIsShownAndReadByTheArrows() {
        Services room;
        room.addReadings(60);
        Dialog dialog{room};
        auto* tabs = dialog.widget->findChild<QTabWidget*>();
        tabs->setCurrentIndex(1);
        ui::QualityChart& chart = dialog.widget->quality().chart();
        QTRY_COMPARE(chart.readings().size(), 60U);
        auto* when = dialog.find<QLabel>("readingTimeLabel");
        QVERIFY(when->text().startsWith(QStringLiteral("Last read at ")));
        chart.setFocus();
        QTest::keyClick(&chart, Qt::Key_Left);
        QTest::keyClick(&chart, Qt::Key_Left);
        QCOMPARE(chart.cursor(), std::optional<std::size_t>{58});
        QVERIFY(when->text().startsWith(QStringLiteral("Read at ")));
        QTest::keyClick(&chart, Qt::Key_Home);
        QTest::keyClick(&chart, Qt::Key_Left);
        QCOMPARE(chart.cursor(), std::optional<std::size_t>{0});
    }

    void aDayShowsOnlyADayAndTheCursorStaysWhileReadingsCome() {
        Services room;
        room.addReadings(60);
        Dialog dialog{room};
        dialog.widget->findChild<QTabWidget*>()->setCurrentIndex(1);
        ui::QualityChart& chart = dialog.widget->quality().chart();
        QTRY_COMPARE(chart.readings().size(), 60U);
        QTest::mouseClick(dialog.find<QToolButton>("period1ToolButton"), Qt::LeftButton);
        QTRY_VERIFY(chart.readings().size() < 25);
        chart.setFocus();
        QTest::keyClick(&chart, Qt::Key_Home);
        QTest::keyClick(&chart, Qt::Key_Right);
        const auto time = chart.readings().at(*chart.cursor()).time;
        const auto before = chart.readings().size();
        Services::check(analytics::QualityHistory{*room.database}.add({{room.camera().id, room.clock.now() - 1s, {}}}));
        QTRY_COMPARE(chart.readings().size(), before + 1);
        QCOMPARE(chart.readings().at(chart.cursor().value()).time, time);
    }

    void withoutReadingsItSaysWhenOneIsTaken() {
        Services room;
        Dialog dialog{room};
        QVERIFY(dialog.find<QLabel>("readingTimeLabel")->text().isEmpty());
        QVERIFY(!dialog.widget->quality().chart().cursor());
        QTest::keyClick(&dialog.widget->quality().chart(), Qt::Key_Left);
        QVERIFY(!dialog.widget->quality().chart().cursor());
    }

    void aCastIsNamedByItsColourAndWhatIsClippedIsTold() {
        const auto& figures = ui::qualityFigures();
        analytics::PictureQuality quality;
        quality.blueCast = -12.3;
        quality.redCast = 6;
        quality.exposure = 0.42;
        QCOMPARE(figures[4].text(quality), QStringLiteral("12.3 levels of yellow"));
        QCOMPARE(figures[1].text(quality), QStringLiteral("42 %"));
        quality.clipped = 0.07;
        QCOMPARE(figures[1].text(quality), QStringLiteral("42 %, 7 % clipped"));
        QCOMPARE(figures[4].text({}), QStringLiteral("none"));
    }
};

int main(int argc, char** argv) {
    QApplication application{argc, argv};
    ui::theme::apply(application);
    CameraHealthTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "camera_health_test.moc"
