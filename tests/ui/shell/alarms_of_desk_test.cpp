#include "alarms_of_desk_test.h"

#include "desk.h"
#include "dispatch/jobs.h"
#include "estate/premises_details.h"
#include "estate/premises_registry.h"
#include "response/alarm_queue.h"
#include "ui/alarms/alarm_model.h"
#include "ui/alarms/alarm_page.h"
#include "ui/alarms/alarm_pane.h"
#include "ui/alarms/alarm_sound.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QScrollBar>
#include <QSpinBox>
#include <QTest>
#include <QTextBrowser>

using namespace leedswatch;
using leedswatch::tests::Desk;
using response::AlarmClass;
using response::AlarmQueue;
using response::AlarmState;

namespace {

void grabAlarms(Desk& desk, const char* name) {
    if (const auto folder = qEnvironmentVariable("LEEDSWATCH_PICTURES"); !folder.isEmpty()) {
        desk.room.window().grab().save(folder + QLatin1Char{'/'} + QString::fromLatin1(name) + QStringLiteral(".png"));
    }
}

estate::PremisesId library(Desk& desk) {
    auto& database = desk.room.context().database;
    const auto acting = access::Acting::commandLine();
    tests::Room::check(estate::PremisesRegistry{database}.importCsv(
        acting,
        "account,name,address,class,police_reference\n1001,Otley Library,\"1 Bondgate, "
        "Otley\",library,WY 12345\n"));
    estate::PremisesDetails details{database};
    tests::Room::check(details.importKeyholders(
        acting, "premises,name,phones\n1001,Mrs Shah,07700 900001\n1001,Mr Dale,07700 900002\n"));
    tests::Room::check(
        details.importAnswering(acting, "premises,password,duress,cameras\n1001,heron,kingfisher,7;12\n"));
    return estate::PremisesRegistry{database}.list()->front().id;
}

response::AlarmId raise(Desk& desk, AlarmClass alarmClass, std::optional<estate::PremisesId> premises = {}) {
    response::NewAlarm alarm;
    alarm.alarmClass = alarmClass;
    alarm.joinKey = std::string{response::infoOf(alarmClass).code} + " of the test";
    alarm.premises = premises;
    alarm.place = "Otley Library, 1 Bondgate, Otley";
    alarm.what = "Something happened, zone 03 (Till 2)";
    alarm.raised = desk.room.context().clock.now();
    if (alarmClass == AlarmClass::Fire) {
        alarm.fireHandling = response::FireHandling::Challenge;
    }
    return AlarmQueue{desk.room.context().database}.raise(access::Acting::station(), alarm)->id;
}

response::AlarmRecord record(Desk& desk, response::AlarmId id) {
    return AlarmQueue{desk.room.context().database}.record(access::Acting::commandLine(), id).value();
}

QLineEdit* answerField(Desk& desk) {
    return desk.find<QComboBox>("answerComboBox")->lineEdit();
}

/// The step with that text has the keyboard.
bool isAtStep(Desk& desk, const char* begin) {
    return QTest::qWaitFor([&] {
        auto* text = desk.find<QLabel>("stepTextLabel");
        return text->isVisible() && text->text().startsWith(QString::fromUtf8(begin)) && answerField(desk)->hasFocus();
    });
}

void answer(Desk& desk, const char* words) {
    answerField(desk)->parentWidget()->setFocus();
    QTest::keyClicks(answerField(desk), QString::fromUtf8(words));
    // The list has the focus for its field. Pressed in the field itself, the key would come up to the list and down
    // again.
    QTest::keyClick(answerField(desk)->parentWidget(), Qt::Key_Return);
}

bool isTaken(Desk& desk, response::AlarmId id) {
    desk.wall().setFocus();
    QTest::keyClick(&desk.wall(), Qt::Key_NumberSign);
    return QTest::qWaitFor([&] { return record(desk, id).alarm.state == AlarmState::InHand; }) &&
           QTest::qWaitFor([&] { return desk.find<QWidget>("stepForm")->isVisible(); });
}

}  // namespace

