#include "ui/plans/plans_page.h"

#include "../support/console_services.h"
#include "estate/premises_registry.h"
#include "response/action_plans.h"
#include "response/response_policy.h"
#include "ui/common/theme.h"
#include "ui/plans/plan_steps_table.h"

#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTest>

using namespace leedswatch;

namespace {

/// A supervisor's page over a store with two premises.
struct PlansRoom : tests::ConsoleServices {
    PlansRoom() {
        const auto root = access::Acting::commandLine();
        check(people.add(root, "ada", "Ada Whitaker", access::Role::Administrator, "owl on the hall", false));
        check(people.add(root, "sue", "Sue Bell", access::Role::Supervisor, "owl on the hall", false));
        context.acting = people.signIn("sue", "owl on the hall", "desk 1").value();
        check(estate::PremisesRegistry{*database}.importCsv(root, "account,name\n1001,Otley Library\n1002,School\n"));
        page = std::make_unique<ui::PlansPage>(context, nullptr);
        page->resize(1016, 700);
        page->show();
        page->activateWindow();
        if (!QTest::qWaitForWindowActive(page.get()) || !QTest::qWaitFor([this] { return list()->count() > 0; })) {
            qFatal("the page did not come");
        }
        page->takeFocus();
    }
    template <typename Result>
    static void check(const Result& result) {
        if (!result) {
            qFatal("%s", result.error().message.c_str());
        }
    }
    template <typename Widget>
    Widget* find(const char* name) {
        auto* found = page->findChild<Widget*>(QString::fromLatin1(name));
        if (found == nullptr) {
            qFatal("there is no %s", name);
        }
        return found;
    }
    QListWidget* list() { return find<QListWidget>("plansListWidget"); }
    QLineEdit* field(const char* name) { return find<QLineEdit>(name); }
    ui::PlanStepsTable* steps() { return find<ui::PlanStepsTable>("planStepsTableWidget"); }
    QLabel* problem() { return find<QLabel>("planProblemLabel"); }
    void click(const char* name) { find<QPushButton>(name)->click(); }
    int rowOf(const char* text) {
        for (int row = 0; row < list()->count(); ++row) {
            if (list()->item(row)->text().contains(QString::fromLatin1(text))) {
                return row;
            }
        }
        return -1;
    }
    std::vector<response::ActionPlan> plans() { return response::ActionPlans{*database}.list(context.acting).value(); }
    /// One of our own for intruder alarms, saved.
    void makeOwn(const char* name) {
        list()->setCurrentRow(rowOf("Intruder"));
        click("planOwnPushButton");
        QTest::keyClicks(field("planNameLineEdit"), QString::fromLatin1(name));
        click("planSavePushButton");
        QTRY_VERIFY(rowOf(name) > 0);
    }
    void grab(const char* name) {
        if (const auto to = qEnvironmentVariable("LEEDSWATCH_PICTURES"); !to.isEmpty()) {
            page->grab().save(to + QLatin1Char{'/'} + QString::fromLatin1(name) + QStringLiteral(".png"));
        }
    }

    std::unique_ptr<ui::PlansPage> page;
};

QPushButton* buttonOf(QDialog& dialog, const char* text) {
    for (auto* button : dialog.findChildren<QPushButton*>()) {
        if (button->text().contains(QString::fromLatin1(text))) {
            return button;
        }
    }
    return nullptr;
}

}  // namespace

class PlansPageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aStandardPlanIsShownAndIsNotEdited();
    void onesOwnIsMadeOfItByTheKeyboardAlone();
    void whatIsWrongIsSaidAndNothingIsSaved();
    void whatSomebodyElseChangedIsNotWrittenOver();
    void whatIsNotSavedIsNotLostByAKey();
    void aPlanIsTakenOutOfUse();
    void aNumberIsTypedOverForAllOrForSome();
};

