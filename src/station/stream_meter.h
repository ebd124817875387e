#pragma once

#include "station/measurement_board.h"
#include "video/stream_source.h"

namespace leedswatch::station {

/// Counts what one stream does, over all its sessions, and tells the board every ten seconds. One thread.
class StreamMeter {
public:
    StreamMeter(estate::CameraId camera, bool isSub, const base::Clock& clock, MeasurementBoard& board);

    void picture(const video::Packet& packet);
    /// Of the session in hand, as far as it has come.
    void report(const video::SourceReport& report);
    void sessionEnded();

private:
    void tell(base::SteadyTime now);
    [[nodiscard]] estate::StreamMeasurement sum() const;

    const base::Clock& m_clock;
    MeasurementBoard& m_board;
    estate::StreamMeasurement m_total;  // of the sessions that have ended
    video::SourceReport m_session;
    bool m_hasSession = false;
    std::int64_t m_sessions = 0;
    // Since the board was told last.
    base::SteadyTime m_begin{};
    std::int64_t m_bytes = 0;
    std::int64_t m_pictures = 0;
};

}  // namespace leedswatch::station
