#include "response/set_states.h"

namespace leedswatch::response {

void writeSetState(soci::session& sql, estate::PanelId panel, const std::string& area, const SetState& state) {
    const long long key = panel.value();
    const long long since = base::toStored(state.since);
    const int isSet = state.isSet ? 1 : 0;
    sql << "INSERT INTO set_state (panel_id, area, is_set, since, by_user) VALUES (:panel, :area, :set, :since, :user) "
           "ON CONFLICT (panel_id, area) DO UPDATE SET is_set = excluded.is_set, since = excluded.since, by_user = "
           "excluded.by_user",
        soci::use(key, "panel"), soci::use(area, "area"), soci::use(isSet, "set"), soci::use(since, "since"),
        soci::use(state.byUser, "user");
}

std::optional<SetState> newestSetState(soci::session& sql, estate::PanelId panel) {
    const long long key = panel.value();
    int isSet = 0;
    long long since = 0;
    SetState state;
    sql << "SELECT is_set, since, by_user FROM set_state WHERE panel_id = :panel ORDER BY since DESC LIMIT 1",
        soci::use(key, "panel"), soci::into(isSet), soci::into(since), soci::into(state.byUser);
    if (!sql.got_data()) {
        return std::nullopt;
    }
    state.isSet = isSet != 0;
    state.since = base::fromStored(since);
    return state;
}

}  // namespace leedswatch::response