void AlarmsOfDeskTest::theAlarmTakenFromTheCallUpHasTheKeyboard() {
    Desk desk;
    QVERIFY(desk.isReady());
    raise(desk, AlarmClass::Fire);
    QTRY_VERIFY(desk.find<QWidget>("alarmBand")->isVisible());
    auto* callUp = desk.find<QWidget>("callUpDisplay");
    callUp->setFocus();
    QVERIFY(callUp->hasFocus());
    QTest::keyClick(callUp, Qt::Key_NumberSign);
    QVERIFY(isAtStep(desk, "Call the premises"));
}

void AlarmsOfDeskTest::anAlarmStandsAcrossTheDeskUntilSomebodyTakesIt() {
    Desk desk;
    QVERIFY(desk.isReady());
    auto* band = desk.find<QWidget>("alarmBand");
    auto* sound = desk.page().findChild<ui::AlarmSound*>();
    QVERIFY(!band->isVisible());
    QVERIFY(!sound->sounding());
    raise(desk, AlarmClass::Fault);
    const auto id = raise(desk, AlarmClass::HoldUp);
    auto* what = desk.find<QLabel>("alarmWhatLabel");
    QTRY_COMPARE(what->text(), QStringLiteral("Hold-up"));
    QVERIFY(band->isVisible());
    QCOMPARE(desk.find<QLabel>("otherAlarmsLabel")->text(), QStringLiteral("1 more waits"));
    QCOMPARE(sound->sounding(), std::optional{AlarmClass::HoldUp});
    QTRY_VERIFY(record(desk, id).alarm.presented.has_value());
    grabAlarms(desk, "alarm-band");
    // Digits stay a call-up's: nothing steals the keyboard.
    desk.wall().setFocus();
    QTest::keyClicks(&desk.wall(), QStringLiteral("12"));
    QCOMPARE(desk.callUp(), QStringLiteral("Camera 12, Street 12"));
    QVERIFY(isTaken(desk, id));
    QTRY_COMPARE(what->text(), QStringLiteral("System fault"));
    QTRY_COMPARE(sound->sounding(), std::optional{AlarmClass::Fault});
    QVERIFY(!desk.wall().isVisible());
    grabAlarms(desk, "alarm-page");
    // The first Esc clears the number that was being typed.
    auto* list = desk.find<QListView>("alarmsListView");
    list->setFocus();
    QTest::keyClick(list, Qt::Key_Escape);
    QTest::keyClick(list, Qt::Key_Escape);
    QVERIFY(desk.wall().isVisible());
}

void AlarmsOfDeskTest::itIsWorkedToItsEndByTheKeyboardAlone() {
    Desk desk;
    QVERIFY(desk.isReady());
    const auto id = raise(desk, AlarmClass::Intruder, library(desk));
    QTRY_VERIFY(desk.find<QWidget>("alarmBand")->isVisible());
    QVERIFY(isTaken(desk, id));
    QVERIFY(isAtStep(desk, "Look at the premises"));
    // The arrows choose what is often answered; this one confirms the alarm.
    for (int key = 0; key < 3; ++key) {
        QTest::keyClick(answerField(desk), Qt::Key_Down);
    }
    QCOMPARE(answerField(desk)->text(), QStringLiteral("People are where nobody should be"));
    QTest::keyClick(answerField(desk), Qt::Key_Return);
    QVERIFY(isAtStep(desk, "Confirmed: call the police"));
    // Steps for alarms that are not confirmed are not counted.
    QVERIFY(desk.find<QLabel>("stepTitleLabel")->text().startsWith(QStringLiteral("Step 2 of 5")));
    QVERIFY(desk.find<QLabel>("stepFactsLabel")->text().contains(QStringLiteral("WY 12345")));
    QVERIFY(desk.find<QLabel>("alarmTitleLabel")->text().contains(QStringLiteral("confirmed")));
    grabAlarms(desk, "alarm-police");
    answer(desk, "Log 431, a car is sent");
    QVERIFY(isAtStep(desk, "Call the keyholders"));
    answer(desk, "Mrs Shah: comes");
    QVERIFY(isAtStep(desk, "Send mobile response"));
    QTest::keyClicks(answerField(desk), QStringLiteral("not in the contract"));
    QTest::keyClick(answerField(desk), Qt::Key_Tab);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    QCOMPARE(QApplication::focusWidget(), desk.find<QPushButton>("stepSkipPushButton"));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
    auto* outcome = desk.find<QComboBox>("outcomeComboBox");
    QTRY_VERIFY(outcome->isVisible());
    QTRY_VERIFY(outcome->hasFocus());
    QTest::keyClick(outcome, Qt::Key_Return);
    QCOMPARE(desk.find<QLabel>("stepProblemLabel")->text(), QStringLiteral("Choose what the alarm was."));
    outcome->setCurrentIndex(outcome->findText(QStringLiteral("Genuine, police"), Qt::MatchStartsWith));
    grabAlarms(desk, "alarm-outcome");
    QTest::keyClick(outcome, Qt::Key_Return);
    QTRY_COMPARE(record(desk, id).alarm.state, AlarmState::Closed);
    const auto closed = record(desk, id);
    QCOMPARE(closed.alarm.outcome, std::string{"genuine-attended"});
    QVERIFY(closed.alarm.isConfirmed);
    QTRY_VERIFY(!desk.find<QPushButton>("alarmPutOffPushButton")->isEnabled());
    QCOMPARE(closed.steps.at(3).result, std::string{"Log 431, a car is sent"});
    QTRY_VERIFY(desk.find<QTextBrowser>("alarmRecordTextBrowser")->toPlainText().contains(QStringLiteral("Closed")));
}

