#include "response/service_times.h"

#include "response/alarm_outcome.h"

#include <algorithm>

namespace leedswatch::response {

namespace {

constexpr std::array<ServiceMeasureInfo, serviceMeasureCount> measures{{
    {ServiceMeasure::Presented, "presented", "Presented"},
    {ServiceMeasure::Accepted, "accepted", "Accepted"},
    {ServiceMeasure::Acted, "acted", "First action"},
    {ServiceMeasure::Closed, "closed", "Closed"},
}};

constexpr std::array<std::string_view, 8> rules{
    "Time runs from when the station received the alarm's first signal. An alarm belongs to the hour and shift of that "
    "moment.",
    "An alarm that the rules held (abort window, mains fault) counts from the end of its hold; how long it was held is "
    "told apart.",
    "Presented: a desk that somebody was signed in at showed it. First action: the first step of its plan was done.",
    "Not counted: tests, drills and engineers' alarms; alarms of a system on test that were not found genuine; alarms "
    "that ended while they were held; alarms joined into a storm. What a system on test sends without being shown "
    "makes no alarm.",
    "Alarms that ended by themselves before anybody took them are told apart, with how long they waited.",
    "An open alarm counts as late once it has passed the target.",
    "Times that the clock's steps made impossible (below zero) are told apart and are in no share.",
    "A share of fewer alarms than would allow a single late one is no percentage: the numbers are shown instead.",
};

std::optional<base::UtcTime> momentOf(const ServiceTimes& times, ServiceMeasure measure) {
    switch (measure) {
        case ServiceMeasure::Presented: return times.presented;
        case ServiceMeasure::Accepted: return times.accepted;
        case ServiceMeasure::Acted: return times.acted;
        case ServiceMeasure::Closed: return times.closed;
    }
    return std::nullopt;
}

bool isFoundGenuine(const std::string& outcome) {
    return outcome == "genuine" || outcome == "genuine-attended" || outcome == "help-given";
}

}  // namespace

std::span<const ServiceMeasureInfo> serviceMeasures() {
    return measures;
}

const ServiceMeasureInfo& infoOf(ServiceMeasure measure) {
    return measures.at(static_cast<std::size_t>(measure));
}

std::optional<ServiceMeasure> serviceMeasureFrom(std::string_view name) {
    const auto* found = std::ranges::find(measures, name, &ServiceMeasureInfo::name);
    return found == measures.end() ? std::nullopt : std::optional{found->measure};
}

base::UtcTime beginOf(const ServiceTimes& times) {
    return times.wasHeld ? times.holdEnded.value_or(times.raised) : times.raised;
}

ServiceCounting countingOf(const ServiceTimes& times) {
    if (times.state == AlarmState::Held) {
        return ServiceCounting::Held;
    }
    if (times.state == AlarmState::Closed && !times.accepted) {
        if (times.outcome.starts_with("joined to alarm ")) {
            return ServiceCounting::Storm;
        }
        const bool wasHeldToItsEnd = times.wasHeld && (!times.holdEnded || times.holdEnded == times.closed);
        return wasHeldToItsEnd ? ServiceCounting::CalledOff : ServiceCounting::Unanswered;
    }
    const bool isOfTest = times.isOnTest && !isFoundGenuine(times.outcome);
    return isOfTest || times.outcome == "test" ? ServiceCounting::Test : ServiceCounting::Counted;
}

std::optional<base::Microseconds> lengthOf(const ServiceTimes& times, ServiceMeasure measure) {
    const auto moment = momentOf(times, measure);
    if (!moment) {
        return std::nullopt;
    }
    const base::Microseconds length = *moment - beginOf(times);
    // What is held stands on the desks in its own list: it was there when its time began to run.
    const bool stoodThere = times.wasHeld && measure == ServiceMeasure::Presented && *moment >= times.raised;
    return stoodThere ? std::max(length, base::Microseconds::zero()) : length;
}

void ServiceCounts::add(const ServiceTimes& alarm) {
    switch (countingOf(alarm)) {
        case ServiceCounting::Test: ++tests; return;
        case ServiceCounting::Storm: ++storms; return;
        case ServiceCounting::CalledOff: ++calledOff; return;
        case ServiceCounting::Unanswered: unanswered.add(alarm.closed.value_or(alarm.raised) - beginOf(alarm)); return;
        case ServiceCounting::Held: return;
        case ServiceCounting::Counted: break;
    }
    ++counted;
    for (const ServiceMeasureInfo& info : measures) {
        if (const auto length = lengthOf(alarm, info.measure)) {
            times.at(static_cast<std::size_t>(info.measure)).add(*length);
        }
    }
    if (alarm.wasHeld) {
        held.add(beginOf(alarm) - alarm.raised);
    }
}

void ServiceCounts::add(const ServiceCounts& other) {
    counted += other.counted;
    tests += other.tests;
    storms += other.storms;
    calledOff += other.calledOff;
    for (std::size_t measure = 0; measure < times.size(); ++measure) {
        times.at(measure).add(other.times.at(measure));
    }
    held.add(other.held);
    unanswered.add(other.unanswered);
}

std::span<const std::string_view> serviceRules() {
    return rules;
}

}  // namespace leedswatch::response
