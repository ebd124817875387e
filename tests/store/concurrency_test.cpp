#include "base/clock.h"
#include "store/audit_log.h"
#include "store/change_feed.h"
#include "store/database.h"
#include "store/forked.h"
#include "support/temporary_folder.h"

#include <gmock/gmock.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

using namespace leedswatch;
using leedswatch::tests::Forked;
using leedswatch::tests::TemporaryFolder;

namespace {

base::Result<void> addEvent(store::Database& database, const std::string& topic) {
    return database.write([&](store::Transaction& transaction) -> base::Result<void> {
        store::AuditEvent event;
        event.who = "tester";
        event.action = "thing.done";
        transaction.audit(event);
        transaction.notify(topic, "key");
        return {};
    });
}

/// Counts, and can be waited for.
class Counter {
public:
    void add() {
        const std::scoped_lock lock{m_mutex};
        ++m_count;
        m_changed.notify_all();
    }
    /// False if that many did not come within half a minute, which is not a bound but a broken test.
    bool waitFor(int count) {
        std::unique_lock lock{m_mutex};
        return m_changed.wait_for(lock, std::chrono::seconds{30}, [&] { return m_count >= count; });
    }
    int count() {
        const std::scoped_lock lock{m_mutex};
        return m_count;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    int m_count = 0;
};

class ConcurrencyTest : public testing::Test {
protected:
    std::unique_ptr<store::Database> open() { return store::Database::open(m_folder.path(), m_clock).value(); }

    /// A process that does `times` events after it was told to go, and ends with 0.
    std::unique_ptr<Forked> writerProcess(const std::string& topic, int times) {
        return std::make_unique<Forked>([this, topic, times] {
            const auto database = open();
            for (int count = 0; count < times; ++count) {
                if (!addEvent(*database, topic)) {
                    return 1;
                }
            }
            return 0;
        });
    }

    TemporaryFolder m_folder;
    base::SystemClock m_clock;
};

TEST_F(ConcurrencyTest, ThreadsAndProcessesWriteAtOnceAndTheAuditLogHasNoGap) {
    open();
    const auto first = writerProcess("a", 40);
    const auto second = writerProcess("b", 40);
    const auto database = open();
    std::atomic<int> failures = 0;
    {
        std::vector<std::jthread> threads;
        for (int thread = 0; thread < 4; ++thread) {
            threads.emplace_back([&] {
                for (int count = 0; count < 20; ++count) {
                    failures += addEvent(*database, "c") ? 0 : 1;
                    failures += store::AuditLog{*database}.eventsSinceCheckpoint() ? 0 : 1;
                }
            });
        }
    }
    EXPECT_EQ(failures, 0);
    EXPECT_EQ(first->wait(), 0);
    EXPECT_EQ(second->wait(), 0);
    const auto found = store::AuditLog{*database}.verify({}).value();
    EXPECT_THAT(found.problems, testing::IsEmpty());
    EXPECT_EQ(found.events, 1 + 2 * 40 + 4 * 20);
}

TEST_F(ConcurrencyTest, ANewFolderCanBeOpenedByManyAtOnce) {
    std::atomic<int> failures = 0;
    {
        std::vector<std::jthread> threads;
        for (int thread = 0; thread < 4; ++thread) {
            threads.emplace_back([&] { failures += store::Database::open(m_folder.path(), m_clock) ? 0 : 1; });
        }
    }
    EXPECT_EQ(failures, 0);
    EXPECT_EQ(store::AuditLog{*open()}.verify({})->events, 1);
}

TEST_F(ConcurrencyTest, AnotherThreadsCommitWakesWhoSubscribedToItsTopic) {
    const auto database = open();
    const auto feed = store::ChangeFeed::open(*database).value();
    Counter wakes;
    Counter others;
    const auto subscription = feed->subscribe({"alarms", "log"}, [&] { wakes.add(); });
    const auto other = feed->subscribe({"cameras"}, [&] { others.add(); });
    ASSERT_TRUE(addEvent(*database, "log"));
    EXPECT_TRUE(wakes.waitFor(1));
    ASSERT_TRUE(addEvent(*database, "alarms"));
    EXPECT_TRUE(wakes.waitFor(2));
    EXPECT_EQ(others.count(), 0);
}

TEST_F(ConcurrencyTest, AnotherProcessesCommitWakesToo) {
    open();
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    Forked writer{[&] {
        const auto database = open();
        char go = 0;
        return ::read(ends[0], &go, 1) == 1 && addEvent(*database, "log") ? 0 : 1;
    }};
    const auto database = open();
    const auto feed = store::ChangeFeed::open(*database).value();
    Counter wakes;
    const auto subscription = feed->subscribe({"log"}, [&] { wakes.add(); });
    ASSERT_EQ(::write(ends[1], "x", 1), 1);
    EXPECT_TRUE(wakes.waitFor(1));
    EXPECT_EQ(writer.wait(), 0);
    ::close(ends[0]);
    ::close(ends[1]);
}

TEST_F(ConcurrencyTest, AWriteThatFailedWakesNobody) {
    const auto database = open();
    const auto feed = store::ChangeFeed::open(*database).value();
    Counter wakes;
    const auto subscription = feed->subscribe({"log", "marker"}, [&] { wakes.add(); });
    EXPECT_FALSE(database->write([](store::Transaction& transaction) -> base::Result<void> {
        transaction.notify("log", "key");
        return base::fail(base::ErrorCode::InvalidInput, "no");
    }));
    ASSERT_TRUE(addEvent(*database, "marker"));
    EXPECT_TRUE(wakes.waitFor(1));
    EXPECT_EQ(wakes.count(), 1);
}

TEST_F(ConcurrencyTest, ASubscriptionThatHasGoneIsNotCalledAndMayGoInsideItsOwnWake) {
    const auto database = open();
    const auto feed = store::ChangeFeed::open(*database).value();
    Counter gone;
    Counter once;
    Counter marker;
    feed->subscribe({"log"}, [&] { gone.add(); }).reset();
    base::Subscription own;
    std::atomic<base::Subscription*> mine = nullptr;
    own = feed->subscribe({"log"}, [&] {
        once.add();
        mine.load()->reset();
    });
    mine = &own;
    const auto last = feed->subscribe({"log"}, [&] { marker.add(); });
    ASSERT_TRUE(addEvent(*database, "log"));
    EXPECT_TRUE(marker.waitFor(1));
    ASSERT_TRUE(addEvent(*database, "log"));
    EXPECT_TRUE(marker.waitFor(2));
    EXPECT_EQ(gone.count(), 0);
    EXPECT_EQ(once.count(), 1);
}

TEST_F(ConcurrencyTest, ManyCommitsMayBeOneWakeAndTheLastIsNeverMissed) {
    const auto database = open();
    const auto feed = store::ChangeFeed::open(*database).value();
    const auto countEvents = [&] {
        return database
            ->read([](soci::session& sql) -> base::Result<long long> {
                long long rows = 0;
                sql << "SELECT count(*) FROM audit_event", soci::into(rows);
                return rows;
            })
            .value();
    };
    Counter sawAll;
    const auto subscription = feed->subscribe({"log"}, [&] {
        if (countEvents() == 101) {
            sawAll.add();
        }
    });
    for (int count = 0; count < 100; ++count) {
        ASSERT_TRUE(addEvent(*database, "log"));
    }
    EXPECT_TRUE(sawAll.waitFor(1));
}

}  // namespace