void AlarmsOfDeskTest::whereThePoliceAreNotCalledEnterLeavesTheStepOut() {
    Desk desk;
    QVERIFY(desk.isReady());
    const auto id = raise(desk, AlarmClass::HoldUp, library(desk));
    QTRY_VERIFY(desk.find<QWidget>("alarmBand")->isVisible());
    QVERIFY(isTaken(desk, id));
    QVERIFY(isAtStep(desk, "Look at the premises"));
    answer(desk, "Nothing unusual is to be seen");
    QVERIFY(isAtStep(desk, "Call the police"));
    QCOMPARE(
        record(desk, id).entries.back().text,
        std::string{"1. Look at the premises' cameras. Do not call the premises. — Nothing unusual is to be seen"});
    const QString why = QStringLiteral("There is no police reference for the hold-up system of these premises.");
    QVERIFY(desk.find<QLabel>("stepFactsLabel")->text().contains(why));
    QCOMPARE(answerField(desk)->text(), QStringLiteral("Not called. ") + why);
    QVERIFY(!desk.find<QPushButton>("stepSkipPushButton")->isVisible());
    grabAlarms(desk, "alarm-police-not-called");
    QTest::keyClick(answerField(desk), Qt::Key_Return);
    QTRY_COMPARE(record(desk, id).steps.at(1).state, response::StepState::Skipped);
    QVERIFY(isAtStep(desk, "When the police have been"));
    QTest::keyClicks(answerField(desk), QStringLiteral("Left to the police"));
    QTest::keyClick(answerField(desk)->parentWidget(), Qt::Key_Return, Qt::ShiftModifier);
    QTRY_COMPARE(record(desk, id).steps.at(2).state, response::StepState::Skipped);
}

void AlarmsOfDeskTest::whatIsMissingIsSaidAndWhatWasTypedStays() {
    Desk desk{access::Role::Supervisor};
    QVERIFY(desk.isReady());
    const auto id = raise(desk, AlarmClass::Fire, library(desk));
    QTRY_VERIFY(desk.find<QWidget>("alarmBand")->isVisible());
    QVERIFY(isTaken(desk, id));
    QVERIFY(isAtStep(desk, "Call the premises"));
    QTest::keyClick(answerField(desk), Qt::Key_Return);
    auto* problem = desk.find<QLabel>("stepProblemLabel");
    QVERIFY(problem->isVisible());
    QTest::keyClicks(answerField(desk), QStringLiteral("Mr Dale: toa"));
    // Another signal joins meanwhile: the words stay, and so does the keyboard.
    raise(desk, AlarmClass::Fire, library(desk));
    QTRY_VERIFY(
        desk.find<QTextBrowser>("alarmRecordTextBrowser")->toPlainText().contains(QStringLiteral("Further signal")));
    QCOMPARE(answerField(desk)->text(), QStringLiteral("Mr Dale: toa"));
    QVERIFY(answerField(desk)->hasFocus());
    answer(desk, "st");
    QTRY_COMPARE(record(desk, id).steps.front().result, std::string{"Mr Dale: toast"});
    QVERIFY(desk.find<QAction>("alarmCloseEarly")->isEnabled());
}

