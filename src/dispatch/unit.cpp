#include "dispatch/unit.h"

#include "base/local_time.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace leedswatch::dispatch {

namespace {

constexpr std::array<std::pair<UnitStatus, std::string_view>, 7> statusNames{{
    {UnitStatus::OffDuty, "off-duty"},
    {UnitStatus::Available, "available"},
    {UnitStatus::Unavailable, "unavailable"},
    {UnitStatus::Assigned, "assigned"},
    {UnitStatus::EnRoute, "en-route"},
    {UnitStatus::OnScene, "on-scene"},
    {UnitStatus::Returning, "returning"},
}};

constexpr std::chrono::hours soon{30 * 24};

std::string localDay(base::UtcTime time) {
    return base::formatLocal(time).substr(0, 10);
}

std::optional<int> numberIn(std::string_view text) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional{number} : std::nullopt;
}

}  // namespace

std::string_view nameOf(UnitStatus status) {
    return statusNames.at(static_cast<std::size_t>(status)).second;
}

std::optional<UnitStatus> unitStatusFrom(std::string_view name) {
    const auto* found = std::ranges::find(statusNames, name, &std::pair<UnitStatus, std::string_view>::second);
    return found == statusNames.end() ? std::nullopt : std::optional{found->first};
}

bool canBeSent(UnitStatus status) {
    return status != UnitStatus::OffDuty && status != UnitStatus::Unavailable;
}

LicenceState licenceOf(const Officer& officer, base::UtcTime now) {
    if (officer.licence.empty() || !isDay(officer.licenceExpires)) {
        return LicenceState::None;
    }
    // Days as text are in the order of time.
    if (officer.licenceExpires < localDay(now)) {
        return LicenceState::Expired;
    }
    return officer.licenceExpires < localDay(now + soon) ? LicenceState::RunsOut : LicenceState::Holds;
}

std::string licenceProblem(const Officer& officer, base::UtcTime now) {
    switch (licenceOf(officer, now)) {
        case LicenceState::None: return officer.name + " has no licence entered";
        case LicenceState::Expired: return "the licence of " + officer.name + " ran out on " + officer.licenceExpires;
        case LicenceState::RunsOut:
        case LicenceState::Holds: return {};
    }
    return {};
}

bool isDay(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') {
        return false;
    }
    const auto year = numberIn(text.substr(0, 4));
    const auto month = numberIn(text.substr(5, 2));
    const auto day = numberIn(text.substr(8, 2));
    if (!year || !month || !day || *month < 1 || *day < 1) {
        return false;
    }
    return (std::chrono::year{*year} / std::chrono::month{static_cast<unsigned>(*month)} /
            std::chrono::day{static_cast<unsigned>(*day)})
        .ok();
}

std::string unitText(const Unit& unit) {
    std::string crew;
    for (const Officer& officer : unit.crew) {
        crew += (crew.empty() ? "" : ", ") + officer.name + (officer.phone.empty() ? "" : " " + officer.phone);
    }
    return unit.callSign + (crew.empty() ? "" : " (" + crew + ")");
}

}  // namespace leedswatch::dispatch
