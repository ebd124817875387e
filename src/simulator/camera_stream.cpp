#include "simulator/camera_stream.h"

#include <algorithm>

namespace leedswatch::simulator {
namespace {

using TickDuration = std::chrono::duration<std::int64_t, std::ratio<1, ticksASecond>>;
constexpr TickDuration idleInterval{3600};
constexpr std::int64_t leastInterval = ticksASecond / 1000;  // one tick may be rounded away on the wire

}  // namespace

void CameraStream::open(rtsp::Server& server, const rtsp::Credentials& credentials) {
    const std::scoped_lock lock{m_mutex};
    m_server = &server;
    m_mount = m_server->addMount(m_path, rtsp::FirstPictures::NextKeyFrame, credentials);
    m_mount->setFaults(m_faults);
    m_mount->setHanging(m_isHanging);
    m_mount->setSound(m_sound);
    m_mount->setFormat(m_loop ? m_loop->format : m_liveFormat);
}

void CameraStream::setFaults(const rtsp::StreamFaults& faults) {
    const std::scoped_lock lock{m_mutex};
    m_faults = faults;
    if (m_mount) {
        m_mount->setFaults(faults);
    }
}

void CameraStream::setHanging(bool isHanging) {
    const std::scoped_lock lock{m_mutex};
    m_isHanging = isHanging;
    if (m_mount) {
        m_mount->setHanging(isHanging);
    }
}

void CameraStream::shut() {
    const std::scoped_lock lock{m_mutex};
    if (m_server != nullptr) {
        m_server->removeMount(m_path);
    }
    m_server = nullptr;
    m_mount.reset();
}

void CameraStream::setCredentials(const rtsp::Credentials& credentials) {
    const std::scoped_lock lock{m_mutex};
    if (m_mount) {
        m_mount->setCredentials(credentials);
    }
}

void CameraStream::disconnectClients() {
    const std::scoped_lock lock{m_mutex};
    if (m_mount) {
        m_mount->disconnectClients();
    }
}

void CameraStream::setLoop(SharedLoop loop, std::size_t first) {
    const std::scoped_lock lock{m_mutex};
    m_loop = std::move(loop);
    m_next = m_loop ? first % m_loop->pictures.size() : 0;
    while (m_loop && !m_loop->pictures[m_next].isKey) {
        m_next = m_next + 1 == m_loop->pictures.size() ? 0 : m_next + 1;
    }
    if (m_mount) {
        m_mount->setFormat(m_loop ? m_loop->format : m_liveFormat);
    }
}

void CameraStream::setLiveFormat(const rtsp::VideoFormat& format) {
    const std::scoped_lock lock{m_mutex};
    m_liveFormat = format;
    if (m_mount && !m_loop) {
        m_mount->setFormat(format);
    }
}

void CameraStream::pushLive(const rtsp::AccessUnit& unit) {
    const std::scoped_lock lock{m_mutex};
    if (m_mount && !m_loop && !m_isStalled) {
        m_mount->push({unit.bytes, following(unit.time), unit.isKey});
    }
}

void CameraStream::setSound(const rtsp::SoundFormat& format) {
    const std::scoped_lock lock{m_mutex};
    m_sound = format;
    if (m_mount) {
        m_mount->setSound(m_sound);
    }
}

void CameraStream::pushSound(const rtsp::AccessUnit& unit) {
    const std::scoped_lock lock{m_mutex};
    if (m_mount && !m_isStalled) {
        m_mount->pushSound(unit);
    }
}

void CameraStream::setStalled(bool isStalled) {
    const std::scoped_lock lock{m_mutex};
    m_isStalled = isStalled;
}

int CameraStream::clients() const {
    const std::scoped_lock lock{m_mutex};
    return m_mount ? m_mount->clients() : 0;
}

bool CameraStream::wantsLive() const {
    const std::scoped_lock lock{m_mutex};
    return m_mount && !m_loop && !m_isStalled && m_mount->clients() > 0;
}

std::size_t CameraStream::position() const {
    const std::scoped_lock lock{m_mutex};
    if (!m_loop) {
        return 0;
    }
    return m_next == 0 ? m_loop->pictures.size() - 1 : m_next - 1;
}

std::int64_t CameraStream::timeAt(base::SteadyTime at) const {
    // To the nearest tick: the turns are ticks that were turned into the steady clock's unit.
    return std::chrono::round<TickDuration>(at - m_begin).count();
}

std::int64_t CameraStream::following(std::int64_t time) {
    m_lastTime = std::max(time, m_lastTime + leastInterval);
    return m_lastTime;
}

base::SteadyTime CameraStream::turn(base::SteadyTime due) {
    const std::scoped_lock lock{m_mutex};
    TickDuration interval = idleInterval;
    const std::int64_t time = timeAt(due);
    if (m_loop) {
        const PictureLoop::Picture& picture = m_loop->pictures[m_next];
        if (m_mount && !m_isStalled) {
            m_mount->push({picture.bytes, following(time), picture.isKey});
        }
        m_next = m_next + 1 == m_loop->pictures.size() ? 0 : m_next + 1;
        const std::int64_t end = m_next == 0 ? m_loop->duration : m_loop->pictures[m_next].time;
        interval = TickDuration{end - picture.time};
    } else if (m_mount) {
        m_mount->passTime(time);
    }
    return m_begin + std::chrono::round<base::SteadyTime::duration>(TickDuration{time} + interval);
}

}  // namespace leedswatch::simulator
