#pragma once

#include "rtsp/server.h"
#include "simulator/pacer.h"
#include "simulator/picture_loop.h"

#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace leedswatch::simulator {

/// One of a camera's two streams: its place on the server and, where it does not come from a live encoder, the loop
/// that it sends. Its time goes on through loops, faults and pauses. Thread-safe.
class CameraStream final : public Paced {
public:
    /// `begin` is the zero of the stream's time.
    CameraStream(std::string path, base::SteadyTime begin) : m_path{std::move(path)}, m_begin{begin} {}

    /// On the server from now on, for whom these credentials are. The server must stay until `shut`.
    void open(rtsp::Server& server, const rtsp::Credentials& credentials);
    /// Off the server: 404.
    void shut();
    void setCredentials(const rtsp::Credentials& credentials);
    void disconnectClients();
    /// These stay through being shut.
    void setFaults(const rtsp::StreamFaults& faults);
    void setHanging(bool isHanging);

    /// Sends this from now on, from its picture `first` on. Null: what `pushLive` brings.
    void setLoop(SharedLoop loop, std::size_t first = 0);
    /// The encoder's format, for when there is no loop.
    void setLiveFormat(const rtsp::VideoFormat& format);
    /// A picture of the live encoder; left out while a loop is sent.
    void pushLive(const rtsp::AccessUnit& unit);
    /// Offered beside the pictures to whoever asks from now on.
    void setSound(const rtsp::SoundFormat& format);
    void pushSound(const rtsp::AccessUnit& unit);
    /// Connections go on and nothing is sent.
    void setStalled(bool isStalled);

    [[nodiscard]] int clients() const;
    /// Whether a live picture would go to somebody.
    [[nodiscard]] bool wantsLive() const;
    /// The loop's picture that was sent last.
    [[nodiscard]] std::size_t position() const;
    [[nodiscard]] std::int64_t timeAt(base::SteadyTime at) const;

    [[nodiscard]] base::SteadyTime turn(base::SteadyTime due) override;

private:
    /// A loop's first picture may be due with the live encoder's last, or before it where the machine is behind; the
    /// times of what is sent rise all the same. Needs m_mutex.
    [[nodiscard]] std::int64_t following(std::int64_t time);

    const std::string m_path;
    const base::SteadyTime m_begin;
    mutable std::mutex m_mutex;
    // Guarded by m_mutex.
    rtsp::Server* m_server = nullptr;  // while it is open
    std::shared_ptr<rtsp::Mount> m_mount;
    rtsp::VideoFormat m_liveFormat;
    std::optional<rtsp::SoundFormat> m_sound;
    SharedLoop m_loop;
    std::size_t m_next = 0;
    std::int64_t m_lastTime = -ticksASecond;
    bool m_isStalled = false;
    rtsp::StreamFaults m_faults;
    bool m_isHanging = false;
};

}  // namespace leedswatch::simulator
