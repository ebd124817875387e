#include "testing_of_desk_test.h"

#include "base/local_time.h"
#include "desk.h"
#include "estate/alarm_zones.h"
#include "estate/premises_details.h"
#include "estate/premises_registry.h"
#include "estate/premises_search.h"
#include "response/alarm_queue.h"
#include "response/alarm_rules.h"
#include "response/planned_tests.h"
#include "response/test_reports.h"
#include "response/test_requests.h"
#include "response/walk_tests.h"
#include "ui/testing/month_view.h"
#include "ui/testing/testing_page.h"
#include "ui/testing/testing_text.h"
#include "ui/testing/walk_screen.h"
#include "ui/testing/zone_grid.h"

#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QTableView>
#include <QTest>
#include <QTextBrowser>

using namespace leedswatch;
using leedswatch::tests::Desk;
using namespace std::chrono_literals;

namespace {

void grabTesting(Desk& desk, const char* name) {
    if (const auto folder = qEnvironmentVariable("LEEDSWATCH_PICTURES"); !folder.isEmpty()) {
        desk.room.window().grab().save(folder + QLatin1Char{'/'} + QString::fromLatin1(name) + QStringLiteral(".png"));
    }
}

void grabDialog(const QWidget* dialog, const char* name) {
    if (const auto folder = qEnvironmentVariable("LEEDSWATCH_PICTURES"); !folder.isEmpty() && dialog != nullptr) {
        const_cast<QWidget*>(dialog)->grab().save(folder + QLatin1Char{'/'} + QString::fromLatin1(name) +
                                                  QStringLiteral(".png"));
    }
}

store::Database& storeOf(Desk& desk) {
    return desk.room.context().database;
}

estate::PremisesId otleyLibrary(Desk& desk, int zones = 0) {
    const auto acting = access::Acting::commandLine();
    auto& database = storeOf(desk);
    tests::Room::check(estate::PremisesRegistry{database}.importCsv(
        acting,
        "account,name,premises,address\n1001,Otley Library,LIB,\"1 Bondgate, Otley\"\n1002,Hall Lane School,SCH,\n"));
    tests::Room::check(
        estate::PremisesDetails{database}.importAnswering(acting, "premises,password,duress\nLIB,heron,kingfisher\n"));
    std::string csv = "premises,zone,name,area,kind\n";
    for (int zone = 1; zone <= zones; ++zone) {
        csv += "LIB," + std::to_string(zone) + ",Room " + std::to_string(zone) + ",1,intruder\n";
    }
    if (zones > 0) {
        tests::Room::check(estate::AlarmZones{database}.importCsv(acting, csv));
    }
    return estate::PremisesSearch{database}.exactly(acting, "LIB")->premises.id;
}

/// From a zone of account 1001, judged as the station does it.
void signal(Desk& desk, const char* code, const std::string& zone) {
    static int sequence = 0;
    auto& database = storeOf(desk);
    alarm::ReceivedSignal received;
    received.received = desk.room.context().clock.now();
    received.account = "1001";
    received.data = code + zone + std::to_string(++sequence);
    received.sequence = std::to_string(sequence);
    received.codes.codes.push_back({.scheme = alarm::CodeScheme::Sia, .code = code, .area = "1", .address = zone});
    const auto panels = estate::PremisesRegistry{database}.panels().value();
    tests::Room::check(
        response::SignalJournal{database}.add({{received, panels.at(0).id, response::judge(received, {})}}));
    tests::Room::check(response::AlarmRules{database}.judgeWaiting(100));
}

response::WalkTest begunWalk(Desk& desk, estate::PremisesId premises) {
    response::TestRequest request;
    request.wanted.premises = premises;
    request.wanted.ends = desk.room.context().clock.now() + 2h;
    request.wanted.byWhom = "Mr Dale of Alarms Ltd";
    request.wanted.reason = "annual service";
    request.knownBy = "known by voice";
    request.walks = true;
    return response::TestRequests{storeOf(desk)}.begin(desk.acting, request)->walk.value();
}

void openTests(Desk& desk) {
    desk.wall().setFocus();
    QTest::keyClick(&desk.wall(), Qt::Key_T, Qt::ControlModifier | Qt::ShiftModifier);
}

template <typename Widget>
Widget* inDialog(const char* name) {
    auto* dialog = QApplication::activeModalWidget();
    return dialog == nullptr ? nullptr : dialog->findChild<Widget*>(QString::fromLatin1(name));
}

/// Types a part of the name, and takes what fits first.
bool findPremises(const char* typed) {
    auto* field = inDialog<QLineEdit>("premisesLineEdit");
    if (field == nullptr) {
        return false;
    }
    QTest::keyClicks(field, QString::fromUtf8(typed));
    auto* list = inDialog<QListWidget>("premisesListWidget");
    if (!QTest::qWaitFor([&] { return list->isVisible() && list->count() > 0; })) {
        return false;
    }
    QTest::keyClick(field, Qt::Key_Return);
    return !list->isVisible() && QApplication::activeModalWidget() != nullptr;
}

bool isDialogGone() {
    return QTest::qWaitFor([] { return QApplication::activeModalWidget() == nullptr; });
}

std::vector<response::TestPeriod> onTest(Desk& desk) {
    return response::TestPeriods{storeOf(desk)}.lasting().value();
}

/// The dialog of the form that asks for a test, opened by its key.
bool beginIsOpen(Desk& desk) {
    openTests(desk);
    auto* page = desk.find<QWidget>("testingPage");
    if (!QTest::qWaitFor([&] { return page->isVisible(); })) {
        return false;
    }
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Insert);
    return QTest::qWaitFor([] { return inDialog<QLineEdit>("premisesLineEdit") != nullptr; });
}

}  // namespace

