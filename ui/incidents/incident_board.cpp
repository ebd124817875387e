#include "ui/incidents/incident_board.h"

#include "ui/common/text.h"

#include <algorithm>

namespace leedswatch::ui {

namespace {

constexpr int mostOpen = 500;
constexpr int mostClosed = 200;

}  // namespace

IncidentBoard::IncidentBoard(ConsoleContext& context, Scope scope, QObject* parent)
    : QObject{parent},
      m_context{context},
      m_scope{scope},
      m_feed{context.feed, {"incidents", "wards"}, nullptr},
      m_worker{*this} {
    connect(&m_feed, &FeedListener::changed, this, [this] {
        m_isStale = true;
        read();
    });
}

bool IncidentBoard::mayWrite() const {
    return access::mayDo(m_context.acting.role, access::Right::WriteLog);
}

void IncidentBoard::setLookedAt(bool isLookedAt) {
    m_isLookedAt = isLookedAt;
    read();
}

void IncidentBoard::setWords(const QString& words) {
    m_words = words.simplified();
    m_isStale = true;
    read();
}

base::Result<IncidentBoard::Snapshot> IncidentBoard::snapshotOf(const ConsoleContext& context, Scope scope,
                                                                const std::string& words) {
    Snapshot snapshot;
    incident::Incidents incidents{context.database};
    incident::IncidentFilter filter;
    filter.most = words.empty() ? mostOpen : mostClosed;
    filter.words = words;
    filter.onlyOpen = words.empty();
    TRY_ASSIGN(snapshot.incidents, incidents.list(context.acting, filter));
    if (scope == Scope::OnlyOpen) {
        return base::Result<Snapshot>{tl::in_place, std::move(snapshot)};
    }
    if (words.empty()) {
        filter.onlyOpen = false;
        filter.onlyClosed = true;
        filter.most = mostClosed;
        TRY_ASSIGN(auto closed, incidents.list(context.acting, filter));
        std::ranges::move(closed, std::back_inserter(snapshot.incidents));
    }
    TRY_ASSIGN(snapshot.wards, estate::Wards{context.database}.list());
    return base::Result<Snapshot>{tl::in_place, std::move(snapshot)};
}

void IncidentBoard::read() {
    if (!m_isLookedAt || m_isReading || !m_isStale) {
        return;
    }
    m_isReading = true;
    m_isStale = false;
    m_worker.run(
        [&context = m_context, scope = m_scope, words = fromQt(m_words)] { return snapshotOf(context, scope, words); },
        [this](const base::Result<Snapshot>& snapshot) { take(snapshot); });
}

void IncidentBoard::take(const base::Result<Snapshot>& snapshot) {
    m_isReading = false;
    m_problem = snapshot ? QString{} : sentenceOf(snapshot.error());
    if (snapshot) {
        m_incidents = snapshot->incidents;
        m_wards = snapshot->wards;
    }
    Q_EMIT changed();
    read();
}

}  // namespace leedswatch::ui
