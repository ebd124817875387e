#pragma once

#include "estate/fault_register.h"
#include "station/volume_keeper.h"
#include "video/archive_writer.h"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace leedswatch::station {

/// A fault of the archive as it is found now, in words for the people in the room.
struct ArchiveFault {
    std::string kind;
    std::string object;
    std::string cause;
    std::string message;
    bool operator==(const ArchiveFault&) const = default;
};

/// The kinds; each volume has at most one of each.
[[nodiscard]] const std::vector<std::string>& archiveFaultKinds();

/// What is wrong with a volume by what its keeper and its writer say.
[[nodiscard]] std::vector<ArchiveFault> faultsOf(const VolumeReport& report,
                                                 const video::ArchiveWriter::VolumeState& writing, base::UtcTime now,
                                                 base::SteadyTime steadyNow);

/// Turns what keepers and writers report into faults every two seconds. It never touches an archive disk, so a disk
/// that hangs is told too.
class ArchiveWatch {
public:
    struct Volume {
        VolumeReport report;
        video::ArchiveWriter::VolumeState writing;
    };
    using Look = std::function<std::vector<Volume>()>;

    ArchiveWatch(estate::FaultRegister& faults, const base::Clock& clock, Look look);
    ~ArchiveWatch();
    ArchiveWatch(const ArchiveWatch&) = delete;
    ArchiveWatch& operator=(const ArchiveWatch&) = delete;

    void start();
    /// One round.
    void watch();

private:
    void run(const std::stop_token& stop);

    estate::FaultRegister& m_faults;
    const base::Clock& m_clock;
    const Look m_look;
    // The watch's thread only.
    std::map<std::pair<std::string, std::string>, ArchiveFault> m_told;
    bool m_first = true;
    std::mutex m_mutex;
    std::condition_variable_any m_wake;

    std::jthread m_thread;
};

}  // namespace leedswatch::station