void PlansPageTest::aStandardPlanIsShownAndIsNotEdited() {
    PlansRoom room;
    QCOMPARE(room.list()->count(), static_cast<int>(response::alarmClasses().size()));
    room.list()->setCurrentRow(room.rowOf("Intruder"));
    QCOMPARE(room.steps()->rowCount(), 7);
    QVERIFY(room.field("planNameLineEdit")->isReadOnly());
    QVERIFY(!room.find<QPushButton>("planSavePushButton")->isVisible());
    QTest::keyClick(room.steps(), Qt::Key_Delete);
    QCOMPARE(room.steps()->rowCount(), 7);
    room.list()->setFocus();
    QTest::keyClick(room.list(), Qt::Key_Down);
    QCOMPARE(room.field("planNameLineEdit")->text(), QStringLiteral("Video detector"));
    QVERIFY(room.list()->hasFocus());
    room.grab("plans-standard");
}

void PlansPageTest::onesOwnIsMadeOfItByTheKeyboardAlone() {
    PlansRoom room;
    room.list()->setCurrentRow(room.rowOf("Intruder"));
    room.find<QPushButton>("planOwnPushButton")->setFocus();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
    QCOMPARE(QApplication::focusWidget(), room.field("planNameLineEdit"));
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("Library by night"));
    QTest::keyClicks(room.field("planPremisesLineEdit"), QStringLiteral("1001"));
    QTest::keyClicks(room.field("planHoursLineEdit"), QStringLiteral("Mon-Sun 22:00-06:00"));
    room.steps()->setFocus();
    QTest::keyClick(room.steps(), Qt::Key_Insert);
    QCOMPARE(room.steps()->rowCount(), 8);
    auto* kind = qobject_cast<QComboBox*>(QApplication::focusWidget());
    QVERIFY(kind != nullptr);
    QTest::keyClicks(kind, QStringLiteral("Note"));
    room.steps()->setFocus();
    QTest::keyClick(room.steps(), Qt::Key_Return);
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("Write down who is in the reading room."));
    room.steps()->setFocus();
    QTest::keyClick(room.steps(), Qt::Key_Up, Qt::AltModifier);
    room.grab("plans-own");
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY(room.rowOf("Library by night") > 0);
    const auto saved = room.plans();
    QCOMPARE(saved.size(), std::size_t{1});
    QCOMPARE(saved[0].hours.text(), std::string{"Mon-Sun 22:00-06:00"});
    QVERIFY(saved[0].premises.has_value());
    QCOMPARE(saved[0].steps.size(), std::size_t{8});
    QCOMPARE(saved[0].steps[0].text, std::string{"Write down who is in the reading room."});
    QCOMPARE(saved[0].steps.back().kind, response::StepKind::Outcome);
    QTRY_COMPARE(room.list()->currentRow(), room.rowOf("Library by night"));
    QVERIFY(room.list()->currentItem()->text().contains(QStringLiteral("1001")));
    room.grab("plans-saved");
}

void PlansPageTest::whatIsWrongIsSaidAndNothingIsSaved() {
    PlansRoom room;
    room.list()->setCurrentRow(room.rowOf("Intruder"));
    room.click("planOwnPushButton");
    QTest::keyClicks(room.field("planHoursLineEdit"), QStringLiteral("sometimes"));
    room.click("planSavePushButton");
    QVERIFY(room.problem()->isVisible());
    room.field("planHoursLineEdit")->clear();
    QTest::keyClicks(room.field("planPremisesLineEdit"), QStringLiteral("9999"));
    room.click("planSavePushButton");
    QTRY_VERIFY(room.problem()->text().contains(QStringLiteral("9999")));
    room.field("planPremisesLineEdit")->clear();
    room.steps()->setCurrentCell(0, 0);
    room.steps()->addStep();
    room.click("planSavePushButton");
    QTRY_VERIFY(room.problem()->isVisible() && !room.problem()->text().contains(QStringLiteral("9999")));
    room.grab("plans-problem");
    QVERIFY(room.plans().empty());
}

