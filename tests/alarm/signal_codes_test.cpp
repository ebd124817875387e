#include "alarm/contact_id.h"
#include "alarm/sia_data.h"

#include <gtest/gtest.h>

namespace leedswatch::tests {
namespace {

using alarm::parseContactIdData;
using alarm::parseSiaData;
using alarm::Qualifier;

TEST(ContactId, HasQualifierCodePartitionAndZone) {
    const auto codes = parseContactIdData("#1001|3354 02 004");
    EXPECT_EQ(codes.account, "1001");
    ASSERT_EQ(codes.codes.size(), 1U);
    EXPECT_EQ(codes.codes[0].scheme, alarm::CodeScheme::ContactId);
    EXPECT_EQ(codes.codes[0].qualifier, Qualifier::Restore);
    EXPECT_EQ(codes.codes[0].code, "354");
    EXPECT_EQ(codes.codes[0].area, "02");
    EXPECT_EQ(codes.codes[0].address, "004");
    EXPECT_TRUE(codes.isReadable);
}

TEST(ContactId, MayLackItsAccountAndHaveLetters) {
    EXPECT_EQ(parseContactIdData("|1602 00 001").account, "");
    EXPECT_EQ(parseContactIdData("|1602 00 001").codes[0].code, "602");
    EXPECT_EQ(parseContactIdData("#1|613B 00 001").codes[0].code, "13B");
    EXPECT_EQ(parseContactIdData("#1|6130 00 001").codes[0].qualifier, Qualifier::Previous);
}

TEST(ContactId, IsNotReadableInAnotherForm) {
    for (const char* data :
         {"", "#1|", "#1|2130 00 001", "#1|130 00 001", "#1|1130 00 001 9", "#1|1130 xx 001", "#1|Nri1/BA01"}) {
        EXPECT_FALSE(parseContactIdData(data).isReadable) << data;
    }
}

TEST(SiaData, TakesModifiersForTheCodesBehindThem) {
    const auto codes = parseSiaData("#4321|Nri2/id007/OP007/BC008");
    EXPECT_EQ(codes.account, "4321");
    ASSERT_EQ(codes.codes.size(), 2U);
    EXPECT_EQ(codes.codes[0].code, "OP");
    EXPECT_EQ(codes.codes[0].address, "007");
    EXPECT_EQ(codes.codes[0].area, "2");
    EXPECT_EQ(codes.codes[0].user, "007");
    EXPECT_EQ(codes.codes[1].code, "BC");
    EXPECT_EQ(codes.codes[1].address, "008");
    EXPECT_EQ(codes.codes[1].area, "2");
    EXPECT_TRUE(codes.isReadable);
}

TEST(SiaData, TakesModifiersBehindTheLastCodeForThoseBefore) {
    const auto codes = parseSiaData("#1|NBA01/ri3");
    ASSERT_EQ(codes.codes.size(), 1U);
    EXPECT_EQ(codes.codes[0].area, "3");
}

TEST(SiaData, NeedsNoStrokesBetweenItems) {
    const auto codes = parseSiaData("#000110|Nri1BA503^Shop front   ^");
    ASSERT_EQ(codes.codes.size(), 1U);
    EXPECT_EQ(codes.codes[0].code, "BA");
    EXPECT_EQ(codes.codes[0].address, "503");
    EXPECT_EQ(codes.codes[0].text, "Shop front");
    EXPECT_EQ(codes.codes[0].area, "1");
}

// Scantronic's order: the code must not be taken from "Nt".
TEST(SiaData, BeginsWithATimeIfThePanelLikes) {
    const auto codes = parseSiaData("#1|Nti19:44/id1/RP");
    ASSERT_EQ(codes.codes.size(), 1U);
    EXPECT_EQ(codes.codes[0].code, "RP");
    EXPECT_EQ(codes.codes[0].address, "");
    EXPECT_EQ(codes.codes[0].panelTime, "19:44");
    EXPECT_EQ(codes.codes[0].user, "1");
}

TEST(SiaData, ReadsTextsOfBothForms) {
    const auto old = parseSiaData("#1|NCL003*\"Jo Bloggs\"NM");
    ASSERT_EQ(old.codes.size(), 1U);
    EXPECT_EQ(old.codes[0].text, "Jo Bloggs");
    EXPECT_TRUE(old.isReadable);
    const auto ofArea = parseSiaData("#1|Nri1^Office^/BA02^Safe^");
    ASSERT_EQ(ofArea.codes.size(), 1U);
    EXPECT_EQ(ofArea.codes[0].text, "Safe");
    EXPECT_EQ(parseSiaData("#1|NBA02^a|b^").codes[0].text, "a|b");
}

TEST(SiaData, ReadsFreeText) {
    const auto codes = parseSiaData("#1234|NRR|Atest");
    ASSERT_EQ(codes.codes.size(), 1U);
    EXPECT_EQ(codes.codes[0].code, "RR");
    EXPECT_EQ(codes.codes[0].text, "test");
    const auto alone = parseSiaData("#1234|Afire at the mill");
    ASSERT_EQ(alone.codes.size(), 1U);
    EXPECT_EQ(alone.codes[0].code, "");
    EXPECT_EQ(alone.codes[0].text, "fire at the mill");
}

TEST(SiaData, TellsOldEventsAndMissingAccounts) {
    EXPECT_EQ(parseSiaData("#1|OBA01").codes[0].qualifier, Qualifier::Previous);
    EXPECT_EQ(parseSiaData("|Nri1/CL501").account, "");
    EXPECT_EQ(parseSiaData("|Nri1/CL501").codes[0].code, "CL");
}

TEST(SiaData, KeepsWhatItCouldReadOfABrokenBlock) {
    const auto codes = parseSiaData("#1|NBA01/??");
    EXPECT_FALSE(codes.isReadable);
    ASSERT_EQ(codes.codes.size(), 1U);
    EXPECT_EQ(codes.codes[0].code, "BA");
    for (const char* data : {"", "#1|", "#1|X", "#1|N^open", "BA01"}) {
        EXPECT_FALSE(parseSiaData(data).isReadable) << data;
    }
}

}  // namespace
}  // namespace leedswatch::tests
