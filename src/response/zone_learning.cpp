#include "response/zone_learning.h"

#include "estate/premises_search.h"

#include <algorithm>
#include <map>
#include <utility>

namespace leedswatch::response {

namespace {

using Category = alarm::SignalCategory;
using LearntZones = std::map<std::pair<std::string, std::string>, estate::AlarmZone>;

constexpr std::size_t longestLearntName = 100;

void learnFrom(LearntZones& learnt, const std::string& account, const SignalEvent& event) {
    if (zoneEventOf(event) == ZoneEvent::None) {
        return;
    }
    const std::string number = estate::zoneNumber(event.code.address);
    estate::AlarmZone& zone = learnt[{account, number}];
    zone.account = account;
    zone.number = number;
    zone.source = "learnt";
    if (!event.code.text.empty() && event.code.text.size() <= longestLearntName) {
        zone.name = event.code.text;
    }
    if (const std::string area = estate::zoneNumber(event.code.area); !area.empty()) {
        zone.area = area;
    }
    if (zoneEventOf(event) == ZoneEvent::Came && event.meaning.category != Category::Test) {
        zone.kind = zoneKindOf(event.meaning.category);
    }
}

}  // namespace

estate::ZoneKind zoneKindOf(Category category) {
    using estate::ZoneKind;
    switch (category) {
        case Category::HoldUp:
        case Category::Panic:
        case Category::ConfirmedHoldUp: return ZoneKind::HoldUp;
        case Category::Fire:
        case Category::Sprinkler:
        case Category::Heat: return ZoneKind::Fire;
        case Category::Medical:
        case Category::Emergency: return ZoneKind::Medical;
        case Category::Gas:
        case Category::Water:
        case Category::Freeze:
        case Category::Technical: return ZoneKind::Technical;
        case Category::Tamper: return ZoneKind::Tamper;
        case Category::Intruder:
        case Category::ConfirmedIntruder:
        case Category::Untyped: return ZoneKind::Intruder;
        default: return ZoneKind::Other;
    }
}

base::Result<std::vector<estate::AlarmZone>> ZoneLearning::find(const access::Acting& acting,
                                                                estate::PremisesId premises, base::UtcTime from) {
    TRY(access::require(acting, access::Right::SeeAlarms));
    return m_database.read([&](soci::session& sql) -> base::Result<std::vector<estate::AlarmZone>> {
        LearntZones learnt;
        TallySpan span;
        span.from = from;
        forEachEventOfPremises(sql, premises, span,
                               [&](const std::string& account, base::UtcTime /*received*/, const SignalEvent& event) {
                                   learnFrom(learnt, account, event);
                               });
        const auto known = estate::AlarmZones::select(sql, premises);
        for (const estate::AlarmZone& zone : known) {
            learnt.erase({zone.account, zone.number});
        }
        const auto panels = estate::selectPanelsOfPremises(sql, premises);
        std::vector<estate::AlarmZone> found;
        for (auto& [key, zone] : learnt) {
            const auto panel = std::ranges::find(panels, zone.account, &estate::PanelOfPremises::account);
            zone.panel = panel == panels.end() ? estate::PanelId{} : panel->panel;
            found.push_back(zone);
        }
        std::ranges::sort(found, estate::standsBefore);
        return found;
    });
}

base::Result<int> ZoneLearning::learn(const access::Acting& acting, estate::PremisesId premises, base::UtcTime from) {
    TRY_ASSIGN(const auto found, find(acting, premises, from));
    return estate::AlarmZones{m_database}.add(acting, premises, found);
}

}  // namespace leedswatch::response
