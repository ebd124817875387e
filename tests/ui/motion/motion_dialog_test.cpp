#include "ui/motion/motion_dialog.h"

#include "../support/engineer_room.h"
#include "analytics/motion_plans.h"
#include "ui/common/theme.h"
#include "ui/common/zone_canvas.h"
#include "ui/motion/motion_picture.h"

#include <QApplication>
#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>
#include <QTabWidget>
#include <QTest>

using namespace leedswatch;
using analytics::MotionPlan;
using analytics::MotionZone;
using estate::ZonePoint;

namespace {

base::Result<video::FullPicture> greyStill(const ui::SharedMask& /*mask*/) {
    return video::FullPicture{320, 180, std::vector<std::uint8_t>(std::size_t{320} * 180 * 3, 0x60)};
}

/// With the camera's motion plan.
struct Services : tests::EngineerRoom {
    [[nodiscard]] std::optional<MotionPlan> stored() {
        return analytics::MotionPlans{*database}.of(camera().id).value();
    }
    void store(const MotionPlan& plan) {
        check(analytics::MotionPlans{*database}.set(access::Acting::commandLine(), {camera()}, plan));
    }
};

/// The dialog on the screen, with the stored plan in it.
struct Dialog {
    explicit Dialog(Services& room, ui::CameraStill::Source still = greyStill)
        : widget{new ui::MotionDialog{room.context, room.camera(), std::move(still), nullptr}} {
        widget->resize(1240, 760);
        widget->show();
        widget->activateWindow();
        if (!QTest::qWaitForWindowActive(widget.get()) || !QTest::qWaitFor([&] { return widget->isLoaded(); })) {
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
    ui::ZoneCanvas& canvas() { return widget->picture().canvas(); }
    void click(const ZonePoint& place) {
        QTest::mouseClick(&canvas(), Qt::LeftButton, {}, canvas().toWidget(place).toPoint());
    }
    void draw(const char* button, const std::vector<ZonePoint>& corners) {
        find<QPushButton>(button)->click();
        for (const ZonePoint& corner : corners) {
            click(corner);
        }
        QTest::keyClick(&canvas(), Qt::Key_Return);
    }
    QPushButton* ok() { return find<QPushButton>("saveMotionPushButton"); }
    bool saves() {
        ok()->click();
        return QTest::qWaitFor([&] { return !widget->isVisible(); });
    }
    /// By the keyboard alone, from field to field.
    bool tabTo(const QWidget* wanted) {
        for (int step = 0; step < 60; ++step) {
            if (QApplication::focusWidget() == wanted) {
                return true;
            }
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        }
        return false;
    }

    std::unique_ptr<ui::MotionDialog> widget;
};

/// A corner goes through the pixels of the screen.
bool isNear(const ZonePoint& one, const ZonePoint& other) {
    return std::abs(one.x - other.x) < 40 && std::abs(one.y - other.y) < 40;
}

}  // namespace

class MotionDialogTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aCameraWithoutAPlanIsWatchedWithTheUsualValues() {
        Services room;
        Dialog dialog{room};
        QVERIFY(dialog.saves());
        QCOMPARE(room.stored(), std::optional{MotionPlan{}});
    }

    void zonesAreDrawnWithTheMouseOneInsideTheOther() {
        Services room;
        Dialog dialog{room};
        QTRY_VERIFY(!dialog.canvas().still().isNull());
        dialog.draw("drawCountsPushButton", {{1000, 1000}, {8000, 1000}, {8000, 9000}, {1000, 9000}});
        QCOMPARE(dialog.canvas().zones().size(), 1U);
        dialog.draw("drawIgnoredPushButton", {{3000, 3000}, {5000, 3000}, {5000, 5000}});
        QCOMPARE(dialog.canvas().zones().size(), 2U);
        QVERIFY(dialog.saves());
        const auto zones = room.stored()->zones;
        QCOMPARE(zones.size(), 2U);
        QCOMPARE(zones[0].kind, MotionZone::Kind::Include);
        QCOMPARE(zones[0].corners.size(), 4U);
        QVERIFY(isNear(zones[0].corners[1], {8000, 1000}));
        QCOMPARE(zones[1].kind, MotionZone::Kind::Exclude);
        QVERIFY(isNear(zones[1].corners[2], {5000, 5000}));
    }

