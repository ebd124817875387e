#include "station/stream_reader.h"

#include "transcode/live_source.h"

namespace leedswatch::station {
namespace {

constexpr std::chrono::seconds kFirstKeyFrame{10};
// Cameras with a "smart" codec may send a key frame only every four minutes or so.
constexpr std::chrono::minutes kNextKeyFrame{5};
constexpr std::chrono::seconds kReports{1};
// A session that lasted this long was a real one: the next attempt comes soon.
constexpr std::chrono::seconds kGoodSession{10};

}  // namespace

OpenSource openSources(const base::Clock& clock, video::SourceSettings settings) {
    return [&clock, settings = std::move(settings), card = std::make_shared<const transcode::V4l2CaptureCard>()](
               const video::StreamAddress& address, std::stop_token stop) {
        return transcode::openSource(address, settings, *card, clock, std::move(stop));
    };
}

StreamReader::StreamReader(video::StreamAddress address, OpenSource open, const base::Clock& clock,
                           StreamListener& listener, std::uint32_t seed)
    : m_address{std::move(address)},
      m_open{std::move(open)},
      m_clock{clock},
      m_listener{listener},
      m_backOff{seed},
      m_thread{[this](const std::stop_token& stop) { run(stop); }} {}

StreamReader::~StreamReader() {
    requestStop();
}

void StreamReader::requestStop() {
    m_thread.request_stop();
}

void StreamReader::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        const auto begun = m_clock.steadyNow();
        const base::Error error = runOnce(stop);
        if (stop.stop_requested()) {
            break;
        }
        m_listener.streamLost(error);
        if (m_clock.steadyNow() - begun >= kGoodSession && error.code != base::ErrorCode::Unsupported) {
            m_backOff.reset();
        }
        std::unique_lock lock{m_mutex};
        m_pause.wait_for(lock, stop, m_backOff.next(), [] { return false; });
    }
    m_listener.streamStopped();
}

base::Error StreamReader::runOnce(const std::stop_token& stop) {
    m_listener.streamConnecting();
    auto source = m_open(m_address, stop);
    return source ? readPackets(**source) : std::move(source).error();
}

base::Error StreamReader::readPackets(video::StreamSource& source) {
    auto keyFrameDue = m_clock.steadyNow() + kFirstKeyFrame;
    auto reportDue = m_clock.steadyNow() + kReports;
    m_listener.streamReport(source.report());
    while (true) {
        const auto packet = source.read();
        if (!packet) {
            m_listener.streamReport(source.report());
            return packet.error();
        }
        if (packet->arrivedAt >= reportDue) {
            reportDue = packet->arrivedAt + kReports;
            m_listener.streamReport(source.report());
        }
        if (packet->isKey) {
            keyFrameDue = packet->arrivedAt + kNextKeyFrame;
        } else if (packet->arrivedAt >= keyFrameDue) {
            return {base::ErrorCode::Unsupported,
                    video::hostOf(m_address.url) + " sends no key frames; set its I-frame interval to 2 s or less"};
        }
        for (const video::SoundPacket& sound : source.takeSound()) {
            m_listener.streamSound(sound);
        }
        m_listener.streamPacket(*packet);
    }
}

}  // namespace leedswatch::station
