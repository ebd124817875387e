#include "response/service_targets.h"

#include "base/local_time.h"

#include <algorithm>
#include <charconv>

namespace leedswatch::response {

namespace {

using base::ErrorCode;
using namespace std::chrono_literals;

constexpr std::chrono::hours furthestAhead{24 * 366};
constexpr std::chrono::seconds longestTarget{86'400};

std::string titleOf(const ServiceTarget& target) {
    return std::string{infoOf(target.measure).title} + ", " + shareText(target.perMille) + " within " +
           std::to_string(target.within.count()) + " s";
}

base::Result<void> checkTarget(const ServiceTarget& target) {
    if (target.perMille < 1 || target.perMille > 1'000) {
        return base::fail(ErrorCode::InvalidInput, "a share is from 0.1 to 100 %");
    }
    if (target.within < 1s || target.within > longestTarget) {
        return base::fail(ErrorCode::InvalidInput, "a target's time is from one second to a day (86,400 seconds)");
    }
    return {};
}

/// Of one measure, a larger share has more time.
base::Result<void> checkPair(const ServiceTarget& one, const ServiceTarget& other) {
    if (one.measure != other.measure) {
        return {};
    }
    if (one.perMille == other.perMille) {
        return base::fail(ErrorCode::InvalidInput,
                          "two targets are for the same share: " + titleOf(one) + ", and " + titleOf(other));
    }
    if ((one.perMille < other.perMille) != (one.within < other.within)) {
        return base::fail(ErrorCode::InvalidInput,
                          "the larger share needs the longer time: " + titleOf(one) + ", and " + titleOf(other));
    }
    return {};
}

base::Result<void> checkTargets(const std::vector<ServiceTarget>& targets) {
    if (targets.size() > ServiceTargets::mostOfClass) {
        return base::fail(ErrorCode::InvalidInput, "a class has eight targets at most");
    }
    for (auto one = targets.begin(); one != targets.end(); ++one) {
        TRY(checkTarget(*one));
        for (auto other = targets.begin(); other != one; ++other) {
            TRY(checkPair(*other, *one));
        }
    }
    return {};
}

void auditTargets(store::Transaction& transaction, const access::Acting& acting, const ServiceTargetSet& set) {
    store::AuditEvent event;
    event.who = acting.username;
    event.workstation = acting.workstation;
    event.action = "service-targets.set";
    event.object = "class " + std::string{infoOf(set.alarmClass).code};
    event.details = {{"holds_from", base::formatUtc(set.holdsFrom)}, {"targets", nlohmann::json::array()}};
    for (const ServiceTarget& target : set.targets) {
        event.details["targets"].push_back(textOf(target));
    }
    transaction.audit(event);
    transaction.notify("service_targets", std::string{infoOf(set.alarmClass).code});
}

void insertTargetSet(soci::session& sql, const ServiceTargetSet& set) {
    const std::string code{infoOf(set.alarmClass).code};
    const long long from = base::toStored(set.holdsFrom);
    const long long made = base::toStored(set.made);
    long long id = 0;
    sql << "INSERT INTO service_target_set (class, holds_from, made, made_by) VALUES (:class, :from, :made, :who) "
           "RETURNING id",
        soci::use(code, "class"), soci::use(from, "from"), soci::use(made, "made"), soci::use(set.madeBy, "who"),
        soci::into(id);
    for (const ServiceTarget& target : set.targets) {
        const std::string measure{infoOf(target.measure).name};
        const long long seconds = target.within.count();
        sql << "INSERT INTO service_target (set_id, measure, share, seconds) VALUES (:id, :measure, :share, :seconds)",
            soci::use(id, "id"), soci::use(measure, "measure"), soci::use(target.perMille, "share"),
            soci::use(seconds, "seconds");
    }
}

}  // namespace

std::string shareText(int perMille) {
    const int rest = perMille % 10;
    return std::to_string(perMille / 10) + (rest == 0 ? "" : "." + std::to_string(rest)) + " %";
}

base::Result<std::vector<ServiceTargetSet>> ServiceTargets::history(const access::Acting& acting) {
    TRY(access::require(acting, access::Right::SeeServiceFigures));
    return m_database.read(
        [](soci::session& sql) -> base::Result<std::vector<ServiceTargetSet>> { return select(sql); });
}

base::Result<void> ServiceTargets::set(const access::Acting& acting, AlarmClass alarmClass,
                                       const std::vector<ServiceTarget>& targets, base::UtcTime holdsFrom) {
    TRY(access::require(acting, access::Right::SetServiceTargets));
    TRY(checkTargets(targets));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        const base::UtcTime now = transaction.now();
        // Whoever typed "now" did so a moment ago.
        if (holdsFrom < now - 1min || holdsFrom > now + furthestAhead) {
            return base::fail(ErrorCode::InvalidInput,
                              "targets hold from now or from a time within the next year, not from " +
                                  base::formatLocal(holdsFrom) + ": the past stays judged by what held then");
        }
        const ServiceTargetSet set{alarmClass, std::max(holdsFrom, now), now, acting.username, targets};
        insertTargetSet(transaction.sql(), set);
        auditTargets(transaction, acting, set);
        return {};
    });
}

