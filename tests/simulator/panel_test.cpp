#include "simulator/panel.h"

#include "alarm/dc09_answer.h"
#include "alarm/dc09_reader.h"
#include "alarm/dc09_stream.h"
#include "support/fake_clock.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace leedswatch::simulator {
namespace {

using namespace std::chrono_literals;
using alarm::Dc09Frame;

/// The receiver's book: one account, with the key that it should have.
class OneAccount final : public alarm::AccountBook {
public:
    std::optional<alarm::PanelAccount> find(std::string_view /*line*/, std::string_view /*account*/) const override {
        const auto key = alarm::PanelKey::of(keyBytes);
        return alarm::PanelAccount{key ? std::optional{*key} : std::nullopt};
    }
    std::string keyBytes;
};

class PanelTest : public testing::Test {
protected:
    PanelTest() {
        premises = drawPremises(1, 1, PanelCarrier::KeptConnection);
        premises.maker = PanelMaker::Standard;
        premises.speaksContactId = false;
        premises.keyBytes.clear();
        premises.pollInterval = 60s;
    }

    Panel& panel() {
        if (!m_panel) {
            book.keyBytes = premises.keyBytes;
            m_panel.emplace(premises, Panel::Settings{.firstSequence = firstSequence}, record, clock.steadyNow());
        }
        return *m_panel;
    }
    void raise(PanelEvent::Kind kind) { panel().raise({kind}, clock.steadyNow()); }

    /// What the panel sends now.
    std::optional<alarm::Dc09Item> sent() {
        const auto bytes = panel().take(clock.steadyNow(), clock.now());
        return bytes ? std::optional{alarm::parseDc09Datagram(*bytes)} : std::nullopt;
    }
    /// The same, where it has to be a message.
    Dc09Frame message() {
        const auto item = sent();
        const Dc09Frame* frame = item ? std::get_if<Dc09Frame>(&*item) : nullptr;
        EXPECT_NE(frame, nullptr);
        return frame != nullptr ? *frame : Dc09Frame{};
    }
    /// Has a receiver answer it; gives the answer's kind.
    std::string answerAsReceiver(const Dc09Frame& frame) {
        const auto outcome = alarm::Dc09Reader{book}.read(frame, "test", clock.now());
        const auto answer = alarm::parseDc09Datagram(outcome.answer);
        hear(std::get<Dc09Frame>(answer));
        return std::get<Dc09Frame>(answer).token;
    }
    void hear(const Dc09Frame& answer) { panel().hear(answer, clock.steadyNow(), clock.now()); }
    void acknowledge(const Dc09Frame& frame) {
        hear(std::get<Dc09Frame>(alarm::parseDc09Datagram(alarm::acknowledgement(frame))));
    }
    void waitUntilDue() { clock.advance(std::chrono::ceil<base::Microseconds>(panel().nextDue() - clock.steadyNow())); }
    /// Its first signal, answered; what else it has to say by itself is far away then.
    Dc09Frame signal(PanelEvent::Kind kind = PanelEvent::Kind::Intruder) {
        raise(kind);
        return message();
    }

