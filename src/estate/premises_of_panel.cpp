#include "estate/premises_of_panel.h"

namespace leedswatch::estate {

std::optional<PremisesOfPanel> selectPremisesOfPanel(soci::session& sql, PanelId panel) {
    const long long key = panel.value();
    long long id = 0;
    PremisesOfPanel found;
    found.panel = panel;
    sql << "SELECT premises.id, reference, name, address, ward, committee, kind, police_reference, account, line, "
           "transmitter FROM panel JOIN premises ON premises.id = panel.premises_id WHERE panel.id = :panel",
        soci::use(key, "panel"), soci::into(id), soci::into(found.premises.reference), soci::into(found.premises.name),
        soci::into(found.premises.address), soci::into(found.premises.ward), soci::into(found.premises.committee),
        soci::into(found.premises.kind), soci::into(found.premises.policeReference), soci::into(found.account),
        soci::into(found.line), soci::into(found.transmitter);
    if (!sql.got_data()) {
        return std::nullopt;
    }
    found.premises.id = PremisesId{id};
    return found;
}

}  // namespace leedswatch::estate
