#include "alarm/dc09_reader.h"

#include "alarm/dc09_stream.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;
using alarm::Dc09Frame;
using alarm::Dc09Outcome;
using alarm::PanelKey;
using alarm::ReceivedSignal;
using Refused = Dc09Outcome::Refused;

class Book final : public alarm::AccountBook {
public:
    std::optional<alarm::PanelAccount> find(std::string_view /*line*/, std::string_view account) const override {
        const auto found = accounts.find(std::string{account});
        return found == accounts.end() ? std::nullopt : std::optional{found->second};
    }
    std::map<std::string, alarm::PanelAccount> accounts;
};

class Dc09Reader : public testing::Test {
protected:
    Dc09Reader() {
        book.accounts["1234"] = {};
        book.accounts["ABCD"].key = key;
    }

    Dc09Outcome read(const Dc09Frame& frame) { return reader.read(frame, "10.1.2.3:5012 tcp", now); }
    Dc09Outcome read(std::string_view body) { return read(alarm::parseDc09Body(body, alarm::CrcForm::Ascii).value()); }
    Dc09Outcome readSealed(const std::string& plain, const char* token = "SIA-DCS", const char* account = "abcd") {
        Dc09Frame frame;
        frame.token = token;
        frame.encrypted = true;
        frame.sequence = "0007";
        frame.line = "0";
        frame.account = account;
        frame.content = alarm::encryptDc09(plain, key);
        return read(frame);
    }
    static Dc09Frame answerOf(const Dc09Outcome& outcome) {
        return std::get<Dc09Frame>(alarm::parseDc09Datagram(outcome.answer));
    }
    static const ReceivedSignal& signalOf(const Dc09Outcome& outcome) { return std::get<ReceivedSignal>(outcome.what); }

    base::UtcTime now = std::chrono::sys_days{std::chrono::year{2026} / 3 / 29} + 12h;
    PanelKey key = PanelKey::of("sixteen letters!").value();
    Book book;
    alarm::Dc09Reader reader{book};
};

TEST_F(Dc09Reader, MakesASignalOfAnEvent) {
    const auto outcome = read(R"("SIA-DCS"0007R1L2#1234[#1234|Nri1/BA01^Till^][Rone]_12:00:03,03-29-2026)");
    const ReceivedSignal& signal = signalOf(outcome);
    EXPECT_EQ(signal.received, now);
    EXPECT_EQ(signal.source, "10.1.2.3:5012 tcp");
    EXPECT_EQ(signal.token, "SIA-DCS");
    EXPECT_EQ(signal.sequence, "0007");
    EXPECT_EQ(signal.line, "2");
    EXPECT_EQ(signal.account, "1234");
    EXPECT_EQ(signal.codes.codes.at(0).code, "BA");
    EXPECT_EQ(signal.extended.at(0).value, "one");
    EXPECT_EQ(signal.drift, 3s);
    EXPECT_EQ(answerOf(outcome).token, "ACK");
    EXPECT_EQ(answerOf(outcome).receiver, "1");
}

TEST_F(Dc09Reader, TakesTheEventsAccountFromTheData) {
    const auto outcome = read(R"("ADM-CID"0007L0#1234[#00ff|1130 01 001])");
    EXPECT_EQ(signalOf(outcome).account, "00FF");
    EXPECT_EQ(signalOf(outcome).headerAccount, "1234");
}

TEST_F(Dc09Reader, OpensAnEncryptedMessageAndAnswersItInTheSameWay) {
    const auto outcome = readSealed("#ABCD|Nri1/HA0001]_12:00:00,03-29-2026");
    EXPECT_EQ(signalOf(outcome).codes.codes.at(0).code, "HA");
    EXPECT_TRUE(signalOf(outcome).wasEncrypted);
    const Dc09Frame answer = answerOf(outcome);
    EXPECT_TRUE(answer.encrypted);
    EXPECT_EQ(answer.token, "ACK");
    EXPECT_EQ(alarm::decryptDc09(answer.content, key).value(), "]_12:00:00,03-29-2026");
}

TEST_F(Dc09Reader, RefusesAnEncryptedMessageOutsideTheWindowWithTheTime) {
    for (const char* stamp :
         {"11:59:19,03-29-2026", "12:00:21,03-29-2026", "11:00:00,03-29-2026", "12:00:00,00-29-2026"}) {
        const auto outcome = readSealed(fmt::format("#ABCD|Nri1/HA0001]_{}", stamp));
        EXPECT_TRUE(std::holds_alternative<std::monostate>(outcome.what)) << stamp;
        EXPECT_EQ(outcome.refused, Refused::TimeWindow);
        EXPECT_EQ(outcome.answer.substr(9), "\"NAK\"0000R0L0A0[]_12:00:00,03-29-2026\r");
    }
}

