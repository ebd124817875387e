#include "alarm/dc09_frame.h"

#include "alarm/crc16.h"
#include "alarm/dc09_answer.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace leedswatch::tests {
namespace {

using alarm::CrcForm;
using alarm::Dc09Frame;

std::uint16_t checkOf(std::string_view text) {
    return alarm::crc16(std::as_bytes(std::span{text}));
}

Dc09Frame parsed(std::string_view body) {
    return alarm::parseDc09Body(body, CrcForm::Ascii).value();
}

TEST(Crc16, GivesTheCheckValueOfArc) {
    EXPECT_EQ(checkOf("123456789"), 0xBB3D);
    EXPECT_EQ(checkOf(""), 0);
}

TEST(Dc09Frame, HasAllFieldsOfTheHeader) {
    const Dc09Frame frame = parsed(R"("SIA-DCS"9876R579BDFL789ABC#12345A[#12345A|NFA129])");
    EXPECT_EQ(frame.token, "SIA-DCS");
    EXPECT_FALSE(frame.encrypted);
    EXPECT_EQ(frame.sequence, "9876");
    EXPECT_EQ(frame.receiver, "579BDF");
    EXPECT_EQ(frame.line, "789ABC");
    EXPECT_EQ(frame.account, "12345A");
    EXPECT_EQ(frame.content, "#12345A|NFA129]");
}

TEST(Dc09Frame, TellsAMissingFieldFromAnEmptyOne) {
    const Dc09Frame frame = parsed(R"("SIA-DCS"0001L[#9999|NBA2])");
    EXPECT_FALSE(frame.receiver);
    EXPECT_EQ(frame.line, "");
    EXPECT_FALSE(frame.account);
    EXPECT_FALSE(parsed(R"("NULL"0001#9999[])").line);
}

TEST(Dc09Frame, TellsTheStarOfAnEncryptedMessage) {
    const Dc09Frame frame = parsed(R"("*ADM-CID"0001L0#1234[00112233445566778899AABBCCDDEEFF)");
    EXPECT_TRUE(frame.encrypted);
    EXPECT_EQ(frame.token, "ADM-CID");
}

TEST(Dc09Frame, ReadsTheAccountOfARefusalThatIsADigitOfItsLineToo) {
    const Dc09Frame frame = parsed(R"("NAK"0000R0L0A0[]_12:06:21,05-17-2026)");
    EXPECT_EQ(frame.line, "0");
    EXPECT_EQ(frame.account, "0");
    EXPECT_EQ(parsed(R"("SIA-DCS"0001L0A0[])").line, "0A0");
}

TEST(Dc09Frame, NamesTheFieldThatItCannotRead) {
    const auto messageOf = [](std::string_view body) {
        return alarm::parseDc09Body(body, CrcForm::Ascii).error().message;
    };
    EXPECT_EQ(messageOf("NULL"), "the message does not begin with a quotation mark");
    EXPECT_EQ(messageOf(R"("null"0001L0[])"), "the message has no kind between quotation marks");
    EXPECT_EQ(messageOf(R"("NULL"001L0[])"), "the sequence number has not four digits");
    EXPECT_EQ(messageOf(R"("NULL"0001R1234567L0[])"), "R is followed by 7 digits; six are the most");
    EXPECT_EQ(messageOf(R"("NULL"0001L0#12345678901234567[])"), "the account has 17 characters; sixteen are the most");
    EXPECT_EQ(messageOf(R"("ACK"0000NoneL0#1409[])"), "there is no opening bracket behind the header");
    EXPECT_EQ(messageOf(""), "the message does not begin with a quotation mark");
}

TEST(Dc09Frame, IsWrittenAsItWasRead) {
    for (const char* body : {R"("SIA-DCS"9876R579BDFL789ABC#12345A[#12345A|NFA129])", R"("*NULL"0000L0#AB[00)",
                             R"("NAK"0000R0L0A0[]_12:06:21,05-17-2026)"}) {
        EXPECT_EQ(alarm::dc09BodyOf(parsed(body)), body);
    }
    const std::string frame = alarm::encodeDc09(parsed(R"("NULL"0000L0#1409[])"));
    EXPECT_EQ(frame.substr(0, 1), "\n");
    EXPECT_EQ(frame.substr(5, 4), "0013");
    EXPECT_EQ(frame.back(), '\r');
    EXPECT_EQ(frame.substr(1, 4), fmt::format("{:04X}", checkOf(R"("NULL"0000L0#1409[])")));
}

TEST(Dc09Answer, EchoesTheHeaderExactly) {
    const auto bodyOf = [](const std::string& frame) { return frame.substr(9, frame.size() - 10); };
    EXPECT_EQ(bodyOf(alarm::acknowledgement(parsed(R"("SIA-DCS"0007Rc0ffdL12a#080027E62A64[x])"))),
              R"("ACK"0007Rc0ffdL12a#080027E62A64[])");
    // A poll fails on some panels if an R is answered that they did not send.
    EXPECT_EQ(bodyOf(alarm::acknowledgement(parsed(R"("NULL"0000L0#1409[])"))), R"("ACK"0000L0#1409[])");
    EXPECT_EQ(bodyOf(alarm::acknowledgement(parsed(R"("SIA-DCS"0001L#22334455[x])"))), R"("ACK"0001L#22334455[])");
    EXPECT_EQ(bodyOf(alarm::acknowledgement(parsed(R"("SIA-DCS"0001#22[x])"))), R"("ACK"0001L0#22[])");
    EXPECT_EQ(bodyOf(alarm::acknowledgement(parsed(R"("SIA-DCS"0001L[#9999|NBA2])"))), R"("ACK"0001L[])");
    EXPECT_EQ(bodyOf(alarm::notUnderstood(parsed(R"("*SIA-DCS"0304L0#4321[A0)"))), R"("DUH"0304L0#4321[])");
}

TEST(Dc09Answer, IsInTheFormOfCheckThatThePanelUsed) {
    Dc09Frame message = parsed(R"("SIA-DCS"1026L0#4321[#4321|Nri1/BA0003])");
    message.crcForm = CrcForm::Binary;
    const std::string frame = alarm::acknowledgement(message);
    const std::string body = R"("ACK"1026L0#4321[])";
    const std::uint16_t check = checkOf(body);
    const std::string checkBytes{static_cast<char>(check >> 8U), static_cast<char>(check & 0xFFU)};
    EXPECT_EQ(frame, "\n" + checkBytes + "0012" + body + "\r");
}

TEST(Dc09Answer, TellsTheTimeToAPanelWhoseClockIsWrong) {
    const base::UtcTime now = std::chrono::sys_days{std::chrono::year{2025} / 6 / 1} + std::chrono::hours{12};
    const std::string frame = alarm::refusalOfTime(parsed(R"("*SIA-DCS"0013L5#4321[00)"), now);
    EXPECT_EQ(frame.substr(9), "\"NAK\"0000R0L0A0[]_12:00:00,06-01-2025\r");
}

}  // namespace
}  // namespace leedswatch::tests