    tests::FakeClock clock{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + 12h};
    PanelRecord record;
    DrawnPremises premises;
    OneAccount book;
    int firstSequence = 1;

private:
    std::optional<Panel> m_panel;
};

TEST_F(PanelTest, NumbersItsMessagesUpTo9999AndBeginsAnew) {
    firstSequence = 9'998;
    for (const char* expected : {"9998", "9999", "0001"}) {
        const Dc09Frame frame = signal();
        EXPECT_EQ(frame.sequence, expected);
        acknowledge(frame);
    }
    EXPECT_EQ(record.counts.answered, 3U);
}

TEST_F(PanelTest, PollsAtItsInterval) {
    for (int poll = 0; poll < 5; ++poll) {
        waitUntilDue();
        const auto before = clock.steadyNow();
        const Dc09Frame frame = message();
        ASSERT_EQ(frame.token, "NULL");
        acknowledge(frame);
        EXPECT_GE(panel().nextDue() - before, 54s);
        EXPECT_LE(panel().nextDue() - before, 66s);
    }
    EXPECT_EQ(record.counts.pollsAnswered, 5U);
    EXPECT_EQ(record.counts.sent, 0U) << "a poll is no signal";
}

TEST_F(PanelTest, TestsItselfOnceADay) {
    premises.pollInterval = 0s;
    for (int day = 0; day < 3; ++day) {
        waitUntilDue();
        const Dc09Frame frame = message();
        EXPECT_EQ(frame.content.find("#200001|Nri1/RP"), 0U) << frame.content;
        acknowledge(frame);
        EXPECT_LE(panel().nextDue() - clock.steadyNow(), 24h);
    }
}

TEST_F(PanelTest, ItsTestComesLateWhenItIsToldTo) {
    premises.pollInterval = 0s;
    const auto due = panel().nextDue();
    panel().delayTest(12h);
    EXPECT_EQ(panel().nextDue(), due + 12h);
    panel().delayTest(100h);
    panel().mend(clock.steadyNow());
    EXPECT_LE(panel().nextDue(), clock.steadyNow() + 24h);
}

TEST_F(PanelTest, SendsTheSameNumberAgainUntilItIsAnswered) {
    premises.maker = PanelMaker::Ajax;
    const Dc09Frame first = signal();
    EXPECT_FALSE(sent());
    clock.advance(10s);
    EXPECT_FALSE(sent()) << "this maker waits for eleven seconds";
    clock.advance(1s);
    const Dc09Frame again = message();
    EXPECT_EQ(again.sequence, first.sequence);
    EXPECT_EQ(record.counts.repeated, 1U);
    EXPECT_EQ(record.counts.sent, 1U);
    acknowledge(again);
    EXPECT_EQ(record.counts.answered, 1U);
    EXPECT_EQ(panel().waiting(clock.steadyNow()), 0U);
}

TEST_F(PanelTest, SendsFiveTimesASecondApartByDatagramsAndThenPauses) {
    premises.carrier = PanelCarrier::Datagrams;
    static_cast<void>(signal());
    for (int repetition = 1; repetition < 5; ++repetition) {
        clock.advance(1s);
        static_cast<void>(message());
    }
    EXPECT_TRUE(panel().isUnheard());
    clock.advance(5s);
    EXPECT_FALSE(sent());
    clock.advance(6s);
    EXPECT_TRUE(sent());
}

TEST_F(PanelTest, GivesASignalUpAfterManyTriesAndSaysSo) {
    raise(PanelEvent::Kind::Intruder);
    raise(PanelEvent::Kind::Tamper);
    int tries = 0;
    while (record.counts.givenUp == 0 && tries < 100) {
        tries += sent() ? 1 : 0;
        waitUntilDue();
    }
    EXPECT_EQ(tries, 25) << "24 of the one and the first of the other";
    EXPECT_EQ(record.counts.givenUp, 1U);
    EXPECT_EQ(record.counts.answered, 0U);
    EXPECT_EQ(panel().waiting(clock.steadyNow()), 1U);
}

TEST_F(PanelTest, SendsAWrongCheckOnceAndThenTheRightOne) {
    panel().spoilChecks(1);
    raise(PanelEvent::Kind::Intruder);
    const auto spoilt = sent();
    ASSERT_TRUE(spoilt);
    ASSERT_TRUE(std::holds_alternative<alarm::Dc09Refuse>(*spoilt));
    EXPECT_EQ(std::get<alarm::Dc09Refuse>(*spoilt).fault, alarm::Dc09Fault::Check);
    clock.advance(5s);
    EXPECT_EQ(message().sequence, "0001");
}

TEST_F(PanelTest, EncryptsUnderKeysOfEveryLength) {
    for (const std::size_t length : {16U, 24U, 32U}) {
        DrawnPremises keyed = premises;
        keyed.keyBytes = std::string(length, 'k');
        book.keyBytes = keyed.keyBytes;
        Panel one{keyed, {}, record, clock.steadyNow()};
        one.raise({PanelEvent::Kind::Fire}, clock.steadyNow());
        const auto bytes = one.take(clock.steadyNow(), clock.now());
        ASSERT_TRUE(bytes);
        const auto frame = std::get<Dc09Frame>(alarm::parseDc09Datagram(*bytes));
        EXPECT_TRUE(frame.encrypted);
        const auto outcome = alarm::Dc09Reader{book}.read(frame, "test", clock.now());
        ASSERT_TRUE(std::holds_alternative<alarm::ReceivedSignal>(outcome.what)) << length;
        one.hear(std::get<Dc09Frame>(alarm::parseDc09Datagram(outcome.answer)), clock.steadyNow(), clock.now());
        EXPECT_EQ(one.waiting(clock.steadyNow()), 0U);
    }
}

TEST_F(PanelTest, TakesTheTimeOfARefusalAndSendsAgainAtOnce) {
    premises.keyBytes = std::string(16, 'k');
    panel().stepClock(1h);
    const Dc09Frame wrong = signal(PanelEvent::Kind::HoldUp);
    ASSERT_EQ(answerAsReceiver(wrong), "NAK");
    EXPECT_EQ(record.counts.refused, 1U);
    const Dc09Frame right = message();
    EXPECT_EQ(right.sequence, wrong.sequence);
    EXPECT_EQ(answerAsReceiver(right), "ACK");
    const Dc09Frame next = signal();
    EXPECT_EQ(answerAsReceiver(next), "ACK") << "the time stays right";
}

TEST_F(PanelTest, IsRefusedWithAWrongKeyAndGoesOnTrying) {
    premises.keyBytes = std::string(32, 'k');
    panel().useWrongKey(true);
    EXPECT_EQ(answerAsReceiver(signal()), "DUH");
    EXPECT_FALSE(sent()) << "not at once: it would refuse again";
    clock.advance(5s);
    EXPECT_EQ(answerAsReceiver(message()), "DUH");
    panel().mend(clock.steadyNow());
    clock.advance(5s);
    EXPECT_EQ(answerAsReceiver(message()), "ACK");
    EXPECT_EQ(record.counts.refused, 2U);
}

TEST_F(PanelTest, TakesNoAnswerThatIsNotItsOwn) {
    premises.keyBytes = std::string(16, 'k');
    const Dc09Frame frame = signal();
    acknowledge(frame);  // in the clear, where it sent encrypted
    Dc09Frame other = frame;
    other.sequence = "0777";
    EXPECT_EQ(answerAsReceiver(other), "ACK");
    EXPECT_EQ(panel().waiting(clock.steadyNow()), 1U);
    EXPECT_EQ(answerAsReceiver(frame), "ACK");
    EXPECT_EQ(panel().waiting(clock.steadyNow()), 0U);
}

TEST_F(PanelTest, RepeatsWhatWasAnsweredWhileItIsDeaf) {
    panel().ignoreAnswersUntil(clock.steadyNow() + 8s);
    acknowledge(signal());
    clock.advance(5s);
    acknowledge(message());
    clock.advance(5s);
    acknowledge(message());
    EXPECT_EQ(record.counts.repeated, 2U);
    EXPECT_EQ(record.counts.answered, 1U);
}

TEST_F(PanelTest, SaysNothingWhileItIsSilentAndAllOfItAfterwards) {
    panel().beSilentUntil(clock.steadyNow() + 10min);
    raise(PanelEvent::Kind::Intruder);
    clock.advance(9min);
    EXPECT_FALSE(sent());
    EXPECT_EQ(panel().waiting(clock.steadyNow()), 1U);
    clock.advance(1min);
    EXPECT_EQ(message().token, "SIA-DCS");
}

TEST_F(PanelTest, LetsASignalPassAPollThatNobodyAnswers) {
    waitUntilDue();
    ASSERT_EQ(message().token, "NULL");
    raise(PanelEvent::Kind::HoldUp);
    EXPECT_FALSE(sent()) << "the answer may be on its way";
    clock.advance(5s);
    EXPECT_EQ(message().token, "SIA-DCS");
}

TEST_F(PanelTest, SendsAtOnceWhatWasUnderWayWhenItsConnectionWasLost) {
    const Dc09Frame first = signal();
    panel().lostConnection(clock.steadyNow());
    EXPECT_EQ(message().sequence, first.sequence);
}

TEST_F(PanelTest, ConfirmsWithAnotherZoneAndSaysSoIfItJudgesThatItself) {
    for (const bool judges : {true, false}) {
        DrawnPremises two = premises;
        two.confirmsItself = judges;
        Panel one{two, {}, record, clock.steadyNow()};
        std::vector<std::string> said;
        one.raise({PanelEvent::Kind::Intruder}, clock.steadyNow());
        one.confirm(clock.steadyNow());
        while (const auto bytes = one.take(clock.steadyNow(), clock.now())) {
            const auto frame = std::get<Dc09Frame>(alarm::parseDc09Datagram(*bytes));
            said.push_back(frame.content.substr(std::string_view{"#200001|Nri1/"}.size(), 4));
            one.hear(std::get<Dc09Frame>(alarm::parseDc09Datagram(alarm::acknowledgement(frame))), clock.steadyNow(),
                     clock.now());
        }
        ASSERT_EQ(said.size(), judges ? 3U : 2U);
        EXPECT_EQ(said[0].substr(0, 2), "BA");
        EXPECT_EQ(said[1].substr(0, 2), "BA");
        EXPECT_NE(said[0], said[1]);
        if (judges) {
            EXPECT_EQ(said[2].substr(0, 2), "BV");
        }
    }
}

TEST_F(PanelTest, RestoresWhatItRaisedLast) {
    acknowledge(signal(PanelEvent::Kind::Fire));
    panel().restore(clock.steadyNow());
    EXPECT_NE(message().content.find("FR"), std::string::npos);
}

TEST_F(PanelTest, ForgetsProgrammesAndKeepsWhatWasCommanded) {
    panel().raise({PanelEvent::Kind::Intruder}, clock.steadyNow() + 1s, EventOrigin::Programme);
    panel().raise({PanelEvent::Kind::Fire}, clock.steadyNow() + 2s);
    panel().forgetProgrammes(clock.steadyNow());
    EXPECT_EQ(panel().nextDue(), clock.steadyNow() + 2s);
}

TEST_F(PanelTest, CountsWhatItsMemoryCannotHold) {
    for (int signal = 0; signal < 1'002; ++signal) {
        raise(PanelEvent::Kind::Intruder);
    }
    EXPECT_EQ(record.counts.lost, 2U);
    EXPECT_EQ(panel().waiting(clock.steadyNow()), 1'000U);
}

TEST_F(PanelTest, ConfirmsNothingWhenItsMemoryIsFull) {
    for (int signal = 0; signal < 1'000; ++signal) {
        raise(PanelEvent::Kind::Test);
    }
    panel().confirm(clock.steadyNow());
    EXPECT_EQ(panel().waiting(clock.steadyNow()), 1'000U);
}

TEST(AnswerTimes, TellWithinWhichTimeMostCame) {
    AnswerTimes times;
    EXPECT_EQ(times.within(0.5).count(), 0);
    for (int milliseconds = 1; milliseconds <= 1'000; ++milliseconds) {
        times.add(std::chrono::milliseconds{milliseconds});
    }
    EXPECT_NEAR(times.within(0.5).count(), 500, 11);
    EXPECT_NEAR(times.within(0.99).count(), 990, 20);
    EXPECT_EQ(times.longest().count(), 1'000);
    times.add(200h);
    EXPECT_EQ(times.within(1).count(), times.longest().count());
}

}  // namespace
}  // namespace leedswatch::simulator
