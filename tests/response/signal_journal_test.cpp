#include "response/signal_journal.h"

#include "alarm/dc09_reader.h"
#include "store/audit_log.h"
#include "store/audit_witness.h"
#include "support/fake_clock.h"
#include "support/temporary_folder.h"

#include <gtest/gtest.h>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;
using alarm::SignalCategory;
using response::JudgedSignal;
using response::SignalJournal;

class NoAccounts final : public alarm::AccountBook {
public:
    std::optional<alarm::PanelAccount> find(std::string_view /*line*/, std::string_view /*account*/) const override {
        return std::nullopt;
    }
};

class SignalJournalTest : public testing::Test {
protected:
    SignalJournalTest() { m_database = store::Database::open(m_folder.path(), m_clock).value(); }

    JudgedSignal signal(const std::string& body, const std::string& transmitter = {}) {
        const alarm::Dc09Reader reader{m_book};
        auto frame = alarm::parseDc09Body(body, alarm::CrcForm::Ascii).value();
        frame.raw = "\n0000" + body + "\r";
        const auto outcome = reader.read(frame, "10.1.2.3:5012 tcp", m_clock.now());
        auto received = std::get<alarm::ReceivedSignal>(outcome.what);
        auto events = response::judge(received, transmitter);
        return {std::move(received), std::nullopt, std::move(events)};
    }
    response::WrittenSignal add(const JudgedSignal& signal) { return journal().add({signal}).value().at(0); }
    SignalJournal journal() { return SignalJournal{*m_database}; }
    std::vector<response::StoredSignal> list(const response::SignalQuery& query = {}) {
        return journal().list(access::Acting::commandLine(), query).value();
    }

