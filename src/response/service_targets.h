#pragma once

#include "access/person.h"
#include "response/service_times.h"
#include "store/database.h"

#include <chrono>
#include <string>
#include <vector>

namespace leedswatch::response {

/// So many of 1,000 alarms within so long, from when the room could begin.
struct ServiceTarget {
    ServiceMeasure measure = ServiceMeasure::Acted;
    int perMille = 0;
    std::chrono::seconds within{0};
    bool operator==(const ServiceTarget&) const = default;
};

/// The targets of a class for alarms that arrive from a moment on. None at all: the class is not judged.
struct ServiceTargetSet {
    AlarmClass alarmClass = AlarmClass::Unknown;
    base::UtcTime holdsFrom{};
    base::UtcTime made{};
    std::string madeBy = {};  ///< user name, or "standard"
    std::vector<ServiceTarget> targets = {};
};

/// "80 %", "98.5 %".
[[nodiscard]] std::string shareText(int perMille);

/// The targets of the classes and all that they ever were: a change holds for alarms that arrive later, so that nobody
/// judges a past month otherwise than it was judged then. Thread-safe. Topic of the change feed: "service_targets".
class ServiceTargets {
public:
    static constexpr int mostOfClass = 8;

    explicit ServiceTargets(store::Database& database) : m_database{database} {}

    /// All that were, are and will be, by class and then by when they hold from. Error: NotPermitted.
    [[nodiscard]] base::Result<std::vector<ServiceTargetSet>> history(const access::Acting& acting);
    /// In the place of the class's, from `holdsFrom` on. Errors: NotPermitted; InvalidInput (it lies in the past or
    /// more than a year ahead, a share is not from 0.1 to 100 %, a time not from a second to a day, a larger share has
    /// the shorter time, or one is there twice); the message says which.
    [[nodiscard]] base::Result<void> set(const access::Acting& acting, AlarmClass alarmClass,
                                         const std::vector<ServiceTarget>& targets, base::UtcTime holdsFrom);

    /// In a reading of the caller's. Throws soci::soci_error.
    [[nodiscard]] static std::vector<ServiceTargetSet> select(soci::session& sql);

private:
    store::Database& m_database;
};

/// The set of the class that holds for an alarm that arrived then; null: none did. `history` as the service gives it.
[[nodiscard]] const ServiceTargetSet* targetsAt(const std::vector<ServiceTargetSet>& history, AlarmClass alarmClass,
                                                base::UtcTime arrived);

/// "acted:98.5:60": a measure, a share in percent with one decimal at most, seconds. Error: InvalidInput shows how.
[[nodiscard]] base::Result<ServiceTarget> parseServiceTarget(std::string_view text);
[[nodiscard]] std::string textOf(const ServiceTarget& target);

}  // namespace leedswatch::response
