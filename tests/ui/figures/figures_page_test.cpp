#include "ui/figures/figures_page.h"

#include "../shell/desk.h"
#include "base/local_time.h"
#include "response/service_targets.h"
#include "response/shift_patterns.h"
#include "ui/common/theme.h"
#include "ui/figures/figures_table.h"

#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QDoubleSpinBox>
#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTabBar>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeEdit>

using namespace leedswatch;
using leedswatch::tests::Desk;

namespace {

void grabFigures(QWidget& widget, const char* name) {
    if (const auto folder = qEnvironmentVariable("LEEDSWATCH_PICTURES"); !folder.isEmpty()) {
        for (int round = 0; round < 3; ++round) {
            QCoreApplication::processEvents();  // what changed is laid out
        }
        widget.grab().save(folder + QLatin1Char{'/'} + QString::fromLatin1(name) + QStringLiteral(".png"));
    }
}

/// A desk with its page of figures in front.
struct FiguresDesk : Desk {
    explicit FiguresDesk(access::Role role = access::Role::Supervisor) : Desk{role} {}

    void execute(const std::string& statement) {
        tests::Room::check(room.context().database.write([&](store::Transaction& transaction) -> base::Result<void> {
            transaction.sql() << statement;
            return {};
        }));
    }
    /// Closed alarms of the last hours of two classes at five premises: fires that are all quick, intruders of which
    /// many are late.
    void putAlarms(int count) {
        const std::string now = std::to_string(base::toStored(room.context().clock.now()));
        const std::string numbers =
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + std::to_string(count) + ") ";
        execute(
            "INSERT INTO premises (id, reference, name) VALUES (1, '1001', 'Otley Library'), (2, '1002', 'Armley "
            "Leisure "
            "Centre'), (3, '1003', 'Kirkgate Market'), (4, '1004', 'Temple Newsam House'), (5, '1005', 'Bramley "
            "Baths')");
        // Five seconds apart, the newest a minute ago.
        const std::string raised = "(" + now + " - 60000000 - i * 5000000)";
        execute(numbers +
                "INSERT INTO alarm (id, class, raised, join_key, premises_id, place, what, life_safety, priority, "
                "state, latest, presented, accepted, acted, closed, outcome) SELECT i, CASE i % 3 WHEN 0 THEN 'fire' "
                "ELSE 'intruder' END, " +
                raised + ", 'k' || i, 1 + (i * i) % 5, '', '', 0, 5, 'closed', 0, " + raised + " + 400000, " + raised +
                " + 4000000 + (i % 7) * 1000000, " + raised +
                " + CASE i % 3 WHEN 0 THEN 20000000 ELSE 60000000 + (i % 9) "
                "* 20000000 END, " +
                raised +
                " + 900000000, CASE i % 4 WHEN 0 THEN 'genuine' WHEN 1 THEN 'test' ELSE 'false-user' END FROM n");
        execute("INSERT INTO service_pending (alarm_id) SELECT id FROM alarm");
        execute(
            "INSERT INTO alarm_step (alarm_id, position, kind, text, required, applies, state) SELECT id, 1, "
            "'police', '', 0, 'always', 'done' FROM alarm WHERE id % 6 = 0");
        execute(numbers + "INSERT INTO service_taken SELECT " + raised + " - " + raised +
                " % 600000000, CASE i % 2 WHEN 0 THEN 'ann' ELSE 'bob' END, count(*) FROM n GROUP BY 1, 2");
    }
    bool open() {
        wall().setFocus();
        QTest::keyClick(&wall(), Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
        return QTest::qWaitFor([this] { return figures()->isVisible() && figures()->isRead(); });
    }
    ui::FiguresPage* figures() { return find<ui::FiguresPage>("figuresPage"); }
    QTableView* table() { return find<QTableView>("figuresTableView"); }
    QString cell(int row, int column) { return table()->model()->index(row, column).data().toString(); }
    /// The keys that go from the choice of the period to that view.
    bool chooseView(int view) {
        auto* tabs = find<QTabBar>("viewsTabBar");
        tabs->setFocus();
        while (tabs->currentIndex() != view) {
            QTest::keyClick(tabs, tabs->currentIndex() < view ? Qt::Key_Right : Qt::Key_Left);
        }
        return isRead();
    }
    bool choosePeriod(int index) {
        auto* period = find<QComboBox>("periodComboBox");
        period->setFocus();
        while (period->currentIndex() != index) {
            QTest::keyClick(period, period->currentIndex() < index ? Qt::Key_Down : Qt::Key_Up);
        }
        return isRead();
    }
    bool isRead() {
        return QTest::qWaitFor([this] { return figures()->isRead(); });
    }
    QString heading() { return find<QLabel>("figuresHeadingLabel")->text(); }
    QString message() { return find<QLabel>("figuresMessageLabel")->text(); }
};

template <typename Widget>
Widget* inDialog(const char* name) {
    auto* found = QApplication::activeModalWidget() == nullptr
                      ? nullptr
                      : QApplication::activeModalWidget()->findChild<Widget*>(QString::fromLatin1(name));
    if (found == nullptr) {
        qFatal("there is no %s", name);
    }
    return found;
}

constexpr int twelveMonths = 6;
constexpr int fromUntil = 7;

}  // namespace

class FiguresPageTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anEmptyRoomIsToldAsOne() {
        FiguresDesk desk;
        QVERIFY(desk.isReady());
        QVERIFY(desk.open());
        QVERIFY(!desk.table()->isVisible());
        QVERIFY(desk.figures()
                    ->findChild<QLabel*>(QStringLiteral("emptyState"))
                    ->text()
                    .startsWith(QStringLiteral("No alarm arrived in this period.")));
        QVERIFY(desk.find<QComboBox>("periodComboBox")->hasFocus());
        grabFigures(desk.room.window(), "figures-empty");
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QVERIFY(desk.wall().isVisible());
    }

