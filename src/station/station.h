#pragma once

#include "alarm/alarm_port.h"
#include "alarm/mlr2_port.h"
#include "base/clock.h"
#include "base/file.h"
#include "station/camera_supervisor.h"
#include "store/change_feed.h"

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <thread>

namespace leedswatch::station {

struct StationSettings {
    std::filesystem::path dataFolder;
    std::string relayAddress = "127.0.0.1";
    int relayPort = 8554;  ///< 0 takes a free one
    video::RecorderSettings recorder;
    std::optional<alarm::AlarmPortSettings> alarms;  ///< none: no alarms are received
    alarm::Mlr2PortSettings receivers = {};          ///< that report for their panels; heard where alarms are
};

/// The service put together. It holds the data folder's lock, so there is one for a folder; it finishes what an earlier
/// one left in hand, then records and relays every enabled camera of the estate and follows changes of the list while
/// it runs, and receives alarms. Its destructor stops everything in order: streams, files in hand, durable rows, relay.
class Station {
public:
    /// `openSource` is for tests; empty: by the address. Errors: Busy (another station; the message names its process),
    /// those of store::Database::open, Busy if the relay's port is taken.
    [[nodiscard]] static base::Result<std::unique_ptr<Station>> start(const StationSettings& settings,
                                                                      const base::Clock& clock,
                                                                      OpenSource openSource = {});
    virtual ~Station() = default;

    [[nodiscard]] virtual int relayPort() const = 0;
    /// Where alarms are received; 0 if they are not.
    [[nodiscard]] virtual int alarmPort() const = 0;
};

}  // namespace leedswatch::station
