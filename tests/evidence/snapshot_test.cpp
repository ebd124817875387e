#include "evidence/snapshot.h"

#include "base/file.h"
#include "base/hash.h"
#include "support/fake_clock.h"
#include "support/temporary_folder.h"
#include "video/png.h"
#include "video/segment_file.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include <cstring>

using namespace leedswatch;
using base::ErrorCode;
using evidence::SnapshotSource;

namespace {

video::FullPicture makePicture(int width, int height, base::UtcTime time) {
    video::FullPicture picture;
    picture.width = width;
    picture.height = height;
    picture.time = time;
    for (int i = 0; i < width * height * 3; ++i) {
        picture.pixels.push_back(static_cast<std::uint8_t>(i * 7 + i / 91));
    }
    return picture;
}

/// The pixels of a PNG as FFmpeg reads it.
std::vector<std::uint8_t> pixelsOfPng(const std::filesystem::path& path) {
    const std::string bytes = base::readWholeFile(path).value();
    const AVCodec* codec = avcodec_find_decoder(AV_CODEC_ID_PNG);
    const video::CodecContextHandle context{avcodec_alloc_context3(codec)};
    const video::PacketHandle packet{av_packet_alloc()};
    const video::FrameHandle frame{av_frame_alloc()};
    if (avcodec_open2(context.get(), codec, nullptr) < 0 ||
        av_new_packet(packet.get(), static_cast<int>(bytes.size())) < 0) {
        throw std::runtime_error{"no PNG decoder"};
    }
    std::memcpy(packet->data, bytes.data(), bytes.size());
    if (avcodec_send_packet(context.get(), packet.get()) < 0 || avcodec_receive_frame(context.get(), frame.get()) < 0 ||
        frame->format != AV_PIX_FMT_RGB24) {
        throw std::runtime_error{"not a PNG of RGB"};
    }
    std::vector<std::uint8_t> pixels;
    for (int y = 0; y < frame->height; ++y) {
        const auto* row = frame->data[0] + static_cast<std::ptrdiff_t>(y) * frame->linesize[0];
        pixels.insert(pixels.end(), row, row + std::ptrdiff_t{3} * frame->width);
    }
    return pixels;
}

access::Acting acting(access::Role role) {
    access::Acting person;
    person.username = "olive";
    person.fullName = "Olive Marsden";
    person.role = role;
    person.workstation = "desk 1";
    return person;
}

class SnapshotTest : public testing::Test {
protected:
    [[nodiscard]] std::int64_t events() {
        return m_database
            ->read([](soci::session& sql) -> base::Result<std::int64_t> {
                std::int64_t count = 0;
                sql << "SELECT count(*) FROM audit_event WHERE json_extract(CAST(body AS TEXT), '$.act') = "
                       "'snapshot.taken'",
                    soci::into(count);
                return count;
            })
            .value();
    }
    base::Result<evidence::Snapshot> keep(access::Role role, SnapshotSource source = SnapshotSource::MainStream) {
        return m_archive.keep(acting(role), {m_camera, "LIVE", source}, m_original, m_marked);
    }
    /// What is below the snapshots' folder, hidden or not.
    [[nodiscard]] std::ptrdiff_t entries() {
        std::error_code none;
        return std::distance(std::filesystem::recursive_directory_iterator{m_archive.folder(), none}, {});
    }

