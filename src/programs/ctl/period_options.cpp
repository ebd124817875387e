#include "programs/ctl/period_options.h"

#include "base/local_time.h"

namespace leedswatch::ctl {

using namespace std::chrono_literals;

void addPeriodOptions(CLI::App& command, PeriodOptions& options, const std::string& before) {
    command
        .add_option(
            "--from", options.from,
            "From this time on (Europe/London if it has no offset); " + before + " before --to if it is not named")
        ->type_name("TIME");
    command.add_option("--to", options.to, "Before this time; now if it is not named")->type_name("TIME");
}

base::Result<video::TimeRange> periodOf(const Session& session, const PeriodOptions& options,
                                        base::Microseconds usual) {
    video::TimeRange period;
    period.end = session.clock.now() + 1s;
    if (!options.to.empty()) {
        TRY_ASSIGN(period.end, base::parseTime(options.to));
    }
    period.begin = period.end - usual;
    if (!options.from.empty()) {
        TRY_ASSIGN(period.begin, base::parseTime(options.from));
    }
    if (period.begin >= period.end) {
        return base::fail(base::ErrorCode::InvalidInput, "the period ends, " + base::formatLocal(period.end) +
                                                             ", before it begins, " + base::formatLocal(period.begin));
    }
    return period;
}

}  // namespace leedswatch::ctl