// A panel an hour off by summer time, or with a clock that was never set, is heard all the same in the clear.
TEST_F(Dc09Reader, TakesAClearMessageWhateverItsTime) {
    EXPECT_EQ(signalOf(read(R"("SIA-DCS"0007L0#1234[#1234|NBA01]_13:00:00,03-29-2026)")).drift, 1h);
    EXPECT_TRUE(signalOf(read(R"("SIA-DCS"0007L0#1234[#1234|NBA01]_13:00:00,01-01-2014)")).drift);
    EXPECT_FALSE(signalOf(read(R"("SIA-DCS"0007L0#1234[#1234|NBA01])")).drift);
}

TEST_F(Dc09Reader, SaysThatItDoesNotUnderstandWhatItCannotOpen) {
    EXPECT_EQ(read(R"("*SIA-DCS"0007L0#9999[00112233445566778899AABBCCDDEEFF)").refused, Refused::NoKey);
    EXPECT_EQ(read(R"("*SIA-DCS"0007L0#1234[00112233445566778899AABBCCDDEEFF)").refused, Refused::NoKey);
    EXPECT_EQ(read(R"("*SIA-DCS"0007L0#ABCD[00112233445566778899AABBCCDDEEFF)").refused, Refused::WrongKey);
    EXPECT_EQ(read(R"("*SIA-DCS"0007L0#ABCD[0011)").refused, Refused::NotWholeBlocks);
    EXPECT_EQ(read(R"("SCN-S8"0007L0#1234[x])").refused, Refused::UnknownKind);
    const Dc09Frame answer = answerOf(read(R"("*SIA-DCS"0007L0#ABCD[0011)"));
    EXPECT_EQ(answer.token, "DUH");
    EXPECT_FALSE(answer.encrypted);
}

TEST_F(Dc09Reader, AcknowledgesAnUnknownCodeAsPanelsWouldRepeatItForEver) {
    const auto outcome = read(R"("SIA-DCS"0007L0#1234[#1234|Nri1/QQ99])");
    EXPECT_EQ(answerOf(outcome).token, "ACK");
    EXPECT_EQ(signalOf(outcome).codes.codes.at(0).code, "QQ");
    const auto unreadable = read(R"("SIA-DCS"0007L0#1234[#1234|??])");
    EXPECT_EQ(answerOf(unreadable).token, "ACK");
    EXPECT_FALSE(signalOf(unreadable).codes.isReadable);
    EXPECT_EQ(signalOf(unreadable).data, "#1234|??");
}

TEST_F(Dc09Reader, AcknowledgesAnUnknownAccount) {
    const auto outcome = read(R"("SIA-DCS"0007L0#7777[#7777|NBA01])");
    EXPECT_EQ(answerOf(outcome).token, "ACK");
}

TEST_F(Dc09Reader, TellsAPollFromASignal) {
    const auto outcome = read(R"("NULL"0000L3#1234[#0000|0000 00 000]_12:00:00,03-29-2026)");
    const auto& poll = std::get<alarm::Supervision>(outcome.what);
    EXPECT_EQ(poll.account, "1234");
    EXPECT_EQ(poll.line, "3");
    EXPECT_EQ(answerOf(outcome).token, "ACK");
    EXPECT_TRUE(std::get<alarm::Supervision>(readSealed("]_12:00:00,03-29-2026", "NULL").what).wasEncrypted);
}

TEST_F(Dc09Reader, IsSilentToAnswers) {
    for (const char* token : {"ACK", "NAK", "DUH"}) {
        EXPECT_TRUE(read(fmt::format("\"{}\"0007L0#1234[]", token)).answer.empty());
    }
}

TEST_F(Dc09Reader, MarksAClearMessageOfAnAccountThatHasAKey) {
    EXPECT_TRUE(signalOf(read(R"("SIA-DCS"0007L0#abcd[#ABCD|NBA01])")).lacksEncryption);
    EXPECT_FALSE(signalOf(read(R"("SIA-DCS"0007L0#1234[#1234|NBA01])")).lacksEncryption);
}

TEST_F(Dc09Reader, KnowsARepetitionWhateverItsTimestamp) {
    const auto keyOf = [&](const char* body) { return signalOf(read(body)).repetitionKey(); };
    const std::string first = keyOf(R"("SIA-DCS"7232L0#1234[#1234|Nri1/PE501]_08:21:05,02-20-2023)");
    EXPECT_EQ(first, keyOf(R"("SIA-DCS"7232L0#1234[#1234|Nri1/PE501]_08:21:16,02-20-2023)"));
    EXPECT_NE(first, keyOf(R"("SIA-DCS"7233L0#1234[#1234|Nri1/PE501]_08:21:05,02-20-2023)"));
    EXPECT_NE(first, keyOf(R"("SIA-DCS"7232L0#1234[#1234|Nri1/PE502]_08:21:05,02-20-2023)"));
    EXPECT_NE(first, keyOf(R"("SIA-DCS"7232L1#1234[#1234|Nri1/PE501]_08:21:05,02-20-2023)"));
}

}  // namespace
}  // namespace leedswatch::tests