void AlarmsOfDeskTest::escapeTakesBackWhatWasTypedBeforeItLeaves() {
    Desk desk;
    QVERIFY(desk.isReady());
    const auto id = raise(desk, AlarmClass::Fire);
    QTRY_VERIFY(desk.find<QWidget>("alarmBand")->isVisible());
    QVERIFY(isTaken(desk, id));
    QVERIFY(isAtStep(desk, "Call the premises"));
    auto* page = desk.find<QWidget>("alarmPage");
    QTest::keyClicks(answerField(desk), QStringLiteral("Nobody answ"));
    QTest::keyClick(answerField(desk), Qt::Key_Escape);
    QVERIFY(answerField(desk)->text().isEmpty());
    QVERIFY(page->isVisible());
    QTest::keyClick(answerField(desk), Qt::Key_Escape);
    QVERIFY(!page->isVisible());
}

void AlarmsOfDeskTest::theNewestLineOfALongRecordIsInView() {
    Desk desk;
    QVERIFY(desk.isReady());
    const auto id = raise(desk, AlarmClass::Fire);
    QTRY_VERIFY(desk.find<QWidget>("alarmBand")->isVisible());
    QVERIFY(isTaken(desk, id));
    QVERIFY(isAtStep(desk, "Call the premises"));
    auto& context = desk.room.context();
    AlarmQueue queue{context.database};
    const auto note = [&](int number) {
        tests::Room::check(queue.note(context.acting, id, "Note number " + std::to_string(number)));
    };
    for (int number = 0; number < 40; ++number) {
        note(number);
    }
    auto* text = desk.find<QTextBrowser>("alarmRecordTextBrowser");
    auto* bar = text->verticalScrollBar();
    QTRY_VERIFY(text->toPlainText().contains(QStringLiteral("Note number 39")));
    QVERIFY(bar->maximum() > 0);
    QCOMPARE(bar->value(), bar->maximum());
    // Who reads further up is left there.
    bar->setValue(10);
    note(40);
    QTRY_VERIFY(text->toPlainText().contains(QStringLiteral("Note number 40")));
    QCOMPARE(bar->value(), 10);
}

void AlarmsOfDeskTest::enterOnCancelDoesNothing() {
    Desk desk;
    QVERIFY(desk.isReady());
    const auto id = raise(desk, AlarmClass::Fault);
    QTRY_VERIFY(desk.find<QWidget>("alarmBand")->isVisible());
    QVERIFY(isTaken(desk, id));
    desk.find<QAction>("alarmPutOff")->trigger();
    auto* question = qobject_cast<QDialog*>(QApplication::activeModalWidget());
    QVERIFY(question != nullptr);
    auto* field = question->findChild<QLineEdit*>();
    QVERIFY(field != nullptr);
    QTest::keyClicks(field, QStringLiteral("waiting for the engineer"));
    auto* cancel = question->findChild<QPushButton*>(QStringLiteral("closePushButton"));
    QVERIFY(cancel != nullptr);
    cancel->setFocus(Qt::TabFocusReason);
    QTest::keyClick(cancel, Qt::Key_Return);
    QTRY_VERIFY(QApplication::activeModalWidget() == nullptr);
    QCOMPARE(record(desk, id).alarm.state, AlarmState::InHand);
}

