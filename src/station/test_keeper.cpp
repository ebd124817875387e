#include "station/test_keeper.h"

#include <spdlog/spdlog.h>

namespace leedswatch::station {

namespace {

constexpr std::chrono::seconds betweenEndings{1};

}  // namespace

TestKeeper::TestKeeper(store::Database& database, const base::Clock& clock)
    : m_clock{clock}, m_tests{database}, m_visits{database} {}

TestKeeper::~TestKeeper() {
    stop();
}

void TestKeeper::start() {
    m_thread = std::jthread{[this](const std::stop_token& stop) { run(stop); }};
}

void TestKeeper::stop() {
    m_thread.request_stop();
    if (m_thread.joinable()) {
        m_thread.join();
    }
}

void TestKeeper::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        const base::UtcTime now = m_clock.now();
        tell("tests that are over are not ended", m_tests.endDue(now));
        tell("visits of engineers that are over are not ended", m_visits.endDue(now));
        std::unique_lock lock{m_mutex};
        m_wake.wait_for(lock, stop, betweenEndings, [] { return false; });
    }
}

void TestKeeper::tell(const char* what, const base::Result<int>& done) {
    if (!done && m_toldWhy != done.error().message) {
        m_toldWhy = done.error().message;
        spdlog::error("{}: {}", what, m_toldWhy);
    }
}

}  // namespace leedswatch::station
