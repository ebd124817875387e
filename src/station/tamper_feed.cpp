#include "station/tamper_feed.h"

namespace leedswatch::station {

void TamperFeed::resume(std::vector<LastingTamper> lasting) {
    for (LastingTamper& one : lasting) {
        m_rows[m_watch.resume(one.kind, std::move(one.before))] = one.row;
    }
}

std::vector<TamperChange> TamperFeed::changes(const TimeOf& timeOf) {
    auto findings = m_watch.take();
    std::vector<TamperChange> changes;
    for (std::size_t i = 0; i < findings.size(); ++i) {
        const analytics::TamperWatch::Finding& found = findings[i];
        TamperChange change;
        change.feed = this;
        change.number = found.number;
        change.kind = found.event.kind;
        if (found.event.end) {
            const bool goesOn = i + 1 < findings.size() && !findings[i + 1].event.end;
            change.endedBy = goesOn ? analytics::TamperEnd::OtherKind : analytics::TamperEnd::ViewBack;
            change.until = timeOf(*found.event.end);
            const auto row = m_rows.extract(found.number);
            change.row = row.empty() ? 0 : row.mapped();
        } else {
            change.from = timeOf(found.event.start);
            change.before = found.event.before;
            change.after = found.event.after;
        }
        changes.push_back(std::move(change));
    }
    return changes;
}

std::vector<TamperChange> TamperFeed::accept(double seconds, base::UtcTime until, analytics::TamperEnd why) {
    m_watch.accept(seconds);
    auto ends = changes([until](double) { return until; });
    for (TamperChange& end : ends) {
        end.endedBy = why;
    }
    return ends;
}

}  // namespace leedswatch::station
