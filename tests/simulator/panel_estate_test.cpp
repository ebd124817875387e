#include "simulator/panel_estate.h"

#include "alarm/alarm_port.h"
#include "base/csv.h"
#include "base/file.h"
#include "simulator/control_router.h"
#include "support/child_process.h"
#include "support/temporary_folder.h"
#include "support/wait_until.h"

#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <mutex>
#include <set>

namespace leedswatch::simulator {
namespace {

using namespace std::chrono_literals;
using alarm::AlarmPort;
using alarm::ReceivedSignal;

bool comesTrue(const std::function<bool()>& condition) {
    return tests::waitUntil(condition, 60s);
}

class DrawnBook final : public alarm::AccountBook {
public:
    explicit DrawnBook(const std::vector<DrawnPremises>& premises) {
        for (const DrawnPremises& one : premises) {
            const auto key = alarm::PanelKey::of(one.keyBytes);
            m_accounts[one.account] = {key ? std::optional{*key} : std::nullopt};
        }
    }
    std::optional<alarm::PanelAccount> find(std::string_view /*line*/, std::string_view account) const override {
        const auto found = m_accounts.find(std::string{account});
        return found == m_accounts.end() ? std::nullopt : std::optional{found->second};
    }

private:
    std::map<std::string, alarm::PanelAccount> m_accounts;
};

/// Keeps each signal once, as the station does, and may leave the first answers out.
class KeepingStore final : public alarm::SignalStore {
public:
    void store(ReceivedSignal signal, std::function<void(bool)> stored) override {
        {
            const std::scoped_lock lock{m_mutex};
            m_all.push_back(signal);
            const bool isNew = m_keys.insert(signal.repetitionKey()).second;
            (isNew ? m_once : m_repetitions).push_back(std::move(signal));
        }
        stored(--m_leftOut < 0);
    }
    void saw(const alarm::Supervision& supervision, base::UtcTime /*when*/) override {
        const std::scoped_lock lock{m_mutex};
        m_polled.insert(supervision.account);
    }
    bool isUrgent(const ReceivedSignal& /*signal*/) const override { return true; }

    void leaveOutAnswers(int count) { m_leftOut = count; }
    std::vector<ReceivedSignal> once() const {
        const std::scoped_lock lock{m_mutex};
        return m_once;
    }
    std::vector<ReceivedSignal> repetitions() const {
        const std::scoped_lock lock{m_mutex};
        return m_repetitions;
    }
    std::size_t polled() const {
        const std::scoped_lock lock{m_mutex};
        return m_polled.size();
    }
    bool has(std::size_t count) const {
        return comesTrue([&] { return once().size() >= count; });
    }

private:
    mutable std::mutex m_mutex;
    std::set<std::string> m_keys;
    std::set<std::string> m_polled;
    std::vector<ReceivedSignal> m_all;
    std::vector<ReceivedSignal> m_once;
    std::vector<ReceivedSignal> m_repetitions;
    std::atomic<int> m_leftOut = 0;
};

class PanelEstateTest : public testing::Test {
protected:
    void listen(int port = 0) {
        auto opened = AlarmPort::open({.port = port}, book, store, clock);
        ASSERT_TRUE(opened) << opened.error().message;
        receiver = *std::move(opened);
    }
    void dial(int port, std::vector<DrawnPremises> dialling) {
        PanelEstate::Settings settings;
        settings.port = port;
        settings.hurry = hurry;
        settings.acknowledgedFile = folder / "acknowledged.csv";
        auto started = PanelEstate::start(settings, std::move(dialling), clock);
        ASSERT_TRUE(started) << started.error().message;
        panels = *std::move(started);
    }
    void begin() {
        listen();
        dial(receiver->port(), premises);
    }
    std::string say(const std::string& line) { return ControlRouter{nullptr, panels.get()}.answer(line); }
    bool statusHas(const std::string& text) {
        return comesTrue([&] { return panels->status().find(text) != std::string::npos; });
    }
    /// Stops the panels; account, sequence and data of each signal that was acknowledged.
    std::vector<std::string> acknowledged() {
        EXPECT_TRUE(panels->stop());
        std::vector<std::string> all;
        const auto records = base::parseCsv(base::readWholeFile(folder / "acknowledged.csv").value()).value();
        for (const base::CsvRecord& record : records) {
            all.push_back(record.fields.at(0) + " " + record.fields.at(1) + " " + record.fields.at(3));
        }
        all.erase(all.begin());  // the names of the columns
        return all;
    }
    /// Each that was acknowledged is kept, once. Tests that panels send by themselves are among them.
    void expectAllIsKept() {
        const auto lines = acknowledged();
        std::multiset<std::string> kept;
        for (const ReceivedSignal& signal : store.once()) {
            kept.insert(signal.account + " " + signal.sequence + " " + signal.data);
        }
        for (const std::string& line : lines) {
            EXPECT_EQ(kept.count(line), 1U) << line;
        }
        EXPECT_EQ(std::set<std::string>(lines.begin(), lines.end()).size(), lines.size());
    }

