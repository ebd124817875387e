#include "transcode/job_runner.h"

#include "base/file.h"
#include "job_room.h"
#include "store/audit_log.h"
#include "support/full_disk.h"
#include "transcode/job_queue.h"
#include "transcode/work_folder.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>
#include <sys/wait.h>

#include <csignal>
#include <fstream>

namespace leedswatch::tests {
namespace {

using base::ErrorCode;
using ::testing::HasSubstr;
using transcode::Job;
using transcode::JobId;
using transcode::JobState;
using transcode::TranscodePhase;
using transcode::WorkFolder;

/// Long enough to be stopped in the middle.
constexpr int kManyPictures = 300;

class JobRunnerTest : public ::testing::Test, protected JobRoom {
protected:
    /// A film of which the runner has made some and not all.
    bool waitForSome(JobId id) {
        return waitFor([&] {
            const Job now = job(id);
            return now.state == JobState::Running && !now.result.empty() && hasPieces(now.result);
        });
    }
    static bool hasPieces(const std::filesystem::path& result) {
        const auto state = base::readWholeFile(WorkFolder::pathOf(result) / "state.json");
        return state && !nlohmann::json::parse(*state)["pieces"].empty();
    }
    nlohmann::json report(JobId id) { return nlohmann::json::parse(m_list.report(id).value()); }
    /// The same film, made in one go.
    std::string hashInOneRun(const std::filesystem::path& source) {
        const auto whole = m_folder / "whole.mp4";
        const auto made = transcode::transcodeFile(source, whole, settings().options, {}, [](const auto&) {});
        return base::toHex(made.value().sha256);
    }
};

TEST_F(JobRunnerTest, DoesOneAfterTheOtherAndKeepsTheirReports) {
    const auto first = start(film("a.ts"));
    const auto second = start(film("b.ts"));
    run();
    ASSERT_TRUE(waitFor(second, JobState::Done)) << job(second).error.message;
    EXPECT_EQ(job(first).state, JobState::Done);
    EXPECT_EQ(job(first).share, 1000);
    EXPECT_EQ(job(first).result, m_out / "a.mp4");
    EXPECT_FALSE(job(first).hasDamage);
    EXPECT_EQ(readFilm(m_out / "b.mp4").size(), 30U);
    EXPECT_EQ(report(first)["pictures_out"], 30);
    EXPECT_EQ(report(first)["result"]["sha256"], base::toHex(*base::sha256OfFile(m_out / "a.mp4")));
    const auto checked = store::AuditLog{*m_database}.verify({&transcode::JobList::witness()}).value();
    EXPECT_TRUE(checked.problems.empty()) << ::testing::PrintToString(checked.problems);
}

TEST_F(JobRunnerTest, WhatNobodyHasStartedIsLeftAlone) {
    const auto listed = add(film("a.ts"));
    const auto started = start(film("b.ts"));
    run();
    ASSERT_TRUE(waitFor(started, JobState::Done));
    EXPECT_EQ(job(listed).state, JobState::New);
    EXPECT_FALSE(std::filesystem::exists(m_out / "a.mp4"));
}

TEST_F(JobRunnerTest, TakesWhatIsStartedWhileItWaits) {
    run();
    const auto id = start(film("a.ts"));
    EXPECT_TRUE(waitFor(id, JobState::Done)) << job(id).error.message;
}

TEST_F(JobRunnerTest, DamageIsSaidAndAFileThatIsNoFilmIsRefused) {
    const auto torn = film("torn.ts", 60);
    std::filesystem::resize_file(torn, std::filesystem::file_size(torn) * 2 / 3 + 77);
    std::ofstream{m_folder / "letter.avi"} << "this is a letter and not a film\n";
    const auto letter = start(m_folder / "letter.avi");
    const auto damaged = start(torn);
    run();
    ASSERT_TRUE(waitFor(damaged, JobState::Done)) << job(damaged).error.message;
    EXPECT_TRUE(job(damaged).hasDamage);
    EXPECT_EQ(job(letter).state, JobState::Failed);
    EXPECT_EQ(job(letter).error.code, ErrorCode::Damaged);
    EXPECT_THAT(job(letter).error.message, HasSubstr("letter.avi"));
    EXPECT_FALSE(std::filesystem::exists(m_out / "letter.mp4.part"));
}

TEST_F(JobRunnerTest, WhatIsThereIsNeverWrittenOver) {
    std::ofstream{m_out / "a.mp4"} << "precious";
    const auto first = start(film("1998/a.ts"));
    const auto second = start(film("1999/a.ts"));
    run();
    ASSERT_TRUE(waitFor(second, JobState::Done)) << job(second).error.message;
    EXPECT_EQ(*base::readWholeFile(m_out / "a.mp4"), "precious");
    EXPECT_EQ(job(first).result, m_out / "a_2.mp4");
    EXPECT_EQ(job(second).result, m_out / "a_3.mp4");
}

TEST_F(JobRunnerTest, AStoppedJobGoesOnWhereItWas) {
    const auto source = film("a.ts", kManyPictures);
    const auto id = start(source);
    run();
    ASSERT_TRUE(waitForSome(id));
    ASSERT_TRUE(m_list.stop(m_acting, {id}));
    const auto next = start(film("b.ts"));
    ASSERT_TRUE(waitFor(next, JobState::Done)) << "the next one has its turn";
    EXPECT_EQ(job(id).state, JobState::Stopped);
    EXPECT_GT(job(id).share, 0);
    EXPECT_TRUE(hasPieces(job(id).result));
    const int reached = job(id).share;
    startAgain(id);
    ASSERT_TRUE(waitFor([&] {
        EXPECT_GE(job(id).share, reached);
        return job(id).state == JobState::Done;
    }));
    EXPECT_GT(report(id)["pictures_made_by_earlier_run"], 0);
    EXPECT_EQ(report(id)["result"]["sha256"], hashInOneRun(source));
}

TEST_F(JobRunnerTest, AClosedConsoleGoesOnTheNextTime) {
    const auto id = start(film("a.ts", kManyPictures));
    run();
    ASSERT_TRUE(waitForSome(id));
    close();
    EXPECT_EQ(job(id).state, JobState::Waiting);
    EXPECT_TRUE(hasPieces(job(id).result));
    run();
    ASSERT_TRUE(waitFor(id, JobState::Done)) << job(id).error.message;
    EXPECT_GT(report(id)["pictures_made_by_earlier_run"], 0);
}

TEST_F(JobRunnerTest, WhatIsTakenOffTheListWhileItRunsLeavesNothing) {
    const auto id = start(film("a.ts", kManyPictures));
    run();
    ASSERT_TRUE(waitForSome(id));
    const auto result = job(id).result;
    ASSERT_TRUE(m_list.remove(m_acting, {id}));
    EXPECT_TRUE(waitFor([&] { return !std::filesystem::exists(WorkFolder::pathOf(result)); }));
    EXPECT_FALSE(std::filesystem::exists(result));
    EXPECT_TRUE(std::filesystem::exists(m_folder / "a.ts"));
}

TEST_F(JobRunnerTest, WhatIsTakenOffTheListAfterItWasStoppedLeavesNothing) {
    const auto id = start(film("a.ts", kManyPictures));
    run();
    ASSERT_TRUE(waitForSome(id));
    const auto result = job(id).result;
    close();
    ASSERT_TRUE(m_list.remove(m_acting, {id}));
    EXPECT_FALSE(std::filesystem::exists(WorkFolder::pathOf(result)));
}

TEST_F(JobRunnerTest, OfTwoRunnersOneWorksAndTheOtherTakesOver) {
    run();
    const auto first = start(film("a.ts", kManyPictures));
    ASSERT_TRUE(waitForSome(first));
    auto other = std::make_unique<transcode::JobRunner>(*m_database, *m_feed, m_clock, settings());
    const auto second = start(film("b.ts"));
    ASSERT_TRUE(waitFor([&] { return job(first).phase >= TranscodePhase::Making && job(first).share > 300; }));
    EXPECT_EQ(job(second).state, JobState::Waiting) << "there is one at work";
    close();
    ASSERT_TRUE(waitFor(second, JobState::Done)) << job(second).error.message;
    EXPECT_EQ(job(first).state, JobState::Done);
    EXPECT_GT(report(first)["pictures_made_by_earlier_run"], 0);
    other.reset();
}

TEST_F(JobRunnerTest, ASourceThatIsGoneOrAnotherIsNamed) {
    const auto gone = start(film("gone.ts"));
    const auto changed = start(film("changed.ts"));
    std::filesystem::remove(m_folder / "gone.ts");
    std::ofstream{m_folder / "changed.ts", std::ios::app} << "more";
    run();
    ASSERT_TRUE(waitFor(changed, JobState::Failed));
    EXPECT_EQ(job(gone).error.code, ErrorCode::NotFound);
    EXPECT_EQ(job(changed).error.code, ErrorCode::InvalidInput);
    EXPECT_THAT(job(changed).error.message, HasSubstr("changed.ts has been changed since"));
    startAgain(changed);
    EXPECT_TRUE(waitFor(changed, JobState::Done)) << "as it is now";
}

TEST_F(JobRunnerTest, ASourceThatGoesAwayUnderwayIsNamedAndTheJobGoesOnOnceItIsBack) {
    const auto source = film("a.ts", kManyPictures);
    const auto id = start(source);
    run();
    ASSERT_TRUE(waitForSome(id));
    std::filesystem::rename(source, m_folder / "away.ts");
    ASSERT_TRUE(waitFor(id, JobState::Failed));
    EXPECT_EQ(job(id).error.code, ErrorCode::NotFound);
    EXPECT_THAT(job(id).error.message, HasSubstr("a.ts"));
    std::filesystem::rename(m_folder / "away.ts", source);
    startAgain(id);
    ASSERT_TRUE(waitFor(id, JobState::Done)) << job(id).error.message;
    EXPECT_GT(report(id)["pictures_made_by_earlier_run"], 0);
}

TEST_F(JobRunnerTest, AnOutputFolderThatIsGoneIsNotMadeAnew) {
    const auto id = start(film("a.ts"));
    std::filesystem::remove(m_out);
    run();
    ASSERT_TRUE(waitFor(id, JobState::Failed));
    EXPECT_EQ(job(id).error.code, ErrorCode::NotFound);
    EXPECT_THAT(job(id).error.message, HasSubstr(m_out.string()));
    EXPECT_FALSE(std::filesystem::exists(m_out)) << "it may be the place of a disk that is not connected";
}

TEST_F(JobRunnerTest, AFileThatTookTheNameMeanwhileIsGivenWayTo) {
    const auto id = start(film("a.ts", kManyPictures));
    run();
    ASSERT_TRUE(waitForSome(id));
    close();
    std::ofstream{m_out / "a.mp4"} << "precious";
    run();
    ASSERT_TRUE(waitFor(id, JobState::Done)) << job(id).error.message;
    EXPECT_EQ(job(id).result, m_out / "a_2.mp4");
    EXPECT_GT(report(id)["pictures_made_by_earlier_run"], 0) << "what was done went with it";
    EXPECT_FALSE(std::filesystem::exists(m_out / "a.mp4.part"));
    EXPECT_EQ(*base::readWholeFile(m_out / "a.mp4"), "precious");
}

TEST_F(JobRunnerTest, AResultOfWhichTheStoreDoesNotKnowYetIsNotMadeTwice) {
    const auto id = start(film("a.ts"));
    run();
    ASSERT_TRUE(waitFor(id, JobState::Done));
    close();
    // As if the runner had been killed between the two.
    ASSERT_TRUE(m_database->write([](store::Transaction& transaction) -> base::Result<void> {
        transaction.sql() << "UPDATE transcode_job SET state = 'running', report = ''";
        return {};
    }));
    const auto written = std::filesystem::last_write_time(m_out / "a.mp4");
    run();
    ASSERT_TRUE(waitFor(id, JobState::Done));
    EXPECT_EQ(job(id).result, m_out / "a.mp4");
    EXPECT_EQ(std::filesystem::last_write_time(m_out / "a.mp4"), written);
    EXPECT_EQ(report(id)["pictures_out"], 30);
    EXPECT_FALSE(std::filesystem::exists(m_out / "a_2.mp4"));
}

/// The limit is of the whole process, so the store must not grow beyond it either: one job, nothing told.
TEST_F(JobRunnerTest, ADiskThatIsFullIsAFailureAndTheJobGoesOnOnceThereIsRoom) {
    MadeScene noisy;
    noisy.noise = 20;
    const auto id = start(film("a.ts", 300, noisy));
    {
        const FullDisk full{2'500'000};
        run(150);
        ASSERT_TRUE(waitFor(id, JobState::Failed)) << nameOf(job(id).state);
    }
    EXPECT_EQ(job(id).error.code, ErrorCode::StorageFailed) << job(id).error.message;
    EXPECT_THAT(job(id).error.message, HasSubstr("a.mp4.part"));
    EXPECT_FALSE(std::filesystem::exists(m_out / "a.mp4"));
    startAgain(id);
    EXPECT_TRUE(waitFor(id, JobState::Done)) << job(id).error.message;
}

TEST_F(JobRunnerTest, WhenADiskIsFullWhatElseWasToGoThereIsStopped) {
    const auto full = start(film("a.ts"));
    const auto same = start(film("b.ts"));
    const auto other = add(film("c.ts"));
    std::filesystem::create_directory(m_folder / "elsewhere");
    ASSERT_TRUE(m_list.start(m_acting, {other}, m_folder / "elsewhere"));
    transcode::JobQueue queue{*m_database};
    const auto taken = queue.takeNext();
    ASSERT_TRUE(taken && *taken && (**taken).id == full);
    ASSERT_TRUE(queue.fail(**taken, {ErrorCode::StorageFull, "the disk of " + m_out.string() + " is full"}));
    EXPECT_EQ(job(full).state, JobState::Failed);
    EXPECT_EQ(job(same).state, JobState::Stopped);
    EXPECT_EQ(job(other).state, JobState::Waiting) << "another disk";
}

/// A console of its own process, killed in the middle: the kernel takes the lock from it, and the work is there.
TEST(JobRunnerKilled, TheNextOneGoesOnWhereItWas) {
    TemporaryFolder folder;
    const auto source = folder / "a.ts";
    MadeFilm film{.format = "mpegts", .codec = "mpeg2video", .pictures = kManyPictures};
    film.draw = [](int number) { return drawPicture({}, Fields::Progressive, number); };
    writeFilm(source, film);
    std::filesystem::create_directory(folder / "out");
    const pid_t console = ::fork();
    if (console == 0) {
        const base::SystemClock clock;
        auto database = store::Database::open(folder / "data", clock).value();
        auto feed = store::ChangeFeed::open(*database).value();
        transcode::JobList list{*database};
        const auto acting = access::Acting::commandLine();
        const auto added = list.add(acting, {source}).value();
        if (!list.start(acting, added.jobs, folder / "out")) {
            ::_exit(1);
        }
        const transcode::JobRunner runner{*database, *feed, clock, JobRoom::settings()};
        for (;;) {
            ::pause();
        }
    }
    const auto state = folder / "out/a.mp4.part/state.json";
    const bool isUnderway = waitUntil(
        [&] {
            const auto text = base::readWholeFile(state);
            return text && !nlohmann::json::parse(*text)["pieces"].empty();
        },
        std::chrono::seconds{100});
    ::kill(console, SIGKILL);
    int status = 0;
    ::waitpid(console, &status, 0);
    ASSERT_TRUE(isUnderway);
    ASSERT_FALSE(std::filesystem::exists(folder / "out/a.mp4")) << "it was faster than the signal";

    const base::SystemClock clock;
    auto database = store::Database::open(folder / "data", clock).value();
    auto feed = store::ChangeFeed::open(*database).value();
    transcode::JobList list{*database};
    ASSERT_EQ(list.list().value().size(), 1U);
    EXPECT_EQ(list.list().value()[0].state, JobState::Running) << "as it was left";
    const transcode::JobRunner runner{*database, *feed, clock, JobRoom::settings()};
    ASSERT_TRUE(waitUntil([&] { return list.list().value()[0].state == JobState::Done; }, std::chrono::seconds{100}));
    const auto report = nlohmann::json::parse(list.report(list.list().value()[0].id).value());
    EXPECT_GT(report["pictures_made_by_earlier_run"], 0);
    EXPECT_EQ(report["pictures_out"], kManyPictures);
}

}  // namespace
}  // namespace leedswatch::tests