    void aZoneThatCrossesItselfIsRefusedInWordsUntilItIsMended() {
        Services room;
        Dialog dialog{room};
        auto* problem = dialog.find<QLabel>("zonesProblemLabel");
        dialog.draw("drawCountsPushButton", {{1000, 1000}, {5000, 6000}, {5000, 1000}, {1000, 5000}});
        QVERIFY(problem->isVisible());
        QVERIFY2(problem->text().startsWith(QStringLiteral("Motion zone 1 has an outline that crosses itself")),
                 qPrintable(problem->text()));
        QVERIFY(!dialog.ok()->isEnabled());
        dialog.find<QPushButton>("removeZonePushButton")->click();
        QVERIFY(!problem->isVisible());
        QVERIFY(dialog.ok()->isEnabled());
    }

    void aZoneThatIsNotClosedIsNotSaved() {
        Services room;
        Dialog dialog{room};
        dialog.find<QPushButton>("drawCountsPushButton")->click();
        dialog.click({1000, 1000});
        dialog.click({5000, 1000});
        QVERIFY(!dialog.ok()->isEnabled());
        QTest::keyClick(&dialog.canvas(), Qt::Key_Escape);
        QVERIFY(dialog.widget->isVisible());
        QVERIFY(dialog.ok()->isEnabled());
        QVERIFY(dialog.canvas().zones().empty());
    }

    void whatIsSavedIsShownAgain() {
        Services room;
        MotionPlan plan;
        plan.isOn = false;
        plan.zones = {{MotionZone::Kind::Exclude, {{1000, 1000}, {2000, 1000}, {2000, 3000}}}};
        plan.day = {71, {233, 912}};
        plan.night = {33, {450, 1450}};
        plan.schedule = base::WeeklySchedule::parse("Mon-Fri 07:00-19:00").value();
        plan.startsRecording = false;
        plan.armed = base::WeeklySchedule::parse("Sat,Sun 22:00-04:00").value();
        room.store(plan);
        Dialog dialog{room};
        QVERIFY(!dialog.find<QCheckBox>("watchedCheckBox")->isChecked());
        QCOMPARE(dialog.find<QSpinBox>("daySensitivitySpinBox")->value(), 71);
        QCOMPARE(dialog.find<QDoubleSpinBox>("nightNearDoubleSpinBox")->value(), 14.5);
        QVERIFY(dialog.find<QCheckBox>("alarmsCheckBox")->isChecked());
        QVERIFY(dialog.saves());
        QCOMPARE(room.stored(), std::optional{plan});
    }

    void theNightIsKeptApartFromTheDay() {
        Services room;
        Dialog dialog{room};
        dialog.find<QSlider>("daySensitivitySlider")->setValue(80);
        dialog.find<QTabWidget>("profilesTabWidget")->setCurrentIndex(1);
        QCOMPARE(dialog.find<QSpinBox>("nightSensitivitySpinBox")->value(), 50);
        dialog.find<QSpinBox>("nightSensitivitySpinBox")->setValue(20);
        dialog.find<QDoubleSpinBox>("nightFarDoubleSpinBox")->setValue(2.5);
        QVERIFY(dialog.saves());
        QCOMPARE(room.stored()->day, (MotionPlan::Profile{80, {300, 300}}));
        QCOMPARE(room.stored()->night, (MotionPlan::Profile{20, {250, 300}}));
        Dialog again{room};
        again.find<QPushButton>("asByDayPushButton")->click();
        QVERIFY(again.saves());
        QCOMPARE(room.stored()->night, room.stored()->day);
    }

