#include "station/archive_watch.h"

#include "evidence/archive_seal.h"
#include "footage/archive_fixture.h"
#include "station/volume_keeper.h"
#include "store/audit_log.h"
#include "support/fake_clock.h"
#include "video/footage_holds.h"

#include <gmock/gmock.h>

using namespace leedswatch;
using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

namespace {

constexpr std::int64_t kGigabyte = 1'000'000'000;

/// A volume that is well.
station::VolumeReport wellReport() {
    station::VolumeReport report;
    report.volume.name = "north";
    report.volume.folder = "/disks/north";
    report.space = video::DiskSpace{1'000 * kGigabyte, 200 * kGigabyte};
    report.reserve = 50 * kGigabyte;
    return report;
}

class FaultsOfVolume : public testing::Test {
protected:
    std::vector<station::ArchiveFault> faults() {
        return station::faultsOf(report, writing, base::UtcTime{48h}, base::SteadyTime{1h});
    }
    station::VolumeReport report = wellReport();
    video::ArchiveWriter::VolumeState writing;
};

TEST_F(FaultsOfVolume, AVolumeThatIsWellHasNone) {
    report.forecast = video::ArchiveForecast{};
    report.busySince = base::SteadyTime{1h - 1s};
    EXPECT_THAT(faults(), IsEmpty());
}

TEST_F(FaultsOfVolume, ADiskThatDoesNotAnswerIsToldAfterAQuarterOfAMinute) {
    writing.busySince = base::SteadyTime{1h - 16s};
    ASSERT_THAT(faults(), SizeIs(1));
    EXPECT_EQ(faults()[0].kind, "volume-hangs");
    EXPECT_THAT(faults()[0].cause, HasSubstr("/disks/north"));
    EXPECT_THAT(faults()[0].cause, HasSubstr("NOT being recorded"));
}

TEST_F(FaultsOfVolume, AVolumeThatIsNotThereIsOneFaultWhoeverFindsIt) {
    report.failure = base::Error{base::ErrorCode::StorageFailed, "volume north is not there"};
    writing.failure = base::Error{base::ErrorCode::StorageFailed, "create x: No such file"};
    ASSERT_THAT(faults(), SizeIs(1));
    EXPECT_EQ(faults()[0].kind, "volume-failed");
    EXPECT_THAT(faults()[0].cause, HasSubstr("volume north is not there"));
}

TEST_F(FaultsOfVolume, AFullVolumeSaysWhatIsNotDoneAboutIt) {
    report.isClosed = true;
    writing.failure = base::Error{base::ErrorCode::StorageFull, "full"};
    ASSERT_THAT(faults(), SizeIs(1));
    EXPECT_EQ(faults()[0].kind, "volume-full");
    EXPECT_THAT(faults()[0].message, HasSubstr("held and promised footage is never deleted"));
}

TEST_F(FaultsOfVolume, TwoDaysBeforeItIsFullItSaysSoAndNotEarlier) {
    report.forecast = video::ArchiveForecast{};
    report.forecast->fullAt = base::UtcTime{48h + 48h + 1s};
    EXPECT_THAT(faults(), IsEmpty());
    report.forecast->fullAt = base::UtcTime{48h + 47h};
    report.forecast->daysPossible = 23;
    ASSERT_THAT(faults(), SizeIs(1));
    EXPECT_EQ(faults()[0].kind, "volume-forecast");
    EXPECT_THAT(faults()[0].message, HasSubstr("can keep 23 days"));
}

TEST(FaultRegister, AFaultLastsUntilItIsEndedAndAPersonSaysThatTheyKnow) {
    tests::TemporaryFolder folder;
    tests::FakeClock clock{base::fromStored(1'795'305'700'000'000)};
    const auto database = store::Database::open(folder.path(), clock).value();
    estate::FaultRegister faults{*database};
    ASSERT_TRUE(faults.raise("volume-full", "volume north", "it is full", "make room"));
    clock.advance(60s);
    ASSERT_TRUE(faults.raise("volume-full", "volume north", "it is full", "make room"));
    auto current = faults.current().value();
    ASSERT_THAT(current, SizeIs(1));
    EXPECT_EQ(current[0].since, clock.now() - 60s);
    access::Acting bob;
    bob.username = "bob";
    bob.role = access::Role::Auditor;
    EXPECT_EQ(faults.acknowledge(bob, current[0].id).error().code, base::ErrorCode::NotPermitted);
    bob.role = access::Role::Operator;
    ASSERT_TRUE(faults.acknowledge(bob, current[0].id));
    EXPECT_EQ(faults.current()->front().acknowledgedBy, "bob");
    ASSERT_TRUE(faults.end("volume-full", "volume north"));
    EXPECT_THAT(faults.current().value(), IsEmpty());
    EXPECT_EQ(faults.acknowledge(bob, current[0].id).error().code, base::ErrorCode::NotFound);
    ASSERT_TRUE(faults.raise("volume-full", "volume north", "it is full", "make room"));
    EXPECT_THAT(faults.history(10).value(), SizeIs(2));
    EXPECT_EQ(store::AuditLog{*database}.verify({&estate::FaultRegister::witness()})->problems,
              std::vector<std::string>{});
}

TEST(ArchiveWatch, RaisesWhatIsFoundAndEndsWhatIsGoneAlsoOfAnEarlierStation) {
    tests::TemporaryFolder folder;
    tests::FakeClock clock{base::fromStored(1'795'305'700'000'000)};
    const auto database = store::Database::open(folder.path(), clock).value();
    estate::FaultRegister faults{*database};
    ASSERT_TRUE(faults.raise("volume-hangs", "volume north", "of before", "x"));
    station::ArchiveWatch::Volume volume{wellReport(), {}};
    station::ArchiveWatch watch{faults, clock, [&volume] { return std::vector{volume}; }};
    watch.watch();
    EXPECT_THAT(faults.current().value(), IsEmpty());
    volume.report.isClosed = true;
    watch.watch();
    watch.watch();
    ASSERT_THAT(faults.current().value(), SizeIs(1));
    volume.report.isClosed = false;
    watch.watch();
    EXPECT_THAT(faults.current().value(), IsEmpty());
    EXPECT_THAT(faults.history(10).value(), SizeIs(2));
}

/// Three files of a second: one 40, one 20 and one 2 days old, on the main volume, vouched for.
class VolumeKeeperTest : public tests::ArchiveTest {
protected:
    VolumeKeeperTest() {
        for (const int days : {40, 20, 2}) {
            made.push_back(archive.add(now - std::chrono::hours{24} * days, 25));
        }
        EXPECT_EQ(evidence::sealArchive(*database), 3);
        video::ArchiveVolumes volumes{*database};
        main = volumes.adopt(volumes.list()->front()).value();
        files = std::make_unique<video::VolumeFiles>(main);
        keeper =
            std::make_unique<station::VolumeKeeper>(*database, evidence::segmentWitness(), *files, unfinished, time);
    }
    void change(const video::VolumeOrder& order) {
        ASSERT_TRUE(video::ArchiveVolumes{*database}.change(access::Acting::commandLine(), "main", order));
    }
    std::size_t left() { return index.all(camera.id)->size(); }

    const base::UtcTime now = at("2026-08-01T12:00:00Z");
    tests::FakeClock time{now};
    std::vector<video::Segment> made;
    video::ArchiveVolume main;
    std::unique_ptr<video::VolumeFiles> files;
    video::UnfinishedFiles unfinished;
    std::unique_ptr<station::VolumeKeeper> keeper;
};

TEST_F(VolumeKeeperTest, DeletesWhatIsOlderThanTheCamerasRetention) {
    keeper->look();
    EXPECT_FALSE(keeper->report().failure);
    EXPECT_EQ(left(), 2U);
    EXPECT_FALSE(std::filesystem::exists(made[0].path()));
    ASSERT_TRUE(keeper->report().forecast);
}

TEST_F(VolumeKeeperTest, AVolumesLongestDaysShortenARetention) {
    video::VolumeOrder order;
    order.longestDays = 10;
    change(order);
    keeper->look();
    EXPECT_EQ(left(), 1U);
    const auto journal = video::deletionJournal(*database, camera.id, {base::UtcTime{}, now}).value();
    EXPECT_EQ(journal.back().rule, "volume-days");
}

TEST_F(VolumeKeeperTest, AtTheReserveItIsClosedAndNothingPromisedIsDeleted) {
    video::VolumeOrder order;
    order.reserveBytes = std::numeric_limits<std::int64_t>::max() / 4;
    change(order);
    keeper->look();
    EXPECT_TRUE(keeper->report().isClosed);
    EXPECT_EQ(left(), 2U) << "only what was due";
    EXPECT_EQ(files->create(main.folder / "x.mp4").error().code, base::ErrorCode::StorageFull);
    order.reserveBytes = 1;
    change(order);
    keeper->look();
    EXPECT_FALSE(keeper->report().isClosed);
    EXPECT_TRUE(files->create(main.folder / "x.mp4"));
}

TEST_F(VolumeKeeperTest, WhereItIsAllowedTheOldestGoesEarlyButNothingHeldOrYoungerThanAllowed) {
    video::FootageHolds holds{*database};
    const auto held = archive.add(now - 24h * 25, 25);
    ASSERT_EQ(evidence::sealArchive(*database), 1);
    ASSERT_TRUE(holds.place(access::Acting::commandLine(), {{held.begin, held.end}, {camera.id}, "a case"}));
    video::VolumeOrder order;
    order.reserveBytes = std::numeric_limits<std::int64_t>::max() / 4;
    order.deleteEarlyDays = 7;
    change(order);
    keeper->look();
    const auto kept = index.all(camera.id).value();
    ASSERT_THAT(kept, SizeIs(2));
    EXPECT_EQ(kept[0].begin, held.begin);
    EXPECT_EQ(kept[1].begin, made[2].begin);
}

TEST_F(VolumeKeeperTest, AClockThatLeapsForwardDeletesNothingForADay) {
    keeper->look();
    time.stepWallClock(24h * 400);
    time.advance(6min);
    keeper->look();
    EXPECT_TRUE(keeper->report().clockJumped);
    EXPECT_EQ(left(), 2U);
    time.stepWallClock(-24h * 400);
    time.advance(25h);
    keeper->look();
    EXPECT_FALSE(keeper->report().clockJumped);
    EXPECT_EQ(left(), 2U);
}

TEST_F(VolumeKeeperTest, AVolumeThatHasLostItsMarkIsReportedAndNothingIsDeletedThere) {
    std::filesystem::remove(main.folder / video::volumeMarkName);
    keeper->look();
    ASSERT_TRUE(keeper->report().failure);
    EXPECT_THAT(keeper->report().failure->message, HasSubstr("nothing is mounted"));
    EXPECT_EQ(left(), 3U);
}

/// Days of a camera as the sums say, without any file.
class ForecastTest : public tests::ArchiveTest {
protected:
    void day(int daysAgo, std::int64_t bytes) {
        const long long number = std::chrono::floor<std::chrono::days>(now).time_since_epoch().count() - daysAgo;
        const long long id = camera.id.value();
        const long long size = bytes;
        ASSERT_TRUE(database->write([&](store::Transaction& transaction) -> base::Result<void> {
            transaction.sql() << "INSERT INTO archive_day VALUES (:day, :id, 1, 1440, :bytes)",
                soci::use(number, "day"), soci::use(id, "id"), soci::use(size, "bytes");
            return {};
        }));
    }
    video::ArchiveForecast forecast(std::int64_t total, std::int64_t free) {
        video::ArchiveVolume volume;
        volume.id = video::mainVolume;
        volume.reserveBytes = 0;
        return video::forecastOf(*database, volume, {total, free}, now).value();
    }
    const base::UtcTime now = at("2026-08-01T12:00:00Z");
};

TEST_F(ForecastTest, AFullRetentionIsASteadyState) {
    for (int ago = 1; ago <= 31; ++ago) {
        day(ago, 10 * kGigabyte);
    }
    const auto found = forecast(1'000 * kGigabyte, 100 * kGigabyte);
    EXPECT_EQ(found.bytesADay, 10 * kGigabyte);
    EXPECT_FALSE(found.fullAt) << "as much goes as comes";
    EXPECT_EQ(found.daysPossible, 41);
}

TEST_F(ForecastTest, AYoungArchiveFillsAndSaysWhen) {
    for (int ago = 1; ago <= 3; ++ago) {
        day(ago, 10 * kGigabyte);
    }
    const auto found = forecast(100 * kGigabyte, 15 * kGigabyte);
    ASSERT_TRUE(found.fullAt);
    EXPECT_NEAR(static_cast<double>((*found.fullAt - now) / 1h), 36, 2) << "15 GB at 10 GB a day";
    EXPECT_EQ(found.daysPossible, 4);
    EXPECT_EQ(found.bytesPromised, 310 * kGigabyte);
}

TEST_F(ForecastTest, ANewCameraCountsWithWhatItHasWrittenToday) {
    day(0, 5 * kGigabyte);
    EXPECT_EQ(forecast(100 * kGigabyte, 50 * kGigabyte).bytesADay, 10 * kGigabyte) << "it is noon";
}

}  // namespace
