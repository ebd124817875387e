#include "ui/convert/convert_page.h"

#include "../../transcode/made_film.h"
#include "../support/console_services.h"
#include "base/file.h"
#include "transcode/job_queue.h"
#include "transcode/job_runner.h"
#include "ui/common/theme.h"
#include "ui/convert/job_model.h"
#include "ui/convert/job_words.h"
#include "ui/convert/report_text.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QDialog>
#include <QDropEvent>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTextBrowser>
#include <fstream>

using namespace leedswatch;
using transcode::Job;
using transcode::JobState;
using ui::JobModel;

namespace {

/// A supervisor's page over a store, with films to put on it and a console's runner once it is wanted.
struct Room : tests::ConsoleServices {
    explicit Room(access::Role role = access::Role::Supervisor) {
        const auto root = access::Acting::commandLine();
        check(people.add(root, "ada", "Ada Whitaker", access::Role::Administrator, password, false));
        check(people.add(root, "sue", "Sue Bell", role, password, false));
        context.acting = people.signIn("sue", password, "desk 1").value();
        std::filesystem::create_directory(out());
        page = std::make_unique<ui::ConvertPage>(context, nullptr);
        page->setFolder(QString::fromStdString(out().string()));
        page->resize(900, 700);
        page->show();
        page->activateWindow();
        if (!QTest::qWaitForWindowActive(page.get())) {
            qFatal("the page did not come");
        }
        page->takeFocus();
    }
    ~Room() {
        runner.reset();
        page.reset();
    }
    template <typename Result>
    static void check(const Result& result) {
        if (!result) {
            qFatal("%s", result.error().message.c_str());
        }
    }
    [[nodiscard]] std::filesystem::path out() const { return folder / "out"; }
    QString film(const char* name, int pictures = 30) {
        tests::MadeFilm settings{.format = "mpegts", .codec = "mpeg2video", .pictures = pictures};
        settings.draw = [](int number) { return tests::drawPicture({}, tests::Fields::TopFirst, number); };
        tests::writeFilm(folder / name, settings);
        return QString::fromStdString((folder / name).string());
    }
    QString letter(const char* name) {
        std::ofstream{folder / name} << "this is a letter and not a film\n";
        return QString::fromStdString((folder / name).string());
    }
    void run() {
        transcode::JobRunner::Settings settings;
        settings.options.preset = "ultrafast";
        settings.options.piecePictures = 25;
        runner = std::make_unique<transcode::JobRunner>(*database, *feed, clock, settings);
    }
    template <typename Widget>
    Widget* find(const char* name) {
        auto* found = page->findChild<Widget*>(QString::fromLatin1(name));
        if (found == nullptr) {
            qFatal("there is no %s", name);
        }
        return found;
    }
    QPushButton* button(const char* name) { return find<QPushButton>(name); }
    QListView* list() { return find<QListView>("jobsListView"); }
    bool waitForRows(int rows) {
        return QTest::qWaitFor([&] { return page->model().rowCount() == rows; });
    }
    void add(const QStringList& files) {
        const int before = page->model().rowCount();
        page->add(files);
        if (!waitForRows(before + static_cast<int>(files.size()))) {
            qFatal("they were not added");
        }
    }
    void choose(int row) { list()->setCurrentIndex(page->model().index(row)); }
    JobState state(int row) { return page->model().jobs().at(static_cast<std::size_t>(row)).state; }
    bool waitFor(int row, JobState wanted) {
        return QTest::qWaitFor([&] { return state(row) == wanted; }, 60'000);
    }
    QString words(int row) { return page->model().index(row).data(JobModel::WordsRole).toString(); }
    QString name(int row) { return page->model().index(row).data(JobModel::NameRole).toString(); }
    QString detail() { return find<QLabel>("jobDetailLabel")->text(); }
    QString message() { return find<QLabel>("convertMessageLabel")->text(); }
    std::int64_t auditEvents(const std::string& action) {
        return database
            ->read([&](soci::session& sql) -> base::Result<std::int64_t> {
                std::int64_t count = 0;
                sql << "SELECT count(*) FROM audit_event WHERE json_extract(CAST(body AS TEXT), '$.act') = :action "
                       "AND json_extract(CAST(body AS TEXT), '$.who') = 'sue'",
                    soci::use(action, "action"), soci::into(count);
                return count;
            })
            .value();
    }

    static constexpr const char* password = "owl on the hall";
    std::unique_ptr<ui::ConvertPage> page;
    std::unique_ptr<transcode::JobRunner> runner;
};

Job jobWith(JobState state, transcode::TranscodePhase phase, int share) {
    Job job;
    job.state = state;
    job.phase = phase;
    job.share = share;
    return job;
}

}  // namespace

class ConvertPageTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anEmptyListSaysWhatToDo() {
        Room room;
        QVERIFY(room.find<QLabel>("emptyState")->isVisible());
        QVERIFY(!room.button("startAllPushButton")->isEnabled());
        QVERIFY(!room.button("stopChosenPushButton")->isEnabled());
        QCOMPARE(QApplication::focusWidget(), room.button("addFilesPushButton"));
        room.add({room.film("a.ts")});
        QVERIFY(!room.find<QLabel>("emptyState")->isVisible());
        QVERIFY(room.list()->isVisible());
        QCOMPARE(QApplication::focusWidget(), room.list());
    }

