#include "base/bounded_queue.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/latest_slot.h"
#include "base/log.h"
#include "support/temporary_folder.h"

#include <gtest/gtest.h>

#include <thread>

using namespace leedswatch::base;
using leedswatch::tests::TemporaryFolder;

namespace {

TEST(Sha256, GivesTheStandardDigestOfAbc) {
    EXPECT_EQ(toHex(sha256(std::string_view{"abc"})),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Sha256, GoesOnAfterADigestWasTaken) {
    Sha256 hash;
    hash.add("a");
    EXPECT_NE(hash.digest(), sha256(std::string_view{"abc"}));
    hash.add("bc");
    EXPECT_EQ(hash.digest(), sha256(std::string_view{"abc"}));
}

TEST(Text, HexAndBase64ComeBackAsTheyWere) {
    const auto bytes = randomBytes(33);
    EXPECT_EQ(fromHex(toHex(bytes)).value(), bytes);
    EXPECT_EQ(fromBase64(toBase64(bytes)).value(), bytes);
    EXPECT_FALSE(fromHex("abc"));
    EXPECT_FALSE(fromHex("zz"));
    EXPECT_FALSE(fromBase64("*"));
}

TEST(Files, CreateNeverWritesOverAFile) {
    const TemporaryFolder folder;
    ASSERT_TRUE(replaceFile(folder / "a", "first"));
    const auto again = File::create(folder / "a");
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, ErrorCode::AlreadyExists);
    EXPECT_EQ(readWholeFile(folder / "a").value(), "first");
}

TEST(Files, AFullDiskIsSaidToBeFull) {
    auto file = File::openForWriting("/dev/full");
    ASSERT_TRUE(file);
    const auto written = file->write(std::as_bytes(std::span{std::string_view{"x"}}));
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, ErrorCode::StorageFull);
}

TEST(Files, ASecondLockNamesTheOwner) {
    const TemporaryFolder folder;
    const auto first = FileLock::acquire(folder / "lock");
    ASSERT_TRUE(first);
    const auto second = FileLock::acquire(folder / "lock");
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, ErrorCode::Busy);
    EXPECT_NE(second.error().message.find(std::to_string(::getpid())), std::string::npos) << second.error().message;
}

TEST(Queue, RefusesAndCountsWhenFull) {
    BoundedQueue<int> queue{2};
    EXPECT_TRUE(queue.tryPush(1));
    EXPECT_TRUE(queue.tryPush(2));
    EXPECT_FALSE(queue.tryPush(3));
    EXPECT_EQ(queue.refused(), 1U);
    EXPECT_EQ(queue.tryPop(), 1);
}

TEST(Queue, HandsOutWhatIsLeftAfterAStop) {
    BoundedQueue<int> queue{2};
    std::stop_source source;
    queue.tryPush(7);
    source.request_stop();
    EXPECT_EQ(queue.pop(source.get_token()), 7);
    EXPECT_EQ(queue.pop(source.get_token()), std::nullopt);
}

TEST(Queue, ABlockedPushEndsOnStop) {
    BoundedQueue<int> queue{1};
    queue.tryPush(1);
    bool taken = true;
    {
        std::jthread pusher{[&](const std::stop_token& stop) { taken = queue.push(2, stop); }};
        pusher.request_stop();
    }
    EXPECT_FALSE(taken);
}

TEST(Slot, WakesOnceForManyAndKeepsTheLast) {
    int wakes = 0;
    LatestSlot<int> slot{[&] { ++wakes; }};
    for (int value = 0; value < 1000; ++value) {
        slot.publish(std::make_shared<const int>(value));
    }
    EXPECT_EQ(wakes, 1);
    EXPECT_EQ(*slot.take(), 999);
    slot.publish(std::make_shared<const int>(5));
    EXPECT_EQ(wakes, 2);
}

TEST(Log, AnAddressIsShownWithoutItsCredentials) {
    EXPECT_EQ(withoutCredentials("rtsp://admin:p@ss@10.0.0.1:554/main"), "rtsp://10.0.0.1:554/main");
    EXPECT_EQ(withoutCredentials("rtsp://10.0.0.1/a@b"), "rtsp://10.0.0.1/a@b");
    EXPECT_EQ(withoutCredentials("/dev/video0"), "/dev/video0");
}

}  // namespace
