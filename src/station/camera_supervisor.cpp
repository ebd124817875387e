#include "station/camera_supervisor.h"

#include "station/stream_meter.h"
#include "video/repeated_pictures.h"

#include <spdlog/spdlog.h>

#include <optional>

namespace leedswatch::station {
namespace {

using estate::CameraState;
using estate::LossCause;

std::string relayPath(int number, const char* stream) {
    return "/cameras/" + std::to_string(number) + "/" + stream;
}

std::uint32_t seedOf(const estate::Camera& camera, std::uint32_t stream) {
    return static_cast<std::uint32_t>(camera.number) * 2U + stream + 1U;
}

void watch(MotionFeed* motion, const video::Packet& packet) {
    if (motion != nullptr) {
        motion->push(packet);
    }
}

void endWatching(MotionFeed* motion) {
    if (motion != nullptr) {
        motion->endSession();
    }
}

}  // namespace

class CameraSupervisor::MainStream final : public StreamListener, public video::RecorderEvents {
public:
    MainStream(const SupervisedCamera& camera, const SupervisorServices& services, MotionFeed* motion)
        : m_camera{camera.camera},
          m_motion{motion},
          m_host{video::hostOf(m_camera.mainUrl)},
          m_services{services},
          m_meter{m_camera.id, false, services.clock, services.measurements},
          m_relay{services.relay, relayPath(m_camera.number, "main")},
          m_track{services.archive.addCamera({m_camera.id, m_camera.number}, *this)},
          m_reader{std::in_place,
                   video::StreamAddress{m_camera.mainUrl, m_camera.username, camera.password, m_camera.transport,
                                        m_camera.audioAllowed},
                   services.openSource,
                   services.clock,
                   *this,
                   seedOf(m_camera, 0)} {}

    ~MainStream() override {
        m_reader.reset();
        m_services.neighbours.forget(m_camera.id);
        m_services.archive.removeCamera(m_track, video::SegmentEnd::Stopped, video::GapCause::Stopped);
    }
    MainStream(const MainStream&) = delete;
    MainStream& operator=(const MainStream&) = delete;

    void requestStop() { m_reader->requestStop(); }

    void streamConnecting() override {
        // Between attempts the reason of the last one stays on the screen.
        const std::scoped_lock lock{m_mutex};
        if (!m_stream) {
            m_stream = Stream{CameraState::Connecting, LossCause::None, "connecting"};
            tell();
        }
    }

    void streamPacket(const video::Packet& packet) override {
        if (auto gop = m_gops.add(packet)) {
            m_services.archive.write(m_track, std::move(*gop));
        }
        const bool wasRefused = !m_relay.refusal().empty();
        m_relay.push(packet);
        m_meter.picture(packet);
        watch(m_motion, packet);
        const bool isFrozen = m_repeated.add(packet);
        if (packet.isKey && !m_live) {
            m_live = true;
            spdlog::info("camera {} is live, {}x{}", m_camera.number, packet.format->width, packet.format->height);
            m_services.neighbours.isLive(m_camera, m_host);
            tellLive();
        } else if (m_live && isFrozen != m_isFrozen) {
            spdlog::warn("camera {} {}", m_camera.number, isFrozen ? "sends one and the same picture" : "moves again");
            m_isFrozen = isFrozen;
            tellLive();
        } else if (m_live && wasRefused == m_relay.refusal().empty()) {
            tellLive();
        }
    }

    // Recorded, and not relayed: what a microphone hears is for nobody's desk.
    void streamSound(const video::SoundPacket& sound) override { m_gops.addSound(sound); }

    void streamReport(const video::SourceReport& report) override {
        m_meter.report(report);
        m_isUnverified = report.carrier == "tls-unverified";
        if (m_soundRefusal != report.soundRefusal) {
            m_soundRefusal = report.soundRefusal;
            if (!m_soundRefusal.empty()) {
                spdlog::warn("camera {} is recorded without sound: {}", m_camera.number, m_soundRefusal);
            }
        }
    }

    void streamLost(const base::Error& error) override {
        const Loss loss = m_services.neighbours.isLost(m_camera, m_host, error);
        endFile(video::SegmentEnd::StreamLost, video::gapCauseOf(loss.cause));
        m_meter.sessionEnded();
        endWatching(m_motion);
        m_repeated.reset();
        m_isFrozen = false;
        // The first failure is worth a line; that it still fails, every half minute, is not.
        if (m_live || m_lastError != loss.message) {
            spdlog::warn("camera {} is lost: {}", m_camera.number, loss.message);
        }
        m_live = false;
        m_lastError = loss.message;
        setStream({CameraState::Offline, loss.cause, loss.message});
    }

    void streamStopped() override {
        m_meter.sessionEnded();
        endFile(video::SegmentEnd::Stopped, video::GapCause::Stopped);
    }

    void recordingFailed(const base::Error& error) override {
        const std::scoped_lock lock{m_mutex};
        m_recordingError = error.code == base::ErrorCode::StorageFull
                               ? "not recorded, because the disk of the archive is full: free some space"
                               : "not recorded: " + error.message;
        spdlog::error("camera {} is {}", m_camera.number, m_recordingError);
        tell();
    }

