#include "response/code_overrides.h"

#include "estate/premises_registry.h"
#include "response/signal_journal.h"
#include "response/unmapped_codes.h"
#include "store/audit_log.h"
#include "store/audit_witness.h"
#include "support/fake_clock.h"
#include "support/temporary_folder.h"

#include <gmock/gmock.h>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;
using alarm::CodeScheme;
using alarm::SignalCategory;
using response::CodeOverrides;
using response::CodeRule;
using testing::ElementsAre;
using testing::HasSubstr;

class CodeOverridesTest : public testing::Test {
protected:
    CodeOverridesTest() {
        m_database = store::Database::open(m_folder.path(), m_clock).value();
        const auto imported = estate::PremisesRegistry{*m_database}.importCsv(
            access::Acting::commandLine(),
            "account,name,premises,transmitter\n1234,Library,LIB,ajax\n5678,Baths,BATH,\n");
        EXPECT_TRUE(imported);
    }

    CodeOverrides overrides() { return CodeOverrides{*m_database}; }
    static CodeRule rule(const response::TypedCodeRule& typed) { return response::checkedCodeRule(typed).value(); }
    void set(const response::TypedCodeRule& typed) {
        const auto done = overrides().set(access::Acting::commandLine(), rule(typed));
        ASSERT_TRUE(done) << done.error().message;
    }
    estate::Panel panel(const std::string& account) {
        const auto panels = estate::PremisesRegistry{*m_database}.panels().value();
        for (const estate::Panel& one : panels) {
            if (one.account == account) {
                return one;
            }
        }
        return {};
    }
    response::SignalEvent judged(const std::string& account, const std::string& code,
                                 alarm::Qualifier qualifier = alarm::Qualifier::New) {
        alarm::ReceivedSignal received;
        received.codes.codes.push_back({.scheme = CodeScheme::Sia, .qualifier = qualifier, .code = code});
        const auto of = panel(account);
        return response::judge(received, of.transmitter, of.premises, overrides().table().value()).at(0);
    }
    estate::ImportReport import(const std::string& csv) {
        return overrides().importCsv(access::Acting::commandLine(), csv).value();
    }

