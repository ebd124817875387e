#include "recorder_fixture.h"
#include "video/archive_balance.h"
#include "video/archive_check.h"
#include "video/archive_volumes.h"
#include "video/archive_writer.h"
#include "video/volume_files.h"

#include <gmock/gmock.h>
#include <sys/mount.h>
#include <unistd.h>

#include <fstream>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;
using base::ErrorCode;
using testing::HasSubstr;
using video::GapCause;
using video::SegmentEnd;

const access::Acting kRoot = access::Acting::commandLine();

/// The disk, whose writes stand still until they are let go.
class HangFiles final : public video::ArchiveFiles {
public:
    base::Result<std::unique_ptr<video::ArchiveFile>> create(const std::filesystem::path& path) override {
        std::unique_lock lock{m_mutex};
        m_waiting = true;
        m_changed.notify_all();
        m_changed.wait(lock, [this] { return m_goesOn; });
        return m_disk.create(path);
    }
    base::Result<std::unique_ptr<video::ArchiveFile>> open(const std::filesystem::path& path) override {
        return m_disk.open(path);
    }
    base::Result<void> createFolders(const std::filesystem::path& folder) override {
        return m_disk.createFolders(folder);
    }
    base::Result<void> syncFolder(const std::filesystem::path& folder) override { return m_disk.syncFolder(folder); }
    base::Result<void> remove(const std::filesystem::path& path) override { return m_disk.remove(path); }

    void waitUntilItHangs() {
        std::unique_lock lock{m_mutex};
        m_changed.wait(lock, [this] { return m_waiting; });
    }
    void goOn() {
        const std::scoped_lock lock{m_mutex};
        m_goesOn = true;
        m_changed.notify_all();
    }

private:
    video::DiskArchiveFiles m_disk;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_waiting = false;
    bool m_goesOn = false;
};

/// Two volumes: the main one, and "second" in a folder beside the data.
class Volumes : public RecorderTest {
protected:
    Volumes() {
        m_recorder.reset();
        std::filesystem::create_directories(secondFolder());
        video::VolumeOrder order;
        order.path = secondFolder().string();
        m_second = m_volumes.add(kRoot, "second", order).value();
        m_main = m_volumes.adopt(m_volumes.list()->front()).value();
        m_mainFiles = std::make_unique<video::VolumeFiles>(m_main);
        m_secondFiles = std::make_unique<video::VolumeFiles>(m_second);
        m_writer = std::make_unique<video::ArchiveWriter>(m_index, m_clock);
    }
    std::filesystem::path secondFolder() { return m_folder / "disk2"; }
    void useBoth() {
        m_writer->addVolume(m_main.id, m_main.folder, *m_mainFiles);
        m_writer->addVolume(m_second.id, m_second.folder, *m_secondFiles);
        m_track = m_writer->addCamera({kCamera, 42}, m_events);
    }
    void seconds(int count) {
        for (const auto& packet : next(25 * count)) {
            if (auto gop = m_gops.add(packet)) {
                m_writer->write(m_track, std::move(*gop));
            }
            m_clock.advance(40ms);
        }
    }
    void finish() {
        if (auto gop = m_gops.flush()) {
            m_writer->write(m_track, std::move(*gop));
        }
        m_writer->end(m_track, SegmentEnd::Stopped, GapCause::Stopped);
        m_writer->drain();
    }

    video::ArchiveVolumes m_volumes{*m_database};
    video::ArchiveVolume m_main;
    video::ArchiveVolume m_second;
    std::unique_ptr<video::VolumeFiles> m_mainFiles;
    std::unique_ptr<video::VolumeFiles> m_secondFiles;
    std::unique_ptr<video::ArchiveWriter> m_writer;
    std::shared_ptr<video::ArchiveWriter::Track> m_track;
};

TEST_F(Volumes, ACameraThatIsMovedLosesNoPictureAndOldFilesStayReadable) {
    useBoth();
    seconds(10);
    m_writer->assign(kCamera, m_second.id);
    seconds(10);
    finish();
    const auto recorded = segments();
    ASSERT_EQ(recorded.size(), 2U);
    EXPECT_EQ(recorded[0].volume, m_main.id);
    EXPECT_EQ(recorded[1].volume, m_second.id);
    EXPECT_EQ(recorded[1].path(), secondFolder() / recorded[1].file);
    EXPECT_EQ(recorded[1].begin, recorded[0].end);
    EXPECT_EQ(recorded[0].frames + recorded[1].frames, 500);
    EXPECT_TRUE(gaps().empty());
    EXPECT_TRUE(video::checkArchive(*m_database, {})->problems.empty());
}

