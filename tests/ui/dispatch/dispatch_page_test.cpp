#include "ui/dispatch/dispatch_page.h"

#include "../shell/desk.h"
#include "dispatch/attendance.h"
#include "dispatch/jobs.h"
#include "dispatch/key_register.h"
#include "dispatch/officers.h"
#include "dispatch/units.h"
#include "estate/premises_registry.h"
#include "response/action_plans.h"
#include "response/alarm_queue.h"
#include "response/job_notes.h"
#include "ui/common/card_list.h"
#include "ui/common/theme.h"
#include "ui/dispatch/attendance_dialog.h"
#include "ui/dispatch/key_register_dialog.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTableWidget>
#include <QTest>
#include <QTextBrowser>

using namespace leedswatch;
using dispatch::JobState;
using dispatch::UnitStatus;
using leedswatch::tests::Desk;
using leedswatch::tests::Room;

namespace {

void grabDispatch(QWidget& widget, const char* name) {
    if (const auto folder = qEnvironmentVariable("LEEDSWATCH_PICTURES"); !folder.isEmpty()) {
        // What has changed is laid out first, as it would be before it is painted.
        QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
        QCoreApplication::processEvents();
        widget.grab().save(folder + QLatin1Char{'/'} + QString::fromLatin1(name) + QStringLiteral(".png"));
    }
}

/// A desk with premises, keys, and two units of which one is on duty.
struct DispatchDeskRoom {
    explicit DispatchDeskRoom(access::Role role = access::Role::Operator) : desk{role} {
        Room::check(estate::PremisesRegistry{database()}.importCsv(
            root,
            "account,name,address,premises\n1001,Otley Library,\"1 Bondgate, Otley\",LIB\n1002,Civic Hall,"
            "\"Calverley Street, Leeds\",CIVIC\n"));
        const auto all = estate::PremisesRegistry{database()}.list().value();
        library = std::ranges::find(all, std::string{"LIB"}, &estate::Premises::reference)->id;
        dispatch::Officers officers{database()};
        pat = officers.save(root, {{}, "Pat Jones", "1111222233334444", "2099-01-31", "07700 900111"})->id;
        kim = officers.save(root, {{}, "Kim Lee", "5555666677778888", "2020-01-31", "07700 900222"})->id;
        m1 = units().save(root, {{}, "M1", "White van"})->id;
        m2 = units().save(root, {{}, "M2", "Blue van"})->id;
        Room::check(units().goOnDuty(root, m1, {pat}));
        dispatch::KeyRegister keys{database()};
        Room::check(keys.add(root, {"K-0114", "LIB", "Front door, till room", 3, "cabinet 2, 14"}));
        Room::check(keys.add(root, {"K-0250", "CIVIC", "Side gate", 1, "cabinet 4, 50"}));
    }