    void filesAreAddedStartedAndDoneAndThereIsAReport() {
        Room room;
        room.add({room.film("a.ts"), room.film("b.ts")});
        QCOMPARE(room.words(0), QStringLiteral("Not started"));
        room.run();
        room.button("startAllPushButton")->click();
        QVERIFY(room.waitFor(1, JobState::Done));
        QCOMPARE(room.words(0), QStringLiteral("Done"));
        QVERIFY(std::filesystem::exists(room.out() / "a.mp4"));
        QCOMPARE(room.auditEvents("transcode.started"), std::int64_t{2});
        QCOMPARE(room.auditEvents("transcode.finished"), std::int64_t{2});
        room.choose(0);
        QVERIFY(room.detail().contains(QStringLiteral("a.mp4")));
        QVERIFY(room.button("playPushButton")->isEnabled());
        room.button("reportPushButton")->click();
        QTRY_VERIFY(room.page->findChild<QDialog*>(QStringLiteral("reportDialog")) != nullptr);
        const QString text = room.find<QTextBrowser>("reportTextBrowser")->toPlainText();
        QVERIFY2(text.contains(QStringLiteral("interlaced, top field first")), qPrintable(text));
        QVERIFY2(text.contains(QStringLiteral("30 in, 60 out")), qPrintable(text));
        QVERIFY(text.contains(QStringLiteral("None was found.")));
        const auto hash = base::toHex(base::sha256OfFile(room.out() / "a.mp4").value());
        QVERIFY(text.contains(QString::fromStdString(hash)));
        room.button("copyReportPushButton")->click();
        QVERIFY(QGuiApplication::clipboard()->text().contains(QString::fromStdString(hash)));
    }

    void theSameFileIsTakenOnceAndWhatIsMissingIsNamed() {
        Room room;
        const QString film = room.film("a.ts");
        room.add({film});
        room.page->add({film, QStringLiteral("/nowhere/b.avi")});
        QTRY_VERIFY(room.message().contains(QStringLiteral("1 was on the list already")));
        QVERIFY2(room.message().contains(QStringLiteral("/nowhere/b.avi")), qPrintable(room.message()));
        QCOMPARE(room.page->model().rowCount(), 1);
    }

