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

// An hour is more than the ten minutes in which a repetition is known: it is taken twice rather than not at all.
TEST_F(SignalJournalTest, LosesNothingWhenTheClockIsSetBackByAnHour) {
    const auto before = add(signal(R"("SIA-DCS"0001L0#1234[#1234|NBA01])"));
    m_clock.stepWallClock(-1h);
    EXPECT_TRUE(add(signal(R"("SIA-DCS"0001L0#1234[#1234|NBA01])")).isNew);
    const auto after = add(signal(R"("SIA-DCS"0002L0#1234[#1234|NBA02])"));
    EXPECT_GT(after.id, before.id) << "in the order in which they came";
    EXPECT_FALSE(add(signal(R"("SIA-DCS"0002L0#1234[#1234|NBA02])")).isNew);
    const auto stored = list();
    ASSERT_EQ(stored.size(), 3U);
    EXPECT_EQ(stored.front().id, before.id) << "by the time that the clock gave, which the log of the audit keeps too";
    EXPECT_EQ(list({.until = m_clock.now()}).size(), 2U);
}

TEST_F(SignalJournalTest, KnowsARepetitionAcrossTheEndOfTenMinutes) {
    m_clock.stepWallClock(base::Microseconds{600'000'000 - base::toStored(m_clock.now()) % 600'000'000} - 1s);
    EXPECT_TRUE(add(signal(R"("SIA-DCS"0001L0#1234[#1234|NBA01])")).isNew);
    m_clock.advance(2s);
    EXPECT_FALSE(add(signal(R"("SIA-DCS"0001L0#1234[#1234|NBA01])")).isNew);
    m_clock.advance(10min - 2s);
    EXPECT_FALSE(add(signal(R"("SIA-DCS"0001L0#1234[#1234|NBA01])")).isNew);
    m_clock.advance(1s);
    EXPECT_TRUE(add(signal(R"("SIA-DCS"0001L0#1234[#1234|NBA01])")).isNew);
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

TEST_F(SignalJournalTest, IsVouchedForRowByRowThoughManyCameAtOnce) {
    std::vector<JudgedSignal> batch;
    for (int number = 1; number <= 50; ++number) {
        batch.push_back(signal("\"SIA-DCS\"" + std::to_string(1000 + number) + "L0#1234[#1234|NBA01]"));
    }
    batch.insert(batch.begin() + 20, batch.at(3));  // a repetition makes no gap
    ASSERT_TRUE(journal().add(batch));
    ASSERT_TRUE(journal().add({signal(R"("SIA-DCS"2001L0#1234[#1234|NBA01])")}));
    store::AuditLog log{*m_database};
    const auto sound = log.verify({&SignalJournal::witness()}).value();
    EXPECT_TRUE(sound.problems.empty()) << sound.problems.front();
    EXPECT_EQ(sound.vouchedRows, 51);
    const auto forged = m_database->write([](store::Transaction& transaction) -> base::Result<void> {
        transaction.sql() << "UPDATE signal SET data = 'other' WHERE id = 33";
        return {};
    });
    ASSERT_TRUE(forged);
    const auto problems = log.verify({&SignalJournal::witness()})->problems;
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_NE(problems.front().find("signal 1234 (row 33) is not what"), std::string::npos) << problems.front();
}

// A store of before: each row had an entry of its own.
TEST_F(SignalJournalTest, IsVouchedForAsItWasThoughNewerRowsAreVouchedForTogether) {
    add(signal(R"("SIA-DCS"0001L0#1234[#1234|NBA01])"));
    add(signal(R"("SIA-DCS"0002L0#1234[#1234|NBA01])"));
    const auto asBefore = m_database->write([](store::Transaction& transaction) -> base::Result<void> {
        store::AuditEvent event;
        event.who = "station";
        event.action = "signals.received";
        transaction.sql() << "INSERT INTO signal SELECT id + 2, received, panel_id, account, protocol, source, token, "
                             "sequence, receiver, line, header_account, encrypted, lacks_encryption, data, events, "
                             "extended, panel_time, drift, raw, repetition_key FROM signal";
        event.witnesses = {{&SignalJournal::witness(), 3}, {&SignalJournal::witness(), 4}};
        transaction.audit(event);
        return {};
    });
    ASSERT_TRUE(asBefore);
    ASSERT_TRUE(journal().add(
        {signal(R"("SIA-DCS"0005L0#1234[#1234|NBA01])"), signal(R"("SIA-DCS"0006L0#1234[#1234|NBA01])")}));
    const auto sound = store::AuditLog{*m_database}.verify({&SignalJournal::witness()}).value();
    EXPECT_TRUE(sound.problems.empty());
    EXPECT_EQ(sound.vouchedRows, 6);
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
