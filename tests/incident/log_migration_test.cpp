#include "incident/incident_log.h"
#include "incident/line_rows.h"
#include "store/audit_witness.h"
#include "store/migrations.h"
#include "store/sqlite_connection.h"
#include "support/fake_clock.h"
#include "support/temporary_folder.h"

#include <gmock/gmock.h>

namespace leedswatch::tests {
namespace {

/// The log as it was before there were incidents: each entry had a number of its own.
class LogMigration : public ::testing::TestWithParam<int> {
protected:
    LogMigration() {
        const auto sql = store::openConnection(m_folder / "leedswatch.db", store::Access::ReadWrite).value();
        std::vector<store::Migration> old = store::embeddedMigrations();
        std::erase_if(old, [](const auto& one) { return one.number > GetParam(); });
        EXPECT_TRUE(store::applyMigrations(*sql, "test", old, m_clock.now()));
        store::executeScript(
            *sql,
            "INSERT INTO incident_log_entry (id, reference, at, author, workstation, category, camera_number, "
            "camera_name, text) VALUES (1, '2026-000001', 1795301592345678, 'bob', 'desk-1', 'theft', 12, 'Briggate', "
            "'Grey coat, two bags'), (2, '2026-000002', 1795301692345678, 'ann', 'desk-2', 'asb', NULL, '', 'Youths');"
            "INSERT INTO incident_number VALUES (2026, 2);");
    }

    TemporaryFolder m_folder;
    FakeClock m_clock{base::fromStored(1'795'305'700'000'000)};
};

TEST_P(LogMigration, KeepsEveryEntryItsNumberAndWhatTheAuditLogVouchesFor) {
    const auto database = store::Database::open(m_folder.path(), m_clock).value();
    incident::IncidentLog log{*database};
    const auto acting = access::Acting::commandLine();
    const auto lines = log.search(acting, {}).value();
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(lines[1].reference, "2026-000001");
    EXPECT_EQ(lines[1].type, "theft");
    EXPECT_EQ(lines[1].cameraNumber, 12);
    EXPECT_EQ(lines[1].author, "bob");
    EXPECT_FALSE(lines[1].isErased);
    incident::Search search;
    search.words = "grey briggate 2026-000001";
    EXPECT_EQ(log.search(acting, search)->size(), 1U);
    search = {};
    search.type = "asb";
    EXPECT_EQ(log.search(acting, search)->size(), 1U);
    const auto digest = database
                            ->read([](soci::session& sql) -> base::Result<base::Sha256Digest> {
                                return store::WitnessedRows{sql, incident::oldLineWitness(), 1}.next()->digest;
                            })
                            .value();
    EXPECT_EQ(digest, base::sha256("[\"incident_log_entry\",\"2026-000001\",\"1795301592345678\",\"bob\",\"desk-1\","
                                   "\"theft\",\"12\",\"Briggate\",\"Grey coat, two bags\"]"));
}

TEST_P(LogMigration, NewLinesGoOnBehindTheOld) {
    const auto database = store::Database::open(m_folder.path(), m_clock).value();
    incident::NewLine line;
    line.text = "The first of the new kind";
    EXPECT_EQ(incident::IncidentLog{*database}.add(access::Acting::commandLine(), line)->id.value(), 3);
}

INSTANTIATE_TEST_SUITE_P(Earlier, LogMigration, ::testing::Values(4, 20, 29));

}  // namespace
}  // namespace leedswatch::tests
