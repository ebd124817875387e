#include "ui/dispatch/dispatch_board.h"

#include "response/job_notes.h"
#include "ui/common/text.h"

#include <algorithm>
#include <utility>

namespace leedswatch::ui {

using dispatch::JobState;

DispatchDesk::DispatchDesk(const ConsoleContext& context)
    : database{context.database},
      acting{context.acting},
      units{context.database, response::noteJobInAlarm},
      jobs{context.database, response::noteJobInAlarm},
      keys{context.database} {}

DispatchBoard::DispatchBoard(ConsoleContext& context, QObject* parent)
    : QObject{parent},
      m_context{context},
      m_feed{context.feed, {"response_units", "dispatch_jobs", "keys"}, this},
      m_worker{*this} {
    connect(&m_feed, &FeedListener::changed, this, [this] {
        m_isStale = true;
        read();
    });
}

bool DispatchBoard::maySend() const {
    return access::mayDo(m_context.acting.role, access::Right::SendResponse);
}

void DispatchBoard::setLookedAt(bool isLookedAt) {
    m_isLookedAt = isLookedAt;
    read();
}

void DispatchBoard::read() {
    if (!m_isLookedAt || m_isReading || !std::exchange(m_isStale, false)) {
        return;
    }
    m_isReading = true;
    act(
        [](DispatchDesk& desk) -> base::Result<DispatchSnapshot> {
            DispatchSnapshot snapshot;
            TRY_ASSIGN(snapshot.units, desk.units.list(desk.acting));
            TRY_ASSIGN(snapshot.jobs, desk.jobs.open(desk.acting));
            TRY_ASSIGN(snapshot.keys, desk.keys.out(desk.acting));
            return base::Result<DispatchSnapshot>{tl::in_place, std::move(snapshot)};
        },
        [this](const base::Result<DispatchSnapshot>& snapshot) {
            m_isReading = false;
            m_problem = snapshot ? QString{} : sentenceOf(snapshot.error());
            if (snapshot) {
                m_snapshot = *snapshot;
            }
            Q_EMIT changed();
            read();
        });
}

const dispatch::Unit* DispatchBoard::unit(dispatch::UnitId id) const {
    const auto found = std::ranges::find(m_snapshot.units, id, &dispatch::Unit::id);
    return found == m_snapshot.units.end() ? nullptr : &*found;
}

const dispatch::Job* DispatchBoard::jobOf(dispatch::UnitId id) const {
    const dispatch::Job* best = nullptr;
    for (const dispatch::Job& job : m_snapshot.jobs) {
        if (job.unit == id && (best == nullptr || job.state > best->state)) {
            best = &job;
        }
    }
    return best;
}

}  // namespace leedswatch::ui
