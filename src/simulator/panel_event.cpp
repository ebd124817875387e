#include "simulator/panel_event.h"

#include <fmt/format.h>

#include <array>

namespace leedswatch::simulator {
namespace {

using EventKind = PanelEvent::Kind;

/// What the number behind a code counts.
enum class Counts { Zone, User, Nothing };

struct Codes {
    EventKind kind;
    std::string_view sia;
    std::string_view siaOver;  // when it is over
    std::string_view contactId;
    Counts counts;
};

constexpr std::array<Codes, 14> codesOfEvents{{{EventKind::Intruder, "BA", "BR", "130", Counts::Zone},
                                               {EventKind::Confirmed, "BV", "BR", "139", Counts::Nothing},
                                               {EventKind::Fire, "FA", "FR", "110", Counts::Zone},
                                               {EventKind::HoldUp, "HA", "HR", "126", Counts::Zone},
                                               {EventKind::Panic, "PA", "PR", "120", Counts::Zone},
                                               {EventKind::Medical, "MA", "MR", "100", Counts::Zone},
                                               {EventKind::Tamper, "TA", "TR", "137", Counts::Zone},
                                               {EventKind::LowBattery, "YT", "YR", "302", Counts::Nothing},
                                               {EventKind::MainsLost, "AT", "AR", "301", Counts::Nothing},
                                               {EventKind::Opened, "OP", "OP", "401", Counts::User},
                                               {EventKind::Closed, "CL", "CL", "401", Counts::User},
                                               {EventKind::LateToClose, "CI", "CI", "454", Counts::Nothing},
                                               {EventKind::Aborted, "BC", "BC", "406", Counts::User},
                                               {EventKind::Test, "RP", "RP", "602", Counts::Nothing}}};

const Codes& codesOf(EventKind kind) {
    for (const Codes& codes : codesOfEvents) {
        if (codes.kind == kind) {
            return codes;
        }
    }
    return codesOfEvents.back();
}

bool isContactIdCode(std::string_view code) {
    return code.size() == 3;
}

// Contact ID has one code for the two, and a door that is broken open is another thing than a room.
std::string contactIdCode(const DrawnPremises& premises, const PanelEvent& event, int zone) {
    const DrawnZone* found = premises.findZone(zone);
    if (event.kind == EventKind::Intruder && found != nullptr) {
        switch (found->use) {
            case ZoneUse::Entry: return "134";
            case ZoneUse::Perimeter: return "131";
            default: break;
        }
    }
    return std::string{codesOf(event.kind).contactId};
}

PanelMessage contactIdMessage(const DrawnPremises& premises, const PanelEvent& event, int address) {
    // 401 is an opening as a new event and a closing as a restored one.
    const bool isOver = event.isRestore || event.kind == EventKind::Closed;
    const std::string code = event.kind == EventKind::Raw ? event.code : contactIdCode(premises, event, address);
    return {"ADM-CID",
            fmt::format("#{}|{}{} {:02} {:03}", premises.account, isOver ? 3 : 1, code, event.area, address)};
}

PanelMessage siaMessage(const DrawnPremises& premises, const PanelEvent& event, int address) {
    const Codes& codes = codesOf(event.kind);
    std::string code{event.isRestore ? codes.siaOver : codes.sia};
    if (event.kind == EventKind::Raw) {
        code = event.code;
    }
    const int digits = premises.maker == PanelMaker::Ajax ? 3 : 2;
    std::string data = fmt::format("#{}|Nri{}/", premises.account, event.area);
    if (codes.counts == Counts::User && premises.maker == PanelMaker::Standard) {
        data += fmt::format("id{:03}/", address);
    }
    data += fmt::format("{}{:0{}}", code, address, digits);
    const DrawnZone* zone = codes.counts == Counts::Zone ? premises.findZone(address) : nullptr;
    if (zone != nullptr && premises.maker == PanelMaker::Standard) {
        data += '^' + zone->name + '^';
    }
    return {"SIA-DCS", data};
}

}  // namespace

int usualZoneOf(const DrawnPremises& premises, EventKind kind) {
    switch (kind) {
        case EventKind::Fire: return premises.zoneFor({ZoneUse::Smoke}).number;
        case EventKind::HoldUp: return premises.zoneFor({ZoneUse::HoldUp, ZoneUse::Panic}).number;
        case EventKind::Panic: return premises.zoneFor({ZoneUse::Panic, ZoneUse::HoldUp}).number;
        case EventKind::Medical: return premises.zoneFor({ZoneUse::Medical, ZoneUse::Panic, ZoneUse::HoldUp}).number;
        case EventKind::Intruder:
        case EventKind::Tamper: return premises.zoneFor({ZoneUse::Room}).number;
        case EventKind::Raw: return 1;
        default: return 0;
    }
}

PanelMessage messageOf(const DrawnPremises& premises, const PanelEvent& event) {
    int address = event.zone;
    if (address == 0) {
        address = codesOf(event.kind).counts == Counts::User ? 1 : usualZoneOf(premises, event.kind);
    }
    const bool isContactId = event.kind == EventKind::Raw ? isContactIdCode(event.code) : premises.speaksContactId;
    return isContactId ? contactIdMessage(premises, event, address) : siaMessage(premises, event, address);
}

bool isLifeSafety(const PanelEvent& event) {
    switch (event.kind) {
        case EventKind::Fire:
        case EventKind::HoldUp:
        case EventKind::Panic:
        case EventKind::Medical: return !event.isRestore;
        default: return false;
    }
}

}  // namespace leedswatch::simulator