    void eachClassIsJudgedByItsTargetsInWords() {
        FiguresDesk desk;
        QVERIFY(desk.isReady());
        desk.putAlarms(400);
        QVERIFY(desk.open());
        QVERIFY(desk.choosePeriod(twelveMonths));
        QCOMPARE(desk.table()->model()->rowCount(), 3);
        QCOMPARE(desk.cell(0, 0), QStringLiteral("All classes"));
        QCOMPARE(desk.cell(1, 0), QStringLiteral("Fire"));
        QVERIFY(desk.cell(1, 5).startsWith(QStringLiteral("✓ met  100.0 % (80 % in 30 s)")));
        QCOMPARE(desk.cell(2, 0), QStringLiteral("Intruder"));
        QVERIFY2(desk.cell(2, 6).startsWith(QStringLiteral("✗ missed")), qPrintable(desk.cell(2, 6)));
        grabFigures(desk.room.window(), "figures-classes");
        desk.table()->setFocus();
        QTest::keyClick(desk.table(), Qt::Key_Down);
        auto* behind = desk.find<QTableView>("measuresTableView");
        QCOMPARE(behind->model()->index(2, 0).data().toString(), QStringLiteral("First action"));
        QCOMPARE(behind->model()->index(2, 6).data().toString(), QStringLiteral("20 s"));
        QVERIFY(desk.find<QLabel>("behindLabel")->text().contains(QStringLiteral("Not counted: ")));
    }

    void shiftsOperatorsPremisesAndHoursAreEachAView() {
        FiguresDesk desk;
        QVERIFY(desk.isReady());
        desk.putAlarms(400);
        QVERIFY(desk.open());
        QVERIFY(desk.choosePeriod(twelveMonths));
        QVERIFY(desk.chooseView(1));
        QVERIFY(desk.table()->model()->rowCount() >= 1);
        grabFigures(desk.room.window(), "figures-shifts");
        QVERIFY(desk.chooseView(2));
        QCOMPARE(desk.cell(0, 0), QStringLiteral("All operators"));
        QCOMPARE(desk.cell(0, 1), QStringLiteral("400"));
        QVERIFY(desk.cell(1, 6).startsWith(QStringLiteral("▲ ")));
        grabFigures(desk.room.window(), "figures-operators");
        QVERIFY(desk.chooseView(3));
        QCOMPARE(desk.cell(0, 0), QStringLiteral("All"));
        QVERIFY(desk.cell(0, 2).toInt() > 0);
        QVERIFY(desk.heading().contains(QStringLiteral("for each of 5 connected premises")));
        grabFigures(desk.room.window(), "figures-premises");
        QVERIFY(desk.chooseView(4));
        QCOMPARE(desk.table()->model()->rowCount(), 24);
        grabFigures(desk.room.window(), "figures-hours");
    }

