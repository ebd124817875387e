#include "alarm/crc16.h"
#include "alarm/dc09_cipher.h"
#include "alarm/dc09_content.h"
#include "alarm/port_fixture.h"
#include "support/fake_clock.h"

#include <fmt/format.h>

// What went wrong between panels and receivers in the field (reference 5): each failure by its number, at a real port.

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;

std::span<const std::byte> bytesIn(std::string_view text) {
    return std::as_bytes(std::span{text});
}

/// A frame around a body that need not be what a body should.
std::string framed(const std::string& body, int lengthOff = 0, std::uint16_t checkOff = 0) {
    return fmt::format("\n{:04X}{:04X}{}\r", alarm::crc16(bytesIn(body)) ^ checkOff,
                       static_cast<int>(body.size()) + lengthOff, body);
}

std::string framedBinary(const std::string& body) {
    const auto check = alarm::crc16(bytesIn(body));
    return fmt::format("\n{}{}{:04X}{}\r", static_cast<char>(check >> 8U), static_cast<char>(check & 0xFFU),
                       body.size(), body);
}

std::string eventBody(const std::string& sequence, const std::string& items = "Nri1/BA01") {
    return "\"SIA-DCS\"" + sequence + "L0#1234[#1234|" + items + "]";
}

class FieldFailures : public PortFixture<FakeClock> {
protected:
    FieldFailures() : PortFixture{base::fromStored(1'774'785'600'000'000)} {}  // 29 March 2026, noon
    void SetUp() override { open(); }

    std::string ask(const std::string& bytes) {
        Panel panel{port->port()};
        panel.send(bytes);
        return panel.answer();
    }
    /// A message that nobody answers, told by the answer to the poll behind it.
    void expectUnanswered(const std::string& bytes, const std::string& fault) {
        Panel panel{port->port()};
        panel.send(bytes);
        panel.send(framed("\"NULL\"0099L0#1234[]"));
        EXPECT_EQ(panel.answer(), "ACK 0099");
        EXPECT_GE(port->counts().faults[fault], 1U) << fault;
    }
    std::string sealed(const std::string& sequence, base::UtcTime stamped) {
        return alarm::encodeDc09(
            {.token = "SIA-DCS",
             .encrypted = true,
             .sequence = sequence,
             .line = "0",
             .account = "1234",
             .content = alarm::encryptDc09("#1234|NBA01]" + alarm::dc09Timestamp(stamped), *book.key)});
    }
};

TEST_F(FieldFailures, Number1TwoMessagesInOneSegmentAreBothTaken) {
    Panel panel{port->port()};
    panel.send(framed(eventBody("0001")) + framed(eventBody("0002", "Nri1/BR01")));
    EXPECT_EQ(panel.answer(), "ACK 0001");
    EXPECT_EQ(panel.answer(), "ACK 0002");
    EXPECT_EQ(store.sequences(), (std::vector<std::string>{"0001", "0002"}));
}

TEST_F(FieldFailures, Number2ASecondMessageOnAnOpenConnectionIsAnsweredToo) {
    Panel panel{port->port()};
    for (int number = 1; number <= 50; ++number) {
        const auto sequence = fmt::format("{:04}", number);
        panel.send(framed(eventBody(sequence)));
        EXPECT_EQ(panel.answer(), "ACK " + sequence);
    }
    EXPECT_EQ(port->counts().connectionsEver, 1U);
}

TEST_F(FieldFailures, Number3APollIsAnsweredInEachOfItsForms) {
    Panel panel{port->port()};
    for (const char* body : {R"("NULL"0000L0#1234[])", R"("NULL"0001R1L2#00AF[]_12:00:00,03-29-2026)",
                             R"("NULL"0002L0#1234[][M001122AABBCC])", R"("NULL"0003L#1234[#1234|])"}) {
        panel.send(framed(body));
        EXPECT_TRUE(panel.answer().starts_with("ACK")) << body;
    }
    EXPECT_EQ(store.polls, 4);
    EXPECT_TRUE(store.signals().empty()) << "a poll is no event";
}

TEST_F(FieldFailures, Number4AnAnswerHasNoReceiverWhereTheMessageHasNone) {
    Panel panel{port->port()};
    panel.send(framed(eventBody("0007")));
    EXPECT_EQ(panel.answer(), "ACK 0007");
    EXPECT_NE(panel.bytes().find("\"ACK\"0007L0#1234[]"), std::string::npos) << panel.bytes();
    panel.send(framed("\"SIA-DCS\"0008R00aFL1b#1234[#1234|NBA01]"));
    EXPECT_EQ(panel.answer(), "ACK 0008");
    EXPECT_NE(panel.bytes().find("\"ACK\"0008R00aFL1b#1234[]"), std::string::npos) << "as it was sent, in each letter";
}

TEST_F(FieldFailures, Number5ACodeThatNobodyKnowsIsAcknowledgedAndKept) {
    EXPECT_EQ(ask(framed(eventBody("0005", "NZY77^odd^"))), "ACK 0005");
    EXPECT_EQ(ask(framed("\"ADM-CID\"0006L0#1234[#1234|1999 01 001]")), "ACK 0006");
    EXPECT_EQ(ask(framed("\"SIA-DCS\"0007L0#1234[#1234|what is this?]")), "ACK 0007");
    EXPECT_EQ(store.sequences().size(), 3U);
}

TEST_F(FieldFailures, Number6ATimestampRefusesNoMessageInTheClear) {
    for (const char* stamp : {"", "_12:00:00,01-01-1970", "_25:61:61,13-32-2026", "_13:00:00,07-01-2026", "_rubbish"}) {
        EXPECT_EQ(ask(framed(eventBody("0006") + stamp)), "ACK 0006") << stamp;
    }
}

// A panel that was told the time in the refusal sets its clock by it and is heard.
TEST_F(FieldFailures, Number6ARefusalOfAnEncryptedMessageTellsThePanelTheTime) {
    book.key = alarm::PanelKey::of("sixteen letters!").value();
    Panel panel{port->port()};
    panel.send(sealed("0006", clock.now() - 1h));
    const auto refusal = std::get<alarm::Dc09Frame>(panel.hear().value());
    EXPECT_EQ(refusal.token, "NAK");
    const auto told = alarm::parseDc09Content(refusal.content).timestamp;
    ASSERT_TRUE(told);
    panel.send(sealed("0007", *told));
    EXPECT_EQ(panel.answer(), "ACK 0007");
}

TEST_F(FieldFailures, Number7ACheckInTwoBytesIsAnsweredInTwoBytes) {
    int withLineEnd = 0;
    for (int number = 1; number <= 400; ++number) {
        const std::string message = framedBinary(eventBody(fmt::format("{:04}", number)));
        withLineEnd += message.find_first_of("\r\n", 1) < 3 ? 1 : 0;
        Panel panel{port->port()};
        panel.send(message);
        const auto answer = std::get<alarm::Dc09Frame>(panel.hear().value());
        ASSERT_EQ(answer.token, "ACK") << number;
        ASSERT_EQ(answer.crcForm, alarm::CrcForm::Binary);
        ASSERT_EQ(panel.bytes(), framedBinary("\"ACK\"" + fmt::format("{:04}", number) + "L0#1234[]"))
            << "bytes, never taken for text on the way";
    }
    EXPECT_GT(withLineEnd, 0) << "a check may hold line ends";
}

TEST_F(FieldFailures, Number7TheCheckIsOfBytesWhateverTheLettersAre) {
    for (const char* name : {"T\xFCr", "T\xC3\xBCr"}) {
        EXPECT_EQ(ask(framed(eventBody("0007", std::string{"NBA01^"} + name + "^"))), "ACK 0007");
        EXPECT_EQ(store.signals().back().codes.codes.at(0).text, "T\xC3\xBCr");
    }
}

TEST_F(FieldFailures, Number7AWrongCheckIsNotAnsweredAndCounted) {
    expectUnanswered(framed(eventBody("0007"), 0, 0x0001), "crc");
}

TEST_F(FieldFailures, Number8ALineWithoutDigitsAMissingAccountAndANulBehindTheEndAreTaken) {
    Panel panel{port->port()};
    panel.send(framed("\"SIA-DCS\"0001L#1234[#1234|NBA01]") + std::string{'\0'});
    EXPECT_EQ(panel.answer(), "ACK 0001");
    EXPECT_NE(panel.bytes().find("\"ACK\"0001L#1234[]"), std::string::npos) << panel.bytes();
    panel.send(framed("\"SIA-DCS\"0002L0[#9999|NBA02]") + std::string{"\0 \r\n", 4});
    EXPECT_EQ(panel.answer(), "ACK 0002");
    panel.send(framed("\"SIA-DCS\"0003[#9999|NBA02]"));
    EXPECT_EQ(panel.answer(), "ACK 0003");
    EXPECT_EQ(store.signals().at(1).account, "9999");
}

TEST_F(FieldFailures, Number9AWrongLengthIsNotAnsweredAndTheNextMessageIsFound) {
    expectUnanswered(framed(eventBody("0009"), 0x18), "length");
    expectUnanswered(framed(eventBody("0009"), -3), "length");
    EXPECT_TRUE(store.signals().empty());
}

TEST_F(FieldFailures, Number10WhatIsNoDc09IsToldByItsName) {
    Panel galaxy{port->port()};
    galaxy.send("\x05\x01\x81#1234|");
    EXPECT_EQ(galaxy.answer(), "");
    Panel heartbeat{port->port()};
    heartbeat.send("SR0001L0001    006969XX    [ID00000000]\r");
    EXPECT_EQ(heartbeat.answer(), "");
    const std::map<std::string, std::uint64_t> told{{"Honeywell Galaxy SIA", 1}, {"Osborne-Hoffman", 1}};
    EXPECT_EQ(port->counts().strangers, told);
    EXPECT_TRUE(store.signals().empty());
}

TEST_F(FieldFailures, Number11EachMessageOfABurstIsAnsweredInItsOrderAndExactly) {
    Panel panel{port->port()};
    std::string expected;
    for (const char* code : {"BA", "BV", "BA", "BR"}) {
        const auto sequence = fmt::format("{:04}", expected.size());
        panel.send(framed("\"SIA-DCS\"" + sequence + "R1L3#00aF[#00AF|Nri1/" + code + "01]"));
        expected += framed("\"ACK\"" + sequence + "R1L3#00aF[]");
    }
    for (int answer = 0; answer < 4; ++answer) {
        ASSERT_TRUE(panel.answer().starts_with("ACK"));
    }
    EXPECT_EQ(panel.bytes(), expected);
}

TEST_F(FieldFailures, Number12ATimeBeforeTheCodeIsNoCode) {
    EXPECT_EQ(ask(framed(eventBody("0012", "Nti19:44/id1/RP"))), "ACK 0012");
    const auto codes = store.signals().at(0).codes.codes;
    ASSERT_EQ(codes.size(), 1U);
    EXPECT_EQ(codes.at(0).code, "RP");
    EXPECT_EQ(codes.at(0).panelTime, "19:44");
    EXPECT_EQ(codes.at(0).user, "1");
}

TEST_F(FieldFailures, Number13AnExampleWithAWrongCheckIsNoMessage) {
    expectUnanswered("\n4E670024\"SIA-DCS\"0001L0#1234[1234|Nri1/BA01]\r", "crc");
    EXPECT_TRUE(store.signals().empty());
}

// The clock of the receiver goes wrong by an hour and is put right: a panel that asks gets in again each time.
TEST_F(FieldFailures, AStepOfTheClockCostsAPanelOneRefusal) {
    book.key = alarm::PanelKey::of("sixteen letters!").value();
    const auto panelTime = clock.now();
    EXPECT_EQ(ask(sealed("0001", panelTime)), "ACK 0001");
    clock.stepWallClock(1h);
    Panel panel{port->port()};
    panel.send(sealed("0002", panelTime));
    const auto refusal = std::get<alarm::Dc09Frame>(panel.hear().value());
    ASSERT_EQ(refusal.token, "NAK");
    panel.send(sealed("0002", alarm::parseDc09Content(refusal.content).timestamp.value()));
    EXPECT_EQ(panel.answer(), "ACK 0002");
    EXPECT_EQ(ask(framed(eventBody("0003"))), "ACK 0003") << "in the clear the time is only noted";
    clock.stepWallClock(-1h);
    EXPECT_EQ(ask(sealed("0004", panelTime)), "ACK 0004");
    EXPECT_EQ(port->counts().refusals.size(), 1U);
}

}  // namespace
}  // namespace leedswatch::tests
