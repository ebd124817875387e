#pragma once

#include "estate/camera.h"
#include "station/back_off.h"
#include "video/stream_source.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace leedswatch::station {

/// Who is told what a stream does. Called on the reader's thread; must return soon, because packets wait meanwhile.
class StreamListener {
public:
    virtual ~StreamListener() = default;
    virtual void streamConnecting() = 0;
    virtual void streamPacket(const video::Packet& packet) = 0;
    /// What came between the picture before and the one that `streamPacket` is told of next.
    virtual void streamSound(const video::SoundPacket&) {}
    /// Before the first packet of a session, about once a second, and when it ends.
    virtual void streamReport(const video::SourceReport& report) = 0;
    /// The session is over, or there was none. Another attempt follows after a pause.
    virtual void streamLost(const base::Error& error) = 0;
    /// Nothing follows.
    virtual void streamStopped() = 0;
};

/// How a session is begun; a test gives another one.
using OpenSource =
    std::function<base::Result<std::unique_ptr<video::StreamSource>>(const video::StreamAddress&, std::stop_token)>;
/// Any source, by its address.
[[nodiscard]] OpenSource openSources(const base::Clock& clock, video::SourceSettings settings);

/// Keeps one stream of a camera: connects, reads, and after any failure builds the whole session anew, for ever, with
/// growing pauses. A stream that has pictures and no key frame for ten seconds (later: five minutes) is a failure too.
class StreamReader {
public:
    StreamReader(video::StreamAddress address, OpenSource open, const base::Clock& clock, StreamListener& listener,
                 std::uint32_t seed);
    /// Stops within 100 ms and waits for it.
    ~StreamReader();
    StreamReader(const StreamReader&) = delete;
    StreamReader& operator=(const StreamReader&) = delete;

    /// Returns at once; the destructor waits.
    void requestStop();

private:
    void run(const std::stop_token& stop);
    /// One session, from connecting to its end.
    [[nodiscard]] base::Error runOnce(const std::stop_token& stop);
    [[nodiscard]] base::Error readPackets(video::StreamSource& source);

    const video::StreamAddress m_address;
    const OpenSource m_open;
    const base::Clock& m_clock;
    StreamListener& m_listener;
    // The reader's thread only.
    BackOff m_backOff;
    std::mutex m_mutex;
    std::condition_variable_any m_pause;

    std::jthread m_thread;
};

}  // namespace leedswatch::station