void TestingOfDeskTest::aSystemIsPutOnTestAndTakenOffByTheKeyboardAlone() {
    Desk desk;
    QVERIFY(desk.isReady());
    otleyLibrary(desk);
    openTests(desk);
    QTRY_VERIFY(desk.find<QLabel>("nothingOnTestLabel")->isVisible());
    grabTesting(desk, "tests-empty");
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Insert);
    QTRY_VERIFY(inDialog<QLineEdit>("premisesLineEdit") != nullptr);
    QVERIFY(findPremises("libr"));
    auto* until = inDialog<QComboBox>("untilComboBox")->lineEdit();
    until->setFocus();
    until->selectAll();
    QTest::keyClicks(until, QStringLiteral("9 h"));
    QTest::keyClicks(inDialog<QLineEdit>("callerLineEdit"), QStringLiteral("Mr Dale"));
    QTest::keyClicks(inDialog<QLineEdit>("wordLineEdit"), QStringLiteral("heron"));
    QTest::keyClicks(inDialog<QLineEdit>("reasonLineEdit"), QStringLiteral("annual service"));
    QTest::keyClick(inDialog<QLineEdit>("reasonLineEdit"), Qt::Key_Return);
    auto* answer = inDialog<QLabel>("answerLabel");
    QTRY_VERIFY(answer->isVisible());
    QVERIFY2(answer->text().contains(QStringLiteral("eight hours")), qPrintable(answer->text()));
    grabDialog(QApplication::activeModalWidget(), "tests-begin");
    until->selectAll();
    QTest::keyClicks(until, QStringLiteral("90 min"));
    QTest::keyClick(until, Qt::Key_Return);
    QVERIFY(isDialogGone());
    QCOMPARE(onTest(desk).size(), std::size_t{1});
    QCOMPARE(onTest(desk)[0].byWhom, std::string{"Mr Dale, gave the password"});
    QCOMPARE(onTest(desk)[0].placedBy, std::string{"omarsden"});
    QVERIFY(desk.isActiveAgain());
    auto* table = desk.find<QTableView>("runningTestsTableView");
    QTRY_VERIFY(table->isVisible());
    signal(desk, "BA", "12");
    QTRY_VERIFY_WITH_TIMEOUT(table->model()->index(0, 4).data().toString().startsWith(QStringLiteral("1 ")), 3'000);
    table->setFocus();
    table->setCurrentIndex(table->model()->index(0, 0));
    grabTesting(desk, "tests-running");
    // Prolonged by somebody who is known by voice.
    QTest::keyClick(table, Qt::Key_P, Qt::AltModifier);
    QTRY_VERIFY(inDialog<QLineEdit>("callerLineEdit") != nullptr);
    const auto before = onTest(desk)[0].ends;
    auto* later = inDialog<QComboBox>("untilComboBox")->lineEdit();
    later->selectAll();
    QTest::keyClicks(later, QStringLiteral("4 h"));
    QTest::keyClicks(inDialog<QLineEdit>("callerLineEdit"), QStringLiteral("Mr Dale"));
    QTest::keyClicks(inDialog<QLineEdit>("knownByLineEdit"), QStringLiteral("by voice"));
    QTest::keyClick(inDialog<QLineEdit>("knownByLineEdit"), Qt::Key_Return);
    QVERIFY(isDialogGone());
    QVERIFY(onTest(desk)[0].ends > before + 2h);
    QVERIFY(desk.isActiveAgain());
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Delete);
    QTRY_VERIFY(inDialog<QPushButton>("yesPushButton") != nullptr);
    inDialog<QPushButton>("yesPushButton")->click();
    QTRY_VERIFY(inDialog<QTextBrowser>("noticeTextBrowser") != nullptr);
    QVERIFY(inDialog<QTextBrowser>("noticeTextBrowser")->toPlainText().contains(QStringLiteral("1 received")));
    grabDialog(QApplication::activeModalWidget(), "tests-notice");
    inDialog<QPushButton>("noticeClosePushButton")->click();
    QVERIFY(onTest(desk).empty());
    QVERIFY(desk.isActiveAgain());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QTRY_VERIFY(desk.wall().isVisible());
}