    void aPeriodIsTypedAndWhatIsWrongIsSaid() {
        FiguresDesk desk;
        QVERIFY(desk.isReady());
        desk.putAlarms(40);
        QVERIFY(desk.open());
        QVERIFY(desk.choosePeriod(fromUntil));
        auto* from = desk.find<QLineEdit>("fromLineEdit");
        QVERIFY(from->hasFocus());
        QTest::keyClicks(from, QStringLiteral("2026-10-25 01:30"));
        QTest::keyClick(from, Qt::Key_Return);
        QVERIFY(desk.isRead());
        QVERIFY2(desk.message().contains(QStringLiteral("happens twice")), qPrintable(desk.message()));
        from->selectAll();
        QTest::keyClicks(from, QStringLiteral("2026-01-01 00:00"));
        auto* until = desk.find<QLineEdit>("untilLineEdit");
        QTest::keyClick(from, Qt::Key_Tab);
        QVERIFY(until->hasFocus());
        QTest::keyClicks(until, QStringLiteral("2026-01-02 00:00"));
        QTest::keyClick(until, Qt::Key_Return);
        QVERIFY(desk.isRead());
        QVERIFY(desk.message().isEmpty());
        QVERIFY2(desk.heading().startsWith(QStringLiteral("01 Jan 2026, 00:00 GMT until 02 Jan 2026")),
                 qPrintable(desk.heading()));
    }

    void aFileForSpreadsheetsIsWrittenOfWhatIsShown() {
        FiguresDesk desk;
        QVERIFY(desk.isReady());
        desk.putAlarms(40);
        QVERIFY(desk.open());
        QVERIFY(desk.choosePeriod(twelveMonths));
        QVERIFY(desk.chooseView(3));
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("figures.csv"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_X, Qt::AltModifier);
        auto* dialog = desk.figures()->findChild<QFileDialog*>(QStringLiteral("figuresFileDialog"));
        QVERIFY(dialog != nullptr);
        dialog->reject();
        desk.figures()->exportTo(file);
        QTRY_VERIFY(desk.message().startsWith(QStringLiteral("Written to")));
        QFile written{file};
        QVERIFY(written.open(QIODevice::ReadOnly));
        const QByteArray csv = written.readAll();
        QVERIFY(csv.startsWith("Service figures,False alarms by premises\r\n"));
        QVERIFY(csv.contains("\r\nBy,omarsden\r\n"));
        desk.figures()->exportTo(folder.filePath(QStringLiteral("none/figures.csv")));
        QTRY_VERIFY(desk.message().contains(QStringLiteral("none")));
    }

