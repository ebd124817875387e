#include "ui/incidents/incident_page.h"

#include "../support/room.h"
#include "estate/wards.h"
#include "ui/common/card_list.h"
#include "ui/common/theme.h"

#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTextBrowser>

using namespace leedswatch;
using leedswatch::tests::Room;

namespace {

/// The page as it stands on a desk, with a person signed in.
struct IncidentDesk {
    explicit IncidentDesk(access::Role role = access::Role::Operator) {
        acting = room.addPerson("omarsden", role);
        room.context().acting = acting;
        page = std::make_unique<ui::IncidentPage>(room.context(), nullptr);
        page->resize(1'000, 700);
        page->show();
        page->activateWindow();
        static_cast<void>(QTest::qWaitForWindowActive(page.get()));
        page->takeFocus();
    }

    incident::Incidents incidents() { return incident::Incidents{room.context().database}; }
    incident::Incident open(const char* type, int priority, const char* text) {
        incident::Said said;
        said.type = type;
        said.priority = priority;
        said.cameraNumber = 2;
        return incidents().open(access::Acting::commandLine(), said, text).value();
    }
    ui::CardList* list() { return page->findChild<ui::CardList*>(QStringLiteral("incidentsListView")); }
    QString sheet() { return page->findChild<QTextBrowser*>(QStringLiteral("incidentTextBrowser"))->toPlainText(); }
    QDialog* dialog() { return page->findChild<QDialog*>(); }
    template <typename Widget>
    Widget* field(const char* name) {
        return dialog()->findChild<Widget*>(QString::fromLatin1(name));
    }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QTest::keyClick(page.get(), key, modifiers);
    }
    /// All that the dialog says.
    QString answer() {
        QString all;
        for (const QLabel* label : dialog()->findChildren<QLabel*>()) {
            all += label->text();
        }
        return all;
    }
    void agree(const char* verb) {
        for (QPushButton* button : dialog()->findChildren<QPushButton*>()) {
            if (button->text() == QString::fromLatin1(verb)) {
                button->click();
                return;
            }
        }
        QFAIL("there is no such button");
    }

    Room room{5};
    access::Acting acting;
    std::unique_ptr<ui::IncidentPage> page;
};

}  // namespace

class IncidentPageTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void openIncidentsStandFirstTheMostUrgentAtTheTop() {
        IncidentDesk desk;
        const auto done = desk.open("begging", 3, "A man begging");
        Room::check(desk.incidents().close(desk.acting, done.id, 1, "advice", ""));
        desk.open("theft", 3, "Bicycle gone");
        desk.open("knife", 1, "Man with a knife");
        QTRY_COMPARE(desk.list()->cards().rowCount(), 3);
        QCOMPARE(desk.list()->cards().card(0).title, QStringLiteral("Weapon, Knife or blade"));
        QCOMPARE(desk.list()->cards().card(1).title, QStringLiteral("Theft"));
        QVERIFY(desk.list()->cards().card(2).isHollow);
        QVERIFY(desk.list()->cards().card(2).foot.contains(QStringLiteral("Words of advice")));
        QCOMPARE(desk.page->findChild<QLabel*>(QStringLiteral("incidentCountsLabel"))->text(),
                 QStringLiteral("2 open"));
    }

    void theChosenOneIsShownWithEveryLineAndFollowsWhatOthersWrite() {
        IncidentDesk desk;
        const auto fight = desk.open("fight", 2, "Two men <b>fighting</b> & shouting");
        QTRY_VERIFY(desk.sheet().contains(QStringLiteral("Two men <b>fighting</b> & shouting")));
        Room::check(desk.incidents().describe(desk.acting, fight.id, 0, {{"part", "suspect"}, {"hair", "grey"}}));
        QTRY_VERIFY(desk.sheet().contains(QStringLiteral("Suspect 1: grey")));
        incident::NewLine line;
        line.incident = fight.id;
        line.text = "From another desk";
        Room::check(desk.room.context().incidentLog.add(desk.acting, line));
        QTRY_VERIFY(desk.sheet().contains(QStringLiteral("From another desk")));
    }

    void anIncidentIsOpenedWithTheCameraThatIsLookedAt() {
        IncidentDesk desk;
        desk.page->setSelectedCamera(4);
        desk.key(Qt::Key_N, Qt::AltModifier);
        QVERIFY(desk.dialog() != nullptr);
        QCOMPARE(desk.field<QLineEdit>("incidentCameraLineEdit")->text(), QStringLiteral("4"));
        desk.field<QPlainTextEdit>("incidentTextPlainTextEdit")->setPlainText(QStringLiteral("Youths on the roof"));
        desk.agree("Open");
        QTRY_COMPARE(desk.list()->cards().rowCount(), 1);
        QCOMPARE(desk.list()->cards().card(0).line, QStringLiteral("Street 4"));
    }

    void itIsClosedWithAnOutcomeAndNotWithout() {
        IncidentDesk desk;
        const auto fight = desk.open("fight", 2, "Two men fighting");
        QTRY_COMPARE(desk.list()->cards().rowCount(), 1);
        desk.key(Qt::Key_X, Qt::AltModifier);
        desk.agree("Close it");
        auto* outcome = desk.field<QComboBox>("outcomeComboBox");
        QTRY_VERIFY(desk.answer().contains(QStringLiteral("choose an outcome")));
        QVERIFY(desk.incidents().find(desk.acting, fight.reference)->isOpen());
        outcome->setCurrentIndex(outcome->findData(QStringLiteral("arrest")));
        desk.agree("Close it");
        QTRY_VERIFY(!desk.incidents().find(desk.acting, fight.reference)->isOpen());
        QTRY_VERIFY(desk.sheet().contains(QStringLiteral("Closed: Arrest.")));
    }

    void whoSavesWhatAnotherDeskChangedIsToldAndKeepsTheForm() {
        IncidentDesk desk;
        const auto fight = desk.open("fight", 3, "Two men fighting");
        QTRY_COMPARE(desk.list()->cards().rowCount(), 1);
        desk.key(Qt::Key_G, Qt::AltModifier);
        auto theirs = fight.said;
        theirs.priority = 1;
        Room::check(desk.incidents().change(access::Acting::commandLine(), fight.id, 1, theirs));
        desk.field<QLineEdit>("incidentPoliceLineEdit")->setText(QStringLiteral("WYP-412"));
        desk.agree("Change");
        QTRY_VERIFY(desk.answer().contains(QStringLiteral("Priority: 3 → 1")));
        QCOMPARE(desk.field<QLineEdit>("incidentPoliceLineEdit")->text(), QStringLiteral("WYP-412"));
        QCOMPARE(desk.incidents().find(desk.acting, fight.reference)->said.policeReference, std::string{});
    }

    void wordsOfAnyLineFindAnIncident() {
        IncidentDesk desk;
        desk.open("fight", 2, "Two men fighting");
        desk.open("theft", 3, "Bicycle gone from the rack");
        QTRY_COMPARE(desk.list()->cards().rowCount(), 2);
        desk.page->findChild<QLineEdit*>(QStringLiteral("incidentSearchLineEdit"))
            ->setText(QStringLiteral("bicyc rack"));
        QTRY_COMPARE(desk.list()->cards().rowCount(), 1);
        desk.key(Qt::Key_Escape);
        QTRY_COMPARE(desk.list()->cards().rowCount(), 2);
        QSignalSpy closed{desk.page.get(), &ui::IncidentPage::closed};
        desk.key(Qt::Key_Escape);
        QCOMPARE(closed.count(), 1);
    }

    void enterWritesALineToTheChosenOne() {
        IncidentDesk desk;
        const auto fight = desk.open("fight", 2, "Two men fighting");
        QTRY_COMPARE(desk.list()->cards().rowCount(), 1);
        QSignalSpy wanted{desk.page.get(), &ui::IncidentPage::lineWanted};
        QTest::keyClick(desk.list(), Qt::Key_Return);
        QCOMPARE(wanted.count(), 1);
        QCOMPARE(wanted.first().at(1).toString(), QString::fromStdString(fight.reference));
    }

    void whoMayOnlyReadChangesNothing() {
        IncidentDesk desk{access::Role::Auditor};
        desk.open("fight", 2, "Two men fighting");
        QTRY_COMPARE(desk.list()->cards().rowCount(), 1);
        for (const Qt::Key key : {Qt::Key_N, Qt::Key_G, Qt::Key_P, Qt::Key_X}) {
            desk.key(key, Qt::AltModifier);
            QVERIFY(desk.dialog() == nullptr);
        }
    }
};

int main(int argc, char** argv) {
    QApplication application{argc, argv};
    ui::theme::apply(application);
    IncidentPageTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "incident_page_test.moc"
