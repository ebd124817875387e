#include "response/activations.h"

#include <algorithm>

namespace leedswatch::response {

namespace {

using Key = long long;

/// What the statements of this file bind of one.
struct BoundActivation {
    explicit BoundActivation(const Activation& from)
        : premises{from.premises.value()},
          panel{from.panel.value()},
          at{base::toStored(from.at)},
          alarmClass{infoOf(from.alarmClass).code} {}
    Key premises;
    Key panel;
    Key at;
    std::string alarmClass;
};

}  // namespace

void insertActivation(soci::session& sql, const Activation& activation) {
    const BoundActivation bound{activation};
    sql << "INSERT INTO activation (premises_id, class, at, panel_id, code, area, address) VALUES (:premises, :class, "
           ":at, :panel, :code, :area, :address)",
        soci::use(bound.premises, "premises"), soci::use(bound.alarmClass, "class"), soci::use(bound.at, "at"),
        soci::use(bound.panel, "panel"), soci::use(activation.code, "code"), soci::use(activation.area, "area"),
        soci::use(activation.address, "address");
}

std::optional<Activation> findOtherDetector(soci::session& sql, const Activation& activation, base::UtcTime from,
                                            std::optional<AlarmClass> other) {
    const BoundActivation bound{activation};
    const std::string second{other ? infoOf(*other).code : bound.alarmClass};
    const Key since = base::toStored(from);
    Activation found = activation;
    std::string alarmClass;
    Key at = 0;
    Key panel = 0;
    sql << "SELECT class, at, panel_id, code, area, address FROM activation WHERE premises_id = :premises AND class IN "
           "(:class, :second) AND at BETWEEN :from AND :at AND NOT (class = :class AND panel_id = :panel AND area = "
           ":area AND address = :address) ORDER BY at DESC LIMIT 1",
        soci::use(bound.premises, "premises"), soci::use(bound.alarmClass, "class"), soci::use(second, "second"),
        soci::use(since, "from"), soci::use(bound.at, "at"), soci::use(bound.panel, "panel"),
        soci::use(activation.area, "area"), soci::use(activation.address, "address"), soci::into(alarmClass),
        soci::into(at), soci::into(panel), soci::into(found.code), soci::into(found.area), soci::into(found.address);
    if (!sql.got_data()) {
        return std::nullopt;
    }
    found.alarmClass = alarmClassFrom(alarmClass).value_or(activation.alarmClass);
    found.at = base::fromStored(at);
    found.panel = estate::PanelId{panel};
    return found;
}

std::vector<base::UtcTime> timesOfSame(soci::session& sql, const Activation& activation, base::UtcTime from, int most) {
    const BoundActivation bound{activation};
    const Key since = base::toStored(from);
    std::vector<base::UtcTime> times;
    Key at = 0;
    soci::statement statement =
        (sql.prepare << "SELECT at FROM activation WHERE premises_id = :premises AND class = :class AND at >= :from "
                        "AND panel_id = :panel AND code = :code AND area = :area AND address = :address ORDER BY at "
                        "DESC LIMIT :most",
         soci::use(bound.premises, "premises"), soci::use(bound.alarmClass, "class"), soci::use(since, "from"),
         soci::use(bound.panel, "panel"), soci::use(activation.code, "code"), soci::use(activation.area, "area"),
         soci::use(activation.address, "address"), soci::use(most, "most"), soci::into(at));
    statement.execute();
    while (statement.fetch()) {
        times.push_back(base::fromStored(at));
    }
    return times;
}

std::vector<Detector> detectorsSince(soci::session& sql, estate::PremisesId premises, AlarmClass alarmClass,
                                     base::UtcTime from) {
    const Key key = premises.value();
    const std::string name{infoOf(alarmClass).code};
    const Key since = base::toStored(from);
    std::vector<Detector> detectors;
    Detector detector;
    soci::statement statement =
        (sql.prepare << "SELECT DISTINCT area, address FROM activation WHERE premises_id = :premises AND class = "
                        ":class AND at >= :from",
         soci::use(key, "premises"), soci::use(name, "class"), soci::use(since, "from"), soci::into(detector.area),
         soci::into(detector.address));
    statement.execute();
    while (statement.fetch()) {
        detectors.push_back(detector);
    }
    return detectors;
}

int countPremises(soci::session& sql, AlarmClass alarmClass, base::UtcTime from) {
    const std::string name{infoOf(alarmClass).code};
    const Key since = base::toStored(from);
    int count = 0;
    sql << "SELECT count(DISTINCT premises_id) FROM activation WHERE at > :from AND class = :class",
        soci::use(since, "from"), soci::use(name, "class"), soci::into(count);
    return count;
}

void forgetActivations(soci::session& sql, base::UtcTime before) {
    const Key until = base::toStored(before);
    sql << "DELETE FROM activation WHERE at < :until", soci::use(until, "until");
}

bool isRunaway(const std::vector<base::UtcTime>& times, const ResponsePolicy& policy) {
    if (times.empty()) {
        return false;
    }
    const base::UtcTime windowBegin = times.front() - policy.minutes(PolicySetting::RunawayWindow);
    const auto inWindow = std::ranges::count_if(times, [&](base::UtcTime time) { return time > windowBegin; });
    if (inWindow > policy[PolicySetting::RunawayCount]) {
        return true;
    }
    const auto size = static_cast<double>(policy[PolicySetting::RunawayBucket]);
    const base::Microseconds refill = policy.minutes(PolicySetting::RunawayRefill);
    double level = size;
    base::UtcTime before = times.back();
    for (auto time = times.rbegin(); time != times.rend(); ++time) {
        level =
            std::min(size, level + static_cast<double>((*time - before).count()) / static_cast<double>(refill.count()));
        level -= 1;
        before = *time;
    }
    return level < 0;
}

}  // namespace leedswatch::response
