#include "store/change_feed.h"

#include "store/sqlite_connection.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <condition_variable>
#include <list>
#include <map>
#include <mutex>
#include <thread>

namespace leedswatch::store {
namespace {

constexpr std::chrono::milliseconds kLookEvery{20};

using Versions = std::map<std::string, long long>;

Versions readVersions(soci::session& sql) {
    Versions versions;
    std::string topic;
    long long version = 0;
    soci::statement statement =
        (sql.prepare << "SELECT topic, version FROM change_topic", soci::into(topic), soci::into(version));
    statement.execute();
    while (statement.fetch()) {
        versions[topic] = version;
    }
    return versions;
}

class SqliteChangeFeed final : public ChangeFeed {
public:
    SqliteChangeFeed(Database& database, std::unique_ptr<soci::session> session, Versions versions)
        : m_file{database.file()}, m_session{std::move(session)}, m_versions{std::move(versions)} {
        m_onCommit = database.onCommit([this] { lookNow(); });
        m_thread = std::jthread{[this](const std::stop_token& stop) { run(stop); }};
    }
    ~SqliteChangeFeed() override { m_onCommit.reset(); }

    base::Subscription subscribe(std::vector<std::string> topics, std::function<void()> wake) override {
        const std::scoped_lock lock{m_subscribersMutex};
        const auto subscriber = m_subscribers.insert(m_subscribers.end(), {std::move(topics), std::move(wake)});
        return base::Subscription{[this, subscriber] {
            const std::scoped_lock cancelLock{m_subscribersMutex};
            m_subscribers.erase(subscriber);
        }};
    }

private:
    struct Subscriber {
        std::vector<std::string> topics;
        std::function<void()> wake;
    };

    void lookNow() {
        {
            const std::scoped_lock lock{m_lookMutex};
            m_lookWanted = true;
        }
        m_look.notify_one();
    }

    void run(const std::stop_token& stop) {
        long long seen = -1;
        bool failing = false;
        while (!stop.stop_requested()) {
            try {
                seen = lookOnce(seen);
                failing = false;
            } catch (const soci::soci_error& error) {
                if (!std::exchange(failing, true)) {
                    spdlog::error("the change feed cannot read: {}", mapSqlError(error, m_file).message);
                }
            }
            std::unique_lock lock{m_lookMutex};
            m_look.wait_for(lock, stop, kLookEvery, [this] { return m_lookWanted; });
            m_lookWanted = false;
        }
    }

    /// The data version, after having woken whoever waits for a topic that moved. Reading it touches only the shared
    /// memory of the write-ahead log.
    long long lookOnce(long long seen) {
        long long version = 0;
        *m_session << "PRAGMA data_version", soci::into(version);
        if (version == seen) {
            return seen;
        }
        auto versions = readVersions(*m_session);
        wakeWhereChanged(versions);
        m_versions = std::move(versions);
        return version;
    }

    void wakeWhereChanged(const Versions& versions) {
        const auto changed = [&](const std::string& topic) {
            const auto now = versions.find(topic);
            const auto before = m_versions.find(topic);
            return now != versions.end() && (before == m_versions.end() || before->second != now->second);
        };
        // Held while calling, which is what lets a subscription promise that it is not called once it has gone.
        const std::scoped_lock lock{m_subscribersMutex};
        for (auto next = m_subscribers.begin(); next != m_subscribers.end();) {
            // A copy, as the wake may end its own subscription.
            const auto subscriber = *next++;
            if (std::any_of(subscriber.topics.begin(), subscriber.topics.end(), changed)) {
                subscriber.wake();
            }
        }
    }

    // Constant after construction.
    const std::filesystem::path m_file;

    // The feed's thread only.
    std::unique_ptr<soci::session> m_session;
    Versions m_versions;

    // A wake may end its own subscription.
    std::recursive_mutex m_subscribersMutex;
    std::list<Subscriber> m_subscribers;  // guarded by m_subscribersMutex

    std::mutex m_lookMutex;
    std::condition_variable_any m_look;
    bool m_lookWanted = false;  // guarded by m_lookMutex

    base::Subscription m_onCommit;
    std::jthread m_thread;
};

}  // namespace

base::Result<std::unique_ptr<ChangeFeed>> ChangeFeed::open(Database& database) {
    TRY_ASSIGN(auto session, openConnection(database.file(), Access::Read));
    try {
        auto versions = readVersions(*session);
        return std::make_unique<SqliteChangeFeed>(database, std::move(session), std::move(versions));
    } catch (const soci::soci_error& error) {
        return base::fail(mapSqlError(error, database.file()));
    }
}

}  // namespace leedswatch::store
