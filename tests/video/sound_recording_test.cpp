#include "base/file.h"
#include "cut_sizes.h"
#include "read_back.h"
#include "recorder_fixture.h"
#include "video/archive_check.h"
#include "video/archive_recovery.h"
#include "video/fragment_scanner.h"
#include "video/segment_file.h"

#include <algorithm>
#include <cctype>
#include <tuple>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;
using video::SegmentEnd;
using video::SoundPacket;

std::shared_ptr<const video::SoundFormat> aac() {
    static const auto made = video::aacFormat({std::byte{0x14}, std::byte{0x08}});
    return made;
}

std::shared_ptr<const video::SoundFormat> muLaw() {
    static const auto made = video::g711Format(video::SoundCodec::MuLaw, 8'000, 1);
    return made;
}

/// A recorder of a camera that sends sound too: a piece of 64 ms at 16 kHz as AAC, of 64 ms at 8 kHz as G.711.
class SoundRecording : public RecorderTest {
protected:
    static constexpr std::int64_t kPieceTicks = 5'760;

    /// Nobody decodes these; each is another.
    static SoundPacket piece(std::shared_ptr<const video::SoundFormat> format, std::int64_t time) {
        const std::size_t size = format->codec == video::SoundCodec::Aac ? 90 : 512;
        auto bytes = std::vector<std::byte>(size, static_cast<std::byte>(time / kPieceTicks % 199 + 1));
        bytes[0] = std::byte{0x21};
        return {std::move(format), std::make_shared<const std::vector<std::byte>>(std::move(bytes)), time};
    }

    /// Pictures with the sound that is heard meanwhile; each piece arrives `late` after its end.
    void feedWith(std::shared_ptr<const video::SoundFormat> format, int frames, base::Microseconds late = 0us) {
        const std::int64_t lateTicks = late.count() * 90 / 1000;
        for (const auto& packet : next(frames)) {
            m_nextPiece = std::max(m_nextPiece, packet.time - 2 * 90'000);
            while (format && m_nextPiece + kPieceTicks + lateTicks <= packet.time) {
                m_heard.push_back(piece(format, m_nextPiece));
                m_gops.addSound(m_heard.back());
                m_nextPiece += kPieceTicks;
            }
            feed({packet});
        }
    }
    void skipSound() { m_nextPiece = m_stream.firstTime; }

    std::vector<SoundPacket> m_heard;
    std::int64_t m_nextPiece = 0;
};

class EachSound : public SoundRecording, public ::testing::WithParamInterface<bool> {
protected:
    [[nodiscard]] static std::shared_ptr<const video::SoundFormat> format() { return GetParam() ? aac() : muLaw(); }
};

TEST_P(EachSound, IsASecondTrackBitForBitOnTheClockOfThePictures) {
    skipSound();
    feedWith(format(), 100);
    endStream(SegmentEnd::Stopped);
    ASSERT_EQ(segments().size(), 1U);
    const auto path = pathOf(segments()[0]);
    EXPECT_EQ(readBack(path).size(), 100U);
    EXPECT_EQ(decodeAll(path), 100);
    const auto read = readSoundBack(path);
    ASSERT_EQ(read.size(), m_heard.size());
    for (std::size_t i = 0; i < read.size(); ++i) {
        EXPECT_EQ(read[i].bytes, *m_heard[i].bytes) << "piece " << i;
        EXPECT_EQ(read[i].time, static_cast<std::int64_t>(i) * m_heard[i].samples()) << "piece " << i;
    }
    EXPECT_TRUE(video::checkArchive(*m_database, {})->problems.empty());
}

TEST_P(EachSound, BeginsLaterThanThePicturesWhereItDid) {
    constexpr std::int64_t begin = 3 * 3'600;
    m_nextPiece = begin;
    feedWith(format(), 60);
    endStream(SegmentEnd::Stopped);
    ASSERT_EQ(segments().size(), 1U);
    const auto read = readSoundBack(pathOf(segments()[0]));
    ASSERT_FALSE(read.empty());
    const std::int64_t rate = format()->sampleRate;
    EXPECT_EQ(read[0].time, (begin - segments()[0].firstMediaTime) * rate / 90'000);
    EXPECT_EQ(read[5].time, read[0].time + 5 * m_heard[0].samples());
}

TEST_P(EachSound, TheTableOfAFileHasIt) {
    skipSound();
    feedWith(format(), 50);
    endStream(SegmentEnd::Stopped);
    const auto file = video::SegmentFile::open(pathOf(segments()[0]), video::SegmentFile::Extent::Finished);
    ASSERT_TRUE(file) << file.error().message;
    EXPECT_EQ((*file)->pictures().size(), 50U);
    ASSERT_TRUE((*file)->sound().format());
    EXPECT_EQ(*(*file)->sound().format(), *format());
    ASSERT_EQ((*file)->sound().pieces().size(), m_heard.size());
    const auto packet = (*file)->readSound(3);
    ASSERT_TRUE(packet);
    EXPECT_TRUE(std::ranges::equal(std::as_bytes(std::span{(*packet)->data, static_cast<std::size_t>((*packet)->size)}),
                                   *m_heard[3].bytes));
}

TEST_P(EachSound, AFileThatAKilledStationLeftIsFinishedWithIt) {
    skipSound();
    feedWith(format(), 35);
    m_recorder.reset();
    const auto open = m_index.openSegments();
    const auto path = m_index.archiveFolder() / open->at(0).file;
    video::DiskArchiveFiles files;
    const auto report = video::recoverArchive(m_index, files);
    ASSERT_TRUE(report);
    EXPECT_EQ(report->recovered, 1);
    EXPECT_EQ(report->cutBytes, 0);
    EXPECT_EQ(segments()[0].frames, 30);
    EXPECT_EQ(segments()[0].end - segments()[0].begin, 1200ms);
    EXPECT_EQ(decodeAll(path), 30);
    EXPECT_FALSE(readSoundBack(path).empty());
    EXPECT_TRUE(video::checkArchive(*m_database, {})->problems.empty());
}

// However many bytes reached the disk, what is whole is kept and nothing else.
TEST_P(EachSound, WhereverTheFileWasCutOnlyWholeFragmentsCount) {
    skipSound();
    feedWith(format(), 35);
    m_recorder.reset();
    const auto open = m_index.openSegments();
    const std::string whole = base::readWholeFile(m_index.archiveFolder() / open->at(0).file).value();
    std::vector<std::uint64_t> ends;
    for (const std::size_t size : cutSizes(whole)) {
        const auto bytes = std::as_bytes(std::span{whole}).first(size);
        const auto found =
            video::scanFragments([bytes](std::uint64_t offset, std::span<std::byte> out) -> base::Result<std::size_t> {
                const std::size_t from = std::min<std::uint64_t>(offset, bytes.size());
                const std::size_t count = std::min(out.size(), bytes.size() - from);
                std::ranges::copy(bytes.subspan(from, count), out.begin());
                return count;
            });
        if (ends.empty() || found->wholeBytes != ends.back()) {
            ASSERT_TRUE(found->wholeBytes == 0 || found->wholeBytes == size);
            ends.push_back(found->wholeBytes);
        }
        ASSERT_EQ(found->frames, static_cast<std::int64_t>(ends.size() - 1) * 10);
    }
    EXPECT_EQ(ends.size(), 4U);
}

INSTANTIATE_TEST_SUITE_P(Coded, EachSound, ::testing::Values(true, false),
                         [](const auto& isAac) { return std::string{isAac.param ? "Aac" : "G711"}; });

/// Beside every coding of pictures: what is written is found whole again after a kill.
class BesideEachCoding : public SoundRecording,
                         public ::testing::WithParamInterface<std::tuple<video::VideoCodec, bool>> {};

TEST_P(BesideEachCoding, AFileInHandIsFinishedAndDecodes) {
    m_stream.codec = std::get<0>(GetParam());
    skipSound();
    feedWith(std::get<1>(GetParam()) ? aac() : muLaw(), 80);
    m_recorder.reset();
    video::DiskArchiveFiles files;
    const auto report = video::recoverArchive(m_index, files);
    ASSERT_TRUE(report);
    EXPECT_EQ(report->cutBytes, 0);
    ASSERT_EQ(segments().size(), 1U);
    EXPECT_GE(segments()[0].frames, 50);
    EXPECT_EQ(decodeAll(pathOf(segments()[0])), segments()[0].frames);
    const auto file = video::SegmentFile::open(pathOf(segments()[0]), video::SegmentFile::Extent::Finished);
    ASSERT_TRUE(file) << file.error().message;
    EXPECT_EQ((*file)->pictures().size(), static_cast<std::size_t>(segments()[0].frames));
    EXPECT_EQ((*file)->parameters().width, m_stream.width);
    EXPECT_FALSE((*file)->sound().pieces().empty());
    EXPECT_EQ((*file)->damage(), "");
    EXPECT_TRUE(video::checkArchive(*m_database, {})->problems.empty());
}

INSTANTIATE_TEST_SUITE_P(Coded, BesideEachCoding,
                         ::testing::Combine(::testing::Values(video::VideoCodec::H264, video::VideoCodec::H265,
                                                              video::VideoCodec::Mjpeg, video::VideoCodec::Mpeg4),
                                            ::testing::Bool()),
                         [](const auto& coding) {
                             std::string name{video::nameOf(std::get<0>(coding.param))};
                             std::erase_if(name, [](unsigned char letter) { return std::isalnum(letter) == 0; });
                             return name + (std::get<1>(coding.param) ? "Aac" : "G711");
                         });

TEST_F(SoundRecording, ComesWithPicturesThatAreReordered) {
    m_stream.reordersPictures = true;
    skipSound();
    feedWith(aac(), 100);
    endStream(SegmentEnd::Stopped);
    ASSERT_EQ(segments().size(), 1U);
    const auto pictures = readBack(pathOf(segments()[0]));
    const auto sound = readSoundBack(pathOf(segments()[0]));
    ASSERT_EQ(sound.size(), m_heard.size());
    // Where pictures are shown later by what reordering takes, so is what is heard.
    const std::int64_t delay = pictures[0].time;
    EXPECT_EQ(sound[0].time, delay * 16 / 90);
}

TEST_F(SoundRecording, WithoutSoundAFileIsAsItAlwaysWas) {
    feedWith(nullptr, 50);
    endStream(SegmentEnd::Stopped);
    const auto file = video::SegmentFile::open(pathOf(segments()[0]), video::SegmentFile::Extent::Finished);
    EXPECT_FALSE((*file)->sound().format());
    EXPECT_TRUE(readSoundBack(pathOf(segments()[0])).empty());
}

TEST_F(SoundRecording, SoundThatBeginsBeginsANewFileAndLosesNoPicture) {
    feedWith(nullptr, 30);
    skipSound();
    feedWith(aac(), 30);
    endStream(SegmentEnd::Stopped);
    const auto found = segments();
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].cause, SegmentEnd::FormatChanged);
    EXPECT_EQ(found[0].frames + found[1].frames, 60);
    EXPECT_EQ(found[0].end, found[1].begin);
    EXPECT_TRUE(readSoundBack(pathOf(found[0])).empty());
    EXPECT_EQ(readSoundBack(pathOf(found[1])).size(), m_heard.size());
}

TEST_F(SoundRecording, AnotherFormatOfSoundBeginsANewFile) {
    skipSound();
    feedWith(aac(), 30);
    skipSound();
    feedWith(muLaw(), 30);
    endStream(SegmentEnd::Stopped);
    const auto found = segments();
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].cause, SegmentEnd::FormatChanged);
    EXPECT_EQ(found[0].frames + found[1].frames, 60);
}

