#include "incident/incident_log.h"

#include "incident/line_checks.h"
#include "incident/line_rows.h"

namespace leedswatch::incident {

namespace {

using base::ErrorCode;

void auditLines(store::Transaction& transaction, const access::Acting& acting, const std::vector<LogLine>& lines) {
    store::AuditEvent event;
    event.who = acting.username;
    event.workstation = acting.workstation;
    const LogLine& first = lines.front();
    if (lines.size() == 1) {
        event.action = first.kind == LineKind::Correction ? "log.corrected" : "log.added";
        event.object = "line " + std::to_string(first.id.value());
        event.details = {{"book", std::string{nameOf(first.book)}}, {"type", first.type}};
        if (!first.reference.empty()) {
            event.details["incident"] = first.reference;
        }
        if (first.cameraNumber) {
            event.details["camera"] = *first.cameraNumber;
        }
    } else {
        event.action = "log.added";
        event.object = "lines " + std::to_string(first.id.value()) + " to " + std::to_string(lines.back().id.value());
    }
    for (const LogLine& line : lines) {
        store::vouchForAdded(event.witnesses, lineWitness(), line.id.value());
    }
    transaction.audit(event);
    transaction.notify("incident_log", event.object);
}

}  // namespace

base::Result<LogLine> IncidentLog::add(const access::Acting& acting, const NewLine& line) {
    TRY_ASSIGN(auto added, addAll(acting, {line}));
    return base::Result<LogLine>{tl::in_place, std::move(added.front())};
}

base::Result<std::vector<LogLine>> IncidentLog::addAll(const access::Acting& acting,
                                                       const std::vector<NewLine>& lines) {
    TRY(access::require(acting, access::Right::WriteLog));
    if (lines.empty()) {
        return std::vector<LogLine>{};
    }
    return m_database.write([&](store::Transaction& transaction) -> base::Result<std::vector<LogLine>> {
        std::vector<LogLine> added;
        added.reserve(lines.size());
        {
            LineRows rows{transaction.sql()};
            for (const NewLine& wanted : lines) {
                TRY_ASSIGN(LogLine line, lineFrom(transaction.sql(), wanted, transaction.now()));
                line.author = acting.username;
                line.workstation = acting.workstation;
                rows.insert(line);
                added.push_back(std::move(line));
            }
        }
        auditLines(transaction, acting, added);
        return base::Result<std::vector<LogLine>>{tl::in_place, std::move(added)};
    });
}

base::Result<std::vector<LogLine>> IncidentLog::search(const access::Acting& acting, const Search& search) {
    TRY(access::require(acting, access::Right::ReadLog));
    return m_database.read([&](soci::session& sql) -> base::Result<std::vector<LogLine>> {
        return base::Result<std::vector<LogLine>>{tl::in_place, runSearch(sql, search)};
    });
}

base::Result<std::vector<LogLine>> IncidentLog::thread(const access::Acting& acting, LineId id) {
    TRY(access::require(acting, access::Right::ReadLog));
    return m_database.read([&](soci::session& sql) -> base::Result<std::vector<LogLine>> {
        const auto line = selectLine(sql, id);
        if (!line) {
            return base::fail(ErrorCode::NotFound, "there is no line " + std::to_string(id.value()));
        }
        auto lines = selectLinesAbout(sql, id);
        lines.insert(lines.begin(), *line);
        return base::Result<std::vector<LogLine>>{tl::in_place, std::move(lines)};
    });
}

}  // namespace leedswatch::incident
