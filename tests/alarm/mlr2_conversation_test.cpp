#include "alarm/mlr2_conversation.h"

#include "alarm/mlr2_doubts.h"

#include <gtest/gtest.h>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;
using alarm::Mlr2Conversation;
using alarm::Mlr2Doubt;
using alarm::Mlr2Doubts;

/// A receiver's side of a conversation, with a clock that is moved by hand.
class Mlr2ConversationTest : public testing::Test {
protected:
    Mlr2Conversation::Heard hear(const std::string& text) {
        return m_conversation.signal(text, m_now, [this](bool /*isFirst*/) { return std::to_string(m_next++); });
    }
    int finish(const Mlr2Conversation::Heard& heard, bool isStored = true) {
        return m_conversation.stored(heard.toStore.value(), isStored, m_now);
    }
    /// The number of a line that is stored and answered at once.
    std::string tell(const std::string& text) {
        const auto heard = hear(text);
        EXPECT_EQ(finish(heard), 1);
        return heard.sequence;
    }
    int beat() { return m_conversation.heartbeat(m_now); }
    void wait(std::chrono::milliseconds time) { m_now += time; }

    Mlr2Conversation m_conversation{{}};
    base::SteadyTime m_now{std::chrono::hours{1}};
    int m_next = 1;
};

TEST_F(Mlr2ConversationTest, OwesALineOneAnswerWhenItIsStored) {
    const auto heard = hear("a");
    EXPECT_TRUE(heard.toStore);
    EXPECT_EQ(m_conversation.waiting(), 1U);
    EXPECT_EQ(finish(heard), 1);
    EXPECT_EQ(m_conversation.waiting(), 0U);
}

TEST_F(Mlr2ConversationTest, KeepsTwoIdenticalEventsThatWereBothAnswered) {
    EXPECT_EQ(tell("a"), "1");
    EXPECT_EQ(tell("a"), "2");
    wait(2s);
    EXPECT_EQ(tell("a"), "3");
    wait(30s);
    EXPECT_EQ(tell("a"), "4");
}

TEST_F(Mlr2ConversationTest, TakesALineThatWasNotAnsweredForTheSameHoweverLateItComesAgain) {
    const auto first = hear("a");
    EXPECT_EQ(finish(first, false), 0);
    wait(4s);
    const auto second = hear("a");
    EXPECT_TRUE(second.isAgain);
    EXPECT_EQ(second.sequence, first.sequence);
    EXPECT_EQ(finish(second, false), 0);
    wait(300s);
    EXPECT_EQ(hear("a").sequence, first.sequence);
}

