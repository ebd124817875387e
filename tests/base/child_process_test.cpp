#include "support/child_process.h"

#include <gtest/gtest.h>

#include <csignal>

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

}  // namespace
