#include "video/archive_retention.h"

#include "estate/camera_registry.h"
#include "evidence/archive_seal.h"
#include "footage/archive_fixture.h"
#include "store/audit_log.h"
#include "video/archive_check.h"
#include "video/archive_files.h"
#include "video/footage_holds.h"

#include <gmock/gmock.h>

#include <filesystem>

using namespace leedswatch;
using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

namespace {

/// The disk, which may refuse after so many files.
class CountedRemoval final : public video::DeletionFiles {
public:
    base::Result<void> remove(const std::filesystem::path& path) override {
        if (left-- == 0) {
            return base::fail(base::ErrorCode::StorageFailed, "the disk says no");
        }
        return m_disk.remove(path);
    }
    base::Result<void> syncFolder(const std::filesystem::path& folder) override { return m_disk.syncFolder(folder); }
    int left = -1;

private:
    video::DiskArchiveFiles m_disk;
};

/// Ten files of a second each, one an hour, vouched for.
class RetentionTest : public tests::ArchiveTest {
protected:
    RetentionTest() {
        for (int hour = 0; hour < 10; ++hour) {
            made.push_back(archive.add(start + std::chrono::hours{hour}, 25));
        }
        EXPECT_EQ(evidence::sealArchive(*database), 10);
        volume.id = video::mainVolume;
        volume.name = "main";
        volume.folder = index.archiveFolder();
    }

    video::DeletionStep deleteBefore(base::UtcTime time, int most = 100) {
        return retention.step(volume, camera.id, {time, video::DeletionRule::CameraDays}, disk, most).value();
    }
    std::vector<std::string> auditProblems() {
        return store::AuditLog{*database}
            .verify({&estate::CameraRegistry::witness(), &evidence::segmentWitness(), &video::FootageHolds::witness()})
            .value()
            .problems;
    }
    std::vector<std::string> checkProblems() {
        auto problems = video::checkArchive(*database, {}).value().problems;
        // These files were put there by hand and have no gaps between them.
        std::erase_if(problems, [](const auto& text) { return text.find("neither a file nor a gap") != text.npos; });
        return problems;
    }
    std::int64_t hold(base::UtcTime from, base::UtcTime to) {
        return holds.place(access::Acting::commandLine(), {{from, to}, {camera.id}, "a test"}).value().id.value();
    }
    std::size_t left() { return index.all(camera.id)->size(); }

