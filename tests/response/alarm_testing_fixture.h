#pragma once

#include "alarm/dc09_reader.h"
#include "base/local_time.h"
#include "estate/alarm_zones.h"
#include "estate/premises_details.h"
#include "estate/premises_registry.h"
#include "estate/premises_search.h"
#include "response/alarm_queue.h"
#include "response/alarm_rules.h"
#include "response/planned_tests.h"
#include "response/test_reports.h"
#include "response/test_requests.h"
#include "response/walk_tests.h"
#include "store/audit_log.h"
#include "support/fake_clock.h"
#include "support/temporary_folder.h"

#include <gtest/gtest.h>

namespace leedswatch::tests {

/// A room that tests alarm systems: some premises, an operator and a supervisor, and panels that report.
class AlarmTestingRoom : public testing::Test {
protected:
    AlarmTestingRoom() {
        reopen();
        EXPECT_TRUE(estate::PremisesRegistry{*m_database}.importCsv(
            m_root,
            "account,name,premises,address\n1001,Otley Library,LIB,\"1 Bondgate, Otley\"\n1002,Hall Lane "
            "School,SCH,\n1003,Hall Lane School fire,SCH,\n"));
        EXPECT_TRUE(estate::PremisesDetails{*m_database}.importAnswering(
            m_root, "premises,password,duress\nLIB,heron,kingfisher\n"));
        EXPECT_TRUE(zones().importCsv(m_root,
                                      "premises,zone,name,area,kind\nLIB,12,Hall,1,intruder\nLIB,2,Door,1,intruder\n"
                                      "LIB,003,Till,1,hold-up\nLIB,20,Smoke loft,2,fire\n"));
    }

    void reopen() {
        m_database.reset();
        m_database = store::Database::open(m_folder.path(), m_clock).value();
    }
    static access::Acting person(const char* name, access::Role role) {
        access::Acting acting;
        acting.username = name;
        acting.role = role;
        acting.workstation = "desk 1";
        return acting;
    }
    estate::PremisesId premises(const char* reference) {
        return estate::PremisesSearch{*m_database}.exactly(m_root, reference).value().premises.id;
    }
    estate::AlarmZones zones() { return estate::AlarmZones{*m_database}; }
    response::TestPeriods periods() { return response::TestPeriods{*m_database}; }
    response::TestReports reports() { return response::TestReports{*m_database}; }
    response::PlannedTests plans() { return response::PlannedTests{*m_database}; }
    response::WalkTests walks() { return response::WalkTests{*m_database}; }
    response::TestRequests requests() { return response::TestRequests{*m_database}; }
    response::TestResults results() { return response::TestResults{*m_database}; }

    response::TestPeriod wanted(const char* reference, std::chrono::minutes lasts = std::chrono::minutes{60}) {
        response::TestPeriod period;
        period.premises = premises(reference);
        period.ends = m_clock.now() + lasts;
        period.byWhom = "Mr Dale of Alarms Ltd";
        period.reason = "annual service";
        return period;
    }

    /// Stored, and not judged yet. `data`: "Nri1/BA12" or "1130 01 012".
    response::SignalId store(const std::string& account, const std::string& data) {
        const std::string token = data[0] == 'N' ? "SIA-DCS" : "ADM-CID";
        const std::string number = std::to_string(1'000 + ++m_sequence % 9'000);
        const std::string body = "\"" + token + "\"" + number + "L0#" + account + "[#" + account + "|" + data + "]";
        auto frame = alarm::parseDc09Body(body, alarm::CrcForm::Ascii).value();
        frame.raw = body;
        const auto outcome = alarm::Dc09Reader{m_book}.read(frame, "10.1.2.3:5012 tcp", m_clock.now());
        const auto received = std::get<alarm::ReceivedSignal>(outcome.what);
        const auto panels = estate::PremisesRegistry{*m_database}.panels().value();
        std::optional<estate::PanelId> panel;
        for (const estate::Panel& one : panels) {
            panel = one.account == account ? std::optional{one.id} : panel;
        }
        const response::JudgedSignal signal{received, panel, response::judge(received, {})};
        return response::SignalJournal{*m_database}.add({signal}).value().at(0).id;
    }
    /// And judged; what became of it.
    response::Decision receive(const std::string& account, const std::string& data) {
        const auto id = store(account, data);
        response::AlarmRules rules{*m_database};
        EXPECT_GE(rules.judgeWaiting(100).value(), 1);
        const auto decisions = rules.decisions(m_root, id).value();
        return decisions.empty() ? response::Decision{} : decisions.back().decision;
    }
    bool isAuditSound() {
        return store::AuditLog{*m_database}
            .verify({&response::TestPeriods::witness(), &response::TestReports::witness(),
                     &response::TestResults::witness(), &response::PlannedTests::witness(),
                     &response::WalkTests::witness(), &response::SignalJournal::witness(),
                     &response::AlarmRules::witness(), &response::alarmWitness(), &response::alarmEntryWitness(),
                     &estate::PremisesRegistry::witness(), &estate::PremisesRegistry::panelWitness(),
                     &estate::PremisesRegistry::signallingWitness(), &estate::PremisesDetails::keyholderWitness()})
            .value()
            .problems.empty();
    }

    class AnyAccount final : public alarm::AccountBook {
    public:
        std::optional<alarm::PanelAccount> find(std::string_view /*line*/,
                                                std::string_view /*account*/) const override {
            return alarm::PanelAccount{};
        }
    };

    const access::Acting m_root = access::Acting::commandLine();
    const access::Acting m_operator = person("olive", access::Role::Operator);
    const access::Acting m_supervisor = person("sue", access::Role::Supervisor);
    const access::Acting m_auditor = person("ann", access::Role::Auditor);
    AnyAccount m_book;
    TemporaryFolder m_folder;
    FakeClock m_clock{base::parseTime("2026-03-02T09:00").value()};
    std::unique_ptr<store::Database> m_database;
    int m_sequence = 0;
};

}  // namespace leedswatch::tests
