#include "transcode/job_list.h"

#include "job_room.h"
#include "store/audit_log.h"
#include "transcode/job_queue.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <fstream>

namespace leedswatch::tests {
namespace {

using base::ErrorCode;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using transcode::Job;
using transcode::JobId;
using transcode::JobState;

class JobListTest : public ::testing::Test, protected JobRoom {
protected:
    /// No film: nothing here decodes it.
    std::filesystem::path file(const std::string& name) {
        std::filesystem::create_directories((m_folder / name).parent_path());
        std::ofstream{m_folder / name} << name;
        return m_folder / name;
    }
    std::vector<std::string> names() {
        std::vector<std::string> names;
        for (const Job& job : jobs()) {
            names.push_back(job.source.filename());
        }
        return names;
    }
    std::vector<std::string> actions() {
        return m_database
            ->read([](soci::session& sql) -> base::Result<std::vector<std::string>> {
                std::vector<std::string> actions;
                std::string body;
                soci::statement statement =
                    (sql.prepare << "SELECT body FROM audit_event ORDER BY seq", soci::into(body));
                for (bool more = statement.execute(true); more; more = statement.fetch()) {
                    actions.push_back(nlohmann::json::parse(body)["act"]);
                }
                return actions;
            })
            .value();
    }
    static access::Acting personWith(access::Role role) {
        access::Acting acting;
        acting.id = access::PersonId{7};
        acting.username = "olive";
        acting.role = role;
        acting.workstation = "desk 1";
        return acting;
    }
};

TEST_F(JobListTest, KeepsFilesInTheOrderInWhichTheyCame) {
    const auto added = m_list.add(m_acting, {file("b.avi"), file("a.avi")});
    ASSERT_TRUE(added);
    EXPECT_EQ(added->jobs.size(), 2U);
    EXPECT_THAT(names(), ElementsAre("b.avi", "a.avi"));
    EXPECT_EQ(jobs()[0].state, JobState::New);
    EXPECT_EQ(jobs()[0].share, 0);
}

TEST_F(JobListTest, ASourceIsThereOnceHoweverItIsNamed) {
    const auto first = file("tapes/a.avi");
    const auto added = m_list.add(m_acting, {first, m_folder / "tapes/../tapes/a.avi", first});
    ASSERT_TRUE(added);
    EXPECT_EQ(added->jobs.size(), 1U);
    EXPECT_EQ(added->known, 2);
    EXPECT_EQ(m_list.add(m_acting, {m_folder / "tapes"})->known, 1);
}

TEST_F(JobListTest, TakesTheRecordingsOfAFolderAndOfThoseBelowIt) {
    for (const char* name : {"tapes/b.MPG", "tapes/a.vob", "tapes/1998/c.dv", "tapes/letter.txt", "tapes/.hidden.avi",
                             "tapes/.trash/d.avi", "tapes/x.mp4.part/piece-000000000.nut"}) {
        file(name);
    }
    file("tapes/made.mp4");
    file("tapes/made.mp4.report.json");
    const auto added = m_list.add(m_acting, {m_folder / "tapes"});
    ASSERT_TRUE(added);
    EXPECT_THAT(names(), ElementsAre("a.vob", "b.MPG", "c.dv"));
    EXPECT_EQ(added->others, 2) << "the letter and the report";
}

TEST_F(JobListTest, SaysWhichFilesAreNone) {
    ::mkfifo((m_folder / "pipe").c_str(), 0600);
    const auto added = m_list.add(m_acting, {m_folder / "gone.avi", m_folder / "pipe"});
    ASSERT_TRUE(added);
    ASSERT_EQ(added->refused.size(), 2U);
    EXPECT_EQ(added->refused[0].code, ErrorCode::NotFound);
    EXPECT_THAT(added->refused[0].message, HasSubstr("gone.avi"));
    EXPECT_EQ(added->refused[1].code, ErrorCode::InvalidInput);
    EXPECT_THAT(names(), IsEmpty());
}

TEST_F(JobListTest, IsForThoseWhoMayExportFootage) {
    const auto operator_ = personWith(access::Role::Operator);
    const auto id = add(file("a.avi"));
    EXPECT_EQ(m_list.add(operator_, {file("b.avi")}).error().code, ErrorCode::NotPermitted);
    EXPECT_EQ(m_list.start(operator_, {id}, m_out).error().code, ErrorCode::NotPermitted);
    EXPECT_EQ(m_list.stop(operator_, {id}).error().code, ErrorCode::NotPermitted);
    EXPECT_EQ(m_list.moveUp(operator_, id).error().code, ErrorCode::NotPermitted);
    EXPECT_EQ(m_list.remove(operator_, {id}).error().code, ErrorCode::NotPermitted);
    EXPECT_EQ(jobs().size(), 1U);
    EXPECT_TRUE(m_list.start(personWith(access::Role::Supervisor), {id}, m_out));
    EXPECT_EQ(job(id).who, "olive");
}

TEST_F(JobListTest, AFolderThatIsNotThereOrCannotBeWrittenToIsRefusedAtOnce) {
    const auto id = add(file("a.avi"));
    EXPECT_EQ(m_list.start(m_acting, {id}, m_folder / "gone").error().code, ErrorCode::NotFound);
    EXPECT_EQ(m_list.start(m_acting, {id}, "relative").error().code, ErrorCode::NotFound);
    EXPECT_EQ(m_list.start(m_acting, {id}, "/proc/self").error().code, ErrorCode::StorageFailed);
    EXPECT_EQ(job(id).state, JobState::New);
}

TEST_F(JobListTest, WhatWaitsCanBeStoppedAndStartedAgain) {
    const auto id = start(file("a.avi"));
    EXPECT_EQ(job(id).state, JobState::Waiting);
    EXPECT_EQ(job(id).folder, m_out);
    ASSERT_TRUE(m_list.stop(m_acting, {id}));
    EXPECT_EQ(job(id).state, JobState::Stopped);
    startAgain(id);
    EXPECT_EQ(job(id).state, JobState::Waiting);
}

TEST_F(JobListTest, MovesUpButNotBeforeWhatIsBeingDone) {
    const auto first = start(file("a.avi"));
    const auto second = start(file("b.avi"));
    const auto third = start(file("c.avi"));
    ASSERT_TRUE(m_list.moveUp(m_acting, third));
    EXPECT_THAT(names(), ElementsAre("a.avi", "c.avi", "b.avi"));
    transcode::JobQueue queue{*m_database};
    ASSERT_EQ(queue.takeNext().value()->id, first);
    ASSERT_TRUE(m_list.moveUp(m_acting, third));
    ASSERT_TRUE(m_list.moveUp(m_acting, first));
    EXPECT_THAT(names(), ElementsAre("a.avi", "c.avi", "b.avi"));
    ASSERT_TRUE(m_list.moveUp(m_acting, second));
    EXPECT_THAT(names(), ElementsAre("a.avi", "b.avi", "c.avi"));
}

TEST_F(JobListTest, TheFirstThatWaitsIsNextAndWhatAKilledRunnerDidWaitsAgain) {
    const auto first = start(file("a.avi"));
    const auto second = start(file("b.avi"));
    transcode::JobQueue queue{*m_database};
    EXPECT_EQ(queue.takeNext().value()->id, first);
    EXPECT_EQ(queue.takeNext().value()->id, second);
    EXPECT_FALSE(queue.takeNext().value());
    ASSERT_TRUE(queue.putBack());
    EXPECT_EQ(queue.takeNext().value()->id, first);
}

TEST_F(JobListTest, EveryChangeIsInTheAuditLogAndVouchedFor) {
    const auto id = start(file("a.avi"));
    ASSERT_TRUE(m_list.stop(m_acting, {id}));
    const auto check = [&] { return store::AuditLog{*m_database}.verify({&transcode::JobList::witness()}).value(); };
    EXPECT_TRUE(check().problems.empty()) << ::testing::PrintToString(check().problems);
    ASSERT_TRUE(m_list.remove(m_acting, {id}));
    EXPECT_THAT(actions(), ElementsAre("store.created", "transcode.listed", "transcode.started", "transcode.stopped",
                                       "transcode.removed"));
    EXPECT_TRUE(check().problems.empty()) << ::testing::PrintToString(check().problems);
    add(file("b.avi"));
    ASSERT_TRUE(m_database->write([](store::Transaction& transaction) -> base::Result<void> {
        transaction.sql() << "UPDATE transcode_job SET source = '/elsewhere.avi'";
        return {};
    }));
    EXPECT_FALSE(check().problems.empty());
}

TEST_F(JobListTest, TwoThousandFilesAreListedInAMoment) {
    std::filesystem::create_directory(m_folder / "tapes");
    for (int i = 0; i < 2'000; ++i) {
        std::ofstream{m_folder / ("tapes/" + std::to_string(i) + ".avi")} << i;
    }
    const auto added = m_list.add(m_acting, {m_folder / "tapes"});
    ASSERT_TRUE(added);
    EXPECT_EQ(added->jobs.size(), 2'000U);
    const auto begin = m_clock.steadyNow();
    EXPECT_EQ(jobs().size(), 2'000U);
    EXPECT_LT(m_clock.steadyNow() - begin, std::chrono::seconds{1});
    ASSERT_TRUE(m_list.remove(m_acting, added->jobs));
    EXPECT_THAT(jobs(), IsEmpty());
}

}  // namespace
}  // namespace leedswatch::tests