void AlarmsOfDeskTest::aJobThatIsOpenIsSaidBeforeItsAlarmIsClosed() {
    Desk desk;
    QVERIFY(desk.isReady());
    auto& context = desk.room.context();
    const auto id = raise(desk, AlarmClass::Fault);
    QTRY_VERIFY(desk.find<QWidget>("alarmBand")->isVisible());
    QVERIFY(isTaken(desk, id));
    auto* jobsLabel = desk.find<QLabel>("alarmJobsLabel");
    QVERIFY(!jobsLabel->isVisible());
    dispatch::NewJob wanted;
    wanted.alarm = id.value();
    wanted.place = "Bridge";
    wanted.reason = "Look after it";
    tests::Room::check(dispatch::Jobs{context.database, {}}.create(access::Acting::commandLine(), wanted));
    QTRY_COMPARE(jobsLabel->text(), QStringLiteral("Job 1: waits for a unit."));
    AlarmQueue queue{context.database};
    const auto taken = record(desk, id);
    for (const auto& step : taken.steps) {
        if (step.step.kind != response::StepKind::Outcome) {
            tests::Room::check(queue.completeStep(context.acting, id, {step.position, true, "not needed"}));
        }
    }
    auto* outcome = desk.find<QComboBox>("outcomeComboBox");
    QTRY_VERIFY(outcome->isVisible());
    outcome->setCurrentIndex(1);
    const auto closeIt = [&](const char* button) {
        answer(desk, "done");
        QTRY_VERIFY(QApplication::activeModalWidget() != nullptr);
        auto* question = QApplication::activeModalWidget();
        for (auto* one : question->findChildren<QPushButton*>()) {
            if (one->text() == QString::fromUtf8(button)) {
                one->setFocus(Qt::TabFocusReason);
                QTest::keyClick(one, Qt::Key_Return);
                break;
            }
        }
        QTRY_VERIFY(QApplication::activeModalWidget() == nullptr);
    };
    closeIt("Cancel");
    QCOMPARE(record(desk, id).alarm.state, AlarmState::InHand);
    closeIt("Close the alarm");
    QTRY_COMPARE(record(desk, id).alarm.state, AlarmState::Closed);
    QCOMPARE(record(desk, id).jobs.at(0).state, dispatch::JobState::Created);
}

void AlarmsOfDeskTest::whoHasItIsShownAndTakingOverWarns() {
    Desk desk;
    QVERIFY(desk.isReady());
    const auto id = raise(desk, AlarmClass::Medical);
    auto other = desk.room.addPerson("bob", access::Role::Operator);
    other.workstation = "desk 2";
    tests::Room::check(AlarmQueue{desk.room.context().database}.accept(other, id));
    desk.wall().setFocus();
    QTest::keyClick(&desk.wall(), Qt::Key_NumberSign);
    auto* list = desk.find<QListView>("alarmsListView");
    QTRY_VERIFY(list->isVisible());
    auto* state = desk.find<QLabel>("alarmStateLabel");
    QTRY_VERIFY(state->isVisible());
    QTRY_VERIFY(state->text().contains(QStringLiteral("bob has it since")));
    auto* take = desk.find<QPushButton>("paneTakePushButton");
    QCOMPARE(take->text(), QStringLiteral("Take it over…"));
    take->click();
    QTRY_VERIFY(QApplication::activeModalWidget() != nullptr);
    QCOMPARE(record(desk, id).alarm.owner, std::string{"bob"});
    auto* dialog = QApplication::activeModalWidget();
    for (auto* button : dialog->findChildren<QPushButton*>()) {
        if (button->text() == QStringLiteral("Take it over")) {
            button->click();
        }
    }
    QTRY_COMPARE(record(desk, id).alarm.owner, std::string{"omarsden"});
}

void AlarmsOfDeskTest::callsToKeyholdersAreNotedOneByOne() {
    Desk desk;
    QVERIFY(desk.isReady());
    const auto id = raise(desk, AlarmClass::Technical, library(desk));
    QTRY_VERIFY(desk.find<QWidget>("alarmBand")->isVisible());
    QVERIFY(isTaken(desk, id));
    QVERIFY(isAtStep(desk, "Call the premises"));
    answer(desk, "No answer");
    QVERIFY(isAtStep(desk, "Nobody answers: call the keyholders"));
    QVERIFY(desk.find<QLabel>("stepFactsLabel")->text().contains(QStringLiteral("1. Mrs Shah  07700 900001")));
    answer(desk, "Mrs Shah: no answer");
    QTRY_COMPARE(record(desk, id).entries.back().text, std::string{"Mrs Shah: no answer"});
    QTRY_VERIFY(answerField(desk)->text().isEmpty());
    QCOMPARE(record(desk, id).steps.at(1).state, response::StepState::Open);
    answer(desk, "Mr Dale: comes");
    QTRY_COMPARE(record(desk, id).steps.at(1).state, response::StepState::Done);
}