    NoAccounts m_book;
    TemporaryFolder m_folder;
    FakeClock m_clock{base::fromStored(1'800'000'000'000'000)};
    std::unique_ptr<store::Database> m_database;
};

TEST_F(SignalJournalTest, KeepsASignalAsItWasReceived) {
    auto written = signal("\"SIA-DCS\"0007R1L2#00AF[#1234|Nri1/id7/BA01^Till \xE9^][Rone]_12:00:03,03-29-2026");
    written.panel = estate::PanelId{3};
    EXPECT_TRUE(add(written).isNew);
    const auto stored = list().at(0);
    const alarm::ReceivedSignal& received = stored.signal.received;
    EXPECT_EQ(received.received, m_clock.now());
    EXPECT_EQ(received.account, "1234");
    EXPECT_EQ(received.headerAccount, "00AF");
    EXPECT_EQ(received.source, "10.1.2.3:5012 tcp");
    EXPECT_EQ(received.sequence, "0007");
    EXPECT_EQ(received.line, "2");
    EXPECT_EQ(received.panelTimestamp, "12:00:03,03-29-2026");
    EXPECT_EQ(received.drift, written.received.drift);
    EXPECT_EQ(received.extended.at(0).value, "one");
    EXPECT_EQ(stored.signal.panel, estate::PanelId{3});
    const response::SignalEvent& event = stored.signal.events.at(0);
    EXPECT_EQ(event.code.code, "BA");
    EXPECT_EQ(event.code.address, "01");
    EXPECT_EQ(event.code.area, "1");
    EXPECT_EQ(event.code.user, "7");
    EXPECT_EQ(event.code.text, "Till \xC3\xA9");
    EXPECT_EQ(event.meaning.category, SignalCategory::Intruder);
    EXPECT_EQ(event.meaning.event, "Intruder alarm");
    EXPECT_EQ(event.meaning.address, alarm::AddressKind::Zone);
}

TEST_F(SignalJournalTest, KnowsAMessageThatIsSentAgain) {
    const auto first = add(signal(R"("SIA-DCS"7232L0#1234[#1234|Nri1/PE501]_08:21:05,02-20-2023)"));
    m_clock.advance(11s);
    const auto again = add(signal(R"("SIA-DCS"7232L0#1234[#1234|Nri1/PE501]_08:21:16,02-20-2023)"));
    EXPECT_FALSE(again.isNew);
    EXPECT_EQ(again.id, first.id);
    EXPECT_EQ(list().size(), 1U);
    EXPECT_EQ(list().at(0).repetitions, 1);
}

TEST_F(SignalJournalTest, KnowsARepetitionInTheSameCommit) {
    const auto one = signal(R"("SIA-DCS"7232L0#1234[#1234|Nri1/PE501])");
    const auto written = journal().add({one, one}).value();
    EXPECT_TRUE(written.at(0).isNew);
    EXPECT_FALSE(written.at(1).isNew);
}

// A panel whose numbers begin anew says something else with the same number; and the same after a while is said anew.
TEST_F(SignalJournalTest, TakesForNewWhatIsOtherOrLater) {
    EXPECT_TRUE(add(signal(R"("SIA-DCS"0001L0#1234[#1234|NBA01])")).isNew);
    EXPECT_TRUE(add(signal(R"("SIA-DCS"0001L0#1234[#1234|NBA02])")).isNew);
    m_clock.advance(alarm::repetitionWindow + 1s);
    EXPECT_TRUE(add(signal(R"("SIA-DCS"0001L0#1234[#1234|NBA01])")).isNew);
}

TEST_F(SignalJournalTest, KnowsARepetitionThoughTheClockWasSetBack) {
    EXPECT_TRUE(add(signal(R"("SIA-DCS"0001L0#1234[#1234|NBA01])")).isNew);
    m_clock.stepWallClock(-5min);
    EXPECT_FALSE(add(signal(R"("SIA-DCS"0001L0#1234[#1234|NBA01])")).isNew);
}

TEST_F(SignalJournalTest, KeepsWhatItCannotRead) {
    add(signal(std::string{"\"SIA-DCS\"0001L0#1234[#1234|\0\x01\xFF?]", 33}));
    const auto stored = list().at(0);
    ASSERT_EQ(stored.signal.events.size(), 1U);
    EXPECT_EQ(stored.signal.events[0].meaning.category, SignalCategory::Unmapped);
    EXPECT_EQ(stored.signal.received.data.substr(0, 6), "#1234|");
    add(signal(R"("SIA-DCS"0002L0#1234[])"));
    EXPECT_EQ(list().at(0).signal.events.at(0).meaning.category, SignalCategory::Unmapped);
}

TEST_F(SignalJournalTest, ListsTheNewestFirstByAccountAndPeriod) {
    add(signal(R"("SIA-DCS"0001L0#1111[#1111|NBA01])"));
    m_clock.advance(1min);
    auto known = signal(R"("SIA-DCS"0002L0#2222[#2222|NBA01])");
    known.panel = estate::PanelId{1};
    add(known);
    m_clock.advance(1min);
    add(signal(R"("SIA-DCS"0003L0#1111[#1111|NBA01])"));
    const auto sequences = [&](const response::SignalQuery& query) {
        std::string all;
        for (const auto& stored : list(query)) {
            all += stored.signal.received.sequence + ' ';
        }
        return all;
    };
    EXPECT_EQ(sequences({}), "0003 0002 0001 ");
    EXPECT_EQ(sequences({.account = "1111"}), "0003 0001 ");
    EXPECT_EQ(sequences({.account = "", .onlyOfNobody = true}), "0003 0001 ");
    EXPECT_EQ(sequences({.account = "", .most = 1}), "0003 ");
    EXPECT_EQ(sequences({.from = m_clock.now() - 1min, .account = ""}), "0003 0002 ");
    EXPECT_EQ(sequences({.until = m_clock.now() - 1min, .account = ""}), "0002 0001 ");
}

TEST_F(SignalJournalTest, IsReadByThoseWhoMayReadTheLog) {
    access::Acting engineer = access::Acting::commandLine();
    engineer.unrestricted = false;
    engineer.role = access::Role::Engineer;
    EXPECT_EQ(journal().list(engineer, {}).error().code, base::ErrorCode::NotPermitted);
}

TEST_F(SignalJournalTest, IsVouchedForByTheAuditLog) {
    add(signal(R"("SIA-DCS"0001L0#1111[#1111|NBA01])"));
    store::AuditLog log{*m_database};
    EXPECT_TRUE(log.verify({&SignalJournal::witness()})->problems.empty());
    const auto forged = m_database->write([](store::Transaction& transaction) -> base::Result<void> {
        transaction.sql() << "UPDATE signal SET raw = CAST('other' AS BLOB)";
        return {};
    });
    ASSERT_TRUE(forged);
    EXPECT_EQ(log.verify({&SignalJournal::witness()})->problems.size(), 1U);
}

TEST(Judge, TakesTheTransmittersMeaning) {
    alarm::ReceivedSignal received;
    received.codes.codes.push_back({.scheme = alarm::CodeScheme::Sia, .code = "HA"});
    EXPECT_TRUE(response::isLifeSafety(response::judge(received, {})));
    received.codes.codes.front().code = "BA";
    EXPECT_FALSE(response::isLifeSafety(response::judge(received, {})));
    received.codes.codes.push_back({.scheme = alarm::CodeScheme::Sia, .code = "FA"});
    EXPECT_TRUE(response::isLifeSafety(response::judge(received, {})));
}

}  // namespace
}  // namespace leedswatch::tests
