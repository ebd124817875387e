#pragma once

#include "estate/camera.h"
#include "station/measurement_board.h"
#include "station/motion_watch.h"
#include "station/neighbourhood.h"
#include "station/relay_feed.h"
#include "station/status_board.h"
#include "station/stream_reader.h"
#include "video/archive_writer.h"

#include <memory>
#include <mutex>

namespace leedswatch::station {

/// What every supervisor of a station uses.
struct SupervisorServices {
    video::ArchiveWriter& archive;
    StatusBoard& statuses;
    MeasurementBoard& measurements;
    Neighbourhood& neighbours;
    const base::Clock& clock;
    const Relay* relay = nullptr;  ///< none: nothing is relayed
    OpenSource openSource;
    MotionWatch* motion = nullptr;  ///< none: nothing is watched
};

/// A camera as the estate has it, with what it takes to connect.
struct SupervisedCamera {
    estate::Camera camera;
    std::string password;
    bool operator==(const SupervisedCamera&) const = default;
};

/// One camera's life on the station: its main stream is recorded and relayed, its sub stream relayed, and its state
/// told when it changes. A thread for each stream; they share nothing with other cameras' but the services.
class CameraSupervisor {
public:
    CameraSupervisor(SupervisedCamera camera, SupervisorServices services);
    /// Stops and waits until the file in hand is ended.
    ~CameraSupervisor();
    CameraSupervisor(const CameraSupervisor&) = delete;
    CameraSupervisor& operator=(const CameraSupervisor&) = delete;

    /// Returns at once; so many cameras stop together.
    void requestStop();
    [[nodiscard]] const SupervisedCamera& camera() const { return m_camera; }

private:
    class MainStream;
    class SubStream;

    const SupervisedCamera m_camera;
    const SupervisorServices m_services;
    std::shared_ptr<MotionFeed> m_motion;  ///< of the smaller stream; null: it is not watched
    // Last, so that their threads end before what they use.
    std::unique_ptr<MainStream> m_main;
    std::unique_ptr<SubStream> m_sub;
};

}  // namespace leedswatch::station