TEST_F(Volumes, ADiskThatHangsHoldsUpOnlyItsOwnCameras) {
    HangFiles hanging;
    m_writer->addVolume(m_main.id, m_main.folder, hanging);
    m_writer->addVolume(m_second.id, m_second.folder, *m_secondFiles);
    const estate::CameraId other{8};
    m_writer->assign(other, m_second.id);
    const auto stuck = m_writer->addCamera({kCamera, 42}, m_events);
    CountingEvents otherEvents;
    m_track = m_writer->addCamera({other, 43}, otherEvents);
    for (const auto& packet : next(25)) {
        if (auto gop = m_gops.add(packet)) {
            m_writer->write(stuck, *gop);
        }
    }
    hanging.waitUntilItHangs();
    m_gops = {};
    seconds(10);
    m_writer->removeCamera(m_track, SegmentEnd::Stopped, GapCause::Stopped);
    const auto busy = m_writer->states().front().busySince;
    ASSERT_TRUE(busy) << "the volume that hangs says since when";
    EXPECT_EQ(m_index.openSegmentOf(other)->has_value() || !m_index.all(other)->empty(), true);
    hanging.goOn();
    m_writer->drain();
    EXPECT_EQ(m_index.all(other)->size(), 1U);
    EXPECT_EQ(m_index.all(kCamera)->size(), 0U) << "it has not been ended";
    m_writer->end(stuck, SegmentEnd::Stopped, GapCause::Stopped);
    m_writer->drain();
    EXPECT_EQ(m_index.all(kCamera)->size(), 1U);
}

TEST_F(Volumes, NothingIsWrittenIntoAFolderThatHasLostItsMark) {
    m_writer->addVolume(m_main.id, m_main.folder, *m_mainFiles);
    std::filesystem::remove(m_main.folder / video::volumeMarkName);
    m_track = m_writer->addCamera({kCamera, 42}, m_events);
    seconds(5);
    m_writer->drain();
    EXPECT_EQ(m_events.failures, 1);
    EXPECT_THAT(m_events.lastError.message, HasSubstr("volume main"));
    EXPECT_THAT(m_events.lastError.message, HasSubstr("nothing is mounted"));
    EXPECT_TRUE(std::filesystem::is_empty(m_main.folder));
    ASSERT_TRUE(m_writer->states().front().failure);
    ASSERT_TRUE(video::writeMark(m_main));
    m_clock.advance(31s);
    seconds(5);
    finish();
    EXPECT_EQ(m_events.recoveries, 1);
    EXPECT_FALSE(m_writer->states().front().failure);
    EXPECT_EQ(segments().size(), 1U);
}

TEST_F(Volumes, TheWrongDiskIsNotTakenForTheRightOne) {
    auto impostor = m_second;
    impostor.identity = "another";
    EXPECT_THAT(video::requireMark(impostor).error().message, HasSubstr("mark of another volume"));
    EXPECT_EQ(video::writeMark(impostor).error().code, ErrorCode::InvalidInput);
    video::VolumeOrder order;
    order.path = secondFolder().string();
    EXPECT_EQ(m_volumes.add(kRoot, "third", order).error().code, ErrorCode::InvalidInput);
    order.path = "relative";
    EXPECT_EQ(m_volumes.add(kRoot, "third", order).error().code, ErrorCode::InvalidInput);
    std::filesystem::create_directories(m_folder / "empty");
    order.path = (m_folder / "empty").string();
    EXPECT_THAT(m_volumes.change(kRoot, "second", order).error().message, HasSubstr("nothing is mounted"));
}

TEST_F(Volumes, AMainVolumeWhoseFilesAreKnownAndNotThereIsNotMarkedAnew) {
    useBoth();
    seconds(5);
    finish();
    const auto folder = m_folder / "archive";
    std::filesystem::rename(folder, m_folder / "unmounted");
    std::filesystem::create_directories(folder);
    auto unmarked = m_main;
    unmarked.identity.clear();
    EXPECT_THAT(m_volumes.adopt(unmarked).error().message, HasSubstr("not mounted"));
    EXPECT_TRUE(std::filesystem::is_empty(folder));
}

TEST_F(Volumes, AFullVolumeIsClosedForNewFilesOnly) {
    useBoth();
    seconds(5);
    m_writer->drain();
    m_mainFiles->close(base::Error{ErrorCode::StorageFull, "full down to its reserve"});
    seconds(5);
    m_writer->drain();
    EXPECT_EQ(m_events.failures, 0) << "the file in hand goes on";
    seconds(60);
    m_writer->drain();
    EXPECT_EQ(m_events.failures, 1);
    EXPECT_EQ(m_events.lastError.code, ErrorCode::StorageFull);
    EXPECT_EQ(gaps().back().cause, GapCause::Storage);
    m_mainFiles->close(std::nullopt);
    m_clock.advance(31s);
    seconds(5);
    finish();
    EXPECT_EQ(m_events.recoveries, 1);
    const auto balance = video::balanceOf(*m_database, kCamera).value();
    EXPECT_TRUE(balance->leftOut.empty());
}