void TestingOfDeskTest::aWrongPasswordIsSaidAndAThreatRaisesAHoldUp() {
    Desk desk;
    QVERIFY(desk.isReady());
    otleyLibrary(desk);
    QVERIFY(beginIsOpen(desk));
    QVERIFY(findPremises("1001"));
    QTest::keyClicks(inDialog<QLineEdit>("callerLineEdit"), QStringLiteral("Mr Dale"));
    QTest::keyClicks(inDialog<QLineEdit>("reasonLineEdit"), QStringLiteral("service"));
    auto* word = inDialog<QLineEdit>("wordLineEdit");
    QCOMPARE(word->echoMode(), QLineEdit::Password);
    QTest::keyClicks(word, QStringLiteral("sparrow"));
    QTest::keyClick(word, Qt::Key_Return);
    auto* answer = inDialog<QLabel>("answerLabel");
    QTRY_VERIFY(answer->text().contains(QStringLiteral("not the password")));
    QVERIFY(onTest(desk).empty());
    word->selectAll();
    QTest::keyClicks(word, QStringLiteral("Kingfisher"));
    QTest::keyClick(word, Qt::Key_Return);
    QTRY_VERIFY(answer->text().contains(QStringLiteral("under threat")));
    QVERIFY2(QApplication::activeModalWidget() != nullptr, "it stays until somebody has read it");
    QVERIFY(onTest(desk).empty());
    QTRY_COMPARE(desk.find<QLabel>("alarmWhatLabel")->text(), QStringLiteral("Hold-up"));
    QTest::keyClick(QApplication::activeModalWidget(), Qt::Key_Escape);
    QVERIFY(isDialogGone());
}

