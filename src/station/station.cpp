#include "station/station.h"

#include "station/alarm_desk.h"
#include "station/alarm_receiving.h"
#include "station/archive_keeper.h"
#include "station/audit_keeper.h"
#include "station/test_keeper.h"
#include "video/relay_address.h"

#include <spdlog/spdlog.h>
#include <unistd.h>

#include <condition_variable>
#include <mutex>

namespace leedswatch::station {
namespace {

constexpr std::chrono::seconds kHousekeeping{10};

base::Result<base::FileLock> lockFolder(const std::filesystem::path& folder) {
    TRY(base::createFolders(folder / "run"));
    auto lock = base::FileLock::acquire(folder / "run" / "station.lock");
    if (!lock && lock.error().code == base::ErrorCode::Busy) {
        return base::fail(base::ErrorCode::Busy, "another station already serves " + folder.string() +
                                                     "; stop it first (" + lock.error().message + ")");
    }
    return lock;
}

base::Result<void> recover(ArchiveKeeper& archive, AuditKeeper& keeper) {
    TRY_ASSIGN(const auto report, archive.recover());
    for (const std::string& problem : report.problems) {
        spdlog::error("{}", problem);
    }
    if (report.left.size() > report.problems.size()) {
        spdlog::info("{} more files of the last run are finished while recording goes on",
                     report.left.size() - report.problems.size());
    }
    if (report.recovered > 0 || report.removed > 0) {
        spdlog::warn(
            "the last station did not stop properly: {} files were finished, {} empty ones removed, {} bytes cut",
            report.recovered, report.removed, report.cutBytes);
        keeper.note("archive.recovered", "archive",
                    {{"recovered", report.recovered}, {"removed", report.removed}, {"cut_bytes", report.cutBytes}});
    }
    return {};
}

class RunningStation final : public Station {
public:
    RunningStation(base::FileLock lock, std::unique_ptr<store::Database> database,
                   std::unique_ptr<store::ChangeFeed> feed, std::unique_ptr<rtsp::Server> relayServer,
                   const StationSettings& settings, const base::Clock& clock, OpenSource openSource)
        : m_lock{std::move(lock)},
          m_database{std::move(database)},
          m_feed{std::move(feed)},
          m_relayServer{std::move(relayServer)},
          m_cameras{*m_database},
          m_relay{*m_relayServer, {"relay", base::toHex(base::randomBytes(16))}},
          m_keeper{*m_database, clock},
          m_statuses{m_cameras, clock},
          m_measured{*m_database},
          m_measurements{m_measured, clock},
          m_archive{*m_database, clock, settings.recorder},
          m_motion{*m_database, clock},
          m_alarmDesk{*m_database, clock},
          m_testKeeper{*m_database, clock},
          m_alarms{*m_database, clock, settings.alarms, settings.receivers},
          m_services{m_archive.writer(),    m_statuses, m_measurements, m_neighbours, clock, &m_relay,
                     std::move(openSource), &m_motion} {}

    ~RunningStation() override {
        m_subscription.reset();
        m_housekeeper.request_stop();
        if (m_housekeeper.joinable()) {
            m_housekeeper.join();
        }
        m_alarms.stop();
        m_alarmDesk.stop();
        m_testKeeper.stop();
        for (auto& [id, supervisor] : m_supervisors) {
            supervisor->requestStop();
        }
        if (!m_started) {
            return;
        }
        std::vector<estate::CameraId> cameras;
        for (const auto& [id, supervisor] : m_supervisors) {
            cameras.push_back(id);
        }
        m_supervisors.clear();
        for (const auto id : cameras) {
            m_statuses.set({id, estate::CameraState::Offline, estate::LossCause::None, "the station was stopped", {}});
        }
        m_archive.writer().drain();
        std::error_code ignored;
        std::filesystem::remove(m_database->folder() / "run" / "station.json", ignored);
        m_keeper.seal();
        m_keeper.note("station.stopped", "station", {{"pid", ::getpid()}});
        m_keeper.sign();
    }
    RunningStation(const RunningStation&) = delete;
    RunningStation& operator=(const RunningStation&) = delete;

    base::Result<void> begin() {
        TRY(m_archive.open());
        TRY(recover(m_archive, m_keeper));
        TRY(m_archive.start(*m_feed));
        TRY(m_motion.start(*m_feed));
        m_alarmDesk.start(*m_feed);
        m_testKeeper.start();
        TRY(m_alarms.start(*m_feed));
        TRY(video::writeRelayAddress(
            m_database->folder(),
            {::getpid(), m_relayServer->port(), m_relay.credentials.username, m_relay.credentials.password}));
        m_keeper.note("station.started", "station", {{"pid", ::getpid()}});
        m_started = true;
        TRY(followCameras());
        m_subscription = m_feed->subscribe({"cameras"}, [this] {
            const std::scoped_lock lock{m_mutex};
            m_camerasChanged = true;
            m_wake.notify_all();
        });
        m_housekeeper = std::jthread{[this](const std::stop_token& stop) { keepHouse(stop); }};
        return {};
    }