    TemporaryFolder m_folder;
    FakeClock m_clock{base::fromStored(1'800'000'000'000'000)};
    std::unique_ptr<store::Database> m_database;
};

TEST_F(CodeOverridesTest, GoByThePremisesThenByTheMakerThenByTheTables) {
    EXPECT_EQ(judged("1234", "AF").meaning.category, SignalCategory::Closed);  // of the maker's own table
    EXPECT_FALSE(judged("1234", "AF").meaning.isOverridden);
    set({.transmitter = "Ajax", .scheme = "sia", .code = "af", .category = "test", .event = "Walk test"});
    EXPECT_EQ(judged("1234", "AF").meaning.event, "Walk test");
    EXPECT_TRUE(judged("1234", "AF").meaning.isOverridden);
    EXPECT_NE(judged("5678", "AF").meaning.event, "Walk test");
    set({.premises = "LIB", .scheme = "sia", .code = "AF", .category = "alarm_panic", .event = "Desk button"});
    EXPECT_EQ(judged("1234", "AF").meaning.event, "Desk button");
    set({.premises = "BATH", .scheme = "sia", .code = "BA", .category = "alarm_technical", .event = "Chlorine"});
    EXPECT_EQ(judged("5678", "BA").meaning.category, SignalCategory::Technical);
    EXPECT_EQ(judged("1234", "BA").meaning.category, SignalCategory::Intruder);
}

TEST_F(CodeOverridesTest, TakeTheQualifierIn) {
    set({.premises = "LIB", .scheme = "sia", .code = "QQ", .category = "alarm_intruder", .event = "Roof"});
    EXPECT_EQ(judged("1234", "QQ").meaning.category, SignalCategory::Intruder);
    EXPECT_EQ(judged("1234", "QQ", alarm::Qualifier::Restore).meaning.category, SignalCategory::Restored);
}

TEST_F(CodeOverridesTest, AreChangedAndRemovedAndComeBack) {
    const response::TypedCodeRule typed{
        .premises = "LIB", .scheme = "sia", .code = "QQ", .category = "trouble", .event = "Lift"};
    set(typed);
    set({.premises = "LIB", .scheme = "sia", .code = "QQ", .category = "test", .event = "Lift test"});
    ASSERT_EQ(overrides().list()->size(), 1U);
    EXPECT_EQ(overrides().list()->front().code.event, "Lift test");
    ASSERT_TRUE(overrides().remove(access::Acting::commandLine(), rule(typed)));
    EXPECT_TRUE(overrides().list()->empty());
    EXPECT_EQ(judged("1234", "QQ").meaning.category, SignalCategory::Unmapped);
    const auto again = overrides().remove(access::Acting::commandLine(), rule(typed));
    EXPECT_EQ(again.error().message, "sia QQ of premises LIB has no meaning of its own");
    set(typed);
    EXPECT_EQ(overrides().list()->front().code.event, "Lift");
}

TEST_F(CodeOverridesTest, AreImportedWholeOrNotAtAllAndExportedAsTheyWere) {
    const std::string csv =
        "premises,transmitter,scheme,code,category,event\r\n"
        ",ajax,contact-id,130,alarm_intruder,\"Door, front\"\r\n"
        "LIB,,basic,3,alarm_holdup,Till\r\n";
    EXPECT_EQ(import(csv).added, 2);
    EXPECT_EQ(import(csv).unchanged, 2);
    EXPECT_EQ(overrides().exportCsv(access::Acting::commandLine()).value(), csv);
    const std::string bad =
        "premises,transmitter,scheme,code,category,event\n"
        "LIB,,fast-format,3,alarm_fire,Fire\n"
        "LIB,,fast-format,17,alarm_fire,Fire\n"
        "NOWHERE,,sia,BA,alarm_fire,Fire\n"
        "LIB,ajax,sia,BA,alarm_fire,Fire\n"
        "LIB,,morse,BA,alarm_fire,Fire\n"
        "LIB,,sia,BA,alarm_dragon,Dragon\n"
        "LIB,,sia,BA,alarm_fire,\n"
        "LIB,,fast-format,3,alarm_fire,Fire\n"
        "LIB,,contact-id,1130,alarm_fire,Fire\n";
    const auto check = overrides().checkCsv(access::Acting::commandLine(), bad).value();
    EXPECT_THAT(check.problems,
                ElementsAre(HasSubstr("line 3, column code: Fast Format has channels"),
                            HasSubstr("line 5, column premises: premises and transmitter are both given"),
                            HasSubstr("line 6, column scheme: 'morse' is none of"),
                            HasSubstr("line 7, column category: 'alarm_dragon' is none of alarm_holdup"),
                            HasSubstr("line 8, column event: it is empty"), HasSubstr("on line 2 already"),
                            HasSubstr("line 10, column code: Contact ID's have three"),
                            HasSubstr("line 4, column premises: there are no premises NOWHERE")));
    const auto refused = overrides().importCsv(access::Acting::commandLine(), bad);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message, HasSubstr("and 7 more"));
    EXPECT_EQ(overrides().list()->size(), 2U);
    const auto good = overrides().checkCsv(access::Acting::commandLine(), csv + ",ajax,sia,AB,test,Test\r\n").value();
    EXPECT_TRUE(good.problems.empty());
    EXPECT_EQ(good.report.added, 1);
    EXPECT_EQ(good.report.unchanged, 2);
    EXPECT_EQ(overrides().list()->size(), 2U);
}

TEST_F(CodeOverridesTest, AreForThoseWhoManagePremises) {
    access::Acting person = access::Acting::commandLine();
    person.unrestricted = false;
    person.role = access::Role::Operator;
    const auto one = rule({.premises = "LIB", .scheme = "sia", .code = "QQ", .category = "test", .event = "Test"});
    EXPECT_EQ(overrides().set(person, one).error().code, base::ErrorCode::NotPermitted);
    EXPECT_EQ(overrides().remove(person, one).error().code, base::ErrorCode::NotPermitted);
    EXPECT_EQ(overrides().importCsv(person, "").error().code, base::ErrorCode::NotPermitted);
    EXPECT_EQ(overrides().exportCsv(person).error().code, base::ErrorCode::NotPermitted);
}

TEST_F(CodeOverridesTest, AreVouchedForByTheAuditLog) {
    set({.premises = "LIB", .scheme = "sia", .code = "BA", .category = "test", .event = "Test"});
    store::AuditLog log{*m_database};
    const std::vector<const store::AuditWitness*> witnesses = {
        &CodeOverrides::witness(), &estate::PremisesRegistry::witness(), &estate::PremisesRegistry::panelWitness()};
    EXPECT_TRUE(log.verify(witnesses)->problems.empty());
    ASSERT_TRUE(m_database->write([](store::Transaction& transaction) -> base::Result<void> {
        transaction.sql() << "UPDATE code_override SET category = 'alarm_fire'";
        return {};
    }));
    EXPECT_EQ(log.verify(witnesses)->problems.size(), 1U);
}

TEST_F(CodeOverridesTest, UnmappedCodesThatWereSeenAreListedUntilTheyMeanSomething) {
    response::SignalJournal journal{*m_database};
    const auto add = [&](const std::string& account, const std::string& code, const std::string& sequence) {
        alarm::ReceivedSignal received;
        received.received = m_clock.now();
        received.protocol = "MLR2";
        received.account = account;
        received.sequence = sequence;
        if (!code.empty()) {
            received.codes.codes.push_back({.scheme = CodeScheme::Sia, .code = code});
        }
        const auto of = panel(account);
        auto events = response::judge(received, of.transmitter);
        ASSERT_TRUE(journal.add({{received, of.id.value() == 0 ? std::nullopt : std::optional{of.id}, events}}));
        m_clock.advance(1min);
    };
    const auto begin = m_clock.now();
    add("1234", "QQ", "1");
    add("5678", "QQ", "2");
    add("1234", "QW", "3");
    add("9999", "QQ", "4");
    add("1234", "BA", "5");
    add("1234", "", "6");
    const auto find = [&] {
        return response::findUnmappedCodes(*m_database, access::Acting::commandLine(), begin, m_clock.now()).value();
    };
    auto found = find();
    ASSERT_EQ(found.codes.size(), 2U);
    EXPECT_EQ(found.codes[0].code, "QQ");
    EXPECT_EQ(found.codes[0].count, 3);
    EXPECT_EQ(found.codes[0].first, begin);
    EXPECT_EQ(found.codes[0].last, begin + 3min);
    EXPECT_THAT(found.codes[0].accounts, ElementsAre("1234", "5678", "9999"));
    EXPECT_EQ(found.codes[1].code, "QW");
    EXPECT_EQ(found.unreadable, 1);
    set({.premises = "LIB", .scheme = "sia", .code = "QQ", .category = "test", .event = "Test"});
    found = find();
    EXPECT_THAT(found.codes[0].accounts, ElementsAre("5678", "9999"));
}

TEST_F(CodeOverridesTest, AStoredSignalSaysWhetherItsMeaningWasOverridden) {
    response::SignalJournal journal{*m_database};
    set({.premises = "LIB", .scheme = "sia", .code = "BA", .category = "test", .event = "Test"});
    alarm::ReceivedSignal received;
    received.account = "1234";
    ASSERT_TRUE(journal.add({{received, panel("1234").id, {judged("1234", "BA"), judged("1234", "FA")}}}));
    const auto events = journal.list(access::Acting::commandLine(), {.from = base::UtcTime{}})->at(0).signal.events;
    EXPECT_TRUE(events.at(0).meaning.isOverridden);
    EXPECT_FALSE(events.at(1).meaning.isOverridden);
}

}  // namespace
}  // namespace leedswatch::tests