    tests::TemporaryFolder m_folder;
    // 00:30 UTC on a summer's day is 01:30 in London.
    const base::UtcTime m_time = base::fromStored(1'785'976'200'345'678);
    tests::FakeClock m_clock{m_time + std::chrono::seconds{1}};
    std::unique_ptr<store::Database> m_database = store::Database::open(m_folder.path(), m_clock).value();
    evidence::SnapshotArchive m_archive{*m_database, m_clock};
    estate::Camera m_camera{estate::CameraId{1}, 42, "Briggate North", "City centre", "rtsp://h/m", "", "", true, 31};
    const video::FullPicture m_original = makePicture(64, 48, m_time);
    const video::FullPicture m_marked = makePicture(64, 60, m_time);
};

TEST_F(SnapshotTest, KeepsEveryPixelAndVouchesForEachFile) {
    const auto kept = keep(access::Role::Operator);
    ASSERT_TRUE(kept) << kept.error().message;
    EXPECT_EQ(pixelsOfPng(kept->folder / kept->original), m_original.pixels);
    EXPECT_EQ(pixelsOfPng(kept->folder / kept->marked), m_marked.pixels);
    const std::string sums = base::readWholeFile(kept->folder / "manifest-sha256.txt").value();
    for (const std::string& name : {kept->original, kept->marked, std::string{"manifest.json"}}) {
        const auto digest = base::sha256OfFile(kept->folder / name).value();
        EXPECT_NE(sums.find(base::toHex(digest) + "  " + name + "\n"), std::string::npos) << name;
    }
    EXPECT_EQ(events(), 1);
}

TEST_F(SnapshotTest, ItsNameAndItsManifestSayWhatItIs) {
    const auto kept = keep(access::Role::Operator);
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->folder, m_folder / "snapshots/2026-08-06/camera0042_20260806T003000.345Z");
    const auto manifest = nlohmann::json::parse(base::readWholeFile(kept->folder / "manifest.json").value());
    EXPECT_EQ(manifest.at("camera").at("number"), 42);
    EXPECT_EQ(manifest.at("picture_local"), "2026-08-06 01:30:00 BST");
    EXPECT_EQ(manifest.at("taken_by").at("username"), "olive");
    EXPECT_EQ(manifest.at("state"), "LIVE");
    EXPECT_EQ(manifest.at("source"), "main-stream");
}

TEST_F(SnapshotTest, TwoOfOneInstantAreBothKept) {
    ASSERT_TRUE(keep(access::Role::Operator));
    const auto second = keep(access::Role::Operator);
    ASSERT_TRUE(second);
    EXPECT_EQ(second->folder.filename(), "camera0042_20260806T003000.345Z-2");
    EXPECT_EQ(events(), 2);
}

TEST_F(SnapshotTest, WhoMayNotTakeThemLeavesNothingBehind) {
    EXPECT_EQ(keep(access::Role::Auditor).error().code, ErrorCode::NotPermitted);
    EXPECT_TRUE(keep(access::Role::Engineer));
    const auto before = entries();
    EXPECT_EQ(keep(access::Role::Engineer, SnapshotSource::Recording).error().code, ErrorCode::NotPermitted);
    EXPECT_EQ(entries(), before);
    EXPECT_EQ(events(), 1);
}

TEST_F(SnapshotTest, AFolderThatCannotBeMadeIsSaidAndNothingIsAudited) {
    // A file stands where the day's folder would be.
    ASSERT_TRUE(base::createFolders(m_archive.folder()));
    ASSERT_TRUE(base::replaceFile(m_archive.folder() / "2026-08-06", "in the way"));
    const auto kept = keep(access::Role::Operator);
    ASSERT_FALSE(kept);
    EXPECT_EQ(kept.error().code, ErrorCode::StorageFailed);
    EXPECT_NE(kept.error().message.find("2026-08-06"), std::string::npos) << kept.error().message;
    EXPECT_EQ(events(), 0);
}

TEST_F(SnapshotTest, ANameThatIsTakenInTheLastMomentLeavesNoHalfSnapshot) {
    ASSERT_TRUE(keep(access::Role::Operator));
    const auto before = entries();
    // The audit log refuses: what was written goes with the call.
    ASSERT_TRUE(m_database->write([](store::Transaction& transaction) -> base::Result<void> {
        transaction.sql() << "CREATE TRIGGER full BEFORE INSERT ON audit_event BEGIN SELECT RAISE(ABORT, 'full'); END";
        return {};
    }));
    EXPECT_FALSE(keep(access::Role::Operator));
    EXPECT_EQ(entries(), before);
}

}  // namespace
