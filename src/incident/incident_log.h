#pragma once

#include "access/person.h"
#include "incident/log_line.h"
#include "incident/search_query.h"
#include "store/database.h"

#include <optional>
#include <string>
#include <vector>

namespace leedswatch::incident {

/// The room's log, in all its books. Once `add` has returned, the line survives a power cut. Thread-safe.
/// Topic of the change feed: "incident_log".
class IncidentLog {
public:
    explicit IncidentLog(store::Database& database) : m_database{database} {}

    inline static constexpr std::size_t longestText = 8'000;  ///< characters

    /// Errors: InvalidInput (empty text, more than longestText, no such type or camera, a fact of the book is missing,
    /// it happened later than now, a closed incident), NotFound (incident, the line that it refers to), NotPermitted.
    [[nodiscard]] base::Result<LogLine> add(const access::Acting& acting, const NewLine& line);
    /// All of them or none, in one commit, which the audit log vouches for in one event.
    [[nodiscard]] base::Result<std::vector<LogLine>> addAll(const access::Acting& acting,
                                                            const std::vector<NewLine>& lines);

    /// Newest first. Any words are safe to search for. Errors: NotPermitted.
    [[nodiscard]] base::Result<std::vector<LogLine>> search(const access::Acting& acting, const Search& search);
    /// The line, and then what corrects it or goes on from it, in its order. Errors: NotFound, NotPermitted.
    [[nodiscard]] base::Result<std::vector<LogLine>> thread(const access::Acting& acting, LineId id);

private:
    store::Database& m_database;
};

}  // namespace leedswatch::incident
