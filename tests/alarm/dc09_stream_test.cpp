#include "alarm/dc09_stream.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace leedswatch::tests {
namespace {

using alarm::CrcForm;
using alarm::Dc09Fault;
using alarm::Dc09Frame;
using alarm::Dc09Item;
using alarm::Dc09Refuse;
using alarm::Dc09Stream;

std::string messageOf(const std::string& sequence, CrcForm form = CrcForm::Ascii) {
    return alarm::encodeDc09({.crcForm = form,
                              .token = "SIA-DCS",
                              .sequence = sequence,
                              .receiver = {},
                              .line = "0",
                              .account = "4321",
                              .content = "#4321|Nri1/BA0003]"});
}

/// What came out, in a line each: "0001" for a message, "crc" for refuse.
std::vector<std::string> all(Dc09Stream& stream) {
    std::vector<std::string> items;
    while (const auto item = stream.next()) {
        const auto* frame = std::get_if<Dc09Frame>(&*item);
        items.push_back(frame != nullptr ? frame->sequence : std::string{nameOf(std::get<Dc09Refuse>(*item).fault)});
    }
    return items;
}

std::vector<std::string> allOf(std::string_view bytes) {
    Dc09Stream stream;
    stream.add(bytes);
    return all(stream);
}

using Items = std::vector<std::string>;

TEST(Dc09Stream, FindsAMessageThatComesByteByByte) {
    Dc09Stream stream;
    const std::string message = messageOf("0001");
    for (const char byte : message.substr(0, message.size() - 1)) {
        stream.add({&byte, 1});
        ASSERT_EQ(all(stream), Items{});
    }
    EXPECT_TRUE(stream.isPartial());
    stream.add("\r");
    EXPECT_EQ(all(stream), Items{"0001"});
    EXPECT_FALSE(stream.isPartial());
}

TEST(Dc09Stream, FindsEveryMessageOfASegment) {
    EXPECT_EQ(allOf(messageOf("0001") + messageOf("0002") + messageOf("0003", CrcForm::Binary)),
              (Items{"0001", "0002", "0003"}));
}

TEST(Dc09Stream, PassesOverWhatStandsBetweenMessages) {
    Dc09Stream stream;
    stream.add("garbage" + messageOf("0001") + std::string{"\0 \r", 3} + messageOf("0002") + std::string{"\0", 1});
    EXPECT_EQ(all(stream), (Items{"0001", "0002"}));
    EXPECT_EQ(stream.strayBytes(), 11U);
}

// A check of two bytes may be any: this looks for messages whose check holds a line feed or a carriage return.
TEST(Dc09Stream, IsNotDividedByLineEndsInABinaryCheck) {
    int lineFeeds = 0;
    int carriageReturns = 0;
    for (int sequence = 1; sequence <= 9999; ++sequence) {
        const std::string digits = fmt::format("{:04}", sequence);
        const std::string message = messageOf(digits, CrcForm::Binary);
        const std::string_view check = std::string_view{message}.substr(1, 2);
        if (check.find_first_of("\r\n") == std::string_view::npos) {
            continue;
        }
        lineFeeds += check.find('\n') != std::string_view::npos ? 1 : 0;
        carriageReturns += check.find('\r') != std::string_view::npos ? 1 : 0;
        ASSERT_EQ(allOf(message + messageOf("0000")), (Items{digits, "0000"}));
    }
    EXPECT_GT(lineFeeds, 10);
    EXPECT_GT(carriageReturns, 10);
}

TEST(Dc09Stream, TakesLowerCaseDigits) {
    std::string message = messageOf("0001");
    std::transform(message.begin() + 1, message.begin() + 9, message.begin() + 1,
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    EXPECT_EQ(allOf(message), Items{"0001"});
}

TEST(Dc09Stream, SaysWhatIsWrongAndFindsTheNextMessage) {
    std::string check = messageOf("0001");
    check[1] = check[1] == '0' ? '1' : '0';
    EXPECT_EQ(allOf(check + messageOf("0002")), (Items{"crc", "0002"}));
    std::string shorter = messageOf("0001");
    shorter[8] = static_cast<char>(shorter[8] - 1);
    EXPECT_EQ(allOf(shorter + messageOf("0002")), (Items{"length", "0002"}));
    std::string longer = messageOf("0001");
    longer[8] = static_cast<char>(longer[8] + 1);
    EXPECT_EQ(allOf(longer + messageOf("0002")), (Items{"length", "0002"}));
    std::string letters = messageOf("0001");
    letters[8] = 'g';
    EXPECT_EQ(allOf(letters + messageOf("0002")), (Items{"length_not_hex", "0002"}));
    EXPECT_EQ(allOf("\nno message at all" + messageOf("0002")), (Items{"length_not_hex", "0002"}));
}

TEST(Dc09Stream, KeepsTheBytesThatItRefuses) {
    Dc09Stream stream;
    stream.add("\nno message at all\n");
    const auto item = stream.next();
    ASSERT_TRUE(item);
    EXPECT_EQ(std::get<Dc09Refuse>(*item).bytes, "\nno message at all");
}

TEST(Dc09Stream, RefusesAHeaderThatCannotBeReadThoughItsCheckFits) {
    const std::string message = alarm::encodeDc09(
        {.token = "ACK", .sequence = "0000", .receiver = "None", .line = "0", .account = "1409", .content = "]"});
    Dc09Stream stream;
    stream.add(message + messageOf("0002"));
    const auto item = stream.next();
    ASSERT_TRUE(item);
    EXPECT_EQ(std::get<Dc09Refuse>(*item).fault, Dc09Fault::Header);
    EXPECT_EQ(std::get<Dc09Refuse>(*item).detail, "there is no opening bracket behind the header");
    EXPECT_EQ(all(stream), Items{"0002"});
}

TEST(Dc09Stream, DoesNotLetANewMessageWaitForTheRestOfAnOldOne) {
    // The sender began anew in the middle: the old one's length runs over the new one and beyond.
    std::string half = messageOf("0001").substr(0, 20);
    half[6] = 'F';  // so long that the rest would not come for a long time
    EXPECT_EQ(allOf(half + messageOf("0002")), (Items{"partial", "0002"}));
}

TEST(Dc09Stream, GivesUpHalfAMessage) {
    Dc09Stream stream;
    stream.add(messageOf("0001").substr(0, 20));
    EXPECT_EQ(all(stream), Items{});
    const auto item = stream.giveUpPartial();
    ASSERT_TRUE(item);
    EXPECT_EQ(std::get<Dc09Refuse>(*item).fault, Dc09Fault::Partial);
    EXPECT_FALSE(stream.isPartial());
    EXPECT_FALSE(stream.giveUpPartial());
}

TEST(Dc09Stream, HoldsNoMoreThanALongestMessage) {
    EXPECT_EQ(allOf("\n" + std::string(9000, 'x') + messageOf("0002")), (Items{"oversize", "0002"}));
    Dc09Stream stream;
    stream.add("\n00000FFF\"" + std::string(alarm::longestDc09Body, 'x'));
    EXPECT_EQ(all(stream), Items{"length"});
    EXPECT_FALSE(stream.isPartial());
}

TEST(Dc09Stream, TakesALongestMessage) {
    const std::string body = R"("SIA-DCS"0001L0#4321[#4321|Nri1/BA0003])";
    const std::string message =
        alarm::encodeDc09({.token = "SIA-DCS",
                           .sequence = "0001",
                           .receiver = {},
                           .line = "0",
                           .account = "4321",
                           .content = std::string(alarm::longestDc09Body - body.find('[') - 1, 'x')});
    EXPECT_EQ(message.size(), alarm::longestDc09Frame);
    EXPECT_EQ(allOf(message), Items{"0001"});
}

TEST(Dc09Datagram, MayLackItsCarriageReturn) {
    const std::string message = messageOf("0101");
    EXPECT_EQ(std::get<Dc09Frame>(alarm::parseDc09Datagram(message)).sequence, "0101");
    EXPECT_EQ(std::get<Dc09Frame>(alarm::parseDc09Datagram(message.substr(0, message.size() - 1))).sequence, "0101");
    EXPECT_EQ(std::get<Dc09Refuse>(alarm::parseDc09Datagram(message.substr(0, message.size() - 2))).fault,
              Dc09Fault::Partial);
    EXPECT_EQ(std::get<Dc09Refuse>(alarm::parseDc09Datagram("")).fault, Dc09Fault::Partial);
}

}  // namespace
}  // namespace leedswatch::tests