void TestingOfDeskTest::aWalkTestTicksOffZonesAsTheyComeIn() {
    Desk desk;
    QVERIFY(desk.isReady());
    const auto premises = otleyLibrary(desk, 12);
    const auto walk = begunWalk(desk, premises);
    openTests(desk);
    auto* table = desk.find<QTableView>("runningTestsTableView");
    QTRY_VERIFY(table->isVisible() && table->hasFocus());
    QTest::keyClick(table, Qt::Key_Return);
    auto* screen = desk.find<ui::WalkScreen>("walkScreen");
    QTRY_VERIFY(screen->isVisible());
    auto* count = desk.find<QLabel>("walkCountLabel");
    QTRY_COMPARE(count->text(), QStringLiteral("0 of 12"));
    QElapsedTimer since;
    since.start();
    signal(desk, "BA", "012");
    QTRY_COMPARE_WITH_TIMEOUT(count->text(), QStringLiteral("1 of 12"), 1'000);
    QVERIFY2(since.elapsed() < 1'000, "live within a second");
    QCOMPARE(desk.find<QLabel>("walkNewestLabel")->text(), QStringLiteral("Zone 12 Room 12: in"));
    signal(desk, "BR", "12");
    signal(desk, "BA", "3");
    signal(desk, "BA", "77");
    signal(desk, "TA", "5");
    QTRY_COMPARE(count->text(), QStringLiteral("2 of 12"));
    QTRY_VERIFY(desk.find<QLabel>("walkNewestTimeLabel")->text().contains(QStringLiteral("1 that nobody expected")));
    QTRY_COMPARE(desk.find<QLabel>("walkNewestLabel")->text(), QStringLiteral("Zone 5 Room 5: no proof"));
    grabTesting(desk, "walk-live");
    auto* grid = desk.find<ui::ZoneGrid>("zoneGrid");
    QVERIFY(grid->hasFocus());
    QCOMPARE(grid->shownCount(), 13);
    QTest::keyClick(grid, Qt::Key_O, Qt::AltModifier);
    QCOMPARE(grid->shownCount(), 11);
    QTest::keyClick(grid, Qt::Key_End);
    QVERIFY(grid->currentText().contains(QStringLiteral("nobody expected it")));
    // Digits stay call-up's.
    QTest::keyClicks(grid, QStringLiteral("12"));
    QCOMPARE(desk.callUp(), QStringLiteral("Camera 12, Street 12"));
    QTest::keyClick(grid, Qt::Key_Escape);
    QTest::keyClick(grid, Qt::Key_F, Qt::AltModifier);
    QTRY_VERIFY(inDialog<QComboBox>("testOutcomeComboBox") != nullptr);
    QVERIFY(inDialog<QLabel>("resultFactsLabel")->text().contains(QStringLiteral("10 outstanding")));
    QCOMPARE(inDialog<QComboBox>("testOutcomeComboBox")->currentText(), QStringLiteral("Partly"));
    grabDialog(QApplication::activeModalWidget(), "walk-finish");
    auto* found = inDialog<QPlainTextEdit>("foundPlainTextEdit");
    QTest::keyClicks(found, QStringLiteral("no key to the upper floor"));
    inDialog<QPushButton>("actionPushButton")->click();
    QVERIFY(isDialogGone());
    const auto results = response::TestResults{storeOf(desk)}.list(desk.acting, {}).value();
    QCOMPARE(results.size(), std::size_t{1});
    QCOMPARE(results[0].reported.size(), std::size_t{3});
    QCOMPARE(results[0].missing.size(), std::size_t{10});
    QVERIFY(onTest(desk).empty());
    QTRY_VERIFY(!desk.find<QPushButton>("walkFinishPushButton")->isEnabled());
    QTRY_COMPARE(count->text(), QStringLiteral("2 of 12"));
    Q_UNUSED(walk);
}

void TestingOfDeskTest::whereNoZonesAreEnteredNobodySaysThatAllCame() {
    Desk desk;
    QVERIFY(desk.isReady());
    const auto walk = begunWalk(desk, otleyLibrary(desk));
    openTests(desk);
    auto* table = desk.find<QTableView>("runningTestsTableView");
    QTRY_VERIFY(table->isVisible() && table->hasFocus());
    QTest::keyClick(table, Qt::Key_Return);
    auto* count = desk.find<QLabel>("walkCountLabel");
    QTRY_COMPARE(count->text(), QStringLiteral("0 in"));
    auto* finish = desk.find<QPushButton>("walkFinishPushButton");
    finish->click();
    QTRY_VERIFY(inDialog<QLabel>("resultFactsLabel") != nullptr);
    QVERIFY(inDialog<QLabel>("resultFactsLabel")->text().startsWith(QStringLiteral("Nothing has come")));
    QCOMPARE(inDialog<QComboBox>("testOutcomeComboBox")->currentText(), QStringLiteral("Partly"));
    QTest::keyClick(QApplication::activeModalWidget(), Qt::Key_Escape);
    QVERIFY(isDialogGone());
    signal(desk, "BA", "3");
    QTRY_COMPARE(count->text(), QStringLiteral("1 in"));
    finish->click();
    QTRY_VERIFY(inDialog<QLabel>("resultFactsLabel") != nullptr);
    QVERIFY(inDialog<QLabel>("resultFactsLabel")->text().contains(QStringLiteral("is not known")));
    QTest::keyClick(QApplication::activeModalWidget(), Qt::Key_Escape);
    QVERIFY(isDialogGone());
    Q_UNUSED(walk);
}

void TestingOfDeskTest::aWalkTestIsThereAgainWhenTheDeskWasClosed() {
    Desk desk;
    QVERIFY(desk.isReady());
    const auto walk = begunWalk(desk, otleyLibrary(desk, 4));
    signal(desk, "BA", "1");
    openTests(desk);
    auto* page = desk.find<ui::TestingPage>("testingPage");
    page->openWalk(walk.id);
    auto* screen = &page->walk();
    QTRY_VERIFY(screen->progress() && screen->progress()->tally.come() == 1);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QVERIFY(!screen->isVisible());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QTRY_VERIFY(desk.wall().isVisible());
    // What comes while nobody looks.
    signal(desk, "BA", "2");
    tests::Room::check(response::TestPeriods{storeOf(desk)}.end(desk.acting, walk.period));
    desk.room.window().enter(desk.acting);  // the desk is made anew
    QTRY_VERIFY(desk.isReady());
    openTests(desk);
    page = desk.find<ui::TestingPage>("testingPage");
    page->openWalk(walk.id);
    QTRY_COMPARE(desk.find<QLabel>("walkCountLabel")->text(), QStringLiteral("2 of 4"));
    QVERIFY2(desk.find<QLabel>("walkWarningLabel")->isVisible(), "its system is not on test any more");
    QCOMPARE(desk.find<QLabel>("walkUntilLabel")->text(), QStringLiteral("NOT ON TEST"));
    grabTesting(desk, "walk-not-on-test");
}

void TestingOfDeskTest::hundredsOfZonesStayReadable() {
    Desk desk;
    QVERIFY(desk.isReady());
    const auto walk = begunWalk(desk, otleyLibrary(desk, 400));
    for (int zone = 1; zone <= 150; zone += 7) {
        signal(desk, "BA", std::to_string(zone));
    }
    openTests(desk);
    auto* page = desk.find<ui::TestingPage>("testingPage");
    page->openWalk(walk.id);
    auto* grid = desk.find<ui::ZoneGrid>("zoneGrid");
    QTRY_COMPARE(grid->shownCount(), 400);
    grabTesting(desk, "walk-400");
    QTest::keyClick(grid, Qt::Key_End);
    QVERIFY(grid->currentText().startsWith(QStringLiteral("Zone 400")));
    grabTesting(desk, "walk-400-end");
}

void TestingOfDeskTest::aTestThatHasEndedSaysSoAcrossTheDesk() {
    Desk desk;
    QVERIFY(desk.isReady());
    const auto walk = begunWalk(desk, otleyLibrary(desk, 4));
    auto* band = desk.find<QWidget>("testingBand");
    QVERIFY(!band->isVisible());
    signal(desk, "BA", "1");
    // The board has read what there was; then the test ends, as it does by itself.
    openTests(desk);
    QTRY_VERIFY(desk.find<QTableView>("runningTestsTableView")->isVisible());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QTRY_VERIFY(desk.wall().isVisible());
    QCOMPARE(response::TestPeriods{storeOf(desk)}.endDue(desk.room.context().clock.now() + 3h).value(), 1);
    QTRY_VERIFY(band->isVisible());
    QVERIFY(desk.find<QLabel>("testingBandLabel")->text().contains(QStringLiteral("3 expected did not come")));
    grabTesting(desk, "tests-band");
    QVERIFY2(!band->isAncestorOf(QApplication::focusWidget()), "it takes the keyboard from nobody");
    desk.find<QPushButton>("testingBandOpenPushButton")->click();
    QTRY_VERIFY(desk.find<QWidget>("testingPage")->isVisible());
    QTRY_VERIFY(!band->isVisible());
    auto* notices = desk.find<QTableView>("noticesTableView");
    notices->setCurrentIndex(notices->model()->index(0, 0));
    notices->setFocus();
    QTest::keyClick(notices, Qt::Key_Return);
    QTRY_VERIFY(inDialog<QTextBrowser>("noticeTextBrowser") != nullptr);
    const QString text = inDialog<QTextBrowser>("noticeTextBrowser")->toPlainText();
    QVERIFY(text.contains(QStringLiteral("zone 2 Room 2")));
    QVERIFY(text.contains(QStringLiteral("ended by station")));
    QTest::keyClick(QApplication::activeModalWidget(), Qt::Key_Escape);
    Q_UNUSED(walk);
}

void TestingOfDeskTest::aTestIsPlannedStartedAndItsResultRecorded() {
    Desk desk{access::Role::Supervisor};
    QVERIFY(desk.isReady());
    otleyLibrary(desk);
    openTests(desk);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_A, Qt::AltModifier);
    auto* month = desk.find<ui::MonthView>("monthView");
    QTRY_VERIFY(month->isVisible());
    QTRY_VERIFY(month->hasFocus());
    const auto today = base::localDateOf(desk.room.context().clock.now());
    QTest::keyClick(month, Qt::Key_Down);
    QCOMPARE(month->chosen(), base::daysAfter(today, 7));
    QTest::keyClick(month, Qt::Key_Home);
    QCOMPARE(month->chosen(), today);
    QTest::keyClick(month, Qt::Key_Insert);
    QTRY_VERIFY(inDialog<QComboBox>("kindComboBox") != nullptr);
    QVERIFY(findPremises("otl"));
    inDialog<QComboBox>("kindComboBox")->setFocus();
    QTest::keyClicks(inDialog<QComboBox>("kindComboBox"), QStringLiteral("Fire"));
    inDialog<QComboBox>("everyComboBox")->setFocus();
    QTest::keyClicks(inDialog<QComboBox>("everyComboBox"), QStringLiteral("We"));
    auto* time = inDialog<QLineEdit>("timeLineEdit");
    time->selectAll();
    QTest::keyClicks(time, QStringLiteral("23:59"));
    QTest::keyClicks(inDialog<QLineEdit>("whoLineEdit"), QStringLiteral("caretaker"));
    grabDialog(QApplication::activeModalWidget(), "tests-plan");
    QTest::keyClick(time, Qt::Key_Return);
    QVERIFY(isDialogGone());
    QVERIFY(desk.isActiveAgain());
    auto* due = desk.find<QTableView>("dueTestsTableView");
    QTRY_COMPARE(due->model()->rowCount(), 1);
    QCOMPARE(due->model()->index(0, 0).data().toString(), QStringLiteral("Due today"));
    due->setFocus();
    due->setCurrentIndex(due->model()->index(0, 0));
    grabTesting(desk, "tests-calendar");
    QTest::keyClick(due, Qt::Key_Return);
    QTRY_VERIFY(inDialog<QLineEdit>("callerLineEdit") != nullptr);
    QCOMPARE(inDialog<QLineEdit>("callerLineEdit")->text(), QStringLiteral("caretaker"));
    QTest::keyClicks(inDialog<QLineEdit>("knownByLineEdit"), QStringLiteral("by voice"));
    QTest::keyClick(inDialog<QLineEdit>("knownByLineEdit"), Qt::Key_Return);
    QVERIFY(isDialogGone());
    QCOMPARE(onTest(desk).size(), std::size_t{1});
    QVERIFY(onTest(desk)[0].kind == response::TestKind::Fire);
    QTRY_COMPARE(due->model()->index(0, 0).data().toString(), QStringLiteral("On test"));
    signal(desk, "FA", "20");
    tests::Room::check(response::TestPeriods{storeOf(desk)}.end(desk.acting, onTest(desk)[0].id));
    QTRY_COMPARE(due->model()->index(0, 0).data().toString(), QStringLiteral("Result?"));
    QVERIFY(desk.isActiveAgain());
    due->setFocus();
    QTest::keyClick(due, Qt::Key_R, Qt::AltModifier);
    QTRY_VERIFY(inDialog<QPlainTextEdit>("foundPlainTextEdit") != nullptr);
    QTest::keyClicks(inDialog<QPlainTextEdit>("foundPlainTextEdit"), QStringLiteral("all bells heard"));
    inDialog<QPushButton>("actionPushButton")->click();
    QVERIFY(isDialogGone());
    QTRY_COMPARE(due->model()->rowCount(), 0);
    QVERIFY(desk.isActiveAgain());
    QTest::keyClick(month, Qt::Key_E, Qt::AltModifier);
    auto* results = desk.find<QTableView>("resultsTableView");
    QTRY_VERIFY(results->isVisible() && results->model()->rowCount() == 1);
    QCOMPARE(results->model()->index(0, 0).data().toString(), QStringLiteral("Passed"));
    grabTesting(desk, "tests-results");
    results->setFocus();
    results->setCurrentIndex(results->model()->index(0, 0));
    QTest::keyClick(results, Qt::Key_Return);
    QTRY_VERIFY(inDialog<QTextBrowser>("noticeTextBrowser") != nullptr);
    QVERIFY(inDialog<QTextBrowser>("noticeTextBrowser")->toPlainText().contains(QStringLiteral("all bells heard")));
    QTest::keyClick(QApplication::activeModalWidget(), Qt::Key_Escape);
}

void TestingOfDeskTest::whatIsOverdueIsSaidAcrossTheDesk() {
    Desk desk;
    QVERIFY(desk.isReady());
    response::PlannedTest plan;
    plan.premises = otleyLibrary(desk);
    plan.first = base::localDateOf(desk.room.context().clock.now());
    plan.ofDay = 0min;
    plan.lasts = 5min;
    plan.every = response::Recurrence::Weekly;
    if (base::localMinuteOfDay(desk.room.context().clock.now()) <= 6min) {
        QSKIP("too soon after midnight for a test of today to be overdue");
    }
    tests::Room::check(response::PlannedTests{storeOf(desk)}.plan(access::Acting::commandLine(), plan));
    auto* band = desk.find<QWidget>("testingBand");
    QTRY_VERIFY(band->isVisible());
    QCOMPARE(desk.find<QLabel>("testingBandLabel")->text(), QStringLiteral("A planned test is overdue."));
    desk.find<QPushButton>("testingBandDismissPushButton")->click();
    QVERIFY(!band->isVisible());
    plan.kind = response::TestKind::Path;
    tests::Room::check(response::PlannedTests{storeOf(desk)}.plan(access::Acting::commandLine(), plan));
    QTRY_VERIFY(band->isVisible());
    desk.find<QPushButton>("testingBandOpenPushButton")->click();
    auto* due = desk.find<QTableView>("dueTestsTableView");
    QTRY_VERIFY(due->isVisible() && due->hasFocus());
    QCOMPARE(due->model()->rowCount(), 2);
    QCOMPARE(due->model()->index(0, 0).data().toString(), QStringLiteral("Overdue"));
    QVERIFY2(!desk.find<QPushButton>("planPushButton")->isVisible(), "an operator does not plan");
    grabTesting(desk, "tests-overdue");
}

void TestingOfDeskTest::anAuditorLooksAndAnEngineerHasNoTests() {
    {
        Desk desk{access::Role::Engineer};
        QVERIFY(desk.isReady());
        QVERIFY(desk.find<QWidget>("testingPage") == nullptr);
        openTests(desk);
        QVERIFY(desk.wall().isVisible());
    }
    Desk desk{access::Role::Auditor};
    QVERIFY(desk.isReady());
    openTests(desk);
    QTRY_VERIFY(desk.find<QWidget>("testingPage")->isVisible());
    QVERIFY(!desk.find<QPushButton>("beginTestPushButton")->isEnabled());
    QVERIFY(!desk.find<QPushButton>("endTestPushButton")->isEnabled());
}

void TestingOfDeskTest::timesAreReadAsTheyAreTyped() {
    const auto now = base::parseTime("2026-03-29T00:30").value();
    const auto end = [&](const char* typed) { return ui::endFrom(QString::fromUtf8(typed), now); };
    QCOMPARE(end("90").value() - now, base::Microseconds{90min});
    QCOMPARE(end("2 h").value() - now, base::Microseconds{2h});
    QCOMPARE(end("45 min").value() - now, base::Microseconds{45min});
    QCOMPARE(base::formatLocal(end("03:15").value()), std::string{"2026-03-29 03:15:00 BST"});
    QCOMPARE(end("03:15").value() - now, base::Microseconds{105min});
    QCOMPARE(base::formatLocal(end("00:10").value()), std::string{"2026-03-30 00:10:00 BST"});
    for (const char* typed : {"", "soon", "25:00", "12:60", "-5", "1e3"}) {
        QVERIFY2(!end(typed), typed);
    }
}
