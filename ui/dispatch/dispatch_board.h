#pragma once

#include "dispatch/jobs.h"
#include "dispatch/key_register.h"
#include "dispatch/units.h"
#include "ui/common/console_context.h"
#include "ui/common/feed_listener.h"
#include "ui/common/worker.h"

#include <QObject>
#include <vector>

namespace leedswatch::ui {

/// The services of mobile response and keyholding with the acting person: what a worker is given.
struct DispatchDesk {
    explicit DispatchDesk(const ConsoleContext& context);

    store::Database& database;
    const access::Acting& acting;
    dispatch::Units units;
    dispatch::Jobs jobs;
    dispatch::KeyRegister keys;
};

struct DispatchSnapshot {
    std::vector<dispatch::Unit> units;
    std::vector<dispatch::Job> jobs;       ///< open, in their order
    std::vector<dispatch::KeyBunch> keys;  ///< out, the one that is due first at the top
};

/// Units, open jobs and keys that are out, as a desk knows them: read anew whenever they change, while somebody looks.
/// What a person does goes through it, on a worker. UI thread only.
class DispatchBoard final : public QObject {
    Q_OBJECT

public:
    DispatchBoard(ConsoleContext& context, QObject* parent);

    [[nodiscard]] const DispatchSnapshot& snapshot() const { return m_snapshot; }
    [[nodiscard]] bool maySend() const;
    /// Why nothing could be read; empty: it could.
    [[nodiscard]] const QString& problem() const { return m_problem; }
    void setLookedAt(bool isLookedAt);
    [[nodiscard]] const dispatch::Unit* unit(dispatch::UnitId id) const;
    /// That the unit is at or on its way to; else the first that it has.
    [[nodiscard]] const dispatch::Job* jobOf(dispatch::UnitId id) const;

    /// Does it on the worker and tells what came of it on this thread.
    template <typename Work, typename Done>
    void act(Work work, Done done) {
        m_worker.run(
            [&context = m_context, work = std::move(work)] {
                DispatchDesk desk{context};
                return work(desk);
            },
            std::move(done));
    }

Q_SIGNALS:
    void changed();

private:
    void read();

    ConsoleContext& m_context;
    DispatchSnapshot m_snapshot;
    QString m_problem;
    bool m_isLookedAt = false;
    bool m_isReading = false;
    bool m_isStale = true;  ///< it has changed since it was read
    FeedListener m_feed;
    Worker m_worker;
};

}  // namespace leedswatch::ui
