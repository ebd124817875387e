#include "station/stream_meter.h"

#include "video/ffmpeg_codec.h"

namespace leedswatch::station {
namespace {

constexpr std::chrono::seconds kInterval{10};

void add(estate::MendedTimes& sum, const estate::MendedTimes& more) {
    sum.repeated += more.repeated;
    sum.backwards += more.backwards;
    sum.leaping += more.leaping;
    sum.missing += more.missing;
    sum.wrapped += more.wrapped;
}

}  // namespace

StreamMeter::StreamMeter(estate::CameraId camera, bool isSub, const base::Clock& clock, MeasurementBoard& board)
    : m_clock{clock}, m_board{board} {
    m_total.camera = camera;
    m_total.isSub = isSub;
}

void StreamMeter::report(const video::SourceReport& report) {
    m_session = report;
    if (!std::exchange(m_hasSession, true)) {
        ++m_sessions;
        m_begin = m_clock.steadyNow();
        m_total.carrier = report.carrier;
        m_total.reconnections = m_sessions - 1;
    }
    if (report.clockOffset && !m_total.isSub) {
        m_board.setClock(m_total.camera, *report.clockOffset);
    }
}

void StreamMeter::picture(const video::Packet& packet) {
    ++m_total.pictures;
    ++m_pictures;
    m_bytes += static_cast<std::int64_t>(packet.bytes->size());
    if (packet.isKey) {
        m_total.codec = avcodec_get_name(video::ffmpegIdOf(packet.format->codec));
        m_total.width = packet.format->width;
        m_total.height = packet.format->height;
    }
    if (packet.arrivedAt - m_begin >= kInterval) {
        tell(packet.arrivedAt);
    }
}

void StreamMeter::tell(base::SteadyTime now) {
    auto measured = sum();
    const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(now - m_begin).count();
    if (m_hasSession && milliseconds > 0) {
        measured.bitsPerSecond = m_bytes * 8 * 1000 / milliseconds;
        measured.milliPicturesPerSecond = static_cast<int>(m_pictures * 1'000'000 / milliseconds);
    }
    m_board.set(std::move(measured));
    m_begin = now;
    m_bytes = 0;
    m_pictures = 0;
}

estate::StreamMeasurement StreamMeter::sum() const {
    auto measured = m_total;
    add(measured.mended, m_session.mended);
    if (m_session.lostPackets) {
        measured.lostPackets = measured.lostPackets.value_or(0) + *m_session.lostPackets;
    }
    return measured;
}

void StreamMeter::sessionEnded() {
    m_total = sum();
    m_session = {};
    if (std::exchange(m_hasSession, false)) {
        tell(m_clock.steadyNow());
    }
}

}  // namespace leedswatch::station