void PlansPageTest::whatSomebodyElseChangedIsNotWrittenOver() {
    PlansRoom room;
    room.makeOwn("Ours");
    QTest::keyClicks(room.field("planNameLineEdit"), QStringLiteral(" too"));
    auto other = room.plans().at(0);
    other.name = "Theirs";
    PlansRoom::check(response::ActionPlans{*room.database}.save(room.context.acting, other));
    QTRY_VERIFY(room.rowOf("Theirs") > 0);
    QCOMPARE(room.field("planNameLineEdit")->text(), QStringLiteral("Ours too"));
    room.click("planSavePushButton");
    QTRY_VERIFY(room.problem()->text().contains(QStringLiteral("somebody has changed it")));
    QCOMPARE(room.plans().at(0).name, std::string{"Theirs"});
}

void PlansPageTest::whatIsNotSavedIsNotLostByAKey() {
    PlansRoom room;
    room.makeOwn("Ours");
    QSignalSpy closed{room.page.get(), &ui::PlansPage::closed};
    QTest::keyClicks(room.field("planNameLineEdit"), QStringLiteral("!"));
    QTest::keyClick(room.page.get(), Qt::Key_Escape);
    auto* question = room.page->findChild<QDialog*>();
    QVERIFY(question != nullptr && question->isVisible());
    QVERIFY(closed.isEmpty());
    QTest::keyClick(question, Qt::Key_Escape);
    QCOMPARE(room.field("planNameLineEdit")->text(), QStringLiteral("Ours!"));
    QTest::keyClick(room.page.get(), Qt::Key_Escape);
    question = room.page->findChildren<QDialog*>().back();
    buttonOf(*question, "Leave it")->click();
    QCOMPARE(closed.size(), 1);
}

void PlansPageTest::aPlanIsTakenOutOfUse() {
    PlansRoom room;
    room.makeOwn("Ours");
    QTRY_VERIFY(room.find<QPushButton>("planRetirePushButton")->isVisible());
    room.click("planRetirePushButton");
    auto* question = room.page->findChild<QDialog*>();
    QVERIFY(question != nullptr);
    buttonOf(*question, "Take it out of use")->click();
    QTRY_COMPARE(room.rowOf("Ours"), -1);
    QVERIFY(room.plans().empty());
}

void PlansPageTest::aNumberIsTypedOverForAllOrForSome() {
    PlansRoom room;
    room.page->findChild<QTabWidget*>()->setCurrentIndex(1);
    auto* table = room.find<QTableWidget>("numbersTableWidget");
    QTRY_COMPARE(table->item(0, 1)->text(), QStringLiteral("120"));
    table->item(0, 1)->setText(QStringLiteral("90"));
    const auto policy = [&](std::optional<estate::PremisesId> premises) {
        return response::ResponsePolicies{*room.database}.of(premises).value()[response::PolicySetting::AbortWindow];
    };
    QTRY_COMPARE(policy({}), 90);
    table->item(0, 1)->setText(QStringLiteral("9000"));
    auto* message = room.find<QLabel>("numbersMessageLabel");
    QTRY_VERIFY(message->text().contains(QStringLiteral("600")));
    room.grab("plans-numbers");
    auto* premises = room.field("numbersPremisesLineEdit");
    QTest::keyClicks(premises, QStringLiteral("1002"));
    QTest::keyClick(premises, Qt::Key_Return);
    QTRY_VERIFY(message->text().contains(QStringLiteral("1002")));
    table->item(0, 1)->setText(QStringLiteral("30"));
    const auto school = estate::PremisesRegistry{*room.database}.find("1002").value().id;
    QTRY_COMPARE(policy(school), 30);
    QCOMPARE(policy({}), 90);
    table->item(0, 1)->setText({});
    QTRY_COMPARE(policy(school), 90);
}

int main(int argc, char** argv) {
    QApplication application{argc, argv};
    ui::theme::apply(application);
    PlansPageTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "plans_page_test.moc"