    static constexpr int panelCount = 24;
    double hurry = 25;
    tests::TemporaryFolder folder;
    base::SystemClock clock;
    std::vector<DrawnPremises> premises = drawManyPremises(1, panelCount);
    DrawnBook book{premises};
    KeepingStore store;
    std::unique_ptr<AlarmPort> receiver;
    std::unique_ptr<PanelEstate> panels;
};

TEST_F(PanelEstateTest, PanelsOfEveryKindReportAndAreAnswered) {
    begin();
    EXPECT_EQ(say("panels 1-24 intruder"), "ok\n");
    ASSERT_TRUE(store.has(24));
    ASSERT_TRUE(statusHas("waiting 0"));
    std::set<std::string> accounts;
    bool hasEncrypted = false;
    bool hasTcp = false;
    bool hasUdp = false;
    for (const ReceivedSignal& signal : store.once()) {
        accounts.insert(signal.account);
        EXPECT_FALSE(signal.lacksEncryption);
        hasEncrypted |= signal.wasEncrypted;
        hasTcp |= signal.source.ends_with("tcp");
        hasUdp |= signal.source.ends_with("udp");
    }
    EXPECT_EQ(accounts.size(), 24U);
    EXPECT_TRUE(hasEncrypted && hasTcp && hasUdp);
    expectAllIsKept();
}

TEST_F(PanelEstateTest, PanelsPollAndEachHasAnAddressOfItsOwn) {
    begin();
    const auto pollers = static_cast<std::size_t>(
        std::count_if(premises.begin(), premises.end(), [](const auto& one) { return one.pollInterval <= 60s; }));
    ASSERT_TRUE(comesTrue([&] { return store.polled() >= pollers / 2; }));
    ASSERT_EQ(say("panel 5 test"), "ok\n");
    ASSERT_TRUE(store.has(1));
    EXPECT_EQ(store.once().front().source.find("127.1.0.5:"), 0U) << store.once().front().source;
}

TEST_F(PanelEstateTest, AWrongCheckIsCountedAndSentRightAgain) {
    begin();
    ASSERT_EQ(say("panels 1-24 crc 1"), "ok\n");
    ASSERT_EQ(say("panels 1-24 fire"), "ok\n");
    ASSERT_TRUE(store.has(24));
    // A poll may have taken the fault of some panels.
    EXPECT_TRUE(comesTrue([&] { return receiver->counts().faults.contains("crc"); }));
    EXPECT_GE(receiver->counts().faults.at("crc"), 12U);
    expectAllIsKept();
}

TEST_F(PanelEstateTest, ALostAnswerBringsTheSameSignalAgainAndNoSecondOne) {
    store.leaveOutAnswers(10);
    begin();
    ASSERT_EQ(say("panels 1-24 holdup"), "ok\n");
    ASSERT_TRUE(statusHas("sent 24, answered 24"));
    EXPECT_GE(store.repetitions().size(), 10U);
    EXPECT_EQ(store.once().size(), 24U);
    expectAllIsKept();
}

TEST_F(PanelEstateTest, ADeafPanelRepeatsWhatIsAnswered) {
    begin();
    ASSERT_EQ(say("panel 1 deaf 30"), "ok\n");
    ASSERT_EQ(say("panel 1 panic"), "ok\n");
    ASSERT_TRUE(statusHas("sent 1, answered 1"));
    EXPECT_GE(store.repetitions().size(), 1U);
    EXPECT_EQ(store.once().size(), 1U);
}

TEST_F(PanelEstateTest, AnEncryptingPanelWhoseClockIsWrongIsRefusedAndTakesTheTime) {
    begin();
    int keyed = 0;
    for (const DrawnPremises& one : premises) {
        keyed += one.keyBytes.empty() ? 0 : 1;
    }
    ASSERT_GT(keyed, 4);
    ASSERT_EQ(say("panels 1-24 clock +3600"), "ok\n");
    ASSERT_EQ(say("panels 1-24 medical"), "ok\n");
    ASSERT_TRUE(statusHas("sent 24, answered 24"));
    EXPECT_GE(receiver->counts().refusals.at("stamped outside the time window"), static_cast<std::uint64_t>(keyed) / 2);
    for (const ReceivedSignal& signal : store.once()) {
        if (signal.wasEncrypted) {
            EXPECT_LE(std::abs(signal.drift.value().count()), 20);
        }
    }
}

TEST_F(PanelEstateTest, AWrongKeyIsRefusedUntilItIsMended) {
    begin();
    ASSERT_EQ(say("panel 1 wrong-key"), "ok\n");
    ASSERT_EQ(say("panel 1 tamper"), "ok\n");
    ASSERT_TRUE(comesTrue([&] { return !receiver->counts().refusals.empty(); }));
    EXPECT_TRUE(store.once().empty());
    ASSERT_EQ(say("panel 1 clear"), "ok\n");
    EXPECT_TRUE(store.has(1));
}

TEST_F(PanelEstateTest, PanelsWaitForAReceiverAndComeBackAfterIt) {
    listen();
    const int port = receiver->port();
    receiver.reset();
    dial(port, premises);
    ASSERT_EQ(say("panels 1-24 intruder"), "ok\n");
    EXPECT_NE(panels->status().find("answered 0"), std::string::npos);
    listen(port);
    ASSERT_TRUE(store.has(24));
    ASSERT_TRUE(statusHas("waiting 0"));
    receiver.reset();
    ASSERT_EQ(say("panels 1-24 restore"), "ok\n");
    listen(port);
    ASSERT_TRUE(store.has(48));
    ASSERT_TRUE(statusHas("waiting 0"));
    expectAllIsKept();
}

TEST_F(PanelEstateTest, ARunawaySendsOnAndOnUntilItIsStopped) {
    begin();
    ASSERT_EQ(say("panel 2 runaway 600 1000"), "ok\n");
    ASSERT_TRUE(store.has(10));
    ASSERT_EQ(say("stop"), "ok\n");
    ASSERT_TRUE(statusHas("waiting 0"));
    EXPECT_LT(store.once().size(), 1'000U);
}

TEST_F(PanelEstateTest, AnOrdinaryDayPassesQuickly) {
    begin();
    // Hours in seconds: with the panels' hurry nothing of it is left out.
    ASSERT_EQ(say("day 3600"), "ok\n");
    const auto opened = [&] {
        const auto all = store.once();
        return std::any_of(all.begin(), all.end(), [](const ReceivedSignal& signal) {
            const auto& code = signal.codes.codes.front();
            return code.code == "OP" || (code.code == "401" && code.qualifier == alarm::Qualifier::New);
        });
    };
    EXPECT_TRUE(comesTrue(opened));
    EXPECT_EQ(say("stop"), "ok\n");
}

TEST_F(PanelEstateTest, RefusesPanelsThatThereAreNot) {
    begin();
    EXPECT_EQ(say("panel 25 fire"), "error: there is no panel 25; they are 1 to 24\n");
    EXPECT_EQ(say("storm 25"), "error: there is no panel 25; they are 1 to 24\n");
    EXPECT_EQ(say("freeze 1"), "error: there are no cameras; start with --cameras\n");
    EXPECT_EQ(say("panel 1 dance").find("error: a panel may be told"), 0U);
    const std::string status = say("status");
    EXPECT_EQ(status.find("panels 24: connected"), 0U);
    EXPECT_TRUE(status.ends_with("\nok\n"));
    EXPECT_EQ((ControlRouter{nullptr, nullptr}.answer("storm 5")),
              "error: there are no panels; start with --panels and --arc\n");
}

TEST_F(PanelEstateTest, WritesOverNoListAndKnowsNoHostThatThereIsNot) {
    ASSERT_TRUE(base::replaceFile(folder / "acknowledged.csv", "somebody's"));
    PanelEstate::Settings settings;
    settings.acknowledgedFile = folder / "acknowledged.csv";
    const auto taken = PanelEstate::start(settings, premises, clock);
    ASSERT_FALSE(taken);
    EXPECT_EQ(taken.error().code, base::ErrorCode::AlreadyExists);
    settings.host = "no such host";
    const auto nowhere = PanelEstate::start(settings, premises, clock);
    ASSERT_FALSE(nowhere);
    EXPECT_EQ(nowhere.error().code, base::ErrorCode::NotFound);
}

class PanelStorm : public PanelEstateTest {
protected:
    PanelStorm() {
        hurry = 2;  // hundreds must not come again and again while a slow machine works on them
        many = drawManyPremises(2, stormCount);
        storm = std::make_unique<DrawnBook>(many);
        auto opened = AlarmPort::open({.port = 0}, *storm, store, clock);
        receiver = std::move(opened).value();
    }
    ~PanelStorm() override {
        // Before the book that it reads.
        panels.reset();
        receiver.reset();
    }
    static constexpr int stormCount = 400;
    std::vector<DrawnPremises> many;
    std::unique_ptr<DrawnBook> storm;
};

TEST_F(PanelStorm, AllDialAnewAndEachSignalIsKeptOnce) {
    dial(receiver->port(), many);
    const auto kept = static_cast<std::uint64_t>(std::count_if(
        many.begin(), many.end(), [](const auto& one) { return one.carrier == PanelCarrier::KeptConnection; }));
    ASSERT_TRUE(comesTrue([&] { return receiver->counts().connectionsEver >= kept; }));
    ASSERT_EQ(say("storm 400"), "ok\n");
    ASSERT_TRUE(statusHas("storm of 400: answered 400;"));
    EXPECT_GE(receiver->counts().connectionsEver, 2 * kept);
    EXPECT_GE(store.once().size(), 400U);
    expectAllIsKept();
}

class PanelProgram : public PanelEstateTest {};

TEST_F(PanelProgram, WritesPremisesForTheImportAndForItsOwnerAlone) {
    const auto file = folder / "premises.csv";
    const auto run =
        tests::runProgram({SIMULATOR_PROGRAM, "--panels", "24", "--write-premises", file.string(), "--seed", "1"});
    EXPECT_EQ(run.exitCode, 0) << run.output;
    EXPECT_EQ(base::readWholeFile(file).value(), premisesCsv(premises));
    EXPECT_EQ(std::filesystem::status(file).permissions(),
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST_F(PanelProgram, DialsTheReceiverAndTellsAtTheEndWhatWasAcknowledged) {
    listen();
    const auto list = folder / "list.csv";
    tests::ChildProcess program{{SIMULATOR_PROGRAM, "--panels", "24", "--arc",
                                 "127.0.0.1:" + std::to_string(receiver->port()), "--write-acknowledged", list.string(),
                                 "--stop-on-eof"}};
    ASSERT_TRUE(program.waitForOutput("ready: 24 panels dial 127.0.0.1:"));
    program.send("panels 1-24 open\n");
    ASSERT_TRUE(program.waitForOutput("ok\n"));
    ASSERT_TRUE(store.has(24));
    // The last answers are on their way.
    const auto answered = [&] {
        program.send("status\n");
        return program.output().find("sent 24, answered 24,") != std::string::npos;
    };
    ASSERT_TRUE(comesTrue(answered));
    program.closeInput();
    EXPECT_EQ(program.wait(), 0);
    EXPECT_GE(base::parseCsv(base::readWholeFile(list).value()).value().size(), 25U);
    for (const DrawnPremises& one : premises) {
        EXPECT_TRUE(!one.isKeyText || program.output().find(one.keyBytes) == std::string::npos);
    }
}

TEST_F(PanelProgram, RefusesWhatMakesNoSense) {
    for (const std::vector<std::string>& arguments : {std::vector<std::string>{"--panels", "5"},
                                                      {"--panels", "0", "--arc", "127.0.0.1:9300"},
                                                      {"--panels", "5", "--arc", "127.0.0.1"},
                                                      {"--panels", "5", "--arc", "127.0.0.1:0"},
                                                      {"--panels", "5", "--arc", ":9300"},
                                                      {"--panels", "5", "--arc", "127.0.0.1:93000"},
                                                      {"--arc", "127.0.0.1:9300"},
                                                      {"--cameras", "0"}}) {
        std::vector<std::string> all{SIMULATOR_PROGRAM};
        all.insert(all.end(), arguments.begin(), arguments.end());
        EXPECT_EQ(tests::runProgram(all).exitCode, 2) << arguments.back();
    }
}

}  // namespace
}  // namespace leedswatch::simulator
