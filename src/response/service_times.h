#pragma once

#include "response/alarm.h"
#include "response/time_counts.h"

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace leedswatch::response {

/// What is measured of an alarm's answering, each from when the room could begin.
enum class ServiceMeasure {
    Presented,  ///< a desk that somebody looks at showed it
    Accepted,   ///< somebody took it
    Acted,      ///< the first step of its plan was done
    Closed,
};

inline constexpr std::size_t serviceMeasureCount = 4;

struct ServiceMeasureInfo {
    ServiceMeasure measure;
    std::string_view name;   ///< as stored and typed: "acted"
    std::string_view title;  ///< as shown: "First action"
};

/// All, in the order of the enumeration.
[[nodiscard]] std::span<const ServiceMeasureInfo> serviceMeasures();
[[nodiscard]] const ServiceMeasureInfo& infoOf(ServiceMeasure measure);
[[nodiscard]] std::optional<ServiceMeasure> serviceMeasureFrom(std::string_view name);

/// Whether an alarm is in the figures, and if not, why.
enum class ServiceCounting {
    Counted,
    Test,        ///< of a test, a drill or an engineer: closed as one, or of a system on test and not found genuine
    Storm,       ///< joined into one incident before anybody took it
    CalledOff,   ///< ended while it was held: it was never for a person
    Unanswered,  ///< ended by itself while it waited, before anybody took it
    Held,        ///< open, and held still
};

/// Of an alarm's row and what belongs to it, that by which it is measured.
struct ServiceTimes {
    AlarmId id;
    AlarmClass alarmClass = AlarmClass::Unknown;
    std::optional<estate::PremisesId> premises = {};
    base::UtcTime raised{};
    AlarmState state = AlarmState::Waiting;
    std::optional<base::UtcTime> presented = {};
    std::optional<base::UtcTime> accepted = {};
    std::optional<base::UtcTime> acted = {};
    std::optional<base::UtcTime> closed = {};
    std::string outcome = {};
    bool wasHeld = false;
    std::optional<base::UtcTime> holdEnded = {};
    bool isOnTest = false;
    bool policeCalled = false;
};

/// When the room could begin: when the first signal arrived; of an alarm that was held, when its hold ended.
[[nodiscard]] base::UtcTime beginOf(const ServiceTimes& times);
[[nodiscard]] ServiceCounting countingOf(const ServiceTimes& times);
/// How long it took; none: it has not happened, or nobody saw it. Below zero where the clock was stepped between.
[[nodiscard]] std::optional<base::Microseconds> lengthOf(const ServiceTimes& times, ServiceMeasure measure);

/// Sums over alarms. What is added here one by one and what is read from the sums of hours is the same.
struct ServiceCounts {
    std::int64_t counted = 0;
    std::int64_t tests = 0;
    std::int64_t storms = 0;
    std::int64_t calledOff = 0;
    std::array<TimeCounts, serviceMeasureCount> times = {};  ///< of those counted
    TimeCounts held = {};        ///< how long those were kept back that were held and not called off
    TimeCounts unanswered = {};  ///< how long those waited that ended by themselves

    void add(const ServiceTimes& alarm);
    void add(const ServiceCounts& other);
    [[nodiscard]] const TimeCounts& of(ServiceMeasure measure) const {
        return times.at(static_cast<std::size_t>(measure));
    }
    [[nodiscard]] std::int64_t endedUnanswered() const { return unanswered.count() + unanswered.clockSteps(); }
    /// Those that arrived, for whatever reason they are in the figures or not.
    [[nodiscard]] std::int64_t arrived() const { return counted + tests + storms + calledOff + endedUnanswered(); }
    bool operator==(const ServiceCounts&) const = default;
};

/// The rules of counting as sentences, for the screen and the head of a file.
[[nodiscard]] std::span<const std::string_view> serviceRules();

}  // namespace leedswatch::response