TEST_F(SoundRecording, APauseOfTheSoundIsAHoleAndItsEndANewFile) {
    skipSound();
    feedWith(aac(), 30);
    feedWith(nullptr, 100);
    skipSound();
    feedWith(aac(), 30);
    settle();
    EXPECT_TRUE(segments().empty()) << "four seconds of silence are no end";
    feedWith(nullptr, 280);
    endStream(SegmentEnd::Stopped);
    const auto found = segments();
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].cause, SegmentEnd::FormatChanged);
    EXPECT_EQ(found[0].frames + found[1].frames, 440);
    const auto read = readSoundBack(pathOf(found[0]));
    ASSERT_EQ(read.size(), m_heard.size());
    const std::int64_t zero = found[0].firstMediaTime;
    for (std::size_t i = 0; i < read.size(); ++i) {
        EXPECT_NEAR(static_cast<double>(read[i].time), static_cast<double>(m_heard[i].time - zero) * 16 / 90, 32);
    }
}

TEST_F(SoundRecording, SoundThatComesLateGoesIntoTheFileThatItBelongsTo) {
    skipSound();
    // Cut after a minute; what was heard before the cut arrives 300 ms behind it.
    feedWith(aac(), 1'600, 300ms);
    endStream(SegmentEnd::Stopped);
    const auto found = segments();
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].cause, SegmentEnd::Full);
    const auto first = readSoundBack(pathOf(found[0]));
    const auto second = readSoundBack(pathOf(found[1]));
    EXPECT_EQ(first.size() + second.size(), m_heard.size()) << "nothing is lost and nothing is there twice";
    const std::int64_t length = (found[1].firstMediaTime - found[0].firstMediaTime) * 16 / 90;
    EXPECT_LT(first.back().time, length);
    EXPECT_GE(first.back().time + 2 * 1'024, length);
    EXPECT_EQ(decodeAll(pathOf(found[0])) + decodeAll(pathOf(found[1])), 1'600);
    EXPECT_TRUE(video::checkArchive(*m_database, {})->problems.empty());
}

TEST_F(SoundRecording, SoundThatIsBrokenHarmsNoPicture) {
    skipSound();
    feedWith(aac(), 20);
    // ADTS, which the muxer refuses; nothing; what lies over what is there; what was heard an age ago; zeros.
    for (const std::int64_t time : {m_nextPiece, m_nextPiece - 50'000, std::int64_t{-900'000}, m_nextPiece + 60'000}) {
        auto bytes = std::vector<std::byte>(20);
        bytes[0] = std::byte{0xFF};
        bytes[1] = std::byte{0xF1};
        m_gops.addSound({aac(), std::make_shared<const std::vector<std::byte>>(bytes), time});
        m_gops.addSound({aac(), std::make_shared<const std::vector<std::byte>>(5'000), time});
        m_gops.addSound({aac(), std::make_shared<const std::vector<std::byte>>(), time});
    }
    feedWith(nullptr, 40);
    endStream(SegmentEnd::Stopped);
    ASSERT_EQ(segments().size(), 1U);
    EXPECT_EQ(segments()[0].frames, 60);
    EXPECT_EQ(decodeAll(pathOf(segments()[0])), 60);
    EXPECT_EQ(m_events.failures, 0);
}

TEST_F(SoundRecording, ZerosThatAMicrophoneSendsCutNothingBack) {
    skipSound();
    feedWith(muLaw(), 20);
    for (int i = 0; i < 10; ++i) {
        m_gops.addSound({muLaw(), std::make_shared<const std::vector<std::byte>>(800), m_nextPiece + i * 9'000});
    }
    feedWith(nullptr, 55);
    m_recorder.reset();
    video::DiskArchiveFiles files;
    ASSERT_TRUE(video::recoverArchive(m_index, files));
    EXPECT_EQ(segments()[0].frames, 70);
}

TEST(GopCollectorSound, BelongsToTheGopInWhichItWasHeard) {
    video::GopCollector gops;
    const auto sound = [](std::int64_t time) {
        return SoundPacket{muLaw(), std::make_shared<const std::vector<std::byte>>(160), time};
    };
    const auto packets = makePackets({}, 21, {}, {});
    gops.addSound(sound(0));  // before the first picture nothing counts
    for (std::size_t i = 0; i < 10; ++i) {
        EXPECT_FALSE(gops.add(packets[i]));
    }
    gops.addSound(sound(packets[5].time));
    gops.addSound(sound(packets[10].time));
    gops.addSound(sound(packets[12].time));
    const auto first = gops.add(packets[10]);
    ASSERT_TRUE(first);
    ASSERT_EQ(first->sound.size(), 1U);
    EXPECT_EQ(first->sound[0].time, packets[5].time);
    for (std::size_t i = 11; i < 20; ++i) {
        EXPECT_FALSE(gops.add(packets[i]));
    }
    EXPECT_EQ(gops.add(packets[20])->sound.size(), 2U) << "what came ahead of its pictures waited for them";
}

TEST(GopCollectorSound, BeyondABoundItIsLost) {
    video::GopCollector gops;
    const auto packets = makePackets({}, 11, {}, {});
    for (std::size_t i = 0; i < 10; ++i) {
        EXPECT_FALSE(gops.add(packets[i]));
    }
    const auto much = std::make_shared<const std::vector<std::byte>>(100'000);
    for (int i = 0; i < 100; ++i) {
        gops.addSound({muLaw(), much, packets[1].time + i});
    }
    const auto gop = gops.add(packets[10]);
    EXPECT_EQ(gop->packets.size(), 10U);
    EXPECT_LE(gop->sound.size(), 11U);
}

}  // namespace
}  // namespace leedswatch::tests