TEST_F(Mlr2ConversationTest, GivesNoLateAnswer) {
    const auto heard = hear("a");
    wait(3'600ms);
    EXPECT_EQ(finish(heard), 0);
    wait(400ms);
    const auto again = hear("a");
    EXPECT_EQ(again.sequence, heard.sequence);
    EXPECT_EQ(finish(again), 1);
}

// The receiver waits for the answer to its last line: one that was stored in the meantime is answered as that.
TEST_F(Mlr2ConversationTest, AnswersALineThatCameAgainWhileItWasBeingStoredOnce) {
    const auto heard = hear("a");
    wait(4s);
    EXPECT_FALSE(hear("a").toStore);
    wait(1s);
    EXPECT_EQ(finish(heard), 1);
    wait(1s);
    EXPECT_EQ(tell("b"), "2");
}

TEST_F(Mlr2ConversationTest, KnowsALineWhoseAnswerWasLostByTheTimeAfterWhichItComesAgain) {
    EXPECT_EQ(tell("a"), "1");
    wait(4s);
    EXPECT_EQ(tell("a"), "1");
    wait(4s);
    EXPECT_EQ(tell("a"), "1");
    wait(10s);
    EXPECT_EQ(tell("a"), "2");
}

TEST_F(Mlr2ConversationTest, TakesAnIdenticalLineForNewBehindAnythingElse) {
    EXPECT_EQ(tell("a"), "1");
    EXPECT_EQ(tell("b"), "2");
    wait(4s);
    EXPECT_EQ(tell("a"), "3");
    EXPECT_EQ(beat(), 1);
    wait(4s);
    EXPECT_EQ(tell("a"), "4");
}

TEST_F(Mlr2ConversationTest, AcknowledgesAHeartbeatAtOnce) {
    EXPECT_EQ(beat(), 1);
    const auto heard = hear("a");
    wait(10s);
    EXPECT_EQ(beat(), 1);
    EXPECT_EQ(finish(heard), 0);
}

// A sender that does not wait would take it for the answer to its line.
TEST_F(Mlr2ConversationTest, AcknowledgesAHeartbeatBehindALineThatWaitsOnlyAfterIt) {
    auto heard = hear("a");
    EXPECT_EQ(beat(), 0);
    EXPECT_EQ(finish(heard), 2);
    heard = hear("b");
    EXPECT_EQ(beat(), 0);
    EXPECT_EQ(finish(heard, false), 0);
    EXPECT_EQ(beat(), 1);
}

TEST_F(Mlr2ConversationTest, AnswersNothingBehindALineThatIsNotAnswered) {
    const auto a = hear("a");
    const auto b = hear("b");
    const auto c = hear("c");
    EXPECT_EQ(finish(b), 0);
    EXPECT_EQ(finish(a, false), 0);
    EXPECT_EQ(finish(c), 0);
    EXPECT_EQ(m_conversation.takeGivenUp(), 3);
    wait(4s);
    EXPECT_EQ(finish(hear("a")), 1);
    EXPECT_EQ(hear("b").sequence, b.sequence);
}

TEST_F(Mlr2ConversationTest, AnswersInTheOrderOfTheLines) {
    const auto a = hear("a");
    const auto b = hear("b");
    EXPECT_EQ(finish(b), 0);
    EXPECT_EQ(finish(a), 2);
}

TEST_F(Mlr2ConversationTest, IsInDoubtAboutWhatWasNotAnsweredAndTheLastThatMayNotHaveHadItsAnswer) {
    EXPECT_EQ(tell("a"), "1");
    EXPECT_TRUE(m_conversation.doubts(true).empty());
    ASSERT_EQ(m_conversation.doubts(false).size(), 1U);
    EXPECT_FALSE(m_conversation.doubts(false).front().isUnanswered);
    const auto heard = hear("b");
    ASSERT_EQ(m_conversation.doubts(true).size(), 1U);
    EXPECT_TRUE(m_conversation.doubts(true).front().isUnanswered);
    EXPECT_EQ(m_conversation.doubts(true).front().sequence, heard.sequence);
    EXPECT_EQ(finish(heard), 1);
    EXPECT_EQ(beat(), 1);
    EXPECT_TRUE(m_conversation.doubts(false).empty());
}

TEST_F(Mlr2ConversationTest, RemembersNoMoreThanAReceiverKeeps) {
    for (int number = 0; number < 1'000; ++number) {
        EXPECT_EQ(finish(hear(std::to_string(number)), false), 0);
    }
    EXPECT_LE(m_conversation.doubts(true).size(), Mlr2Conversation::mostRemembered);
}

class Mlr2DoubtsTest : public testing::Test {
protected:
    Mlr2Doubt doubt(const std::string& text, bool isUnanswered) { return {text, "of " + text, m_now, isUnanswered}; }
    std::string take(const std::string& text, bool isFirst, const std::string& receiver = "r") {
        const auto taken = m_doubts.take(receiver, text, isFirst, m_now);
        return taken ? taken->sequence : std::string{};
    }

    Mlr2Doubts m_doubts;
    base::SteadyTime m_now{std::chrono::hours{1}};
};

TEST_F(Mlr2DoubtsTest, TakesTheFirstLineOfAConnectionForTheLastOfTheOneBefore) {
    m_doubts.add("r", {doubt("a", false)}, m_now);
    EXPECT_EQ(take("a", true), "of a");
    EXPECT_EQ(take("a", false), "");
}

TEST_F(Mlr2DoubtsTest, TakesALaterLineOnlyForOneThatWasNotAnswered) {
    m_doubts.add("r", {doubt("a", false), doubt("b", true), doubt("c", true)}, m_now);
    EXPECT_EQ(take("b", true), "of b");
    EXPECT_EQ(take("a", false), "");
    EXPECT_EQ(take("c", false), "of c");
}

TEST_F(Mlr2DoubtsTest, KnowsReceiversApartAndForgetsAfterTenMinutes) {
    m_doubts.add("r", {doubt("a", true)}, m_now);
    EXPECT_EQ(take("a", true, "other"), "");
    m_now += alarm::Mlr2Doubts::kept + 1s;
    EXPECT_EQ(take("a", true), "");
}

}  // namespace
}  // namespace leedswatch::tests