    void theHeadsOfTheTwoPeopleAreDraggedToTheLeastHeight() {
        Services room;
        Dialog dialog{room};
        auto& canvas = dialog.canvas();
        const auto drag = [&](std::size_t figure, int height) {
            const ui::CanvasFigure& person = canvas.figures().at(figure);
            const QPoint from = canvas.headOf(person).toPoint();
            const QPoint to = canvas.toWidget({person.foot.x, person.foot.y - height}).toPoint();
            QTest::mousePress(&canvas, Qt::LeftButton, {}, from);
            QTest::mouseMove(&canvas, to);
            QTest::mouseRelease(&canvas, Qt::LeftButton, {}, to);
        };
        drag(0, 3000);
        const auto inTenThousandths = [&](const char* name) {
            return static_cast<int>(dialog.find<QDoubleSpinBox>(name)->value() * 100);
        };
        QVERIFY(std::abs(inTenThousandths("dayNearDoubleSpinBox") - 3000) < 40);
        drag(1, 1500);
        // It stands at three tenths of the way down: 0.7 of the height at the top and 0.3 of that at the bottom.
        QVERIFY(std::abs(inTenThousandths("dayFarDoubleSpinBox") - 857) < 80);
        QVERIFY(canvas.zones().empty());
        QVERIFY(!canvas.isDrawing());
        QCOMPARE(dialog.find<QDoubleSpinBox>("nightNearDoubleSpinBox")->value(), 3.0);
    }

    void periodsThatCannotBeReadAreRefusedNextToTheirField() {
        Services room;
        Dialog dialog{room};
        dialog.find<QLineEdit>("scheduleLineEdit")->setText(QStringLiteral("Funday 07:00-19:00"));
        dialog.ok()->click();
        auto* problem = dialog.find<QLabel>("scheduleProblemLabel");
        QVERIFY(problem->isVisible());
        QVERIFY2(problem->text().contains(QStringLiteral("Funday")), qPrintable(problem->text()));
        QVERIFY(dialog.widget->isVisible());
        QVERIFY(!room.stored());
        dialog.find<QLineEdit>("scheduleLineEdit")->setText(QStringLiteral("Mon 07:00-19:00"));
        QVERIFY(!problem->isVisible());
        QVERIFY(dialog.saves());
    }

    void anAlarmNeedsATimeToBeArmed() {
        Services room;
        Dialog dialog{room};
        QVERIFY(!dialog.find<QLineEdit>("armedLineEdit")->isEnabled());
        dialog.find<QCheckBox>("alarmsCheckBox")->click();
        dialog.ok()->click();
        QVERIFY(dialog.find<QLabel>("armedProblemLabel")->isVisible());
        QVERIFY(!room.stored());
        dialog.find<QLineEdit>("armedLineEdit")->setText(QStringLiteral("Mon-Sun 22:00-06:00"));
        QVERIFY(dialog.saves());
        QCOMPARE(room.stored()->armed.text(), std::string{"Mon-Sun 22:00-06:00"});
    }