void AlarmsOfDeskTest::theWordForBeingUnderThreatRaisesAHoldUp() {
    Desk desk;
    QVERIFY(desk.isReady());
    const auto id = raise(desk, AlarmClass::OpenClose, library(desk));
    QTRY_VERIFY(desk.find<QWidget>("alarmBand")->isVisible());
    QVERIFY(isTaken(desk, id));
    QVERIFY(isAtStep(desk, "Call the premises"));
    answer(desk, "Somebody answers: all is well");
    QVERIFY(isAtStep(desk, "Ask for the password"));
    answer(desk, "sparrow");
    auto* problem = desk.find<QLabel>("stepProblemLabel");
    QTRY_VERIFY(problem->isVisible() && problem->text().contains(QStringLiteral("not the password")));
    answer(desk, "Kingfisher");
    auto* what = desk.find<QLabel>("alarmWhatLabel");
    QTRY_COMPARE(what->text(), QStringLiteral("Hold-up"));
    for (const auto& entry : record(desk, id).entries) {
        QVERIFY(entry.text.find("ingfisher") == std::string::npos);
    }
}

void AlarmsOfDeskTest::whatIsInHandWaitsAgainWhenItsPersonSignsOut() {
    Desk desk;
    QVERIFY(desk.isReady());
    const auto id = raise(desk, AlarmClass::Fire);
    QTRY_VERIFY(desk.find<QWidget>("alarmBand")->isVisible());
    QVERIFY(isTaken(desk, id));
    QCOMPARE(record(desk, id).alarm.state, AlarmState::InHand);
    desk.room.window().signOut();
    QTRY_COMPARE(record(desk, id).alarm.state, AlarmState::Waiting);
    QCOMPARE(record(desk, id).entries.back().text, std::string{"By signing out."});
}

void AlarmsOfDeskTest::whatIsPutOffComesBack() {
    Desk desk;
    QVERIFY(desk.isReady());
    const auto id = raise(desk, AlarmClass::Fault);
    QTRY_VERIFY(desk.find<QWidget>("alarmBand")->isVisible());
    QVERIFY(isTaken(desk, id));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_P, Qt::AltModifier);
    QTRY_VERIFY(desk.room.window().findChild<QSpinBox*>(QStringLiteral("putOffSpinBox")) != nullptr);
    auto* words = desk.room.window().findChild<QLineEdit*>(QStringLiteral("putOffLineEdit"));
    words->setText(QStringLiteral("the electrician comes at ten"));
    QTest::keyClick(words, Qt::Key_Return);
    QTRY_COMPARE(record(desk, id).alarm.state, AlarmState::Parked);
    QTRY_VERIFY(desk.find<QLabel>("alarmCountsLabel")->text().contains(QStringLiteral("1 put off")));
    auto& context = desk.room.context();
    QCOMPARE(AlarmQueue{context.database}.wakeDue(context.clock.now() + std::chrono::minutes{16}).value(), 1);
    QTRY_VERIFY(desk.find<QWidget>("alarmBand")->isVisible());
}

void AlarmsOfDeskTest::anEngineerHasNoAlarmsAndAnAuditorOnlyLooks() {
    {
        Desk desk{access::Role::Engineer};
        QVERIFY(desk.isReady());
        raise(desk, AlarmClass::HoldUp);
        QVERIFY(desk.find<QWidget>("alarmPage") == nullptr);
        QTest::keyClick(&desk.wall(), Qt::Key_NumberSign);
        QVERIFY(!desk.find<QWidget>("alarmBand")->isVisible());
    }
    Desk desk{access::Role::Auditor};
    QVERIFY(desk.isReady());
    const auto id = raise(desk, AlarmClass::HoldUp);
    QTRY_VERIFY(desk.find<QWidget>("alarmBand")->isVisible());
    desk.wall().setFocus();
    QTest::keyClick(&desk.wall(), Qt::Key_NumberSign);
    QTRY_VERIFY(desk.find<QWidget>("alarmStateLabel")->isVisible());
    QVERIFY(!desk.find<QPushButton>("paneTakePushButton")->isVisible());
    QCOMPARE(record(desk, id).alarm.state, AlarmState::Waiting);
}