std::vector<ServiceTargetSet> ServiceTargets::select(soci::session& sql) {
    std::vector<ServiceTargetSet> sets;
    long long id = 0;
    long long last = 0;
    std::string code;
    long long from = 0;
    long long made = 0;
    std::string madeBy;
    std::string measure;
    soci::indicator hasTarget = soci::i_null;
    int share = 0;
    soci::indicator hasShare = soci::i_null;
    long long seconds = 0;
    soci::indicator hasSeconds = soci::i_null;
    soci::statement statement =
        (sql.prepare << "SELECT s.id, class, holds_from, made, made_by, measure, share, seconds FROM "
                        "service_target_set s LEFT JOIN service_target t ON t.set_id = s.id ORDER BY class, "
                        "holds_from, s.id, measure, share",
         soci::into(id), soci::into(code), soci::into(from), soci::into(made), soci::into(madeBy),
         soci::into(measure, hasTarget), soci::into(share, hasShare), soci::into(seconds, hasSeconds));
    statement.execute();
    while (statement.fetch()) {
        const auto alarmClass = alarmClassFrom(code);
        if (!alarmClass) {
            continue;
        }
        if (id != last) {
            last = id;
            sets.push_back({*alarmClass, base::fromStored(from), base::fromStored(made), madeBy, {}});
        }
        const auto known = hasTarget == soci::i_ok ? serviceMeasureFrom(measure) : std::nullopt;
        if (known) {
            sets.back().targets.push_back({*known, share, std::chrono::seconds{seconds}});
        }
    }
    std::ranges::stable_sort(sets, {}, [](const ServiceTargetSet& set) { return set.alarmClass; });
    return sets;
}

const ServiceTargetSet* targetsAt(const std::vector<ServiceTargetSet>& history, AlarmClass alarmClass,
                                  base::UtcTime arrived) {
    const ServiceTargetSet* found = nullptr;
    for (const ServiceTargetSet& set : history) {
        if (set.alarmClass == alarmClass && set.holdsFrom <= arrived) {
            found = &set;
        }
    }
    return found;
}

base::Result<ServiceTarget> parseServiceTarget(std::string_view text) {
    const auto wrong = base::fail(ErrorCode::InvalidInput,
                                  "'" + std::string{text.substr(0, 40)} +
                                      "' is no target: write it as acted:98.5:60 (presented, accepted, acted or "
                                      "closed; percent; seconds)");
    const auto first = text.find(':');
    const auto second = first == std::string_view::npos ? first : text.find(':', first + 1);
    if (second == std::string_view::npos) {
        return wrong;
    }
    ServiceTarget target;
    const auto measure = serviceMeasureFrom(text.substr(0, first));
    std::string_view share = text.substr(first + 1, second - first - 1);
    const std::string_view seconds = text.substr(second + 1);
    const auto readWhole = [](std::string_view digits, auto& value) {
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        return error == std::errc{} && end == digits.data() + digits.size() && value >= 0;
    };
    int percent = 0;
    int tenth = 0;
    const auto point = share.find('.');
    const bool hasTenth = point != std::string_view::npos;
    const bool isShare = readWhole(share.substr(0, point), percent) && percent <= 100 &&
                         (!hasTenth || (share.size() == point + 2 && readWhole(share.substr(point + 1), tenth)));
    int count = 0;
    if (!measure || !isShare || !readWhole(seconds, count)) {
        return wrong;
    }
    target = {*measure, percent * 10 + tenth, std::chrono::seconds{count}};
    return target;
}

std::string textOf(const ServiceTarget& target) {
    const std::string share = shareText(target.perMille);
    return std::string{infoOf(target.measure).name} + ":" + share.substr(0, share.size() - 2) + ":" +
           std::to_string(target.within.count());
}

}  // namespace leedswatch::response
