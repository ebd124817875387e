#include "support/child_process.h"

#include "support/temporary_folder.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <fstream>

using namespace leedswatch::tests;

namespace {

TEST(ChildProcess, GivesWhatAProgramPrintedAndItsExitCode) {
    const auto finished = runProgram({"/bin/sh", "-c", "read line; echo got $line; exit 3"}, "word\n");
    EXPECT_EQ(finished.output, "got word\n");
    EXPECT_EQ(finished.exitCode, 3);
}

TEST(ChildProcess, SaysWhichSignalEndedIt) {
    ChildProcess process{{"/bin/sh", "-c", "echo up; read forever"}};
    ASSERT_TRUE(process.waitForOutput("up"));
    process.signal(SIGKILL);
    EXPECT_EQ(process.wait(), 128 + SIGKILL);
}

TEST(ChildProcess, DoesNotWaitForOutputOfAProgramThatHasEnded) {
    ChildProcess process{{"/bin/sh", "-c", "echo other"}};
    EXPECT_FALSE(process.waitForOutput("never"));
}

TEST(ChildProcess, IsNotHeldUpByAGrandchildThatKeepsThePipe) {
    std::string grandchild;
    {
        ChildProcess process{{"/bin/sh", "-c", "sleep 600 & echo $!; echo done"}};
        ASSERT_TRUE(process.waitForOutput("done"));
        EXPECT_EQ(process.wait(), 0);
        grandchild = process.output();
    }
    ::kill(std::stoi(grandchild), SIGKILL);
}

TEST(ChildProcess, SaysThatAProgramIsNotThere) {
    EXPECT_THROW(ChildProcess{{"/nonexistent/program"}}, std::runtime_error);
}

TEST(ChildProcess, IsNotStartedByAThreadThatWouldTakeItAlong) {
    std::jthread{[] { EXPECT_THROW(ChildProcess{{"/bin/true"}}, std::runtime_error); }}.join();
}

/// Whether the process ends before `limit`, whosever child it is.
bool ends(pid_t id, std::chrono::milliseconds limit) {
    const int descriptor = static_cast<int>(::syscall(SYS_pidfd_open, id, 0));
    if (descriptor < 0) {
        return errno == ESRCH;
    }
    pollfd waited{descriptor, POLLIN, 0};
    const bool ended = ::poll(&waited, 1, static_cast<int>(limit.count())) == 1;
    ::close(descriptor);
    return ended;
}

TEST(ChildProcess, DiesWithATestThatIsKilled) {
    const TemporaryFolder folder;
    const std::string file = folder / "id";
    const pid_t test = ::fork();
    if (test == 0) {
        ChildProcess process{{"/bin/sh", "-c", "echo $$ > " + file + "; echo up; exec sleep 600"}};
        static_cast<void>(process.waitForOutput("up"));
        std::raise(SIGKILL);
    }
    ASSERT_EQ(::waitpid(test, nullptr, 0), test);
    pid_t id = 0;
    std::ifstream{file} >> id;
    ASSERT_GT(id, 0);
    if (!ends(id, std::chrono::seconds{10})) {
        ADD_FAILURE() << "the program goes on without its test";
        ::kill(id, SIGKILL);
    }
}

}  // namespace
