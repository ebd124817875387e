#include "programs/ctl/figures_json.h"

#include "base/local_time.h"
#include "response/service_words.h"

namespace leedswatch::ctl {
namespace {

using nlohmann::json;

json secondsOrNull(std::optional<base::Microseconds> length) {
    return length ? json(static_cast<double>(length->count()) / 1e6) : json(nullptr);
}

json timeOrNull(std::optional<base::UtcTime> time) {
    return time ? json(base::formatUtc(*time)) : json(nullptr);
}

json jsonOfTimes(const response::TimeCounts& times) {
    return {{"count", times.count()},
            {"p50", secondsOrNull(times.percentile(500))},
            {"p80", secondsOrNull(times.percentile(800))},
            {"p95", secondsOrNull(times.percentile(950))},
            {"p98_5", secondsOrNull(times.percentile(985))},
            {"longest", secondsOrNull(times.longest())},
            {"clock_steps", times.clockSteps()}};
}

json jsonOfClass(const response::ClassFigures& figures) {
    const response::ServiceCounts& counts = figures.counts;
    json document{
        {"class", figures.alarmClass ? json(infoOf(*figures.alarmClass).code) : json("all")},
        {"arrived", counts.arrived() + figures.open.held + figures.open.tests},
        {"counted", counts.counted},
        {"tests", counts.tests},
        {"storms", counts.storms},
        {"called_off", counts.calledOff},
        {"unanswered", {{"count", counts.endedUnanswered()}, {"longest", secondsOrNull(counts.unanswered.longest())}}},
        {"held", jsonOfTimes(counts.held)},
        {"open",
         {{"count", figures.open.count},
          {"not_taken", figures.open.untaken},
          {"held", figures.open.held},
          {"on_test", figures.open.tests},
          {"oldest", timeOrNull(figures.open.oldest)}}},
        {"targets", json::array()}};
    for (const auto& info : response::serviceMeasures()) {
        document["times"][std::string{info.name}] = jsonOfTimes(counts.of(info.measure));
    }
    for (const response::TargetResult& result : figures.targets) {
        document["targets"].push_back({{"target", textOf(result.target)},
                                       {"holds_from", base::formatUtc(result.holdsFrom)},
                                       {"within", result.within},
                                       {"of", result.of},
                                       {"late_open", result.lateOpen},
                                       {"verdict", nameOf(result.verdict())}});
    }
    return document;
}

json jsonOfShift(const response::ShiftFigures& shift) {
    return {{"shift", shift.name},
            {"begins", shift.span ? json(base::formatUtc(shift.span->begin)) : json(nullptr)},
            {"ends", shift.span ? json(base::formatUtc(shift.span->end)) : json(nullptr)},
            {"shifts", shift.shifts},
            {"seconds", shift.length.count()},
            {"arrived", shift.arrived},
            {"counted", shift.counted},
            {"acted", jsonOfTimes(shift.acted)},
            {"judged", shift.judged},
            {"late", shift.late},
            {"taken", shift.taken},
            {"operators", shift.operators},
            {"most_in_ten_minutes", shift.mostTaken}};
}

json jsonOfOperator(const response::OperatorFigures& who, const std::string& name) {
    return {
        {"operator", name},       {"taken", who.taken}, {"shifts", who.shifts},          {"ten_minutes", who.windows},
        {"above_one", who.above}, {"most", who.most},   {"worst", timeOrNull(who.worst)}};
}

json jsonOfDecided(const response::DecidedAlarms& decided) {
    return {{"alarms", decided.alarms}, {"false", decided.falseOnes}, {"police", decided.falsePolice}};
}

json headOf(const response::ServicePeriod& period, base::UtcTime made, const std::string& madeBy) {
    json head{{"from", base::formatUtc(period.from)},
              {"until", base::formatUtc(period.until)},
              {"made", base::formatUtc(made)},
              {"by", madeBy},
              {"rules", json::array()}};
    for (const std::string_view rule : response::serviceRules()) {
        head["rules"].push_back(rule);
    }
    return head;
}

}  // namespace

nlohmann::json jsonOfReport(const response::ServiceReport& report, response::ServiceView view) {
    json document = headOf(report.period, report.made, report.madeBy);
    switch (view) {
        case response::ServiceView::Classes:
            document["classes"] = json::array({jsonOfClass(report.all)});
            for (const auto& figures : report.classes) {
                document["classes"].push_back(jsonOfClass(figures));
            }
            break;
        case response::ServiceView::Shifts:
            document["shifts"] = json::array();
            document["by_name"] = json::array();
            for (const auto& shift : report.shifts) {
                document["shifts"].push_back(jsonOfShift(shift));
            }
            for (const auto& shift : report.shiftsByName) {
                document["by_name"].push_back(jsonOfShift(shift));
            }
            break;
        case response::ServiceView::Operators:
            document["operators"] = json::array({jsonOfOperator(report.room, "all")});
            for (const auto& who : report.operators) {
                document["operators"].push_back(jsonOfOperator(who, who.username));
            }
            break;
        case response::ServiceView::Hours:
            document["hours"] = json::array();
            for (const auto& hour : report.hours) {
                document["hours"].push_back({{"arrived", hour.arrived}, {"hours", hour.hours}});
            }
            break;
        case response::ServiceView::Premises: break;
    }
    return document;
}

nlohmann::json jsonOfFalseAlarms(const response::FalseAlarmReport& report) {
    json document = headOf(report.period, report.made, report.madeBy);
    document["premises_connected"] = report.premises;
    document["rate"] = report.rate();
    document["all"] = jsonOfDecided(report.all);
    for (const auto& [alarmClass, decided] : report.classes) {
        document["classes"][std::string{infoOf(alarmClass).code}] = jsonOfDecided(decided);
    }
    document["premises"] = json::array();
    for (const response::PremisesFalseAlarms& premises : report.ranked) {
        json one = jsonOfDecided(premises.all);
        one["premises"] = premises.reference;
        one["name"] = premises.name;
        one["causes"] = premises.causes;
        for (const auto& [alarmClass, decided] : premises.classes) {
            one["classes"][std::string{infoOf(alarmClass).code}] = jsonOfDecided(decided);
        }
        document["premises"].push_back(std::move(one));
    }
    return document;
}

}  // namespace leedswatch::ctl