    std::vector<video::Segment> made;
    video::ArchiveVolume volume;
    video::ArchiveRetention retention{*database, evidence::segmentWitness()};
    video::FootageHolds holds{*database};
    CountedRemoval disk;
};

TEST_F(RetentionTest, WhatIsDueGoesWithItsFileAndTheLogSaysThatARuleDidIt) {
    const auto step = deleteBefore(start + 3h);
    EXPECT_EQ(step.files, 3);
    EXPECT_EQ(step.bytes, made[0].bytes + made[1].bytes + made[2].bytes);
    EXPECT_EQ(left(), 7U);
    EXPECT_FALSE(std::filesystem::exists(made[0].path()));
    EXPECT_TRUE(std::filesystem::exists(made[3].path()));
    EXPECT_THAT(auditProblems(), IsEmpty());
    EXPECT_THAT(checkProblems(), IsEmpty());
    const auto journal = video::deletionJournal(*database, camera.id, {start - 24h, start + 24h}).value();
    ASSERT_FALSE(journal.empty());
    std::int64_t files = 0;
    for (const auto& entry : journal) {
        files += entry.files;
        EXPECT_EQ(entry.rule, "camera-days");
    }
    EXPECT_EQ(files, 3);
    EXPECT_EQ(journal.front().range.begin, made[0].begin);
}

TEST_F(RetentionTest, SmallStepsTakeTheOldestFirst) {
    EXPECT_EQ(deleteBefore(start + 9h, 2).files, 2);
    EXPECT_FALSE(std::filesystem::exists(made[1].path()));
    EXPECT_TRUE(std::filesystem::exists(made[2].path()));
    EXPECT_EQ(deleteBefore(start, 2).files, 0);
}

TEST_F(RetentionTest, AFileThatVanishedIsToldFromOneThatARuleDeleted) {
    deleteBefore(start + 3h);
    std::filesystem::remove(made[5].path());
    EXPECT_THAT(checkProblems(), ElementsAre(HasSubstr(made[5].file.string())));
}

TEST_F(RetentionTest, WhatTheLogDoesNotVouchForYetStays) {
    const auto late = archive.add(start + 10h, 25);
    deleteBefore(start + 1000h);
    ASSERT_EQ(left(), 1U);
    EXPECT_TRUE(std::filesystem::exists(late.path()));
}

TEST_F(RetentionTest, HeldFootageIsNeverDeletedWhateverTheRule) {
    const auto first = hold(made[2].begin + 500ms, made[3].begin + 1us);  // touches 2 and 3
    hold(made[3].begin, made[5].begin + 1us);                             // overlaps: 3, 4 and 5
    deleteBefore(start + 1000h);
    const auto kept = index.all(camera.id).value();
    ASSERT_THAT(kept, SizeIs(4));
    EXPECT_EQ(kept.front().begin, made[2].begin);
    EXPECT_EQ(kept.back().begin, made[5].begin);
    ASSERT_TRUE(holds.release(access::Acting::commandLine(), video::HoldId{first}, "the case is closed"));
    deleteBefore(start + 1000h);
    EXPECT_EQ(left(), 3U) << "the other hold still keeps 3, 4 and 5";
    EXPECT_THAT(auditProblems(), IsEmpty());
    EXPECT_THAT(checkProblems(), IsEmpty());
}

TEST_F(RetentionTest, AHoldThatComesTooLateSaysWhatIsGone) {
    deleteBefore(start + 3h);
    const auto placed =
        holds.place(access::Acting::commandLine(), {{start + 1h, start + 5h}, {camera.id}, "robbery"}).value();
    ASSERT_FALSE(placed.lost.empty());
    EXPECT_EQ(placed.lost.front().range.begin, start + 1h);
    EXPECT_EQ(placed.lost.front().rule, "camera-days");
    EXPECT_FALSE(placed.lost.front().beingDeleted);
    const auto whole =
        holds.place(access::Acting::commandLine(), {{start + 6h, start + 7h}, {camera.id}, "robbery"}).value();
    EXPECT_THAT(whole.lost, IsEmpty());
}

TEST_F(RetentionTest, AHoldWhileFilesAreBeingDeletedIsToldHonestly) {
    disk.left = 1;
    ASSERT_FALSE(retention.step(volume, camera.id, {start + 3h, video::DeletionRule::CameraDays}, disk, 100));
    const auto placed =
        holds.place(access::Acting::commandLine(), {{start, start + 9h}, {camera.id}, "robbery"}).value();
    ASSERT_THAT(placed.lost, SizeIs(3));
    EXPECT_TRUE(placed.lost[0].beingDeleted);
    disk.left = -1;
    EXPECT_EQ(retention.finishMarked(volume, disk).value().files, 3);
    deleteBefore(start + 1000h);
    EXPECT_EQ(left(), 6U) << "what was not marked when the hold was placed stays, but for the one behind it";
}

TEST_F(RetentionTest, ACrashAtAnyFileIsFinishedByTheNextStep) {
    disk.left = 0;
    ASSERT_FALSE(retention.step(volume, camera.id, {start + 3h, video::DeletionRule::CameraDays}, disk, 100));
    for (int files = 0; files < 3; ++files) {
        disk.left = files;
        ASSERT_FALSE(retention.finishMarked(volume, disk));
        EXPECT_EQ(left(), 7U) << "what is marked is not offered any more";
        EXPECT_THAT(auditProblems(), IsEmpty());
    }
    disk.left = -1;
    EXPECT_EQ(retention.finishMarked(volume, disk).value().files, 3);
    EXPECT_EQ(retention.finishMarked(volume, disk).value().files, 0);
    EXPECT_THAT(auditProblems(), IsEmpty());
    EXPECT_THAT(checkProblems(), IsEmpty());
}

TEST_F(RetentionTest, HoldsAreForOperatorsToPlaceAndForSupervisorsToLift) {
    access::Acting bob;
    bob.username = "bob";
    bob.role = access::Role::Operator;
    const auto placed = holds.place(bob, {{start, start + 1h}, {camera.id}, "robbery"});
    ASSERT_TRUE(placed);
    EXPECT_EQ(holds.release(bob, placed->id, "no use").error().code, base::ErrorCode::NotPermitted);
    bob.role = access::Role::Administrator;
    EXPECT_EQ(holds.release(bob, placed->id, "no use").error().code, base::ErrorCode::NotPermitted);
    bob.role = access::Role::Supervisor;
    EXPECT_EQ(holds.release(bob, placed->id, " ").error().code, base::ErrorCode::InvalidInput);
    EXPECT_TRUE(holds.release(bob, placed->id, "no use"));
    EXPECT_EQ(holds.release(bob, placed->id, "no use").error().code, base::ErrorCode::NotFound);
    EXPECT_THAT(holds.list(true).value(), IsEmpty());
    EXPECT_EQ(holds.list(false)->front().releasedBy, "bob");
    EXPECT_THAT(auditProblems(), IsEmpty());
}

}  // namespace
