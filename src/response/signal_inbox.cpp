#include "response/signal_inbox.h"

namespace leedswatch::response {

namespace {

using Key = long long;

void appendInbox(soci::session& sql, const std::string& condition, int most, std::vector<SignalId>& to) {
    Key id = 0;
    soci::statement statement =
        (sql.prepare << "SELECT signal_id FROM signal_inbox WHERE " + condition + " ORDER BY signal_id LIMIT :most",
         soci::use(most, "most"), soci::into(id));
    statement.execute();
    while (statement.fetch()) {
        to.push_back(SignalId{id});
    }
}

}  // namespace

std::vector<SignalId> selectInbox(soci::session& sql, int most) {
    std::vector<SignalId> found;
    appendInbox(sql, "is_urgent = 1", most, found);
    if (static_cast<int>(found.size()) < most) {
        appendInbox(sql, "is_urgent = 0", most - static_cast<int>(found.size()), found);
    }
    return found;
}

void removeFromInbox(soci::session& sql, SignalId signal) {
    const Key id = signal.value();
    sql << "DELETE FROM signal_inbox WHERE signal_id = :id", soci::use(id, "id");
}

}  // namespace leedswatch::response
