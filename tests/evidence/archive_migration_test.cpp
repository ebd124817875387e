#include "evidence/archive_seal.h"
#include "store/migrations.h"
#include "store/sqlite_connection.h"
#include "support/fake_clock.h"
#include "support/temporary_folder.h"
#include "video/segment_index.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace leedswatch::tests {
namespace {

/// A store as an earlier version left it, with three files, one of them with a name of another kind, and a gap.
class ArchiveMigration : public ::testing::TestWithParam<int> {
protected:
    ArchiveMigration() {
        const auto sql = store::openConnection(m_folder / "leedswatch.db", store::Access::ReadWrite).value();
        std::vector<store::Migration> old = store::embeddedMigrations();
        std::erase_if(old, [](const auto& one) { return one.number > GetParam(); });
        EXPECT_TRUE(store::applyMigrations(*sql, "test", old, m_clock.now()));
        const std::string hash(62, 'a');
        store::executeScript(
            *sql, ("INSERT INTO segment VALUES "
                   "(5, 7, '0042/2026-11-21/0042-20261121T225312.345Z.mp4', 1795301592345678, 1795301652345678, -5, "
                   "5400000, 1500, 7000000, '" +
                   hash +
                   "0f', 'full'),"
                   "(6, 7, 'seven/odd.mp4', 1795301652345678, 1795301653345678, 0, 90000, 25, 1000, '" +
                   hash +
                   "ff', 'stopped'),"
                   "(9, 8, '0043/2026-11-22/0043-20261122T000000.000Z.mp4', 1795305600000000, 1795305601000000, 1, 2, "
                   "3, 4, '" +
                   hash +
                   "00', 'recovered');"
                   "INSERT INTO open_segment VALUES ('0043/x.mp4', 8, 1795305601000000, 9);"
                   "INSERT INTO recording_gap VALUES (1, 7, 1795301653345678, 1795301663345678, 'network');")
                      .c_str());
    }

    TemporaryFolder m_folder;
    FakeClock m_clock{base::fromStored(1'795'305'700'000'000)};
};

TEST_P(ArchiveMigration, KeepsEveryRowAndWhatTheAuditLogVouchesForOfIt) {
    const auto database = store::Database::open(m_folder.path(), m_clock).value();
    video::SegmentIndex index{*database};
    const auto segments = index.all(std::nullopt).value();
    ASSERT_EQ(segments.size(), 3U);
    EXPECT_EQ(segments[0].file, "0042/2026-11-21/0042-20261121T225312.345Z.mp4");
    EXPECT_EQ(segments[0].path(), m_folder / "archive" / segments[0].file);
    EXPECT_EQ(base::toStored(segments[0].end), 1'795'301'652'345'678);
    EXPECT_EQ(segments[0].lastMediaTime, 5'400'000);
    EXPECT_EQ(base::toHex(segments[0].sha256), std::string(62, 'a') + "0f");
    EXPECT_EQ(segments[1].file, "seven/odd.mp4");
    EXPECT_EQ(segments[2].id.value(), 9);
    EXPECT_EQ(index.openSegments()->at(0).volume, video::mainVolume);
    EXPECT_EQ(index.gaps(estate::CameraId{7}, {base::UtcTime{}, m_clock.now()})->size(), 1U);
    const auto digest = database
                            ->read([](soci::session& sql) -> base::Result<base::Sha256Digest> {
                                return store::WitnessedRows{sql, evidence::segmentWitness(), 5}.next()->digest;
                            })
                            .value();
    EXPECT_EQ(digest, base::sha256("[\"archive_segment\",\"7\",\"0042/2026-11-21/0042-20261121T225312.345Z.mp4\","
                                   "\"1795301592345678\",\"1795301652345678\",\"-5\",\"5400000\",\"1500\","
                                   "\"7000000\",\"" +
                                   std::string(62, 'a') + "0f\",\"full\"]"));
}

TEST_P(ArchiveMigration, AnIdIsNeverGivenTwice) {
    const auto database = store::Database::open(m_folder.path(), m_clock).value();
    video::SegmentIndex index{*database};
    const auto sql = store::openConnection(database->file(), store::Access::ReadWrite).value();
    store::executeScript(*sql, "DELETE FROM segment WHERE id = 9");
    auto again = index.all(std::nullopt)->front();
    again.begin += std::chrono::hours{1};
    again.end += std::chrono::hours{1};
    ASSERT_TRUE(index.finish({again}));
    EXPECT_EQ(index.newestOf(estate::CameraId{7})->value().id.value(), 10);
}

INSTANTIATE_TEST_SUITE_P(Earlier, ArchiveMigration, ::testing::Values(5, 6, 8));

}  // namespace
}  // namespace leedswatch::tests