TEST_F(Volumes, WhoMayNotManageTheArchiveIsRefused) {
    access::Acting bob;
    bob.username = "bob";
    bob.role = access::Role::Supervisor;
    EXPECT_EQ(m_volumes.add(bob, "x", {}).error().code, ErrorCode::NotPermitted);
    EXPECT_EQ(m_volumes.assign(bob, "second", {1}).error().code, ErrorCode::NotPermitted);
    EXPECT_EQ(m_volumes.find("nowhere").error().code, ErrorCode::NotFound);
}

TEST_F(Volumes, ByDefaultATwentiethIsKeptFree) {
    constexpr std::int64_t gigabyte = 1'000'000'000;
    EXPECT_EQ(video::reserveOf(100 * gigabyte), 5 * gigabyte);
    EXPECT_EQ(video::reserveOf(30 * gigabyte), 2 * gigabyte);
    EXPECT_EQ(video::reserveOf(8'000 * gigabyte), 50 * gigabyte);
    EXPECT_EQ(video::reserveOf(1 * gigabyte), gigabyte / 10);
}

/// A disk of its own: a tmpfs of four megabytes. Only root can mount one.
class RealDisk : public Volumes {
protected:
    void SetUp() override {
        if (::geteuid() != 0 || ::mount("tmpfs", secondFolder().c_str(), "tmpfs", 0, "size=4m") != 0) {
            GTEST_SKIP() << "A disk that fills or fails needs a mount, and that needs root and the right to mount.";
        }
        m_mounted = true;
        ASSERT_TRUE(video::writeMark(m_second));
        m_writer->assign(kCamera, m_second.id);
        m_writer->addVolume(m_second.id, m_second.folder, *m_secondFiles);
        m_writer->assign(kCamera, m_second.id);
        m_track = m_writer->addCamera({kCamera, 42}, m_events);
    }
    void TearDown() override {
        m_writer.reset();
        if (m_mounted) {
            ::umount2(secondFolder().c_str(), MNT_DETACH);
        }
    }
    void fill() {
        std::ofstream big{secondFolder() / "big", std::ios::binary};
        const std::string block(64U << 10U, 'x');
        while (big.write(block.data(), static_cast<std::streamsize>(block.size())).flush()) {
        }
    }
    void expectGoesOnAgain() {
        m_clock.advance(31s);
        seconds(3);
        finish();
        EXPECT_EQ(m_events.recoveries, 1);
        const auto balance = video::balanceOf(*m_database, kCamera).value();
        ASSERT_TRUE(balance);
        EXPECT_TRUE(balance->leftOut.empty());
        EXPECT_TRUE(balance->toldTwice.empty());
    }
    bool m_mounted = false;
};

TEST_F(RealDisk, AFullDiskIsToldAndRecordingGoesOnWhenThereIsRoom) {
    seconds(3);
    m_writer->drain();
    fill();
    seconds(5);
    m_writer->drain();
    EXPECT_EQ(m_events.lastError.code, ErrorCode::StorageFull);
    std::filesystem::remove(secondFolder() / "big");
    expectGoesOnAgain();
}

TEST_F(RealDisk, ADiskThatTurnsReadOnlyIsToldAndRecordingGoesOnWhenItIsMended) {
    seconds(3);
    m_writer->end(m_track, SegmentEnd::StreamLost, GapCause::Network);  // an open file would keep the disk writable
    m_writer->drain();
    ASSERT_EQ(::mount("", secondFolder().c_str(), "", MS_REMOUNT | MS_RDONLY, ""), 0);
    m_gops = {};
    seconds(3);
    m_writer->drain();
    EXPECT_EQ(m_events.failures, 1);
    EXPECT_THAT(m_events.lastError.message, HasSubstr("Read-only"));
    ASSERT_EQ(::mount("", secondFolder().c_str(), "", MS_REMOUNT, ""), 0);
    expectGoesOnAgain();
}

TEST_F(RealDisk, ADiskThatIsUnmountedIsToldAndNothingIsWrittenUnderIt) {
    seconds(3);
    m_writer->end(m_track, SegmentEnd::StreamLost, GapCause::Network);
    m_writer->drain();
    ASSERT_EQ(::umount2(secondFolder().c_str(), MNT_DETACH), 0);
    std::filesystem::remove(secondFolder() / video::volumeMarkName);  // made there by the fixture before the mount
    m_gops = {};
    seconds(3);
    m_writer->drain();
    EXPECT_EQ(m_events.failures, 1);
    EXPECT_THAT(m_events.lastError.message, HasSubstr("nothing is mounted"));
    EXPECT_TRUE(std::filesystem::is_empty(secondFolder()));
}

}  // namespace
}  // namespace leedswatch::tests
