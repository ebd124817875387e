#pragma once

#include "response/planned_tests.h"
#include "response/test_reports.h"
#include "response/test_requests.h"
#include "response/walk_tests.h"
#include "ui/common/console_context.h"
#include "ui/common/feed_listener.h"
#include "ui/common/worker.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <optional>
#include <vector>

namespace leedswatch::ui {

/// What a desk knows of tests: what is on test, which walk tests last, what is due, and the newest notices.
struct TestingSnapshot {
    std::vector<response::RunningTest> running;
    std::vector<response::WalkTest> walks;
    std::vector<response::PlannedTest> due;  ///< today and overdue, at most 500
    std::vector<response::TestReportLine> notices;
};

/// Reads the above whenever it changes, and tells those who show it; what a person does goes through it, on a worker.
/// UI thread only.
class TestingBoard final : public QObject {
    Q_OBJECT

public:
    TestingBoard(ConsoleContext& context, QObject* parent);

    [[nodiscard]] const TestingSnapshot& now() const { return m_now; }
    /// The walk test that lasts at premises.
    [[nodiscard]] std::optional<response::WalkTestId> walkOf(estate::PremisesId premises) const;
    [[nodiscard]] bool maySee() const;
    [[nodiscard]] bool mayAnswer() const;
    [[nodiscard]] bool mayPlan() const;
    /// Why it cannot be read; empty: it can.
    [[nodiscard]] const QString& problem() const { return m_problem; }
    /// Notices that were written since this desk was opened and that nobody here has looked at.
    [[nodiscard]] const std::vector<response::TestReportLine>& unseen() const { return m_unseen; }
    void markSeen();
    /// Those that are overdue, or whose result is outstanding.
    [[nodiscard]] int overdue() const;

    /// Does it on the worker and tells what came of it on this thread.
    template <typename Work, typename Done>
    void act(Work work, Done done) {
        m_worker.run([&context = m_context, work = std::move(work)] { return work(context); }, std::move(done));
    }

Q_SIGNALS:
    void changed();

private:
    void read();
    void take(const base::Result<TestingSnapshot>& snapshot);

    ConsoleContext& m_context;
    TestingSnapshot m_now;
    std::vector<response::TestReportLine> m_unseen;
    std::optional<response::TestReportId> m_newestKnown;  ///< none: nothing was read yet
    QString m_problem;
    bool m_isReading = false;
    QElapsedTimer m_since;  ///< it began to be read
    QTimer m_soon;          ///< signals come by the thousand: they are counted once a second, or a tenth of the time
    QTimer m_minute;        ///< what is due changes with the clock alone
    FeedListener m_changes;
    FeedListener m_signals;
    Worker m_worker;
};

}  // namespace leedswatch::ui
