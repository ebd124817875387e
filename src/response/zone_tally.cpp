#include "response/zone_tally.h"

#include "estate/premises_search.h"
#include "response/signal_rows.h"

#include <algorithm>
#include <iterator>

namespace leedswatch::response {

namespace {

using Category = alarm::SignalCategory;
using nlohmann::json;

/// A step of the wall clock between two signals of a test is no reason to lose one.
constexpr std::chrono::hours clockMayBeWrongBy{48};

bool isProof(Category category) {
    return alarm::isAlarm(category) && category != Category::Tamper && category != Category::Access &&
           category != Category::Welfare;
}

bool isOver(const SignalEvent& event) {
    switch (event.meaning.category) {
        case Category::Restored:
        case Category::TroubleRestored:
        case Category::PowerRestored:
        case Category::CommunicationRestored:
        case Category::Unbypassed: return true;
        default: return event.code.qualifier == alarm::Qualifier::Restore;
    }
}

bool isFireCategory(Category category) {
    return category == Category::Fire || category == Category::Sprinkler || category == Category::Heat;
}

// "Point not tested" is a test signal that shows the contrary.
bool saysNotTested(const SignalEvent& event) {
    return event.code.scheme == alarm::CodeScheme::ContactId && event.code.code == "612";
}

bool namesAZone(const SignalEvent& event) {
    return event.meaning.address == alarm::AddressKind::Zone && !estate::zoneNumber(event.code.address).empty();
}

json jsonTime(const std::optional<base::UtcTime>& time) {
    return time ? json(base::toStored(*time)) : json{};
}

std::optional<base::UtcTime> timeIn(const json& object, const char* name) {
    return object.contains(name) && object[name].is_number_integer()
               ? std::optional{base::fromStored(object[name].get<std::int64_t>())}
               : std::nullopt;
}

int countIn(const json& object, const char* name) {
    return object.contains(name) && object[name].is_number_integer() ? object[name].get<int>() : 0;
}

std::string textIn(const json& object, const char* name) {
    return object.contains(name) && object[name].is_string() ? object[name].get<std::string>() : std::string{};
}

}  // namespace

bool TestScope::covers(std::string_view ofArea, std::string_view ofZone) const {
    return (area.empty() || estate::zoneNumber(area) == estate::zoneNumber(ofArea)) &&
           (zone.empty() || estate::zoneNumber(zone) == estate::zoneNumber(ofZone));
}

ZoneEvent zoneEventOf(const SignalEvent& event) {
    if (!namesAZone(event) || event.code.qualifier == alarm::Qualifier::Previous) {
        return ZoneEvent::None;
    }
    if (isOver(event)) {
        return ZoneEvent::Restored;
    }
    const Category category = event.meaning.category;
    if (isProof(category) || (category == Category::Test && !saysNotTested(event))) {
        return ZoneEvent::Came;
    }
    return ZoneEvent::Other;
}

ZoneTally::ZoneTally(TestScope scope, const std::vector<estate::AlarmZone>& expected) : m_scope{std::move(scope)} {
    expect(expected);
}

ZoneTally ZoneTally::kept(TestScope scope, std::vector<TalliedZone> zones) {
    ZoneTally tally{std::move(scope), {}};
    for (TalliedZone& zone : zones) {
        const Key key{zone.account, zone.number.size(), zone.number};
        tally.m_received += zone.count + zone.restores + zone.others;
        tally.m_zones.emplace(key, std::move(zone));
    }
    return tally;
}

void ZoneTally::expect(const std::vector<estate::AlarmZone>& expected) {
    for (auto& [key, zone] : m_zones) {
        zone.isExpected = false;
    }
    for (const estate::AlarmZone& known : expected) {
        TalliedZone& zone = zoneOf(known.account, known.number);
        zone.isExpected = true;
        zone.name = known.name;
        zone.area = known.area;
        zone.kind = known.kind;
    }
    std::erase_if(m_zones, [](const auto& entry) {
        const TalliedZone& zone = entry.second;
        return !zone.isExpected && zone.count + zone.restores + zone.others == 0;
    });
}

void ZoneTally::name(const std::vector<estate::AlarmZone>& known) {
    for (const estate::AlarmZone& one : known) {
        const auto found = m_zones.find(Key{one.account, one.number.size(), one.number});
        if (found != m_zones.end() && !found->second.isExpected) {
            found->second.name = one.name;
            found->second.area = one.area;
            found->second.kind = one.kind;
        }
    }
}

void ZoneTally::add(const std::string& account, base::UtcTime received, const SignalEvent& event) {
    if (!m_scope.covers(event.code.area, event.meaning.address == alarm::AddressKind::Zone ? event.code.address : "")) {
        return;
    }
    ++m_received;
    m_latest = m_latest ? std::max(*m_latest, received) : received;
    const ZoneEvent what = zoneEventOf(event);
    m_tests += event.meaning.category == Category::Test && what == ZoneEvent::None ? 1 : 0;
    m_fires += isFireCategory(event.meaning.category) && !isOver(event) ? 1 : 0;
    if (what == ZoneEvent::None) {
        return;
    }
    TalliedZone& zone = zoneOf(account, estate::zoneNumber(event.code.address));
    zone.latest = zone.latest ? std::max(*zone.latest, received) : received;
    if (!zone.isExpected) {
        zone.name = event.code.text.empty() ? zone.name : event.code.text;
        zone.area = estate::zoneNumber(event.code.area);
    }
    switch (what) {
        case ZoneEvent::Came:
            if (zone.count++ == 0) {
                zone.first = received;
                zone.code = event.code.code;
                zone.event = event.meaning.event;
            }
            zone.latestAlarm = zone.latestAlarm ? std::max(*zone.latestAlarm, received) : received;
            break;
        case ZoneEvent::Restored:
            ++zone.restores;
            zone.restored = zone.restored ? std::max(*zone.restored, received) : received;
            break;
        case ZoneEvent::Other:
            ++zone.others;
            zone.other = event.meaning.event.empty() ? event.code.code : event.meaning.event;
            break;
        case ZoneEvent::None: break;
    }
}

TalliedZone& ZoneTally::zoneOf(const std::string& account, const std::string& number) {
    const auto [found, isNew] = m_zones.try_emplace(Key{account, number.size(), number});
    if (isNew) {
        found->second.account = account;
        found->second.number = number;
    }
    return found->second;
}

std::vector<TalliedZone> ZoneTally::zones() const {
    std::vector<TalliedZone> all;
    for (const bool expectedOnes : {true, false}) {
        for (const auto& [key, zone] : m_zones) {
            if (zone.isExpected == expectedOnes) {
                all.push_back(zone);
            }
        }
    }
    return all;
}

int ZoneTally::expected() const {
    return static_cast<int>(std::ranges::count_if(m_zones, [](const auto& entry) { return entry.second.isExpected; }));
}

int ZoneTally::come() const {
    return static_cast<int>(std::ranges::count_if(
        m_zones, [](const auto& entry) { return entry.second.isExpected && entry.second.hasCome(); }));
}

int ZoneTally::unexpected() const {
    return static_cast<int>(m_zones.size()) - expected();
}

SignalId forEachEventOfPremises(soci::session& sql, estate::PremisesId premises, const TallySpan& span,
                                const TakeEvent& take) {
    const auto panels = estate::selectPanelsOfPremises(sql, premises);
    SignalId newest = span.after;
    for (const estate::PanelOfPremises& panel : panels) {
        forEachOfAccount(sql, {panel.account, span.from - clockMayBeWrongBy, span.after, span.until},
                         [&](const AccountSignal& signal) {
                             if (signal.panel != panel.panel) {
                                 return;  // another premises' panel, on another line of the receiver
                             }
                             newest = std::max(newest, signal.id);
                             for (const SignalEvent& event : signal.events) {
                                 take(panel.account, signal.received, event);
                             }
                         });
    }
    return newest;
}

std::vector<estate::AlarmZone> zonesExpected(const std::optional<TestKind>& kind, const TestScope& scope,
                                             const std::vector<estate::AlarmZone>& known) {
    std::vector<estate::AlarmZone> expected;
    const auto isExpected = [&](const estate::AlarmZone& zone) {
        // A zone whose area is not known may be of any.
        if (!scope.covers(zone.area.empty() ? scope.area : zone.area, zone.number)) {
            return false;
        }
        switch (kind.value_or(TestKind::Other)) {
            case TestKind::WalkTest:
            case TestKind::AnnualService: return true;
            case TestKind::HoldUp: return zone.kind == estate::ZoneKind::HoldUp;
            case TestKind::Fire:
            case TestKind::Path:
            case TestKind::Other: break;
        }
        return !scope.zone.empty();
    };
    std::ranges::copy_if(known, std::back_inserter(expected), isExpected);
    return expected;
}

json jsonOf(const std::vector<TalliedZone>& zones) {
    auto all = json::array();
    for (const TalliedZone& zone : zones) {
        all.push_back({{"account", zone.account},
                       {"zone", zone.number},
                       {"name", zone.name},
                       {"area", zone.area},
                       {"kind", estate::nameOf(zone.kind)},
                       {"expected", zone.isExpected},
                       {"count", zone.count},
                       {"restores", zone.restores},
                       {"others", zone.others},
                       {"first", jsonTime(zone.first)},
                       {"latest", jsonTime(zone.latest)},
                       {"latest_alarm", jsonTime(zone.latestAlarm)},
                       {"restored", jsonTime(zone.restored)},
                       {"code", zone.code},
                       {"event", zone.event},
                       {"other", zone.other}});
    }
    return all;
}

std::vector<TalliedZone> talliedZonesFrom(const json& all) {
    std::vector<TalliedZone> zones;
    for (const json& one : all.is_array() ? all : json::array()) {
        if (!one.is_object()) {
            continue;
        }
        TalliedZone zone;
        zone.account = textIn(one, "account");
        zone.number = textIn(one, "zone");
        zone.name = textIn(one, "name");
        zone.area = textIn(one, "area");
        zone.kind = estate::zoneKindFrom(textIn(one, "kind")).value_or(estate::ZoneKind::Other);
        zone.isExpected = one.contains("expected") && one["expected"] == true;
        zone.count = countIn(one, "count");
        zone.restores = countIn(one, "restores");
        zone.others = countIn(one, "others");
        zone.first = timeIn(one, "first");
        zone.latest = timeIn(one, "latest");
        zone.latestAlarm = timeIn(one, "latest_alarm");
        zone.restored = timeIn(one, "restored");
        zone.code = textIn(one, "code");
        zone.event = textIn(one, "event");
        zone.other = textIn(one, "other");
        zones.push_back(std::move(zone));
    }
    return zones;
}

std::string wordsOf(const TalliedZone& zone) {
    return zone.number + (zone.name.empty() ? "" : " " + zone.name) +
           (zone.area.empty() ? "" : " (area " + zone.area + ")");
}

}  // namespace leedswatch::response
