#include "station/archive_watch.h"

#include "base/local_time.h"

#include <spdlog/fmt/fmt.h>
#include <spdlog/spdlog.h>

namespace leedswatch::station {
namespace {

constexpr std::chrono::seconds kEvery{2};
constexpr std::chrono::seconds kHangs{15};
constexpr std::chrono::hours kWarning{48};

std::string gigabytes(std::int64_t bytes) {
    return fmt::format("{:.1f} GB", static_cast<double>(bytes) / 1e9);
}

bool hangs(std::optional<base::SteadyTime> busySince, base::SteadyTime now) {
    return busySince && now - *busySince > kHangs;
}

ArchiveFault fullFault(const VolumeReport& report, const std::string& object) {
    return {"volume-full", object,
            fmt::format("{} is full down to its reserve of {}: its cameras are NOT being recorded", object,
                        gigabytes(report.reserve)),
            "Free some space, give the volume a larger disk, or have an administrator shorten the retention; held and "
            "promised footage is never deleted for it."};
}

ArchiveFault forecastFault(const VolumeReport& report, const std::string& object) {
    const auto& forecast = *report.forecast;
    return {"volume-forecast", object,
            fmt::format(
                "{} will be full on {} at about {}: it takes {} a day", object, base::formatLocalDate(*forecast.fullAt),
                base::formatLocalTimeOfDay(*forecast.fullAt).substr(0, 2) + ":00", gigabytes(forecast.bytesADay)),
            fmt::format("The disk can keep {} days of its cameras. Add disk, move cameras to another volume, or have "
                        "an administrator shorten the retention before then.",
                        forecast.daysPossible)};
}

}  // namespace

const std::vector<std::string>& archiveFaultKinds() {
    static const std::vector<std::string> kinds{"volume-failed", "volume-hangs", "volume-full", "volume-forecast",
                                                "clock-jumped"};
    return kinds;
}

std::vector<ArchiveFault> faultsOf(const VolumeReport& report, const video::ArchiveWriter::VolumeState& writing,
                                   base::UtcTime now, base::SteadyTime steadyNow) {
    const std::string object = "volume " + report.volume.name;
    std::vector<ArchiveFault> faults;
    if (hangs(report.busySince, steadyNow) || hangs(writing.busySince, steadyNow)) {
        faults.push_back(
            {"volume-hangs", object,
             object + " (" + report.volume.folder.string() + ") does not answer: its cameras are NOT being recorded",
             "Check the disk and its cable or network; recording goes on by itself when it answers. Other "
             "volumes are not affected."});
    }
    const bool isFull = writing.failure && writing.failure->code == base::ErrorCode::StorageFull;
    const auto failure = report.failure ? report.failure : isFull ? std::nullopt : writing.failure;
    if (failure) {
        faults.push_back(
            {"volume-failed", object, failure->message + ": its cameras are NOT being recorded",
             "Mount the disk again or replace it; recording goes on by itself when it works. Other volumes "
             "are not affected."});
    }
    if (report.isClosed || (isFull && !report.failure)) {
        faults.push_back(fullFault(report, object));
    } else if (report.forecast && report.forecast->fullAt && *report.forecast->fullAt <= now + kWarning) {
        faults.push_back(forecastFault(report, object));
    }
    if (report.clockJumped) {
        faults.push_back({"clock-jumped", object,
                          "The station's clock was set forward by more than an hour: nothing is deleted for a day",
                          "Check that the date is right (timedatectl). If it is wrong, set it before a day is over."});
    }
    return faults;
}

ArchiveWatch::ArchiveWatch(estate::FaultRegister& faults, const base::Clock& clock, Look look)
    : m_faults{faults}, m_clock{clock}, m_look{std::move(look)} {}

ArchiveWatch::~ArchiveWatch() {
    m_thread.request_stop();
}

void ArchiveWatch::start() {
    m_thread = std::jthread{[this](const std::stop_token& stop) { run(stop); }};
}

void ArchiveWatch::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        watch();
        std::unique_lock lock{m_mutex};
        m_wake.wait_for(lock, stop, kEvery, [] { return false; });
    }
}

// What could not be written is not remembered as told, so the next round tries again. In the first round nothing is
// known of what an earlier station left open: every kind that is not found is ended.
void ArchiveWatch::watch() {
    std::map<std::pair<std::string, std::string>, ArchiveFault> found;
    std::vector<std::string> objects;
    for (const Volume& volume : m_look()) {
        objects.push_back("volume " + volume.report.volume.name);
        for (ArchiveFault& fault : faultsOf(volume.report, volume.writing, m_clock.now(), m_clock.steadyNow())) {
            auto key = std::pair{fault.kind, fault.object};
            found.emplace(std::move(key), std::move(fault));
        }
    }
    for (const std::string& object : objects) {
        for (const std::string& kind : archiveFaultKinds()) {
            const auto key = std::pair{kind, object};
            const auto fault = found.find(key);
            const auto told = m_told.find(key);
            base::Result<void> written;
            if (fault != found.end() && (told == m_told.end() || told->second != fault->second)) {
                written = m_faults.raise(kind, object, fault->second.cause, fault->second.message);
                if (written) {
                    m_told.insert_or_assign(key, fault->second);
                }
            } else if (fault == found.end() && (m_first || told != m_told.end())) {
                written = m_faults.end(kind, object);
                if (written) {
                    m_told.erase(key);
                }
            }
            if (!written) {
                spdlog::error("a fault of {} is not written: {}", object, written.error().message);
            }
        }
    }
    m_first = false;
}

}  // namespace leedswatch::station