    void filesAndFoldersAreDropped() {
        Room room;
        std::filesystem::create_directories(room.folder / "tapes");
        room.film("tapes/a.ts");
        room.letter("tapes/letter.txt");
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(QString::fromStdString((room.folder / "tapes").string())),
                      QUrl::fromLocalFile(room.film("b.ts"))});
        QDragEnterEvent enter{QPoint{200, 200}, Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton, Qt::NoModifier};
        QCoreApplication::sendEvent(room.page.get(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop{QPointF{200, 200}, Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton, Qt::NoModifier};
        drop.setDropAction(Qt::MoveAction);
        QCoreApplication::sendEvent(room.page.get(), &drop);
        QVERIFY(drop.isAccepted());
        QCOMPARE(drop.dropAction(), Qt::CopyAction);
        QVERIFY(room.waitForRows(2));
        QTRY_VERIFY2(room.message().contains(QStringLiteral("1 file was left out")), qPrintable(room.message()));
    }

    void oneIsStoppedAndGoesOn() {
        Room room;
        room.add({room.film("long.ts", 700), room.film("b.ts")});
        room.run();
        room.button("startAllPushButton")->click();
        QTRY_VERIFY_WITH_TIMEOUT(room.state(0) == JobState::Running && room.page->model().jobs()[0].share > 250,
                                 60'000);
        room.choose(0);
        QVERIFY(room.button("stopChosenPushButton")->isEnabled());
        room.button("stopChosenPushButton")->click();
        QVERIFY(room.waitFor(0, JobState::Stopped));
        QVERIFY2(room.words(0).startsWith(QStringLiteral("Stopped at ")), qPrintable(room.words(0)));
        QVERIFY(room.waitFor(1, JobState::Done));
        QVERIFY(!room.button("stopChosenPushButton")->isEnabled());
        room.button("startChosenPushButton")->click();
        QVERIFY(room.waitFor(0, JobState::Done));
        QCOMPARE(room.auditEvents("transcode.stopped"), std::int64_t{1});
    }

    void whatFailsSaysWhatHappenedAndWhatToDo() {
        Room room;
        room.add({room.letter("letter.avi"), room.film("gone.ts")});
        std::filesystem::remove(room.folder / "gone.ts");
        room.run();
        room.button("startAllPushButton")->click();
        QVERIFY(room.waitFor(1, JobState::Failed));
        room.choose(0);
        QVERIFY2(room.detail().contains(QStringLiteral("letter.avi")), qPrintable(room.detail()));
        QVERIFY2(room.detail().contains(QStringLiteral("is no recording that can be read")), qPrintable(room.detail()));
        room.choose(1);
        QVERIFY2(room.detail().contains(QStringLiteral("gone.ts")), qPrintable(room.detail()));
        QVERIFY2(room.detail().contains(QStringLiteral("Connect the disk")), qPrintable(room.detail()));
        QVERIFY(room.button("startChosenPushButton")->isEnabled());
        QVERIFY2(!room.button("startAllPushButton")->isEnabled(), "somebody has to see to them first");
    }

    void aFolderThatIsNotThereIsRefusedBeforeAnythingStarts() {
        Room room;
        room.add({room.film("a.ts")});
        room.page->setFolder(QStringLiteral("/nowhere/at/all"));
        room.button("startAllPushButton")->click();
        QTRY_VERIFY2(room.message().contains(QStringLiteral("/nowhere/at/all")), qPrintable(room.message()));
        QCOMPARE(room.state(0), JobState::New);
        room.page->setFolder({});
        QVERIFY(!room.button("startAllPushButton")->isEnabled());
    }

    void whoMayNotExportFootageIsTold() {
        Room room{access::Role::Operator};
        room.page->add({room.film("a.ts")});
        QTRY_VERIFY2(room.message().contains(QStringLiteral("may not export footage")), qPrintable(room.message()));
        QCOMPARE(room.page->model().rowCount(), 0);
    }

    void itIsDoneByTheKeyboard() {
        Room room;
        room.add({room.film("a.ts"), room.film("b.ts"), room.film("c.ts")});
        QCOMPARE(QApplication::focusWidget(), room.list());
        room.choose(2);
        QTest::keyClick(room.list(), Qt::Key_Up, Qt::AltModifier);
        QTRY_COMPARE(room.name(1), QStringLiteral("c.ts"));
        QTRY_COMPARE(room.list()->currentIndex().row(), 1);
        QTest::keyClick(room.list(), Qt::Key_Space);
        QTRY_COMPARE(room.state(1), JobState::Waiting);
        QTest::keyClick(room.list(), Qt::Key_Space);
        QTRY_COMPARE(room.state(1), JobState::Stopped);
        QTest::keyClick(room.list(), Qt::Key_Delete);
        QVERIFY(room.waitForRows(2));
        QTest::keyClick(room.list(), Qt::Key_A, Qt::ControlModifier);
        room.run();
        QTest::keyClick(room.list(), Qt::Key_Space);
        QVERIFY(room.waitFor(1, JobState::Done));
        room.choose(1);
        QTest::keyClick(room.list(), Qt::Key_Return);
        QTRY_VERIFY(room.page->findChild<QDialog*>(QStringLiteral("reportDialog")) != nullptr);
        QTest::keyClick(room.page->findChild<QDialog*>(QStringLiteral("reportDialog")), Qt::Key_Escape);
        QSignalSpy closed{room.page.get(), &ui::ConvertPage::closed};
        room.page->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(room.page.get()));
        QTest::keyClick(room.list(), Qt::Key_Escape);
        QCOMPARE(closed.count(), 1);
    }

    void theListsKeysWriteInTheFieldOfTheFolder() {
        Room room;
        room.add({room.film("a.ts")});
        room.choose(0);
        auto* field = room.find<QLineEdit>("resultsFolderLineEdit");
        field->setFocus();
        field->setText(QStringLiteral("/a"));
        QTest::keyClick(field, Qt::Key_Home);
        QTest::keyClick(field, Qt::Key_Delete);
        QTest::keyClick(field, Qt::Key_Space);
        QCOMPARE(field->text(), QStringLiteral(" a"));
        QCOMPARE(room.page->model().rowCount(), 1);
        QCOMPARE(room.state(0), JobState::New);
    }

    void takingOneOffThatHasBegunIsAskedFirst() {
        Room room;
        room.add({room.film("long.ts", 700)});
        room.run();
        room.button("startAllPushButton")->click();
        QTRY_VERIFY_WITH_TIMEOUT(room.page->model().jobs()[0].share > 250, 60'000);
        room.choose(0);
        room.button("removePushButton")->click();
        auto* question = room.find<QDialog>("questionDialog");
        question->findChild<QPushButton*>(QStringLiteral("noPushButton"))->click();
        QCOMPARE(room.page->model().rowCount(), 1);
        room.choose(0);
        room.button("removePushButton")->click();
        for (auto* yes : room.page->findChildren<QPushButton*>(QStringLiteral("yesPushButton"))) {
            if (yes->isVisible()) {
                yes->click();
            }
        }
        QVERIFY(room.waitForRows(0));
        QTRY_VERIFY(!std::filesystem::exists(room.out() / "long.mp4.part"));
        QVERIFY(std::filesystem::exists(room.folder / "long.ts"));
    }

    void anotherConsolesWorkIsSeen() {
        Room room;
        room.add({room.film("a.ts")});
        room.button("startAllPushButton")->click();
        QVERIFY(room.waitFor(0, JobState::Waiting));
        transcode::JobQueue elsewhere{*room.database};
        QVERIFY(elsewhere.takeNext().value().has_value());
        QVERIFY(room.waitFor(0, JobState::Running));
    }

    void theModelTellsWhatChangedAndKeepsWhatIsMarked() {
        JobModel model;
        const QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::Fatal};
        std::vector<Job> jobs(5);
        for (std::size_t i = 0; i < jobs.size(); ++i) {
            jobs[i].id = transcode::JobId{static_cast<std::int64_t>(i) + 1};
        }
        model.setJobs({jobs.begin(), jobs.begin() + 3});
        QSignalSpy changed{&model, &JobModel::dataChanged};
        QSignalSpy inserted{&model, &JobModel::rowsInserted};
        QSignalSpy removed{&model, &JobModel::rowsRemoved};
        QSignalSpy reset{&model, &JobModel::modelReset};
        jobs[1].share = 500;
        model.setJobs(jobs);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(inserted.count(), 1);
        const QPersistentModelIndex fourth{model.index(3)};
        jobs.erase(jobs.begin() + 1, jobs.begin() + 3);
        model.setJobs(jobs);
        QCOMPARE(removed.count(), 1);
        QCOMPARE(fourth.row(), 1);
        QCOMPARE(reset.count(), 0);
        std::swap(jobs[0], jobs[1]);
        model.setJobs(jobs);
        QCOMPARE(reset.count(), 1);
        QCOMPARE(model.index(0).data(JobModel::IdRole).toLongLong(), 4);
        model.setJobs({});
        QCOMPARE(model.rowCount(), 0);
    }

    void twoThousandRowsAreShownInAMoment() {
        Room room;
        std::filesystem::create_directory(room.folder / "tapes");
        for (int i = 0; i < 2'000; ++i) {
            std::ofstream{room.folder / ("tapes/" + std::to_string(i) + ".avi")} << i;
        }
        room.page->add({QString::fromStdString((room.folder / "tapes").string())});
        QVERIFY(QTest::qWaitFor([&] { return room.page->model().rowCount() == 2'000; }, 60'000));
        QElapsedTimer timer;
        timer.start();
        auto jobs = room.page->model().jobs();
        jobs[1'500].share = 10;
        room.page->model().setJobs(jobs);
        room.list()->selectAll();
        room.list()->scrollToBottom();
        room.page->grab();
        QVERIFY2(timer.elapsed() < 1'000, qPrintable(QString::number(timer.elapsed())));
        QCOMPARE(room.detail(), QStringLiteral("2,000 recordings chosen"));
    }

    void wordsSayWhatItIsAt() {
        using enum transcode::TranscodePhase;
        QCOMPARE(ui::wordsOf(jobWith(JobState::Waiting, Hashing, 0)), QStringLiteral("Waiting"));
        QCOMPARE(ui::wordsOf(jobWith(JobState::Waiting, Making, 437)), QStringLiteral("Waiting, goes on at 43 %"));
        QCOMPARE(ui::wordsOf(jobWith(JobState::Running, Hashing, 5)), QStringLiteral("Taking its checksum, 0 %"));
        QCOMPARE(ui::wordsOf(jobWith(JobState::Running, Looking, 120)), QStringLiteral("Looking at it, 12 %"));
        Job making = jobWith(JobState::Running, Making, 437);
        making.left = std::chrono::seconds{700};
        QCOMPARE(ui::wordsOf(making), QStringLiteral("Converting, 43 %, about 12 min left"));
        Job damaged = jobWith(JobState::Done, Checking, 1000);
        damaged.hasDamage = true;
        QCOMPARE(ui::wordsOf(damaged), QStringLiteral("Done, damage found"));
        QCOMPARE(ui::roughly(std::chrono::seconds{43}), QStringLiteral("45 s"));
        QCOMPARE(ui::roughly(std::chrono::hours{3} + std::chrono::minutes{20}), QStringLiteral("3 h 20 min"));
    }

    void aReportThatWasTornIsSaidToBe() {
        QVERIFY(ui::reportAsHtml("{\"source\": ").contains(QStringLiteral("cannot be read")));
        QVERIFY(ui::reportAsHtml("[]").contains(QStringLiteral("cannot be read")));
        // Fields of other kinds do no harm.
        QVERIFY(!ui::reportAsHtml("{\"source\": 7, \"detected\": {\"fields\": {}}, \"damage\": []}").isEmpty());
    }
};

int main(int argc, char** argv) {
    QApplication application{argc, argv};
    ui::theme::apply(application);
    ConvertPageTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "convert_page_test.moc"