    store::Database& database() { return desk.room.context().database; }
    dispatch::Units units() { return {database(), response::noteJobInAlarm}; }
    dispatch::Jobs jobs() { return {database(), response::noteJobInAlarm}; }
    dispatch::Job job(std::int64_t id) { return jobs().sheet(root, dispatch::JobId{id})->job; }
    UnitStatus status(dispatch::UnitId id) {
        const auto all = units().list(root).value();
        return std::ranges::find(all, id, &dispatch::Unit::id)->status;
    }
    dispatch::JobId addJob(const char* reason, std::optional<dispatch::UnitId> unit = {}) {
        dispatch::NewJob wanted;
        wanted.premises = library;
        wanted.reason = reason;
        wanted.unit = unit;
        const auto job = jobs().create(root, wanted);
        Room::check(job);
        return job->id;
    }
    bool open() {
        desk.wall().setFocus();
        QTest::keyClick(&desk.wall(), Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
        return QTest::qWaitFor([this] { return page().isVisible() && units_().rowCount() == 2; });
    }
    ui::DispatchPage& page() { return *desk.find<ui::DispatchPage>("dispatchPage"); }
    ui::CardList& list(const char* name) { return *desk.find<ui::CardList>(name); }
    ui::CardModel& units_() { return list("unitsListView").cards(); }
    ui::CardModel& jobs_() { return list("dispatchJobsListView").cards(); }
    /// A field of the dialog that is open; null if none comes.
    template <typename Field>
    Field* field(const char* name) {
        Field* found = nullptr;
        const bool isThere = QTest::qWaitFor([&] {
            found = desk.room.window().findChild<Field*>(QString::fromLatin1(name));
            return found != nullptr && found->isVisible();
        });
        return isThere ? found : nullptr;
    }
    bool isDialogGone() {
        return QTest::qWaitFor([this] { return desk.find<QDialog>("askDialog") == nullptr; }) && desk.isActiveAgain();
    }

    Desk desk;
    const access::Acting root = access::Acting::commandLine();
    estate::PremisesId library;
    dispatch::OfficerId pat;
    dispatch::OfficerId kim;
    dispatch::UnitId m1;
    dispatch::UnitId m2;
};

}  // namespace

class DispatchPageTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void emptyStatesSayWhatToDo() {
        Desk desk;
        QVERIFY(desk.isReady());
        desk.wall().setFocus();
        QTest::keyClick(&desk.wall(), Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
        auto* page = desk.find<ui::DispatchPage>("dispatchPage");
        QTRY_VERIFY(page->isVisible());
        QVERIFY(desk.find<QLabel>("noUnitsLabel")->isVisible());
        QVERIFY(desk.find<QLabel>("noJobsLabel")->text().contains(QStringLiteral("Alt+J")));
        QVERIFY(desk.find<QLabel>("noKeysOutLabel")->isVisible());
        grabDispatch(desk.room.window(), "dispatch-empty");
        QTest::keyClick(page, Qt::Key_Escape);
        QVERIFY(desk.wall().isVisible());
    }

