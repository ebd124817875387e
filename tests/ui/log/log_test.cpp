#include "../support/room.h"
#include "base/file.h"
#include "support/fake_clock.h"
#include "ui/common/theme.h"
#include "ui/log/draft_store.h"
#include "ui/log/incident_type_list.h"
#include "ui/log/log_model.h"
#include "ui/log/log_panel.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QTest>

using namespace leedswatch;

namespace {

/// The panel as it stands on a desk, with a person signed in.
struct Panel {
    explicit Panel(tests::Room& room) : widget{room.context(), room.console().directory()} {
        widget.resize(360, 900);
        widget.show();
    }

    template <typename Widget>
    Widget* find(const char* name) {
        return widget.findChild<Widget*>(QString::fromLatin1(name));
    }
    QPlainTextEdit* text() { return find<QPlainTextEdit>("entryTextPlainTextEdit"); }
    QLineEdit* camera() { return find<QLineEdit>("entryCameraLineEdit"); }
    QLineEdit* search() { return find<QLineEdit>("logSearchLineEdit"); }
    QLabel* message() { return find<QLabel>("entryMessageLabel"); }
    QAbstractItemModel* entries() { return find<QListView>("logListView")->model(); }
    QString newest() { return entries()->index(0, 0).data(ui::LogModel::TextRole).toString(); }

    void write(const char* words) {
        QTest::keyClicks(text(), QString::fromLatin1(words));
        QTest::keyClick(text(), Qt::Key_Return, Qt::ControlModifier);
    }

    ui::LogPanel widget;
};

incident::LogLine entry(int id) {
    incident::LogLine made;
    made.id = incident::LineId{id};
    made.text = std::to_string(id);
    return made;
}

}  // namespace

class LogTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anEntryIsSavedByControlEnterAndThenSeenAtOnceAndFoundByWords() {
        tests::Room room{5};
        room.context().acting = room.addPerson("omarsden", access::Role::Operator);
        Panel panel{room};
        panel.write("Male in a red coat by the cash machine");
        QTRY_COMPARE(panel.entries()->rowCount(), 1);
        QCOMPARE(panel.newest(), QStringLiteral("Male in a red coat by the cash machine"));
        QVERIFY(panel.text()->toPlainText().isEmpty());
        panel.write("Lorry in the bus lane");
        QTRY_COMPARE(panel.entries()->rowCount(), 2);
        QCOMPARE(panel.newest(), QStringLiteral("Lorry in the bus lane"));
        QTest::keyClicks(panel.search(), QStringLiteral("red cash"));
        QTRY_COMPARE(panel.entries()->rowCount(), 1);
        QCOMPARE(panel.newest(), QStringLiteral("Male in a red coat by the cash machine"));
        QTest::keyClick(panel.search(), Qt::Key_Escape);
        QTRY_COMPARE(panel.entries()->rowCount(), 2);
    }

    void whatIsRefusedStaysInTheEditorAndTheReasonIsShown() {
        tests::Room room{5};
        room.context().acting = room.addPerson("omarsden", access::Role::Operator);
        Panel panel{room};
        QTest::keyClicks(panel.camera(), QStringLiteral("99"));
        panel.write("Seen on a camera that is not there");
        QTRY_VERIFY2(panel.message()->text().contains(QStringLiteral("99")), qPrintable(panel.message()->text()));
        QCOMPARE(panel.text()->toPlainText(), QStringLiteral("Seen on a camera that is not there"));
        QCOMPARE(panel.entries()->rowCount(), 0);
    }

    void theSelectedTilesCameraIsFilledInUntilALineIsBegun() {
        tests::Room room{5};
        room.context().acting = room.addPerson("omarsden", access::Role::Operator);
        Panel panel{room};
        panel.widget.setSelectedCamera(3);
        QCOMPARE(panel.camera()->text(), QStringLiteral("3"));
        QTest::keyClicks(panel.text(), QStringLiteral("Something"));
        panel.widget.setSelectedCamera(4);
        QCOMPARE(panel.camera()->text(), QStringLiteral("3"));
        QTest::keyClick(panel.text(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(panel.entries()->rowCount(), 1);
        QCOMPARE(panel.camera()->text(), QStringLiteral("4"));
    }

    void anEntryBecomesTheFirstLineOfAnIncidentAndTheNextOneBelongsToIt() {
        tests::Room room{5};
        const auto acting = room.addPerson("omarsden", access::Role::Operator);
        room.context().acting = acting;
        Panel panel{room};
        panel.widget.setSelectedCamera(3);
        QTest::keyClicks(panel.text(), QStringLiteral("Two men fighting"));
        QTest::keyClick(panel.text(), Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(panel.entries()->rowCount(), 1);
        QVERIFY2(panel.message()->text().contains(QStringLiteral("-000001")), qPrintable(panel.message()->text()));
        panel.write("Police on their way");
        QTRY_COMPARE(panel.entries()->rowCount(), 2);
        incident::Incidents incidents{room.context().database};
        const auto open = incidents.list(acting, {.onlyOpen = true}).value();
        QCOMPARE(open.size(), std::size_t{1});
        QCOMPARE(open.front().said.place, std::string{"Street 3"});
        QVERIFY(open.front().said.isProactive);
        QCOMPARE(incidents.sheet(acting, open.front().id)->spine.size(), std::size_t{2});
    }

    void marksInTheTextSetTheFieldsAndGoWhenItIsSaved() {
        tests::Room room{5};
        const auto acting = room.addPerson("omarsden", access::Role::Operator);
        room.context().acting = acting;
        Panel panel{room};
        QTRY_COMPARE(room.console().directory().cameras().size(), std::size_t{5});
        panel.text()->setPlainText(QStringLiteral("@3 #theft !1 Man with two bags towards @4"));
        QCOMPARE(panel.camera()->text(), QStringLiteral("3"));
        panel.text()->setPlainText(QStringLiteral("@3 #theft !1 Man with two bags towards @4 and @5"));
        QCOMPARE(panel.camera()->text(), QStringLiteral("3"));
        panel.text()->setPlainText(QStringLiteral("@3 #theft !1 Man with two bags towards @4"));
        QCOMPARE(panel.find<QComboBox>("entryCategoryComboBox")->currentData().toString(), QStringLiteral("theft"));
        QCOMPARE(panel.find<QComboBox>("entryPriorityComboBox")->currentData().toInt(), 1);
        panel.camera()->setText(QStringLiteral("5"));
        panel.text()->moveCursor(QTextCursor::End);
        QTest::keyClicks(panel.text(), QStringLiteral(", running"));
        QCOMPARE(panel.camera()->text(), QStringLiteral("5"));
        QTest::keyClick(panel.text(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(panel.entries()->rowCount(), 1);
        QCOMPARE(panel.newest(), QStringLiteral("Man with two bags towards camera 4, running"));
    }

    void aMarkThatIsBeingWrittenIsCompletedByEnter() {
        tests::Room room{5};
        room.context().acting = room.addPerson("omarsden", access::Role::Operator);
        Panel panel{room};
        QTRY_COMPARE(room.console().directory().cameras().size(), std::size_t{5});
        panel.widget.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&panel.widget));
        panel.widget.focusEntry();
        QTest::keyClicks(panel.text(), QStringLiteral("#bicy"));
        QWidget* popup = QApplication::activePopupWidget();
        QVERIFY(popup != nullptr);
        QTest::keyClick(popup, Qt::Key_Return);
        QCOMPARE(panel.text()->toPlainText(), QStringLiteral("#bicycle "));
        QCOMPARE(panel.find<QComboBox>("entryCategoryComboBox")->currentData().toString(), QStringLiteral("bicycle"));
    }

    void aBookAsksForWhatIsToBeKnownAndKeepsTheWordsUntilItIsSaid() {
        tests::Room room{5};
        const auto acting = room.addPerson("omarsden", access::Role::Operator);
        room.context().acting = acting;
        Panel panel{room};
        auto* book = panel.find<QComboBox>("entryBookComboBox");
        book->setCurrentIndex(book->findData(QStringLiteral("airwave")));
        panel.write("Units to Briggate");
        QTRY_VERIFY2(panel.message()->text().contains(QStringLiteral("Talk group")),
                     qPrintable(panel.message()->text()));
        QCOMPARE(panel.text()->toPlainText(), QStringLiteral("Units to Briggate"));
        panel.find<QLineEdit>("talk-groupFactLineEdit")->setText(QStringLiteral("City 1"));
        panel.find<QLineEdit>("call-signFactLineEdit")->setText(QStringLiteral("YP12"));
        QTest::keyClick(panel.text(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(panel.entries()->rowCount(), 1);
        incident::Search search;
        search.book = incident::Book::Airwave;
        search.words = "yp12";
        QCOMPARE(room.context().incidentLog.search(acting, search)->size(), std::size_t{1});
    }

    void theDraftKeepsIncidentBookAndFacts() {
        tests::Room room{5};
        const auto acting = room.addPerson("omarsden", access::Role::Operator);
        const ui::DraftStore drafts{room.context().dataFolder, acting.id};
        ui::Draft draft;
        draft.type = "theft";
        draft.book = "airwave";
        draft.priority = 1;
        draft.incident = 7;
        draft.facts = {{"call-sign", "YP12"}};
        draft.text = "words";
        tests::Room::check(drafts.save(draft));
        QVERIFY(drafts.load() == draft);
        tests::Room::check(base::replaceFile(
            room.context().dataFolder / "drafts" / ("log-" + std::to_string(acting.id.value()) + ".json"),
            R"({"text":"kept","book":5,"priority":"high","incident":{},"facts":[1]})"));
        QCOMPARE(drafts.load()->text, std::string{"kept"});
    }

    void whatAnotherDeskWritesAppears() {
        tests::Room room{5};
        const auto acting = room.addPerson("omarsden", access::Role::Operator);
        room.context().acting = acting;
        Panel panel{room};
        incident::NewLine line;
        line.type = "theft";
        line.cameraNumber = 2;
        line.text = "From another desk";
        tests::Room::check(room.context().incidentLog.add(acting, line));
        QTRY_COMPARE(panel.entries()->rowCount(), 1);
        QCOMPARE(panel.newest(), QStringLiteral("From another desk"));
    }

    void aDraftIsThereAgainAfterTheConsoleHasGone() {
        tests::Room room{5};
        room.context().acting = room.addPerson("omarsden", access::Role::Operator);
        const ui::DraftStore drafts{room.context().dataFolder, room.context().acting.id};
        {
            Panel panel{room};
            QTest::keyClicks(panel.text(), QStringLiteral("Half a sent"));
            QTRY_VERIFY(drafts.load().has_value());
        }
        Panel panel{room};
        QCOMPARE(panel.text()->toPlainText(), QStringLiteral("Half a sent"));
        QTest::keyClick(panel.text(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(panel.entries()->rowCount(), 1);
        QTRY_VERIFY(!drafts.load().has_value());
    }

    void whatWasTypedJustBeforeTheDeskIsGoneIsKept() {
        tests::Room room{5};
        room.context().acting = room.addPerson("omarsden", access::Role::Operator);
        const ui::DraftStore drafts{room.context().dataFolder, room.context().acting.id};
        {
            Panel panel{room};
            QTest::keyClicks(panel.text(), QStringLiteral("red van, no pla"));
        }
        QCOMPARE(drafts.load().value_or(ui::Draft{}).text, std::string{"red van, no pla"});
    }

    void anEntryThatWasSavedLeavesNoDraftEvenIfTheDeskIsGoneAtOnce() {
        tests::Room room{5};
        room.context().acting = room.addPerson("omarsden", access::Role::Operator);
        const ui::DraftStore drafts{room.context().dataFolder, room.context().acting.id};
        {
            Panel panel{room};
            panel.write("bag taken");
        }
        QVERIFY(!drafts.load().has_value());
    }

    void aDamagedDraftIsNoReasonNotToStart() {
        tests::TemporaryFolder folder;
        const ui::DraftStore drafts{folder.path(), access::PersonId{7}};
        tests::Room::check(drafts.save({.type = "theft", .cameraNumber = 3, .text = "words"}));
        tests::Room::check(base::replaceFile(folder / "drafts" / "log-7.json", "{\"text\": 3, \"cam"));
        QVERIFY(!drafts.load().has_value());
    }

    void whoOnlyReadsHasNoEditor() {
        tests::Room room{5};
        room.context().acting = room.addPerson("reader", access::Role::Auditor);
        Panel panel{room};
        QVERIFY(!panel.text()->isVisible());
    }

    void newEntriesAreInsertedAboveThoseThatAreThere() {
        tests::Room room{5};
        const tests::FakeClock clock{base::fromStored(0)};
        const ui::IncidentTypeList types{room.context(), nullptr};
        ui::LogModel model{clock, types};
        const QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};
        model.setEntries({entry(3), entry(2), entry(1)});
        const QPersistentModelIndex third{model.index(0)};
        model.addNewest(entry(4));
        model.addNewest(entry(4));
        QCOMPARE(model.rowCount(), 4);
        QCOMPARE(third.row(), 1);
        // The list is limited: two came in, two went out at the end.
        model.setEntries({entry(6), entry(5), entry(4), entry(3)});
        QCOMPARE(model.rowCount(), 4);
        QCOMPARE(third.row(), 3);
        model.setEntries({entry(9)});
        QCOMPARE(model.rowCount(), 1);
        model.setEntries({});
        QCOMPARE(model.rowCount(), 0);
    }
};

int main(int argc, char** argv) {
    QApplication application{argc, argv};
    ui::theme::apply(application);
    LogTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "log_test.moc"
