#include "programs/ctl/quality_command.h"

#include "analytics/quality_history.h"
#include "base/local_time.h"
#include "programs/ctl/cameras_by_number.h"
#include "programs/ctl/period_options.h"

#include <spdlog/fmt/fmt.h>

namespace leedswatch::ctl {
namespace {

constexpr auto usualHistory = std::chrono::days{7};

struct QualityOptions {
    int camera = 0;
    PeriodOptions period;
};

nlohmann::json jsonOf(const analytics::QualityReading& reading) {
    const analytics::PictureQuality& quality = reading.quality;
    return {{"time", base::formatUtc(reading.time)},
            {"sharpness", quality.sharpness},
            {"exposure", quality.exposure},
            {"clipped", quality.clipped},
            {"contrast", quality.contrast},
            {"noise", quality.noise},
            {"cast", {{"red", quality.redCast}, {"green", quality.greenCast}, {"blue", quality.blueCast}}}};
}

base::Result<ExitCode> showQuality(Session& session, const QualityOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY(access::require(acting, access::Right::WatchLive));
    TRY_ASSIGN(const auto cameras, camerasNamed(*database, std::vector{options.camera}));
    TRY_ASSIGN(const auto period, periodOf(session, options.period, usualHistory));
    TRY_ASSIGN(const auto readings,
               analytics::QualityHistory{*database}.of(cameras.front().id, period.begin, period.end));
    auto document = nlohmann::json::array();
    Table table{{"read at", "sharpness", "exposure", "clipped", "contrast", "noise", "red", "green", "blue"}};
    for (const analytics::QualityReading& reading : readings) {
        const analytics::PictureQuality& quality = reading.quality;
        document.push_back(jsonOf(reading));
        table.add({base::formatLocal(reading.time), fmt::format("{:.3f}", quality.sharpness),
                   fmt::format("{:.0f} %", 100 * quality.exposure), fmt::format("{:.0f} %", 100 * quality.clipped),
                   fmt::format("{:.3f}", quality.contrast), fmt::format("{:.1f}", quality.noise),
                   fmt::format("{:+.1f}", quality.redCast), fmt::format("{:+.1f}", quality.greenCast),
                   fmt::format("{:+.1f}", quality.blueCast)});
    }
    session.show({{"readings", std::move(document)}},
                 readings.empty() ? "There is no reading of that camera's picture in this time." : table.text());
    return ExitCode::Good;
}

}  // namespace

void addQualityCommand(CLI::App& cameras, Session& session, Command& chosen) {
    const auto options = std::make_shared<QualityOptions>();
    auto* quality = cameras.add_subcommand("quality", "How good a camera's picture was, read once an hour");
    quality->add_option("--camera", options->camera, "The camera's number")
        ->type_name("NUMBER")
        ->check(CLI::Range(1, 99999))
        ->required();
    addPeriodOptions(*quality, options->period, "the week");
    onCommand(*quality, chosen, [&session, options] { return showQuality(session, *options); });
}

}  // namespace leedswatch::ctl
