#include "alarm/code_table.h"

#include "alarm/embedded_codes.h"

#include <gtest/gtest.h>

namespace leedswatch::tests {
namespace {

using alarm::CodeScheme;
using alarm::CodeTable;
using alarm::Qualifier;
using alarm::SignalCategory;
using alarm::SignalCode;

SignalCategory categoryOf(CodeScheme scheme, std::string code, Qualifier qualifier = Qualifier::New,
                          std::string_view transmitter = {}) {
    return CodeTable::standard()
        .meaningOf({.scheme = scheme, .qualifier = qualifier, .code = std::move(code)}, transmitter)
        .category;
}

TEST(CodeTable, IsCompiledInWhole) {
    const auto& codes = alarm::embeddedCodes();
    const auto table = CodeTable::parse(codes.contactId, codes.sia, codes.fastFormat, codes.siaAddresses);
    ASSERT_TRUE(table) << table.error().message;
    EXPECT_GT(table->size(), 590U);
    EXPECT_EQ(CodeTable::standard().size(), table->size());
}

TEST(CodeTable, KnowsTheSameEventInEachScheme) {
    EXPECT_EQ(categoryOf(CodeScheme::Sia, "BA"), SignalCategory::Intruder);
    EXPECT_EQ(categoryOf(CodeScheme::ContactId, "130"), SignalCategory::Intruder);
    EXPECT_EQ(categoryOf(CodeScheme::FastFormat, "3"), SignalCategory::Intruder);
    EXPECT_EQ(categoryOf(CodeScheme::Sia, "BV"), SignalCategory::ConfirmedIntruder);
    EXPECT_EQ(categoryOf(CodeScheme::ContactId, "139"), SignalCategory::ConfirmedIntruder);
    EXPECT_EQ(categoryOf(CodeScheme::ContactId, "129"), SignalCategory::ConfirmedHoldUp);
}

TEST(CodeTable, TakesTheQualifierIn) {
    EXPECT_EQ(categoryOf(CodeScheme::ContactId, "130", Qualifier::Restore), SignalCategory::Restored);
    EXPECT_EQ(categoryOf(CodeScheme::ContactId, "301", Qualifier::Restore), SignalCategory::PowerRestored);
    EXPECT_EQ(categoryOf(CodeScheme::ContactId, "350", Qualifier::Restore), SignalCategory::CommunicationRestored);
    EXPECT_EQ(categoryOf(CodeScheme::ContactId, "401"), SignalCategory::Opened);
    EXPECT_EQ(categoryOf(CodeScheme::ContactId, "401", Qualifier::Restore), SignalCategory::Closed);
    EXPECT_EQ(categoryOf(CodeScheme::ContactId, "602", Qualifier::Restore), SignalCategory::Test);
}

TEST(CodeTable, TakesTheMakersMeaningFirst) {
    const CodeTable table =
        CodeTable::parse(
            "code,event,category,transmitter\n130,Intruder,alarm_intruder,\n130,Door "
            "bell,access,acme\n131,Own,system,acme\n",
            "code,event,category,transmitter\n", "code,event,category,transmitter\n", "code,address_kind\n")
            .value();
    const SignalCode intruder{.scheme = CodeScheme::ContactId, .code = "130"};
    EXPECT_EQ(table.meaningOf(intruder).category, SignalCategory::Intruder);
    EXPECT_EQ(table.meaningOf(intruder, "acme").category, SignalCategory::AccessNote);
    EXPECT_EQ(table.meaningOf(intruder, "other").category, SignalCategory::Intruder);
    // What only one maker sends is taken for that from any.
    EXPECT_EQ(table.meaningOf({.scheme = CodeScheme::ContactId, .code = "131"}).category, SignalCategory::System);
}

TEST(CodeTable, OverridesCountBeforeAnyTable) {
    const SignalCode code{.scheme = CodeScheme::ContactId, .qualifier = Qualifier::Restore, .code = "401"};
    const auto meaning =
        CodeTable::meaningOf(code, {CodeScheme::ContactId, "401", SignalCategory::HoldUp, "Button at the till"});
    EXPECT_EQ(meaning.category, SignalCategory::Restored);
    EXPECT_EQ(meaning.event, "Button at the till");
    EXPECT_EQ(meaning.address, alarm::AddressKind::User);
    EXPECT_TRUE(meaning.isOverridden);
}

TEST(CodeTable, LeavesWhatItDoesNotKnowUnmapped) {
    EXPECT_EQ(categoryOf(CodeScheme::Sia, "QQ"), SignalCategory::Unmapped);
    EXPECT_EQ(categoryOf(CodeScheme::Sia, ""), SignalCategory::Unmapped);
    EXPECT_EQ(categoryOf(CodeScheme::Sia, "QQ", Qualifier::Restore), SignalCategory::Unmapped);
}

TEST(CodeTable, KnowsWhatTheNumberCounts) {
    const auto kindOf = [](CodeScheme scheme, const char* code) {
        return CodeTable::standard().meaningOf({.scheme = scheme, .code = code}).address;
    };
    EXPECT_EQ(kindOf(CodeScheme::Sia, "BA"), alarm::AddressKind::Zone);
    EXPECT_EQ(kindOf(CodeScheme::Sia, "OP"), alarm::AddressKind::User);
    EXPECT_EQ(kindOf(CodeScheme::Sia, "CG"), alarm::AddressKind::Area);
    EXPECT_EQ(kindOf(CodeScheme::ContactId, "130"), alarm::AddressKind::Zone);
    EXPECT_EQ(kindOf(CodeScheme::ContactId, "401"), alarm::AddressKind::User);
    EXPECT_EQ(kindOf(CodeScheme::ContactId, "121"), alarm::AddressKind::User);
}

TEST(CodeTable, NamesTheLineThatIsWrong) {
    const char* head = "code,event,category,transmitter\n";
    const auto messageOf = [&](const std::string& rows) {
        return CodeTable::parse(head + rows, head, head, "code,address_kind\n").error().message;
    };
    EXPECT_EQ(messageOf("130,Intruder,alarm_burglar,\n"), "line 2: there is no category \"alarm_burglar\"");
    EXPECT_EQ(messageOf("130,Intruder,alarm_intruder\n"), "line 2 has 3 fields instead of 4");
    EXPECT_EQ(messageOf("130,A,test,\n130,B,test,\n"), "line 3: code 130 is there twice");
}

TEST(SignalCategory, KnowsWhoseLifeIsAtStake) {
    EXPECT_TRUE(isLifeSafety(SignalCategory::HoldUp));
    EXPECT_TRUE(isLifeSafety(SignalCategory::Fire));
    EXPECT_TRUE(isLifeSafety(SignalCategory::ConfirmedHoldUp));
    EXPECT_FALSE(isLifeSafety(SignalCategory::Intruder));
    EXPECT_TRUE(isAlarm(SignalCategory::Intruder));
    EXPECT_TRUE(isAlarm(SignalCategory::Welfare));
    EXPECT_FALSE(isAlarm(SignalCategory::Trouble));
    EXPECT_FALSE(isAlarm(SignalCategory::Opened));
    for (int number = 0; number <= static_cast<int>(SignalCategory::Unmapped); ++number) {
        const auto category = static_cast<SignalCategory>(number);
        EXPECT_EQ(alarm::signalCategoryFrom(nameOf(category)), category);
    }
}

}  // namespace
}  // namespace leedswatch::tests
