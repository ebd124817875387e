#include "simulator/camera.h"

#include "base/hash.h"
#include "simulator/loop_maker.h"
#include "simulator/microphone.h"

namespace leedswatch::simulator {
namespace {

constexpr std::chrono::milliseconds watchInterval{500};
constexpr std::int64_t hourTicks = 3600 * ticksASecond;
constexpr int packetsForOneLost = 20;

cv::Size sizeOf(const SharedLoop& loop) {
    return {loop->format.width, loop->format.height};
}

}  // namespace

/// Starts a camera again whose reboot is over. The camera outlives the pacer.
class Camera::Watch final : public Paced {
public:
    explicit Watch(Camera& camera) : m_camera{camera} {}

    base::SteadyTime turn(base::SteadyTime due) override {
        m_camera.look(due);
        return due + watchInterval;
    }

private:
    Camera& m_camera;
};

std::string Camera::pathOf(int number, const char* stream) {
    return "/camera/" + std::to_string(number) + "/" + stream;
}

Camera::Camera(Settings settings, CameraServer server, base::SteadyTime begin)
    : m_settings{std::move(settings)},
      m_begin{begin},
      m_main{std::make_shared<CameraStream>(pathOf(m_settings.number, "main"), begin)},
      m_sub{std::make_shared<CameraStream>(pathOf(m_settings.number, "sub"), begin)},
      m_server{std::move(server)} {}

base::Result<std::unique_ptr<Camera>> Camera::createDrawn(const Settings& settings, const SceneDescription& description,
                                                          CameraServer server, const base::Clock& clock,
                                                          Drawers& drawers, Pacer& pacer) {
    // Cameras do not expose at the same instant, and their work is spread.
    const auto begin = std::chrono::steady_clock::now() + std::chrono::milliseconds{settings.number * 37 % 80};
    std::unique_ptr<Camera> camera{new Camera{settings, std::move(server), begin}};
    TRY_ASSIGN(camera->m_scene, LiveScene::create(description, clock, drawers, camera->m_main, camera->m_sub));
    camera->m_originalSize = description.size;
    camera->m_originalSubSize = {description.size.width / 4 * 2, description.size.height / 4 * 2};
    camera->m_size = description.size;
    camera->pace(pacer);
    pacer.add(camera->m_scene, begin);
    return camera;
}

std::unique_ptr<Camera> Camera::createFromClip(const Settings& settings, const Clip& clip, double phase,
                                               CameraServer server, Pacer& pacer) {
    const auto begin = std::chrono::steady_clock::now() + std::chrono::milliseconds{settings.number * 37 % 400};
    std::unique_ptr<Camera> camera{new Camera{settings, std::move(server), begin}};
    camera->m_clip = clip;
    camera->m_originalSize = sizeOf(clip.main);
    camera->m_originalSubSize = sizeOf(clip.sub);
    camera->m_size = camera->m_originalSize;
    camera->m_mainLoop = clip.main;
    const auto first = [phase](const SharedLoop& loop) {
        return static_cast<std::size_t>(phase * static_cast<double>(loop->pictures.size()));
    };
    camera->m_main->setLoop(clip.main, first(clip.main));
    camera->m_sub->setLoop(clip.sub, first(clip.sub));
    camera->pace(pacer);
    return camera;
}

void Camera::pace(Pacer& pacer) {
    if (m_settings.tone) {
        m_main->setSound(m_settings.tone->format);
        pacer.add(std::make_shared<Microphone>(m_main, m_settings.tone, m_begin), m_begin);
    }
    m_main->open(m_server.server(), m_settings.credentials);
    m_sub->open(m_server.server(), m_settings.credentials);
    pacer.add(m_main, m_begin);
    pacer.add(m_sub, m_begin);
    pacer.add(std::make_shared<Watch>(*this), m_begin);
}

base::Result<void> Camera::command(const ControlCommand& command) {
    using Kind = ControlCommand::Kind;
    const std::scoped_lock lock{m_mutex};
    if (!m_isRunning && command.kind != Kind::Start && command.kind != Kind::Stop) {
        return base::fail(base::ErrorCode::InvalidInput,
                          "camera " + std::to_string(m_settings.number) + " is stopped; start it first");
    }
    switch (command.kind) {
        case Kind::Stop: stop(); return {};
        case Kind::Start: return start();
        case Kind::Reboot: reboot(command.time); return {};
        case Kind::Hang: setHanging(true); return {};
        case Kind::Timestamps: spoilTimes(command.fault); return {};
        case Kind::Clock: {
            auto faults = m_faults;
            faults.clockShift = command.time;
            setFaults(faults);
            return {};
        }
        case Kind::Freeze: return freeze();
        case Kind::Black: return showFault(Picture::Black, makeBlackLoop);
        case Kind::Noise: return showFault(Picture::Noise, makeNoiseLoop);
        case Kind::Clear: return clear();
        case Kind::Resolution: return setResolution({command.width, command.height});
        case Kind::Refuse: refuse(); return {};
        case Kind::Drop:
            m_main->disconnectClients();
            m_sub->disconnectClients();
            return {};
        case Kind::Stall:
            m_isStalled = true;
            m_main->setStalled(true);
            m_sub->setStalled(true);
            return {};
        case Kind::Status: return {};
    }
    return {};
}

void Camera::stop() {
    m_isRunning = false;
    m_startAt.reset();
    m_main->shut();
    m_sub->shut();
    m_server.close();
}

/// As a camera that is switched on again: with nothing wrong but what was never mended.
base::Result<void> Camera::start() {
    if (!m_isRunning) {
        TRY(m_server.open());
        m_main->open(m_server.server(), m_settings.credentials);
        m_sub->open(m_server.server(), m_settings.credentials);
        m_isRunning = true;
        m_isRefusing = false;
    }
    return {};
}

void Camera::reboot(std::chrono::seconds time) {
    stop();
    m_startAt = std::chrono::steady_clock::now() + time;
}

void Camera::look(base::SteadyTime now) {
    const std::scoped_lock lock{m_mutex};
    if (!m_startAt || now < *m_startAt) {
        return;
    }
    // A port that somebody took meanwhile is tried again at the next look.
    if (start()) {
        m_startAt.reset();
        setHanging(false);
    }
}

void Camera::setHanging(bool isHanging) {
    m_isHanging = isHanging;
    for (const auto& stream : {m_main, m_sub}) {
        stream->setHanging(isHanging);
        if (isHanging) {
            stream->disconnectClients();
        }
    }
}

void Camera::setFaults(const rtsp::StreamFaults& faults) {
    m_faults = faults;
    m_main->setFaults(faults);
    m_sub->setFaults(faults);
}

void Camera::spoilTimes(ControlCommand::TimeFault fault) {
    using TimeFault = ControlCommand::TimeFault;
    auto faults = m_faults;
    switch (fault) {
        case TimeFault::Jump: faults.timeShift += hourTicks; break;
        case TimeFault::Back: faults.timeShift -= hourTicks; break;
        case TimeFault::Repeat: faults.timeStands = true; break;
        case TimeFault::Drop: faults.leftOutOneIn = packetsForOneLost; break;
        case TimeFault::Wrap:
            // Two seconds from now the 32 bits are over.
            faults.timeShift =
                (std::int64_t{1} << 32) - 2 * ticksASecond - m_main->timeAt(std::chrono::steady_clock::now());
            break;
    }
    setFaults(faults);
}

void Camera::refuse() {
    const auto secret = base::toHex(base::randomBytes(16));
    for (const auto& stream : {m_main, m_sub}) {
        stream->setCredentials({"refused", secret});
        stream->disconnectClients();
    }
    m_isRefusing = true;
}

base::Result<void> Camera::freeze() {
    if (m_picture == Picture::Frozen) {
        return {};
    }
    FramePointer frame;
    if (m_picture != Picture::Good) {
        return base::fail(base::ErrorCode::InvalidInput, "camera " + std::to_string(m_settings.number) +
                                                             " shows no good picture to freeze; clear it first");
    }
    if (m_scene) {
        frame = m_scene->drawNow();
    } else {
        TRY_ASSIGN(frame, decodePicture(*m_mainLoop, m_main->position()));
    }
    if (!frame) {
        return base::fail(base::ErrorCode::Internal, "no memory for a picture");
    }
    TRY_ASSIGN(SharedLoop main, makeStillLoop(*frame, m_size));
    TRY_ASSIGN(SharedLoop sub, makeStillLoop(*frame, m_originalSubSize));
    m_main->setLoop(std::move(main));
    m_sub->setLoop(std::move(sub));
    m_picture = Picture::Frozen;
    return {};
}

base::Result<void> Camera::showFault(Picture picture, base::Result<SharedLoop> (*make)(cv::Size)) {
    TRY_ASSIGN(SharedLoop main, make(m_size));
    TRY_ASSIGN(SharedLoop sub, make(m_originalSubSize));
    m_main->setLoop(std::move(main));
    m_sub->setLoop(std::move(sub));
    m_picture = picture;
    return {};
}

void Camera::showGood() {
    m_main->setLoop(m_mainLoop, 0);
    m_sub->setLoop(m_clip.sub, 0);
    m_picture = Picture::Good;
}

base::Result<void> Camera::setResolution(cv::Size size) {
    if (m_scene) {
        TRY(m_scene->setSize(size));
    } else if (size == m_originalSize) {
        m_mainLoop = m_clip.main;
    } else {
        TRY_ASSIGN(m_mainLoop, rescaleLoop(*m_clip.main, size));
    }
    m_size = size;
    showGood();
    return {};
}

base::Result<void> Camera::clear() {
    if (m_size != m_originalSize) {
        TRY(setResolution(m_originalSize));
    }
    if (m_picture != Picture::Good) {
        showGood();
    }
    if (m_isRefusing) {
        m_main->setCredentials(m_settings.credentials);
        m_sub->setCredentials(m_settings.credentials);
        m_isRefusing = false;
    }
    m_main->setStalled(false);
    m_sub->setStalled(false);
    m_isStalled = false;
    setHanging(false);
    setFaults({});
    return {};
}

std::string Camera::describe() const {
    const std::scoped_lock lock{m_mutex};
    std::string text = "camera " + std::to_string(m_settings.number) + (m_isRunning ? " running" : " stopped");
    switch (m_picture) {
        case Picture::Good: break;
        case Picture::Frozen: text += ", frozen"; break;
        case Picture::Black: text += ", black"; break;
        case Picture::Noise: text += ", noise"; break;
    }
    text += m_isRefusing ? ", refuses the password" : "";
    text += m_isStalled ? ", stalled" : "";
    text += m_isHanging ? ", hangs" : "";
    text += m_startAt ? ", reboots" : "";
    text += m_faults.changesPackets() ? ", wrong time stamps" : "";
    text += m_faults.clockShift.count() != 0 ? ", wrong clock" : "";
    text += m_server.isShared() ? "" : ", port " + std::to_string(m_server.port());
    return text + ", " + std::to_string(m_size.width) + "x" + std::to_string(m_size.height) + ", clients main " +
           std::to_string(m_main->clients()) + " sub " + std::to_string(m_sub->clients());
}

}  // namespace leedswatch::simulator
