#pragma once

#include "dispatch/attendance.h"
#include "dispatch/jobs.h"
#include "dispatch/key_register.h"
#include "dispatch/officers.h"
#include "dispatch/units.h"
#include "estate/premises_registry.h"
#include "store/audit_log.h"
#include "support/fake_clock.h"
#include "support/temporary_folder.h"

#include <gtest/gtest.h>

namespace leedswatch::tests {

using namespace std::chrono_literals;

inline access::Acting personOf(const char* username, access::Role role) {
    access::Acting acting;
    acting.username = username;
    acting.role = role;
    acting.workstation = std::string{"desk of "} + username;
    return acting;
}

/// Two premises, two officers, two units, and all services of dispatch over a store of their own.
class DispatchRoom : public testing::Test {
protected:
    // 2027-01-15 08:00 GMT.
    DispatchRoom() : m_database{store::Database::open(m_folder.path(), m_clock).value()} {
        const auto imported = estate::PremisesRegistry{*m_database}.importCsv(
            access::Acting::commandLine(),
            "account,name,address,premises\n1001,Otley Library,\"1 Bondgate, Otley LS21 3AB\",LIB\n"
            "1002,Civic Hall,\"Calverley Street, Leeds\",CIVIC\n");
        EXPECT_TRUE(imported) << imported.error().message;
        const auto all = estate::PremisesRegistry{*m_database}.list().value();
        for (const auto& premises : all) {
            (premises.reference == "LIB" ? m_library : m_hall) = premises.id;
        }
        m_pat = officers().save(m_sue, {{}, "Pat Jones", "1111222233334444", "2028-01-31", "07700 900111"}).value().id;
        m_kim = officers().save(m_sue, {{}, "Kim Lee", "5555666677778888", "2027-02-01", "07700 900222"}).value().id;
        m_m1 = addUnit("M1");
        m_m2 = addUnit("M2");
    }

    dispatch::UnitId addUnit(const std::string& sign, std::chrono::minutes checkIn = 15min) {
        dispatch::Unit unit;
        unit.callSign = sign;
        unit.vehicle = "Van " + sign;
        unit.checkInEvery = checkIn;
        return units().save(m_sue, unit).value().id;
    }
    void putOnDuty() {
        ASSERT_TRUE(units().goOnDuty(m_ann, m_m1, {m_pat}));
        ASSERT_TRUE(units().goOnDuty(m_ann, m_m2, {m_kim}));
    }
    dispatch::JobId newJob(std::optional<dispatch::UnitId> unit = {}) {
        dispatch::NewJob wanted;
        wanted.premises = m_library;
        wanted.reason = "Back door found open";
        wanted.unit = unit;
        const auto job = jobs().create(m_ann, wanted);
        EXPECT_TRUE(job) << job.error().message;
        return job->id;
    }
    void arrive(dispatch::JobId id, std::chrono::seconds way = 5min) {
        ASSERT_TRUE(jobs().advance(m_ann, id, dispatch::JobState::EnRoute));
        m_clock.advance(way);
        ASSERT_TRUE(jobs().advance(m_ann, id, dispatch::JobState::OnScene));
    }
    dispatch::Job job(dispatch::JobId id) { return jobs().sheet(m_ann, id)->job; }
    std::vector<std::string> lines(dispatch::JobId id) {
        std::vector<std::string> kinds;
        const auto sheet = jobs().sheet(m_ann, id).value();
        for (const auto& entry : sheet.entries) {
            kinds.emplace_back(nameOf(entry.kind));
        }
        return kinds;
    }
    dispatch::Unit unit(dispatch::UnitId id) {
        const auto all = units().list(m_ann).value();
        return *std::ranges::find(all, id, &dispatch::Unit::id);
    }
    dispatch::KeyBunch addKeys(const std::string& tag, const std::string& premises = "LIB") {
        const auto added = keys().add(m_sue, {tag, premises, "Front door, till room", 3, "cabinet 2, 14"});
        EXPECT_TRUE(added) << added.error().message;
        return added.value();
    }
    dispatch::KeyIssue issueTo(dispatch::UnitId to) {
        dispatch::KeyIssue issue;
        issue.unit = to;
        issue.why = "alarm";
        issue.due = m_clock.now() + 4h;
        return issue;
    }
    std::vector<std::string> auditProblems() {
        store::AuditLog log{*m_database};
        return log
            .verify({&dispatch::jobWitness(), &dispatch::jobEntryWitness(), &dispatch::unitEntryWitness(),
                     &dispatch::Units::witness(), &dispatch::Officers::witness(), &dispatch::KeyRegister::witness(),
                     &dispatch::KeyRegister::movementWitness(), &estate::PremisesRegistry::witness(),
                     &estate::PremisesRegistry::panelWitness()})
            ->problems;
    }
    template <typename Value>
    Value ask(const std::string& query) {
        return m_database
            ->read([&](soci::session& sql) -> base::Result<Value> {
                Value value{};
                sql << query, soci::into(value);
                return value;
            })
            .value();
    }

    dispatch::Officers officers() { return dispatch::Officers{*m_database}; }
    dispatch::Units units() { return {*m_database, m_teller}; }
    dispatch::Jobs jobs() { return {*m_database, m_teller}; }
    dispatch::KeyRegister keys() { return dispatch::KeyRegister{*m_database}; }
    dispatch::Attendance attendance() { return dispatch::Attendance{*m_database}; }

    TemporaryFolder m_folder;
    FakeClock m_clock{base::fromStored(1'800'000'000'000'000)};
    std::unique_ptr<store::Database> m_database;
    std::vector<std::string> m_told;
    dispatch::JobTeller m_teller = [this](store::Transaction&, const access::Acting&, const dispatch::Job& told,
                                          const dispatch::JobEntry& entry) {
        m_told.push_back(std::to_string(told.id.value()) + " " + std::string{nameOf(entry.kind)});
    };
    access::Acting m_ann = personOf("ann", access::Role::Operator);
    access::Acting m_sue = personOf("sue", access::Role::Supervisor);
    access::Acting m_eve = personOf("eve", access::Role::Auditor);
    estate::PremisesId m_library;
    estate::PremisesId m_hall;
    dispatch::OfficerId m_pat;
    dispatch::OfficerId m_kim;
    dispatch::UnitId m_m1;
    dispatch::UnitId m_m2;
};

}  // namespace leedswatch::tests
