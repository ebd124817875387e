#include "video/player.h"

#include "footage/archive_fixture.h"

#include <atomic>
#include <condition_variable>
#include <fstream>

using namespace leedswatch;
using namespace std::chrono_literals;
using tests::FootageFormat;
using tests::numberIn;
using video::SegmentEnd;

namespace {

/// A player with a waiting observer.
class PlayerTest : public tests::ArchiveTest {
protected:
    static video::Presentation presentationOf(int width, int height) {
        return {{width, height}, video::PrivacyMask::none(), {}, video::Presentation::Fit::NeverLarger};
    }
    void openPlayer() {
        player =
            video::Player::create(index, clock, access::Acting::commandLine(), camera.id, presentationOf(1280, 720),
                                  [this] {
                                      const std::scoped_lock lock{m_mutex};
                                      ++m_wakes;
                                      m_changed.notify_all();
                                  })
                .value();
    }

    /// Waits, as long as it takes, until the state is so; false after a minute.
    template <typename Condition>
    bool waitFor(const Condition& condition) {
        std::unique_lock lock{m_mutex};
        const auto deadline = std::chrono::steady_clock::now() + 60s;
        while (true) {
            const auto seen = m_wakes;
            lock.unlock();
            if (condition(player->state())) {
                return true;
            }
            lock.lock();
            if (!m_changed.wait_until(lock, deadline, [&] { return m_wakes != seen; })) {
                return false;
            }
        }
    }
    video::PlayerState after(std::uint64_t command) {
        EXPECT_TRUE(waitFor([&](const auto& state) { return state.commandsDone >= command; }));
        return player->state();
    }
    int shownNumber() {
        const auto frame = player->frame();
        return frame ? numberIn(*frame) : -1;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::uint64_t m_wakes = 0;

protected:
    // Last, so that it ends before what its thread wakes.
    std::unique_ptr<video::Player> player;
};

TEST_F(PlayerTest, ShowsExactlyThePictureAtOrBeforeTheInstant) {
    archive.add(start, 100, {.gop = 25});
    archive.addNext(100, {.gop = 50});
    openPlayer();
    for (const int n : {0, 1, 24, 25, 26, 99, 100, 101, 149, 150, 199, 37}) {
        const auto state = after(player->seek(timeOf(n) + 13ms));
        EXPECT_EQ(shownNumber(), n);
        EXPECT_EQ(state.position, timeOf(n));
        EXPECT_EQ(player->frame()->wallTime, timeOf(n));
    }
}

TEST_F(PlayerTest, ShowsTheSamePicturesWhereSoundWasRecordedToo) {
    archive.add(start, 60, {.gop = 25, .hasSound = true});
    archive.addNext(60, {.gop = 25, .hasSound = true});
    openPlayer();
    for (const int n : {0, 24, 59, 60, 85, 119, 37}) {
        const auto state = after(player->seek(timeOf(n) + 13ms));
        EXPECT_EQ(shownNumber(), n);
        EXPECT_EQ(state.position, timeOf(n));
    }
    after(player->seek(timeOf(50)));
    for (int n = 51; n < 70; ++n) {
        after(player->step(1));
        ASSERT_EQ(shownNumber(), n);
    }
}

TEST_F(PlayerTest, StepsForwardOverTheBordersOfKeyFramesAndFiles) {
    archive.add(start, 60, {.gop = 25});
    archive.addNext(60, {.gop = 25});
    openPlayer();
    after(player->seek(timeOf(20)));
    for (int n = 21; n < 75; ++n) {
        after(player->step(1));
        ASSERT_EQ(shownNumber(), n);
    }
}

TEST_F(PlayerTest, StepsBackExactlyOverTheBordersOfKeyFramesAndFiles) {
    archive.add(start, 60, {.gop = 25});
    archive.addNext(60, {.gop = 25});
    openPlayer();
    after(player->seek(timeOf(95)));
    for (int n = 94; n >= 0; --n) {
        after(player->step(-1));
        ASSERT_EQ(shownNumber(), n);
    }
    const auto state = after(player->step(-1));
    EXPECT_TRUE(state.atBegin);
    EXPECT_EQ(shownNumber(), 0);
}

TEST_F(PlayerTest, StepsExactlyWhereTheCameraSendsBPictures) {
    archive.add(start, 80, {.gop = 30, .bFrames = 2});
    archive.addNext(80, {.gop = 30, .bFrames = 2});
    openPlayer();
    after(player->seek(timeOf(70)));
    ASSERT_EQ(shownNumber(), 70);
    for (int n = 71; n < 95; ++n) {
        after(player->step(1));
        ASSERT_EQ(shownNumber(), n);
    }
    for (int n = 93; n > 55; --n) {
        after(player->step(-1));
        ASSERT_EQ(shownNumber(), n);
    }
}

class PlayerOfEveryCodec : public PlayerTest, public ::testing::WithParamInterface<tests::FootageFormat> {};

TEST_P(PlayerOfEveryCodec, StepsExactlyForwardAndBackOverTheBordersOfFiles) {
    archive.add(start, 60, GetParam());
    archive.addNext(60, GetParam());
    openPlayer();
    after(player->seek(timeOf(52)));
    ASSERT_EQ(shownNumber(), 52);
    for (int n = 53; n < 70; ++n) {
        after(player->step(1));
        ASSERT_EQ(shownNumber(), n);
    }
    for (int n = 68; n > 45; --n) {
        after(player->step(-1));
        ASSERT_EQ(shownNumber(), n);
    }
    EXPECT_EQ(player->state().problem, "");
}

INSTANTIATE_TEST_SUITE_P(Cameras, PlayerOfEveryCodec,
                         ::testing::Values(tests::FootageFormat{.codec = video::VideoCodec::H265},
                                           tests::FootageFormat{.codec = video::VideoCodec::H265, .bFrames = 2},
                                           tests::FootageFormat{.codec = video::VideoCodec::Mpeg4},
                                           tests::FootageFormat{.codec = video::VideoCodec::Mjpeg}));

TEST_F(PlayerTest, TimeNeverRunsBackWhereACamerasClockIsFast) {
    archive.addDrifting(start, 100, 3900ms);
    archive.addNext(50);
    openPlayer();
    auto last = *after(player->seek(start + 3600ms)).position;
    for (int n = 91; n < 110; ++n) {
        const auto state = after(player->step(1));
        ASSERT_EQ(shownNumber(), n);
        ASSERT_GT(*state.position, last);
        last = *state.position;
        ASSERT_FALSE(state.jumped);
    }
}

TEST_F(PlayerTest, PlaysEveryPictureInItsOrderAndStopsAtTheEnd) {
    archive.add(start, 50);
    archive.addNext(25);
    openPlayer();
    player->seek(start);
    player->setSpeed(4);
    player->play();
    EXPECT_TRUE(waitFor([](const auto& state) { return state.atEnd && !state.playing; }));
    EXPECT_EQ(player->state().position, timeOf(74));
    EXPECT_EQ(shownNumber(), 74);
}

TEST_F(PlayerTest, PlaysAtThePaceOfTheRecording) {
    archive.add(start, 100);
    openPlayer();
    after(player->seek(start));
    const auto began = std::chrono::steady_clock::now();
    player->play();
    EXPECT_TRUE(waitFor([&](const auto& state) { return state.position >= timeOf(25); }));
    // One second of recording; a machine that is busy may take longer, none may be quicker.
    EXPECT_GE(std::chrono::steady_clock::now() - began, 950ms);
}

TEST_F(PlayerTest, PlaysSlowly) {
    archive.add(start, 100);
    openPlayer();
    after(player->seek(start));
    player->setSpeed(0.25);
    const auto began = std::chrono::steady_clock::now();
    player->play();
    EXPECT_TRUE(waitFor([&](const auto& state) { return state.position >= timeOf(6); }));
    EXPECT_GE(std::chrono::steady_clock::now() - began, 900ms);
}

TEST_F(PlayerTest, ShowsOnlyKeyPicturesAtSixteenTimesAndKeepsUp) {
    archive.add(start, 500, {.gop = 25});
    openPlayer();
    after(player->seek(start));
    player->setSpeed(16);
    const auto published = player->framesPublished();
    player->play();
    EXPECT_TRUE(waitFor([](const auto& state) { return state.atEnd; }));
    EXPECT_EQ(player->state().position, timeOf(499));
    EXPECT_LE(player->framesPublished() - published, 21U);
}

TEST_F(PlayerTest, TakesTheNearestSpeedThatItHas) {
    archive.add(start, 10);
    openPlayer();
    EXPECT_EQ(after(player->setSpeed(3.1)).speed, 4);
    EXPECT_EQ(after(player->setSpeed(1000)).speed, 16);
    EXPECT_EQ(after(player->setSpeed(0)).speed, 0.125);
}

TEST_F(PlayerTest, PlaysAcrossAGapAndSaysSo) {
    archive.add(start, 25, {}, SegmentEnd::StreamLost);
    archive.add(start + 1h, 25);
    openPlayer();
    player->seek(timeOf(10));
    player->setSpeed(2);
    player->play();
    EXPECT_TRUE(waitFor([](const auto& state) { return state.jumps == 1; }));
    const auto jumped = player->state().jumped;
    ASSERT_TRUE(jumped);
    EXPECT_EQ(jumped->range.begin, timeOf(25));
    EXPECT_EQ(jumped->range.end, start + 1h);
    EXPECT_EQ(jumped->cause, "the stream of the camera was lost");
    EXPECT_TRUE(waitFor([](const auto& state) { return state.atEnd; }));
    EXPECT_EQ(shownNumber(), 49);
}

TEST_F(PlayerTest, AnInstantInAGapShowsTheLastPictureBeforeItAndTellsTheGap) {
    archive.add(start, 25, {}, SegmentEnd::Stopped);
    archive.add(start + 10min, 25);
    openPlayer();
    const auto state = after(player->seek(start + 5min));
    EXPECT_EQ(shownNumber(), 24);
    ASSERT_TRUE(state.inGap);
    EXPECT_EQ(state.inGap->range.end, start + 10min);
    EXPECT_EQ(state.inGap->cause, "recording was stopped");
}

TEST_F(PlayerTest, StepsBackAcrossAMonthWithoutAPicture) {
    archive.add(start, 25, {}, SegmentEnd::Stopped);
    archive.add(start + 24h * 40, 25);
    openPlayer();
    after(player->seek(start + 24h * 40));
    ASSERT_EQ(shownNumber(), 25);
    const auto state = after(player->step(-1));
    EXPECT_EQ(shownNumber(), 24);
    EXPECT_TRUE(state.jumped);
}

TEST_F(PlayerTest, BeforeTheFirstPictureItShowsTheFirst) {
    archive.add(start, 25);
    openPlayer();
    const auto state = after(player->seek(start - 1h));
    EXPECT_TRUE(state.atBegin);
    EXPECT_EQ(shownNumber(), 0);
}

TEST_F(PlayerTest, OfACameraWithoutRecordingsItSaysThatThereIsNothing) {
    openPlayer();
    player->seek(start);
    const auto state = after(player->play());
    EXPECT_FALSE(state.position);
    EXPECT_FALSE(state.playing);
    EXPECT_TRUE(state.atBegin && state.atEnd);
    EXPECT_EQ(player->frame(), nullptr);
}

TEST_F(PlayerTest, PlaysTheFileThatIsStillBeingRecordedAsFarAsItIsWhole) {
    archive.add(start, 50);
    const auto file = archive.pathOf(archive.addGrowing(archive.end(), 100, {.gop = 25}));
    // The last fragment is only half on the disk.
    const auto whole = std::filesystem::file_size(file);
    std::ifstream stream{file, std::ios::binary};
    const std::string bytes{std::istreambuf_iterator<char>{stream}, {}};
    const auto lastFragment = bytes.rfind("moof") - 4;
    std::filesystem::resize_file(file, lastFragment + 300);
    openPlayer();
    auto state = after(player->seek(timeOf(1000)));
    EXPECT_TRUE(state.atEnd);
    EXPECT_EQ(shownNumber(), 50 + 74);
    EXPECT_TRUE(after(player->step(1)).atEnd);
    EXPECT_EQ(shownNumber(), 50 + 74);
    // It grows.
    std::ofstream{file, std::ios::binary | std::ios::trunc} << bytes;
    ASSERT_EQ(std::filesystem::file_size(file), whole);
    state = after(player->step(1));
    EXPECT_FALSE(state.atEnd);
    EXPECT_EQ(shownNumber(), 50 + 75);
    // It is finished, and another follows.
    archive.finishGrowing();
    archive.addNext(25);
    after(player->step(24));
    EXPECT_EQ(shownNumber(), 149);
    after(player->step(1));
    EXPECT_EQ(shownNumber(), 150);
}

TEST_F(PlayerTest, AFileThatCannotBeReadIsToldOfAndLeftOut) {
    archive.add(start, 25);
    const auto broken = archive.addNext(25);
    archive.addNext(25);
    std::filesystem::resize_file(archive.pathOf(broken.file), 100);
    openPlayer();
    after(player->seek(timeOf(20)));
    for (int n = 21; n < 25; ++n) {
        after(player->step(1));
    }
    const auto state = after(player->step(1));
    EXPECT_EQ(shownNumber(), 50);
    EXPECT_NE(state.problem.find(broken.file.filename().string()), std::string::npos) << state.problem;
    EXPECT_TRUE(state.jumped);
}

TEST_F(PlayerTest, AFileThatIsGoneIsToldOfAndLeftOut) {
    const auto gone = archive.add(start, 25);
    archive.addNext(25);
    std::filesystem::remove(archive.pathOf(gone.file));
    openPlayer();
    const auto state = after(player->seek(timeOf(3)));
    EXPECT_EQ(shownNumber(), 25);
    EXPECT_FALSE(state.problem.empty());
}

TEST_F(PlayerTest, ADamagedPictureDoesNotStopThePlaying) {
    const auto damaged = archive.add(start, 75, {.gop = 25});
    {
        // Nothing of the second third of the file's bytes is as it was.
        const auto path = archive.pathOf(damaged.file);
        const auto size = static_cast<std::streamoff>(std::filesystem::file_size(path));
        std::ifstream reading{path, std::ios::binary};
        std::string bytes{std::istreambuf_iterator<char>{reading}, {}};
        const auto second = bytes.find("moof", bytes.find("moof") + 4);
        const auto data = bytes.find("mdat", second) + 8;
        std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(data), 400, '\xff');
        std::ofstream{path, std::ios::binary} << bytes;
        ASSERT_EQ(static_cast<std::streamoff>(bytes.size()), size);
    }
    openPlayer();
    player->seek(start);
    player->setSpeed(4);
    player->play();
    EXPECT_TRUE(waitFor([](const auto& state) { return state.atEnd; }));
    EXPECT_EQ(player->state().position, timeOf(74));
    EXPECT_EQ(shownNumber(), 74);
}

TEST_F(PlayerTest, GoesOverAChangeOfThePicturesSize) {
    archive.add(start, 25, {}, SegmentEnd::FormatChanged);
    archive.addNext(25, {.width = 480, .height = 272});
    openPlayer();
    after(player->seek(timeOf(24)));
    EXPECT_EQ(player->frame()->sourceWidth, 320);
    after(player->step(1));
    EXPECT_EQ(player->frame()->sourceWidth, 480);
    EXPECT_EQ(shownNumber(), 25);
}

TEST_F(PlayerTest, ScalesToTheSizeAskedForAndNeverEnlarges) {
    archive.add(start, 5);
    openPlayer();
    player->setPresentation(presentationOf(160, 500));
    after(player->seek(start));
    EXPECT_EQ(player->frame()->width, 160);
    EXPECT_EQ(player->frame()->height, 96);
    after(player->setPresentation(presentationOf(4000, 4000)));
    EXPECT_EQ(player->frame()->width, 320);
}

TEST_F(PlayerTest, HidesThePrivacyZonesAlsoInAPictureThatIsShownAlready) {
    archive.add(start, 5);
    openPlayer();
    after(player->seek(timeOf(3)));
    ASSERT_EQ(shownNumber(), 3);
    const estate::PrivacyZone all{{{0, 0}, {10'000, 0}, {10'000, 10'000}, {0, 10'000}}};
    const auto mask = std::make_shared<const video::PrivacyMask>(std::vector{all});
    auto masked = presentationOf(320, 192);
    masked.mask = mask;
    after(player->setPresentation(masked));
    EXPECT_EQ(player->frame()->presentation.mask, mask);
    const auto& pixels = player->frame()->pixels;
    EXPECT_EQ(pixels[0], pixels[static_cast<std::size_t>(player->frame()->stride) * 100 + 4 * 100]);
    const auto full = player->fullPicture(mask);
    ASSERT_TRUE(full);
    EXPECT_EQ(full->width, 320);
    EXPECT_EQ(full->time, timeOf(3));
    EXPECT_EQ(std::ranges::count(full->pixels, full->pixels.front()), static_cast<long>(full->pixels.size()));
}

TEST_F(PlayerTest, WithoutAMaskItPlaysAndGivesOutNoPicture) {
    archive.add(start, 5);
    openPlayer();
    after(player->setPresentation({{320, 192}}));
    const auto state = after(player->seek(timeOf(3)));
    EXPECT_EQ(state.position, timeOf(3));
    EXPECT_EQ(player->frame(), nullptr);
    after(player->setPresentation(presentationOf(320, 192)));
    EXPECT_EQ(shownNumber(), 3);
}

TEST_F(PlayerTest, OfManySeeksTheLastOneHolds) {
    archive.add(start, 200, {.gop = 100});
    openPlayer();
    std::uint64_t last = 0;
    for (int n = 0; n < 200; ++n) {
        last = player->seek(timeOf(n));
    }
    after(last);
    EXPECT_EQ(shownNumber(), 199);
}

TEST_F(PlayerTest, AnEngineerMayNotPlay) {
    access::Acting engineer;
    engineer.username = "erin";
    engineer.role = access::Role::Engineer;
    ASSERT_FALSE(access::mayDo(access::Role::Engineer, access::Right::PlayRecorded))
        << "The table of rights lets engineers play recordings, so this test has nobody whom the player must refuse. "
           "If that is meant, take another role here; what each role may do is tested in tests/access.";
    const auto refused = video::Player::create(index, clock, engineer, camera.id, {}, [] {});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, base::ErrorCode::NotPermitted);
}

}  // namespace