    void aSupervisorSetsTargetsByTheKeyboard() {
        FiguresDesk desk;
        QVERIFY(desk.isReady());
        QVERIFY(desk.open());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_T, Qt::AltModifier);
        QTRY_VERIFY(QApplication::activeModalWidget() != nullptr);
        auto* alarmClass = inDialog<QComboBox>("classComboBox");
        QTRY_VERIFY(alarmClass->hasFocus());
        QTest::keyClick(alarmClass, Qt::Key_Down);
        QCOMPARE(alarmClass->currentText(), QStringLiteral("Fire"));
        QList<QSpinBox*> seconds;
        QTRY_VERIFY((seconds = QApplication::activeModalWidget()->findChildren<QSpinBox*>()).size() == 2);
        seconds[0]->setFocus();
        seconds[0]->selectAll();
        QTest::keyClicks(seconds[0], QStringLiteral("90"));
        QTest::keyClick(seconds[0], Qt::Key_Return);
        auto* answer = inDialog<QLabel>("answerLabel");
        QTRY_VERIFY2(answer->text().contains(QStringLiteral("larger share")), qPrintable(answer->text()));
        seconds[0]->setFocus();
        seconds[0]->selectAll();
        QTest::keyClicks(seconds[0], QStringLiteral("20"));
        QTest::keyClick(seconds[0], Qt::Key_Return);
        QTRY_COMPARE(answer->text(), QStringLiteral("✓ Saved."));
        QTRY_VERIFY(inDialog<QLabel>("historyLabel")->text().contains(QStringLiteral("set by omarsden")));
        grabFigures(*QApplication::activeModalWidget(), "figures-targets");
        const auto history = response::ServiceTargets{desk.room.context().database}.history(desk.acting).value();
        const auto* now = response::targetsAt(history, response::AlarmClass::Fire, desk.room.context().clock.now());
        QCOMPARE(now->targets.at(0).within, std::chrono::seconds{20});
        QTest::keyClick(QApplication::activeModalWidget(), Qt::Key_Escape);
        QTRY_VERIFY(QApplication::activeModalWidget() == nullptr);
    }

    void aSupervisorSetsShifts() {
        FiguresDesk desk;
        QVERIFY(desk.isReady());
        QVERIFY(desk.open());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_S, Qt::AltModifier);
        QTRY_VERIFY(QApplication::activeModalWidget() != nullptr);
        QList<QTimeEdit*> times;
        QTRY_VERIFY((times = QApplication::activeModalWidget()->findChildren<QTimeEdit*>()).size() == 2);
        QCOMPARE(times[0]->time(), QTime(7, 0));
        QTest::mouseClick(inDialog<QPushButton>("addRowPushButton"), Qt::LeftButton);
        auto* name = qobject_cast<QLineEdit*>(QApplication::focusWidget());
        QVERIFY(name != nullptr);
        QTest::keyClicks(name, QStringLiteral("Late"));
        times = QApplication::activeModalWidget()->findChildren<QTimeEdit*>();
        times.last()->setTime(QTime{14, 5});
        QTest::mouseClick(inDialog<QPushButton>("savePushButton"), Qt::LeftButton);
        auto* answer = inDialog<QLabel>("answerLabel");
        QTRY_VERIFY(answer->text().contains(QStringLiteral("full ten minutes")));
        times.last()->setTime(QTime{14, 0});
        grabFigures(*QApplication::activeModalWidget(), "figures-shifts-dialog");
        QTest::mouseClick(inDialog<QPushButton>("savePushButton"), Qt::LeftButton);
        QTRY_COMPARE(answer->text(), QStringLiteral("✓ Saved."));
        const auto patterns = response::ShiftPatterns{desk.room.context().database}.history(desk.acting).value();
        QCOMPARE(patterns.back().shifts.size(), std::size_t{3});
        QCOMPARE(patterns.back().shifts[1].name, std::string{"Late"});
    }

    void theRulesAreOneKeyAway() {
        FiguresDesk desk;
        QVERIFY(desk.isReady());
        desk.putAlarms(40);
        QVERIFY(desk.open());
        auto* rules = desk.find<QLabel>("rulesLabel");
        QVERIFY(!rules->isVisible());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_H, Qt::AltModifier);
        QVERIFY(rules->isVisible());
        QVERIFY(rules->text().contains(QStringLiteral("joined into a storm")));
        grabFigures(desk.room.window(), "figures-rules");
    }

    void anOperatorHasNoFigures() {
        FiguresDesk desk{access::Role::Operator};
        QVERIFY(desk.isReady());
        QVERIFY(desk.figures() == nullptr);
        desk.wall().setFocus();
        QTest::keyClick(&desk.wall(), Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(desk.wall().isVisible());
    }
};

int main(int argc, char** argv) {
    QApplication application{argc, argv};
    ui::theme::apply(application);
    FiguresPageTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "figures_page_test.moc"
