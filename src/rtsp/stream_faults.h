#pragma once

#include "rtsp/server.h"

#include <gst/rtsp-server/rtsp-server.h>

#include <memory>
#include <mutex>
#include <optional>

namespace leedswatch::rtsp {

/// Spoils what a mount sends, for simulated cameras: behind the payloader, where nothing of ours judges it any more.
/// Thread-safe; shared by the media of all clients.
class FaultMaker : public std::enable_shared_from_this<FaultMaker> {
public:
    void set(const StreamFaults& faults);
    /// Before the media is prepared; `payloader` is its own.
    void attach(GstRTSPMedia* media, GstElement* payloader);

private:
    [[nodiscard]] StreamFaults now() const;
    [[nodiscard]] GstPadProbeReturn spoil(GstPadProbeInfo* info);
    /// False: it is not to go out.
    [[nodiscard]] bool spoilPacket(GstBuffer* packet, const StreamFaults& faults);
    void spoilReport(GstBuffer* report) const;

    mutable std::mutex m_mutex;
    // Guarded by m_mutex.
    StreamFaults m_faults;
    std::uint64_t m_packets = 0;
    std::optional<std::uint32_t> m_heldTime;
};

}  // namespace leedswatch::rtsp