    void itIsAllDoneByTheKeyboard() {
        Services room;
        Dialog dialog{room};
        QCOMPARE(QApplication::focusWidget(), dialog.find<QCheckBox>("watchedCheckBox"));
        const auto key = [](Qt::Key which, int times = 1) {
            for (int time = 0; time < times; ++time) {
                QTest::keyClick(QApplication::focusWidget(), which);
            }
        };
        QVERIFY(dialog.tabTo(dialog.find<QPushButton>("drawIgnoredPushButton")));
        key(Qt::Key_Space);
        QCOMPARE(QApplication::focusWidget(), &dialog.canvas());
        key(Qt::Key_Space);  // the cross comes, in the middle
        key(Qt::Key_Space);
        key(Qt::Key_Right, 10);
        key(Qt::Key_Space);
        key(Qt::Key_Down, 10);
        key(Qt::Key_Space);
        key(Qt::Key_Return);
        QCOMPARE(dialog.canvas().zones().size(), 1U);
        QVERIFY(dialog.tabTo(dialog.find<QSpinBox>("daySensitivitySpinBox")));
        key(Qt::Key_Up, 5);
        QVERIFY(dialog.tabTo(dialog.find<QLineEdit>("scheduleLineEdit")));
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("Mon-Fri 07:00-19:00"));
        key(Qt::Key_Return);
        QTRY_VERIFY(!dialog.widget->isVisible());
        const MotionPlan plan = *room.stored();
        QCOMPARE(plan.day.sensitivity, 55);
        QCOMPARE(plan.schedule.text(), std::string{"Mon-Fri 07:00-19:00"});
        QCOMPARE(plan.zones.size(), 1U);
        QCOMPARE(plan.zones[0].kind, MotionZone::Kind::Exclude);
        QCOMPARE(plan.zones[0].corners, (std::vector<ZonePoint>{{5000, 5000}, {7000, 5000}, {7000, 7000}}));
    }

    void aCornerIsMovedAndAZoneTakenAwayByTheKeyboard() {
        Services room;
        MotionPlan plan;
        plan.zones = {{MotionZone::Kind::Include, {{5000, 5000}, {8000, 5000}, {8000, 8000}}}};
        room.store(plan);
        Dialog dialog{room};
        auto& canvas = dialog.canvas();
        canvas.setFocus();
        QTest::keyClick(&canvas, Qt::Key_Space);
        QTest::keyClick(&canvas, Qt::Key_Space);  // takes hold of the corner in the middle
        QTest::keyClick(&canvas, Qt::Key_Up);
        QTest::keyClick(&canvas, Qt::Key_Left, Qt::ShiftModifier);
        QTest::keyClick(&canvas, Qt::Key_Space);
        QTest::keyClick(&canvas, Qt::Key_Right);
        QCOMPARE(canvas.zones()[0].corners[0], (ZonePoint{4980, 4800}));
        QTest::keyClick(&canvas, Qt::Key_Delete);
        QVERIFY(canvas.zones().empty());
    }

    void whoMayNotSetItIsToldAndNothingIsLost() {
        Services room;
        room.signInAs("olive");
        Dialog dialog{room};
        dialog.ok()->click();
        auto* message = dialog.find<QLabel>("motionMessageLabel");
        QTRY_VERIFY(message->isVisible());
        QVERIFY2(message->text().contains(QStringLiteral("may not manage cameras")), qPrintable(message->text()));
        QVERIFY(dialog.widget->isVisible());
        QVERIFY(dialog.ok()->isEnabled());
        QVERIFY(!room.stored());
    }

    void aDamagedPlanIsSaidAndSavingTakesItsPlace() {
        Services room;
        room.store({});
        Services::check(room.database->write([](store::Transaction& transaction) -> base::Result<void> {
            transaction.sql() << "UPDATE motion_plan SET plan = 'torn'";
            return {};
        }));
        Dialog dialog{room};
        QVERIFY(dialog.find<QLabel>("motionMessageLabel")->text().contains(QStringLiteral("takes its place")));
        QVERIFY(dialog.saves());
        QCOMPARE(room.stored(), std::optional{MotionPlan{}});
    }

    void aCameraWithoutAPictureCanBeSetUpAllTheSame() {
        Services room;
        Dialog dialog{room, [](const ui::SharedMask&) -> base::Result<video::FullPicture> {
                          return base::fail(base::ErrorCode::NotFound, "there is no picture of this camera yet");
                      }};
        dialog.draw("drawCountsPushButton", {{1000, 1000}, {8000, 1000}, {8000, 9000}});
        QVERIFY(dialog.saves());
        QCOMPARE(room.stored()->zones.size(), 1U);
    }
};

int main(int argc, char** argv) {
    QApplication application{argc, argv};
    ui::theme::apply(application);
    MotionDialogTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "motion_dialog_test.moc"