    int relayPort() const override { return m_relayServer->port(); }
    int alarmPort() const override { return m_alarms.port(); }

private:
    void keepHouse(const std::stop_token& stop) {
        bool retry = false;
        while (!stop.stop_requested()) {
            bool changed = retry;
            {
                std::unique_lock lock{m_mutex};
                m_wake.wait_for(lock, stop, kHousekeeping, [this] { return m_camerasChanged; });
                changed = std::exchange(m_camerasChanged, false) || changed;
            }
            if (stop.stop_requested()) {
                return;
            }
            if (changed) {
                const auto followed = followCameras();
                retry = !followed;
                if (!followed) {
                    spdlog::error("the list of cameras cannot be read: {}", followed.error().message);
                }
            }
            m_alarms.keep();
            m_keeper.keep();
        }
    }

    base::Result<std::map<estate::CameraId, SupervisedCamera>> wantedCameras() {
        TRY_ASSIGN(auto list, m_cameras.list());
        std::map<estate::CameraId, SupervisedCamera> wanted;
        m_switchedOff.clear();
        for (estate::Camera& camera : list) {
            if (!camera.enabled) {
                m_statuses.set({camera.id, estate::CameraState::Disabled, estate::LossCause::None, "switched off", {}});
                m_switchedOff.push_back(camera.id);
                continue;
            }
            auto password = m_cameras.passwordOf(camera.id);
            if (!password) {
                spdlog::error("camera {} has no readable password: {}", camera.number, password.error().message);
            }
            const auto id = camera.id;
            wanted.emplace(id, SupervisedCamera{std::move(camera), password.value_or("")});
        }
        return wanted;
    }

    // A camera that is new, changed or gone takes effect; the others are not touched.
    base::Result<void> followCameras() {
        TRY_ASSIGN(auto wanted, wantedCameras());
        const auto isOutdated = [&wanted](const auto& running) {
            const auto found = wanted.find(running.first);
            return found == wanted.end() || connectsOtherwise(found->second, running.second->camera());
        };
        for (auto& running : m_supervisors) {
            if (isOutdated(running)) {
                running.second->requestStop();
            }
        }
        std::erase_if(m_supervisors, isOutdated);
        for (auto& [id, camera] : wanted) {
            if (!m_supervisors.contains(id)) {
                m_supervisors.emplace(id, std::make_unique<CameraSupervisor>(std::move(camera), m_services));
            }
        }
        // Behind the end of their files, so that what is missing from then on is not the station's doing.
        video::SegmentIndex index{*m_database};
        for (const estate::CameraId id : m_switchedOff) {
            video::GapLog{index, id}.continueWith(m_database->clock().now(), video::GapCause::Disabled);
        }
        return {};
    }

    // A new name or site is no reason to break a recording.
    static bool connectsOtherwise(SupervisedCamera a, const SupervisedCamera& b) {
        a.camera.name = b.camera.name;
        a.camera.site = b.camera.site;
        a.camera.retentionDays = b.camera.retentionDays;
        return a != b;
    }

    bool m_started = false;
    base::FileLock m_lock;
    std::unique_ptr<store::Database> m_database;
    std::unique_ptr<store::ChangeFeed> m_feed;
    std::unique_ptr<rtsp::Server> m_relayServer;
    estate::CameraRegistry m_cameras;
    const Relay m_relay;
    AuditKeeper m_keeper;
    StatusBoard m_statuses;
    estate::StreamMeasurements m_measured;
    MeasurementBoard m_measurements;
    Neighbourhood m_neighbours;
    ArchiveKeeper m_archive;
    MotionWatch m_motion;
    AlarmDesk m_alarmDesk;
    TestKeeper m_testKeeper;
    AlarmReceiving m_alarms;
    const SupervisorServices m_services;
    // The starting thread, then the housekeeper's only.
    std::map<estate::CameraId, std::unique_ptr<CameraSupervisor>> m_supervisors;
    std::vector<estate::CameraId> m_switchedOff;
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    // Guarded by m_mutex.
    bool m_camerasChanged = false;

    base::Subscription m_subscription;
    std::jthread m_housekeeper;
};

}  // namespace

base::Result<std::unique_ptr<Station>> Station::start(const StationSettings& settings, const base::Clock& clock,
                                                      OpenSource openSource) {
    TRY_ASSIGN(auto lock, lockFolder(settings.dataFolder));
    TRY_ASSIGN(auto database, store::Database::open(settings.dataFolder, clock));
    TRY_ASSIGN(auto feed, store::ChangeFeed::open(*database));
    TRY_ASSIGN(auto relay, rtsp::Server::start(settings.relayAddress, settings.relayPort));
    if (!openSource) {
        video::SourceSettings sources;
        sources.cameraAuthorities = settings.dataFolder / "keys" / "camera-ca.pem";
        openSource = openSources(clock, std::move(sources));
    }
    auto station = std::make_unique<RunningStation>(std::move(lock), std::move(database), std::move(feed),
                                                    std::move(relay), settings, clock, std::move(openSource));
    TRY(station->begin());
    return station;
}

}  // namespace leedswatch::station
