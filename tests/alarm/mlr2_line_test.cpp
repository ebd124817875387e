#include "alarm/mlr2_line.h"

#include <gtest/gtest.h>

namespace leedswatch::tests {
namespace {

using alarm::CodeScheme;
using alarm::Mlr2Line;
using alarm::Mlr2Stream;
using alarm::parseMlr2Line;
using alarm::Qualifier;
using Kind = Mlr2Line::Kind;

TEST(Mlr2Line, ReadsContactId) {
    const Mlr2Line line = parseMlr2Line("5042 185678R13002017");
    EXPECT_EQ(line.kind, Kind::Signal);
    EXPECT_EQ(line.receiver, "04");
    EXPECT_EQ(line.line, "2");
    EXPECT_EQ(line.account, "5678");
    ASSERT_EQ(line.codes.codes.size(), 1U);
    EXPECT_EQ(line.codes.codes[0].code, "130");
    EXPECT_EQ(line.codes.codes[0].qualifier, Qualifier::Restore);
    EXPECT_EQ(line.codes.codes[0].area, "02");
    EXPECT_EQ(line.codes.codes[0].address, "017");
}

TEST(Mlr2Line, ReadsContactIdWithoutSpacesAndWithLongAccounts) {
    EXPECT_EQ(parseMlr2Line("5042185678E13002017").account, "5678");
    EXPECT_EQ(parseMlr2Line("5042 181234567890P40101005").account, "1234567890");
    EXPECT_EQ(parseMlr2Line("5042  98BCDFE13002017").account, "BCDF");
}

TEST(Mlr2Line, ReadsSiaInBothForms) {
    const Mlr2Line line = parseMlr2Line("3011      1234BA0012");
    EXPECT_EQ(line.kind, Kind::Signal);
    EXPECT_EQ(line.account, "1234");
    EXPECT_EQ(line.codes.codes.at(0).code, "BA");
    EXPECT_EQ(line.codes.codes.at(0).address, "0012");
    EXPECT_EQ(parseMlr2Line("3011      12ABFA0012").account, "12AB");
    const Mlr2Line block = parseMlr2Line("S011[#1234|Nri1BA12]");
    EXPECT_EQ(block.account, "1234");
    EXPECT_EQ(block.codes.codes.at(0).area, "1");
}

TEST(Mlr2Line, ReadsTheChannelsOfFastFormat) {
    const Mlr2Line line = parseMlr2Line("8011  1234 51535555 7");
    EXPECT_EQ(line.account, "1234");
    ASSERT_EQ(line.codes.codes.size(), 2U);
    EXPECT_EQ(line.codes.codes[0].scheme, CodeScheme::FastFormat);
    EXPECT_EQ(line.codes.codes[0].code, "2");
    EXPECT_EQ(line.codes.codes[0].qualifier, Qualifier::New);
    EXPECT_EQ(line.codes.codes[1].code, "4");
    EXPECT_EQ(line.codes.codes[1].qualifier, Qualifier::Restore);
    EXPECT_EQ(parseMlr2Line("8011123456 55555555 55555551 9").codes.codes.at(0).code, "16");
    EXPECT_EQ(parseMlr2Line("8011123456 55555555 55555551 9").codes.codes.at(1).code, "test");
    EXPECT_EQ(parseMlr2Line("8011123456 55555555 555555519").codes.codes.size(), 2U);
}

TEST(Mlr2Line, KnowsHeartbeatsAndTheReceiversOwnTroubles) {
    EXPECT_EQ(parseMlr2Line("1011           @    ").kind, Kind::Heartbeat);
    EXPECT_EQ(parseMlr2Line("1011 @").kind, Kind::Heartbeat);
    EXPECT_EQ(parseMlr2Line("0011 line card 2 absent").kind, Kind::ReceiverTrouble);
    EXPECT_EQ(parseMlr2Line("0011 line card 2 absent").codes.codes.at(0).text, "line card 2 absent");
}

TEST(Mlr2Line, ReadsOpeningsAndClosingsOfTheBasicForm) {
    const Mlr2Line line = parseMlr2Line("1011      0012 C1128");
    EXPECT_EQ(line.account, "0012");
    EXPECT_EQ(line.codes.codes.at(0).code, "CL");
    EXPECT_EQ(line.codes.codes.at(0).area, "1");
    EXPECT_EQ(line.codes.codes.at(0).address, "128");
    const auto basic = parseMlr2Line("1011      0012 3 7 ").codes.codes.at(0);
    EXPECT_EQ(basic.scheme, CodeScheme::Basic);
    EXPECT_EQ(basic.code, "3");
    EXPECT_EQ(basic.address, "7");
}

TEST(Mlr2Line, KeepsWhatItDoesNotKnow) {
    for (const char* text : {"", "5", "5011", "5011 18", "5011 181234X13001001", "5011 181234E1300100", "9011 abc",
                             "3011", "8011 1234", "1011"}) {
        const Mlr2Line line = parseMlr2Line(text);
        EXPECT_EQ(line.kind, Kind::Unknown) << text;
        EXPECT_EQ(line.raw, text);
    }
}

TEST(Ademco685Line, ReadsContactId) {
    const Mlr2Line line = alarm::parseAdemco685Line("11 1234 18 E131 01 C015 ");
    EXPECT_EQ(line.kind, Kind::Signal);
    EXPECT_EQ(line.account, "1234");
    EXPECT_EQ(line.codes.codes.at(0).code, "131");
    EXPECT_EQ(line.codes.codes.at(0).address, "015");
    EXPECT_EQ(alarm::parseAdemco685Line("11 1234 3 ").kind, Kind::Unknown);
}

TEST(Mlr2Stream, FindsLinesHoweverTheyAreSplit) {
    Mlr2Stream stream;
    const std::string text =
        "5042 185678R13002017\x14"
        "1011 @\x14";
    for (const char byte : text.substr(0, 20)) {
        stream.add({&byte, 1});
        ASSERT_FALSE(stream.next());
    }
    stream.add(text.substr(20));
    EXPECT_EQ(stream.next()->account, "5678");
    EXPECT_EQ(stream.next()->kind, Kind::Heartbeat);
    EXPECT_FALSE(stream.next());
}

TEST(Mlr2Stream, PassesOverALineThatIsTooLongToItsEnd) {
    Mlr2Stream stream;
    stream.add(std::string(600, 'x'));
    EXPECT_FALSE(stream.next());
    EXPECT_EQ(stream.discarded(), 600U);
    stream.add("5011 181234E13001001\x14");
    EXPECT_EQ(stream.next()->kind, Kind::NoLine);
    stream.add("1011 @\x14" + std::string(600, 'x') + "\x14");
    EXPECT_EQ(stream.next()->kind, Kind::Heartbeat);
    EXPECT_EQ(stream.next()->kind, Kind::NoLine);
    EXPECT_FALSE(stream.isPartial());
}

TEST(Mlr2Stream, BeginsAnewAtALineFeed) {
    Mlr2Stream stream;
    stream.add(std::string(600, 'x'));
    stream.add("yz\n11 1234 18 E131 01 C015\r");
    const auto line = stream.next();
    EXPECT_EQ(line->kind, Kind::Signal);
    EXPECT_TRUE(line->isAdemco);
    EXPECT_EQ(line->bytes, "\n11 1234 18 E131 01 C015\r");
}

TEST(Mlr2Stream, ToleratesLineEndsBehindTheTerminator) {
    Mlr2Stream stream;
    stream.add("5042 185678R13002017\x14\r\n5042 185678E13002017\x14\r\n");
    EXPECT_EQ(stream.next()->codes.codes.at(0).qualifier, Qualifier::Restore);
    EXPECT_EQ(stream.next()->codes.codes.at(0).qualifier, Qualifier::New);
    EXPECT_FALSE(stream.next());
    EXPECT_FALSE(stream.isPartial());
    stream.add("\n5042 185678E13002018\r");
    EXPECT_EQ(stream.next()->codes.codes.at(0).address, "018");
}

TEST(Mlr2Stream, TakesACarriageReturnAloneForAnAdemcosTest) {
    Mlr2Stream stream;
    stream.add("\r\n11 1234 18 E131 01 C015\r\r");
    EXPECT_EQ(stream.next()->kind, Kind::Heartbeat);
    EXPECT_EQ(stream.next()->kind, Kind::Signal);
    EXPECT_EQ(stream.next()->kind, Kind::Heartbeat);
    EXPECT_FALSE(stream.next());
}

TEST(Mlr2Stream, KnowsWhatIsNoLineFromALineThatItDoesNotKnow) {
    Mlr2Stream stream;
    for (const char* text : {"5 1", "01001", "\xB5\x30\x31\x31 18", "50\x01 18 1234", "GET / HTTP/1.1"}) {
        stream.add(std::string{text} + '\x14');
        const auto line = stream.next();
        EXPECT_EQ(line->kind, std::string_view{text} == "01001" ? Kind::ReceiverTrouble : Kind::NoLine) << text;
    }
    stream.add("Z011 something new \xE9\x14");
    EXPECT_EQ(stream.next()->kind, Kind::Unknown);
    stream.add("5011 18");
    EXPECT_TRUE(stream.isPartial());
    stream.giveUpPartial();
    EXPECT_FALSE(stream.isPartial());
}

TEST(Mlr2Line, IsWrittenAsItIsRead) {
    const alarm::SignalCode intruder{
        .scheme = CodeScheme::ContactId, .qualifier = Qualifier::Restore, .code = "130", .area = "1", .address = "7"};
    Mlr2Stream stream;
    stream.add(alarm::encodeMlr2("01", '1', "5678", intruder));
    stream.add(alarm::encodeMlr2("01", '1', "5678", {.scheme = CodeScheme::Sia, .code = "BA", .address = "12"}));
    stream.add(alarm::mlr2Heartbeat("01", '1'));
    const auto contactId = stream.next();
    EXPECT_EQ(contactId->account, "5678");
    EXPECT_EQ(contactId->codes.codes.at(0).code, "130");
    EXPECT_EQ(contactId->codes.codes.at(0).area, "01");
    EXPECT_EQ(contactId->codes.codes.at(0).address, "007");
    EXPECT_EQ(stream.next()->codes.codes.at(0).address, "0012");
    EXPECT_EQ(stream.next()->kind, Kind::Heartbeat);
}

}  // namespace
}  // namespace leedswatch::tests