    void recordingWorks() override {
        const std::scoped_lock lock{m_mutex};
        m_recordingError.clear();
        tell();
    }

private:
    struct Stream {
        CameraState state;
        LossCause cause;
        std::string message;
    };

    void endFile(video::SegmentEnd cause, video::GapCause gap) {
        if (auto gop = m_gops.flush()) {
            m_services.archive.write(m_track, std::move(*gop));
        }
        m_services.archive.end(m_track, cause, gap);
        m_relay.endSession();
    }

    void tellLive() {
        if (m_isFrozen) {
            setStream({CameraState::Frozen, LossCause::EncoderFrozen,
                       "the camera sends one and the same picture; restart it if nobody covers its lens"});
        } else if (!m_relay.refusal().empty()) {
            setStream(
                {CameraState::Live, LossCause::Codec, "recorded, but no desk can watch it live: " + m_relay.refusal()});
        } else {
            setStream({CameraState::Live, LossCause::None,
                       m_isUnverified ? "encrypted, but nothing proves that it is the camera: there is no "
                                        "keys/camera-ca.pem"
                                      : ""});
        }
    }

    void setStream(Stream stream) {
        const std::scoped_lock lock{m_mutex};
        m_stream = std::move(stream);
        tell();
    }

    // Under m_mutex; the board returns at once and calls nobody.
    void tell() {
        if (!m_stream) {
            return;
        }
        Stream shown = *m_stream;
        if (shown.state == CameraState::Live && !m_recordingError.empty()) {
            shown.cause = LossCause::Storage;
            shown.message = m_recordingError;
        }
        m_services.statuses.set({m_camera.id, shown.state, shown.cause, shown.message, {}});
    }

    const estate::Camera m_camera;
    MotionFeed* const m_motion;
    const std::string m_host;
    const SupervisorServices& m_services;
    std::mutex m_mutex;
    // Guarded by m_mutex.
    std::optional<Stream> m_stream;
    std::string m_recordingError;
    // The reader's thread only.
    StreamMeter m_meter;
    video::RepeatedPictures m_repeated;
    RelayFeed m_relay;
    video::GopCollector m_gops;
    bool m_live = false;
    bool m_isFrozen = false;
    bool m_isUnverified = false;
    std::string m_soundRefusal;
    std::string m_lastError;

    std::shared_ptr<video::ArchiveWriter::Track> m_track;
    std::optional<StreamReader> m_reader;
};

class CameraSupervisor::SubStream final : public StreamListener {
public:
    SubStream(const SupervisedCamera& camera, const SupervisorServices& services, MotionFeed* motion)
        : m_motion{motion},
          m_meter{camera.camera.id, true, services.clock, services.measurements},
          m_relay{services.relay, relayPath(camera.camera.number, "sub")},
          m_reader{std::in_place,
                   video::StreamAddress{camera.camera.subUrl, camera.camera.username, camera.password,
                                        camera.camera.transport},
                   services.openSource,
                   services.clock,
                   *this,
                   seedOf(camera.camera, 1)} {}

    void requestStop() { m_reader->requestStop(); }

    void streamConnecting() override {}
    void streamPacket(const video::Packet& packet) override {
        m_relay.push(packet);
        m_meter.picture(packet);
        watch(m_motion, packet);
    }
    void streamReport(const video::SourceReport& report) override { m_meter.report(report); }
    // Not the camera's state: its main stream tells that.
    void streamLost(const base::Error&) override {
        m_meter.sessionEnded();
        endWatching(m_motion);
        m_relay.endSession();
    }
    void streamStopped() override {
        m_meter.sessionEnded();
        m_relay.endSession();
    }

private:
    MotionFeed* const m_motion;
    StreamMeter m_meter;
    RelayFeed m_relay;
    std::optional<StreamReader> m_reader;
};

CameraSupervisor::CameraSupervisor(SupervisedCamera camera, SupervisorServices services)
    : m_camera{std::move(camera)},
      m_services{std::move(services)},
      m_motion{m_services.motion == nullptr ? nullptr
                                            : m_services.motion->add(m_camera.camera.id, m_camera.camera.number)} {
    // What moves is seen as well in the smaller stream, at a part of the cost.
    const bool hasSub = !m_camera.camera.subUrl.empty() && m_services.relay != nullptr;
    m_main = std::make_unique<MainStream>(m_camera, m_services, hasSub ? nullptr : m_motion.get());
    if (hasSub) {
        m_sub = std::make_unique<SubStream>(m_camera, m_services, m_motion.get());
    }
}

CameraSupervisor::~CameraSupervisor() {
    requestStop();
    m_sub.reset();
    m_main.reset();
    if (m_motion) {
        m_services.motion->remove(m_motion);
    }
}

void CameraSupervisor::requestStop() {
    m_main->requestStop();
    if (m_sub) {
        m_sub->requestStop();
    }
}

}  // namespace leedswatch::station
