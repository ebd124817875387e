#include "ui/testing/testing_board.h"

#include "base/local_time.h"
#include "ui/common/text.h"

#include <algorithm>
#include <utility>

namespace leedswatch::ui {

namespace {

constexpr int mostDue = 500;
constexpr int mostNotices = 100;
constexpr int leastPause = 900;  // milliseconds

base::Result<TestingSnapshot> readTesting(ConsoleContext& context) {
    TestingSnapshot snapshot;
    const access::Acting& acting = context.acting;
    TRY_ASSIGN(snapshot.running, response::TestPeriods{context.database}.running(acting));
    TRY_ASSIGN(snapshot.walks, response::WalkTests{context.database}.lasting(acting));
    const base::UtcTime tomorrow = base::localDayOf(context.clock.now()).end;
    TRY_ASSIGN(snapshot.due, response::PlannedTests{context.database}.list(acting, {{}, tomorrow, mostDue}));
    TRY_ASSIGN(snapshot.notices, response::TestReports{context.database}.list(acting, {{}, mostNotices}));
    return base::Result<TestingSnapshot>{tl::in_place, std::move(snapshot)};
}

}  // namespace

TestingBoard::TestingBoard(ConsoleContext& context, QObject* parent)
    : QObject{parent},
      m_context{context},
      m_changes{context.feed, {"test_periods", "planned_tests", "test_results", "walk_tests", "alarm_zones"}, this},
      m_signals{context.feed, {"signals"}, this},
      m_worker{*this} {
    if (!maySee()) {
        return;
    }
    m_soon.setSingleShot(true);
    m_soon.setInterval(leastPause);
    m_minute.setInterval(60'000);
    connect(&m_soon, &QTimer::timeout, this, &TestingBoard::read);
    connect(&m_minute, &QTimer::timeout, this, &TestingBoard::read);
    connect(&m_changes, &FeedListener::changed, this, &TestingBoard::read);
    connect(&m_signals, &FeedListener::changed, this, [this] {
        if (!m_now.running.empty() && !m_soon.isActive()) {
            m_soon.start();
        }
    });
    m_minute.start();
    read();
}

std::optional<response::WalkTestId> TestingBoard::walkOf(estate::PremisesId premises) const {
    const auto found = std::ranges::find(m_now.walks, premises, &response::WalkTest::premises);
    return found == m_now.walks.end() ? std::nullopt : std::optional{found->id};
}

bool TestingBoard::maySee() const {
    return access::mayDo(m_context.acting.role, access::Right::SeeAlarms);
}

bool TestingBoard::mayAnswer() const {
    return access::mayDo(m_context.acting.role, access::Right::AnswerAlarms);
}

bool TestingBoard::mayPlan() const {
    return access::mayDo(m_context.acting.role, access::Right::PlanAlarmTests);
}

void TestingBoard::read() {
    if (std::exchange(m_isReading, true)) {
        m_soon.start();
        return;
    }
    m_since.start();
    m_worker.run([&context = m_context] { return readTesting(context); },
                 [this](const base::Result<TestingSnapshot>& snapshot) {
                     m_isReading = false;
                     m_soon.setInterval(std::max(leastPause, static_cast<int>(m_since.elapsed()) * 10));
                     take(snapshot);
                 });
}

void TestingBoard::take(const base::Result<TestingSnapshot>& snapshot) {
    m_problem = snapshot ? QString{} : sentenceOf(snapshot.error());
    if (!snapshot) {
        Q_EMIT changed();  // what was known stays, and the page says that it may be old
        return;
    }
    m_now = *snapshot;
    const auto newest = m_now.notices.empty() ? response::TestReportId{} : m_now.notices.front().id;
    if (m_newestKnown) {
        for (const response::TestReportLine& line : m_now.notices) {
            if (line.id > *m_newestKnown) {
                m_unseen.push_back(line);
            }
        }
    }
    m_newestKnown = std::max(newest, m_newestKnown.value_or(newest));
    Q_EMIT changed();
}

void TestingBoard::markSeen() {
    if (!m_unseen.empty()) {
        m_unseen.clear();
        Q_EMIT changed();
    }
}

int TestingBoard::overdue() const {
    return static_cast<int>(std::ranges::count_if(m_now.due, [](const response::PlannedTest& test) {
        return test.state == response::PlanState::Overdue || test.state == response::PlanState::Ended;
    }));
}

}  // namespace leedswatch::ui