    void aJobIsWorkedToItsEndByTheKeyboardAlone() {
        DispatchDeskRoom room;
        QVERIFY(room.desk.isReady());
        QVERIFY(room.open());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_J, Qt::AltModifier);
        auto* where = room.field<QLineEdit>("jobPremisesLineEdit");
        QVERIFY(where != nullptr);
        QTRY_VERIFY(where->hasFocus());
        QTest::keyClicks(where, QStringLiteral("LIB"));
        QTest::keyClick(where, Qt::Key_Tab);
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("Back door found open"));
        grabDispatch(*where->window(), "dispatch-new-job");
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QVERIFY(room.isDialogGone());
        QTRY_COMPARE(room.jobs_().rowCount(), 1);
        QCOMPARE(room.job(1).state, JobState::Created);
        QCOMPARE(room.jobs().sheet(room.root, dispatch::JobId{1})->keys.size(), std::size_t{1});
        auto& list = room.list("dispatchJobsListView");
        list.setFocus();
        // Enter: whom to give it to, then on its way, on scene, and the report.
        QTest::keyClick(&list, Qt::Key_Return);
        auto* unit = room.field<QComboBox>("unitComboBox");
        QVERIFY(unit != nullptr);
        QCOMPARE(unit->currentText(), QStringLiteral("M1, available"));
        QTRY_VERIFY(unit->hasFocus());
        QTest::keyClick(unit, Qt::Key_Tab);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QTRY_COMPARE(room.job(1).state, JobState::Assigned);
        QVERIFY(room.isDialogGone());
        auto* next = room.desk.find<QPushButton>("nextOfJobPushButton");
        QTRY_COMPARE(next->text(), QStringLiteral("M1 is on its way  (Enter)"));
        list.setFocus();
        QTest::keyClick(&list, Qt::Key_Return);
        QTRY_COMPARE(room.job(1).state, JobState::EnRoute);
        QTRY_COMPARE(next->text(), QStringLiteral("M1 is on scene  (Enter)"));
        QTest::keyClick(&list, Qt::Key_Return);
        QTRY_COMPARE(room.job(1).state, JobState::OnScene);
        QTRY_COMPARE(next->text(), QStringLiteral("M1 has finished…  (Enter)"));
        auto* sheet = room.desk.find<QTextBrowser>("jobSheetTextBrowser");
        QTRY_VERIFY(sheet->toPlainText().contains(QStringLiteral("M1 is on scene")));
        QVERIFY(sheet->toPlainText().contains(QStringLiteral("K-0114: Front door, till room")));
        grabDispatch(room.desk.room.window(), "dispatch-on-scene");
        QTest::keyClick(&list, Qt::Key_Return);
        auto* found = room.field<QLineEdit>("foundLineEdit");
        QVERIFY(found != nullptr);
        QTRY_VERIFY(found->hasFocus());
        QTest::keyClicks(found, QStringLiteral("Door blown open"));
        QTest::keyClick(found, Qt::Key_Tab);
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("Locked it"));
        // Whether it was left secure is never taken for granted.
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        auto* answer = room.field<QLabel>("answerLabel");
        QVERIFY(answer != nullptr);
        QVERIFY(answer->text().contains(QStringLiteral("left secure")));
        auto* secure = room.field<QComboBox>("secureComboBox");
        secure->setFocus();
        QTest::keyClick(secure, Qt::Key_Down);
        grabDispatch(*secure->window(), "dispatch-report");
        QTest::keyClick(secure, Qt::Key_Tab);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QTRY_COMPARE(room.job(1).state, JobState::Finished);
        QCOMPARE(room.job(1).report.leftSecure, std::optional{true});
        QTRY_VERIFY(room.desk.find<QLabel>("noJobsLabel")->isVisible());
        QCOMPARE(room.status(room.m1), UnitStatus::Returning);
        // Its sheet is there for whoever asks by its number.
        QVERIFY(room.isDialogGone());
        room.page().takeFocus();
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_F, Qt::AltModifier);
        auto* number = room.field<QSpinBox>("jobNumberSpinBox");
        QVERIFY(number != nullptr);
        QTRY_VERIFY(number->hasFocus());
        QTest::keyClick(number, Qt::Key_Return);
        auto* older = room.field<QTextBrowser>("olderSheetTextBrowser");
        QVERIFY(older != nullptr);
        QVERIFY(older->toPlainText().contains(QStringLiteral("Door blown open")));
        grabDispatch(*older->window(), "dispatch-older-sheet");
    }

    void agesAndOverduesAreSeen() {
        DispatchDeskRoom room{access::Role::Supervisor};
        QVERIFY(room.desk.isReady());
        room.addJob("Glass broken, caller waits", room.m1);
        dispatch::NewJob wanted;
        wanted.place = "Bridge over the Aire, Leeds";
        wanted.reason = "Shouting heard, two people on the bank";
        wanted.priority = 1;
        Room::check(room.jobs().create(room.root, wanted));
        Room::check(room.jobs().advance(room.root, dispatch::JobId{1}, JobState::EnRoute));
        Room::check(room.jobs().advance(room.root, dispatch::JobId{1}, JobState::OnScene));
        dispatch::KeyRegister keys{room.database()};
        const auto now = room.desk.room.context().clock.now();
        dispatch::KeyIssue issue;
        issue.unit = room.m1;
        issue.why = "alarm";
        issue.due = now + std::chrono::hours{4};
        Room::check(keys.issue(room.root, keys.bunch(room.root, "K-0114")->id, issue));
        issue = {{}, "J. Hall of Doors Ltd", "lock", {}, now + std::chrono::hours{2}};
        Room::check(keys.issue(room.root, keys.bunch(room.root, "K-0250")->id, issue));
        // What was due in the past, and who was to check in then.
        Room::check(room.database().write([](store::Transaction& transaction) -> base::Result<int> {
            transaction.sql() << "UPDATE key_bunch SET due = due - 10800000000 WHERE tag = 'K-0250'";
            transaction.sql() << "UPDATE response_unit SET check_in_due = check_in_due - 1800000000";
            transaction.sql() << "UPDATE dispatch_job SET created = created - 1800000000 WHERE id = 2";
            return 0;
        }));
        Room::check(room.units().raiseLate(now));
        QVERIFY(room.open());
        QTRY_COMPARE(room.desk.find<QLabel>("keyCountsLabel")->text(), QStringLiteral("2 out, 1 overdue"));
        QCOMPARE(room.desk.find<QLabel>("jobCountsLabel")->text(), QStringLiteral("2 open, 1 without a unit"));
        QCOMPARE(room.desk.find<QLabel>("unitCountsLabel")->text(), QStringLiteral("1 of 2 on duty"));
        QVERIFY(room.units_().card(0).foot.startsWith(QStringLiteral("CHECK-IN OVERDUE by ")));
        QVERIFY(room.jobs_().card(0).title.startsWith(QStringLiteral("2  Bridge")));
        QVERIFY(room.jobs_().card(0).right.startsWith(QStringLiteral("30:")));
        QVERIFY(room.list("keysOutListView").cards().card(0).right.startsWith(QStringLiteral("OVERDUE 1 h")));
        grabDispatch(room.desk.room.window(), "dispatch-overdue");
        // The unit was heard of: its time begins anew.
        room.list("unitsListView").setFocus();
        QTest::keyClick(&room.list("unitsListView"), Qt::Key_H, Qt::AltModifier);
        QTRY_VERIFY(room.units_().card(0).foot.startsWith(QStringLiteral("Check-in due in 1")));
        room.desk.room.window().resize(1920, 1080);
        QTRY_COMPARE(room.page().window()->width(), 1920);
        grabDispatch(room.desk.room.window(), "dispatch-wide");
    }

    void withoutALicenceItIsSaidBeforeSomebodyGoesOnDuty() {
        DispatchDeskRoom room;
        QVERIFY(room.desk.isReady());
        QVERIFY(room.open());
        auto& units = room.list("unitsListView");
        units.choose(room.m2.value());
        units.setFocus();
        QTest::keyClick(&units, Qt::Key_Return);
        auto* officer = room.field<QComboBox>("officerComboBox");
        QVERIFY(officer != nullptr);
        officer->setCurrentIndex(officer->findData(static_cast<qint64>(room.kim.value())));
        QCOMPARE(officer->currentText(), QStringLiteral("Kim Lee, NO VALID LICENCE"));
        auto* words = room.field<QLineEdit>("unlicensedLineEdit");
        QTest::keyClick(words, Qt::Key_Return);
        auto* answer = room.field<QLabel>("answerLabel");
        QVERIFY(answer != nullptr);
        QVERIFY(answer->text().contains(QStringLiteral("ran out on 2020-01-31")));
        grabDispatch(*words->window(), "dispatch-licence");
        QCOMPARE(room.status(room.m2), UnitStatus::OffDuty);
        words->setFocus();
        QTest::keyClicks(words, QStringLiteral("renewal seen on paper"));
        QTest::keyClick(words, Qt::Key_Return);
        QTRY_COMPARE(room.status(room.m2), UnitStatus::Available);
        QVERIFY(room.isDialogGone());
        QTRY_VERIFY(room.units_().card(1).foot.contains(QStringLiteral("ran out")));
    }

    void keysAreFoundIssuedAndTakenBack() {
        DispatchDeskRoom room{access::Role::Supervisor};
        QVERIFY(room.desk.isReady());
        QVERIFY(room.open());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_K, Qt::AltModifier);
        auto* search = room.field<QLineEdit>("keySearchLineEdit");
        QVERIFY(search != nullptr);
        auto* list = room.field<ui::CardList>("keysListView");
        QVERIFY(list != nullptr);
        QTRY_COMPARE(list->cards().rowCount(), 2);
        QTest::keyClicks(search, QStringLiteral("civ"));
        QTRY_COMPARE(list->cards().rowCount(), 1);
        QCOMPARE(list->cards().card(0).title, QStringLiteral("K-0250  CIVIC"));
        QTest::keyClick(search, Qt::Key_Return);
        QTRY_VERIFY(list->hasFocus());
        QTest::keyClick(list, Qt::Key_Return);
        auto* holder = room.field<QLineEdit>("holderLineEdit");
        QVERIFY(holder != nullptr);
        // Enter opened the question and did not answer it.
        QVERIFY(room.field<QPushButton>("actionPushButton")->isEnabled());
        QTest::keyClicks(holder, QStringLiteral("J. Hall, pass seen"));
        auto* why = room.field<QLineEdit>("issueLineEdit");
        QTest::keyClicks(why, QStringLiteral("lock"));
        grabDispatch(*holder->window(), "dispatch-issue");
        QTest::keyClick(why, Qt::Key_Return);
        QTRY_VERIFY(list->cards().rowCount() == 1 &&
                    list->cards().card(0).line.startsWith(QStringLiteral("J. Hall, pass seen")));
        auto* history = room.field<QTextBrowser>("keyHistoryTextBrowser");
        QTRY_VERIFY(history->toPlainText().contains(QStringLiteral("Issued")));
        grabDispatch(*history->window(), "dispatch-register");
        dispatch::KeyRegister keys{room.database()};
        QCOMPARE(keys.bunch(room.root, "K-0250")->state, dispatch::KeyState::Out);
        QTRY_VERIFY(room.desk.find<QDialog>("askDialog") == nullptr);
        list->setFocus();
        QTest::keyClick(list, Qt::Key_Return);
        auto* condition = room.field<QLineEdit>("conditionLineEdit");
        QVERIFY(condition != nullptr);
        QTest::keyClick(condition, Qt::Key_Return);
        QTRY_COMPARE(keys.bunch(room.root, "K-0250")->state, dispatch::KeyState::Held);
    }

    void theSheetIsWrittenAsPdf() {
        DispatchDeskRoom room;
        QVERIFY(room.desk.isReady());
        const auto id = room.addJob("Alarm zone 03 <b>till</b> & \"office\"", room.m1);
        for (int line = 0; line < 60; ++line) {
            Room::check(room.jobs().note(room.root, id, "Note " + std::to_string(line) + " of a long night"));
        }
        QVERIFY(room.open());
        auto* sheet = room.desk.find<QTextBrowser>("jobSheetTextBrowser");
        QTRY_VERIFY(sheet->toPlainText().contains(QStringLiteral("<b>till</b> & \"office\"")));
        const QString folder = qEnvironmentVariableIsSet("LEEDSWATCH_PICTURES")
                                   ? qEnvironmentVariable("LEEDSWATCH_PICTURES")
                                   : QString::fromStdString(room.desk.room.context().dataFolder.string());
        const QString file = folder + QStringLiteral("/job-1.pdf");
        room.page().writeSheet(file);
        auto* message = room.desk.find<QLabel>("dispatchMessageLabel");
        QTRY_VERIFY(message->text().contains(QStringLiteral("job-1.pdf")));
        QFile written{file};
        QVERIFY(written.open(QIODevice::ReadOnly));
        const QByteArray bytes = written.readAll();
        QVERIFY(bytes.startsWith("%PDF-"));
        // Sixty notes do not fit on one page.
        QVERIFY(bytes.count("/Type /Page\n") >= 2);
        room.page().writeSheet(QStringLiteral("/nonexistent/folder/job.pdf"));
        QTRY_VERIFY(message->text().contains(QStringLiteral("was not written")));
    }

    void theAttendanceReportIsShownAndWritten() {
        DispatchDeskRoom room{access::Role::Supervisor};
        QVERIFY(room.desk.isReady());
        const auto id = room.addJob("Alarm", room.m1);
        Room::check(room.jobs().advance(room.root, id, JobState::EnRoute));
        Room::check(room.jobs().advance(room.root, id, JobState::OnScene));
        Room::check(room.jobs().finish(room.root, id, {"Nothing", "Locked", true, ""}));
        QVERIFY(room.open());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_R, Qt::AltModifier);
        auto* table = room.field<QTableWidget>("attendanceTableWidget");
        QVERIFY(table != nullptr);
        QTRY_COMPARE(table->rowCount(), 1);
        QCOMPARE(table->item(0, 0)->text(), QStringLiteral("LIB Otley Library"));
        QCOMPARE(table->item(0, 6)->text(), QStringLiteral("100 %"));
        grabDispatch(*table->window(), "dispatch-attendance");
        auto* dialog = qobject_cast<ui::AttendanceDialog*>(table->window());
        QVERIFY(dialog != nullptr);
        room.field<QComboBox>("attendanceByComboBox")->setCurrentIndex(1);
        QCOMPARE(table->item(0, 0)->text(), QStringLiteral("M1"));
        const QString file = QString::fromStdString((room.desk.room.context().dataFolder / "attendance.csv").string());
        dialog->writeCsv(file);
        QTRY_VERIFY(QFile::exists(file));
        QFile written{file};
        QVERIFY(written.open(QIODevice::ReadOnly));
        QVERIFY(written.readAll().contains("\r\nM1,1,1,0,0,1,0,"));
    }

    void theStepThatSendsSomebodyCreatesTheJob() {
        DispatchDeskRoom room;
        QVERIFY(room.desk.isReady());
        response::ActionPlan plan;
        plan.name = "Send";
        plan.alarmClass = response::AlarmClass::Intruder;
        plan.steps = {{response::StepKind::Dispatch, "Send mobile response"},
                      {response::StepKind::Outcome, "What was it?"}};
        Room::check(response::ActionPlans{room.database()}.save(room.root, plan));
        response::AlarmQueue queue{room.database()};
        response::NewAlarm alarm;
        alarm.alarmClass = response::AlarmClass::Intruder;
        alarm.joinKey = "premises 1 intruder";
        alarm.premises = room.library;
        alarm.place = "Otley Library, 1 Bondgate, Otley";
        alarm.what = "Burglary, zone 03";
        alarm.raised = room.desk.room.context().clock.now();
        const auto id = queue.raise(room.root, alarm)->id;
        room.desk.wall().setFocus();
        QTRY_VERIFY(room.desk.find<QWidget>("alarmBand")->isVisible());
        QTest::keyClick(&room.desk.wall(), Qt::Key_NumberSign);
        auto* answer = room.desk.find<QComboBox>("answerComboBox");
        QTRY_VERIFY(answer->isVisible() && answer->lineEdit()->hasFocus());
        auto* facts = room.desk.find<QLabel>("stepFactsLabel");
        QVERIFY(facts->text().contains(QStringLiteral("M1 (Pat Jones 07700 900111): available")));
        QVERIFY(facts->text().contains(QStringLiteral("K-0114 (cabinet 2, 14)")));
        QCOMPARE(answer->count(), 1);
        // Another unit comes on duty meanwhile: what was typed stays.
        QTest::keyClicks(answer->lineEdit(), QStringLiteral("m1 goes, by the re"));
        Room::check(room.units().goOnDuty(room.root, room.m2, {room.kim}, "renewal seen"));
        QTRY_COMPARE(answer->count(), 2);
        QCOMPARE(answer->lineEdit()->text(), QStringLiteral("m1 goes, by the re"));
        QTest::keyClicks(answer->lineEdit(), QStringLiteral("ar gate"));
        room.desk.find<QSpinBox>("stepTargetSpinBox")->setValue(30);
        grabDispatch(room.desk.room.window(), "dispatch-step");
        QTest::keyClick(answer->lineEdit(), Qt::Key_Return);
        QTRY_COMPARE(room.jobs().open(room.root)->size(), std::size_t{1});
        const auto job = room.job(1);
        QCOMPARE(job.alarm, std::optional{id.value()});
        QCOMPARE(job.callSign, std::string{"M1"});
        QCOMPARE(job.instructions, std::string{"by the rear gate"});
        QCOMPARE(job.target, std::chrono::minutes{30});
        QCOMPARE(queue.record(room.root, id)->steps.front().result, std::string{"m1 goes, by the rear gate (job 1)"});
        Room::check(room.jobs().advance(room.root, job.id, JobState::EnRoute));
        Room::check(room.jobs().advance(room.root, job.id, JobState::OnScene));
        auto* record = room.desk.find<QTextBrowser>("alarmRecordTextBrowser");
        QTRY_VERIFY(record->toPlainText().contains(QStringLiteral("Job 1: on scene, M1")));
        grabDispatch(room.desk.room.window(), "dispatch-alarm-record");
    }

    void wordsWithoutAUnitSendNobodyOfOurs() {
        DispatchDeskRoom room;
        QVERIFY(room.desk.isReady());
        Room::check(room.units().goOffDuty(room.root, room.m1));
        response::ActionPlan plan;
        plan.name = "Send";
        plan.alarmClass = response::AlarmClass::Fault;
        plan.steps = {{response::StepKind::Dispatch, "Send somebody"}, {response::StepKind::Outcome, "What was it?"}};
        Room::check(response::ActionPlans{room.database()}.save(room.root, plan));
        response::AlarmQueue queue{room.database()};
        response::NewAlarm alarm;
        alarm.alarmClass = response::AlarmClass::Fault;
        alarm.joinKey = "fault";
        alarm.place = "Otley Library";
        alarm.what = "Mains";
        alarm.raised = room.desk.room.context().clock.now();
        const auto id = queue.raise(room.root, alarm)->id;
        room.desk.wall().setFocus();
        QTRY_VERIFY(room.desk.find<QWidget>("alarmBand")->isVisible());
        QTest::keyClick(&room.desk.wall(), Qt::Key_NumberSign);
        auto* answer = room.desk.find<QComboBox>("answerComboBox");
        QTRY_VERIFY(answer->isVisible() && answer->lineEdit()->hasFocus());
        QVERIFY(!room.desk.find<QSpinBox>("stepTargetSpinBox")->isVisible());
        QVERIFY(
            room.desk.find<QLabel>("stepFactsLabel")->text().contains(QStringLiteral("No unit of ours is on duty")));
        QTest::keyClicks(answer->lineEdit(), QStringLiteral("The keyholder's own guard"));
        QTest::keyClick(answer->lineEdit(), Qt::Key_Return);
        QTRY_COMPARE(queue.record(room.root, id)->steps.front().state, response::StepState::Done);
        QVERIFY(room.jobs().open(room.root)->empty());
    }

    void anAuditorLooksAndAnEngineerHasNoPage() {
        {
            Desk desk{access::Role::Engineer};
            QVERIFY(desk.isReady());
            QVERIFY(desk.find<QWidget>("dispatchPage") == nullptr);
            desk.wall().setFocus();
            QTest::keyClick(&desk.wall(), Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
            QVERIFY(desk.wall().isVisible());
        }
        DispatchDeskRoom room{access::Role::Auditor};
        QVERIFY(room.desk.isReady());
        room.addJob("Alarm", room.m1);
        QVERIFY(room.open());
        QTRY_COMPARE(room.jobs_().rowCount(), 1);
        QVERIFY(!room.desk.find<QPushButton>("nextOfJobPushButton")->isVisible());
        QVERIFY(!room.desk.find<QAction>("newJob")->isEnabled());
        auto& list = room.list("dispatchJobsListView");
        list.setFocus();
        QTest::keyClick(&list, Qt::Key_Return);
        QCOMPARE(room.job(1).state, JobState::Assigned);
        QVERIFY(room.desk.find<QAction>("attendance")->isEnabled());
    }
};

int main(int argc, char** argv) {
    QApplication application{argc, argv};
    ui::theme::apply(application);
    DispatchPageTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "dispatch_page_test.moc"
