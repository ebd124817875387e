#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "video/ffmpeg_handles.h"
#include "video/media_clock.h"
#include "video/packet.h"
#include "video/stream_parser.h"

#include <chrono>
#include <memory>
#include <stop_token>
#include <string>

// What the sources that stand on libavformat have in common.

namespace leedswatch::video {

/// What libavformat asks while it waits (every 100 ms at the latest): whether to give up. Must outlive what asks it.
class Patience {
public:
    Patience(const base::Clock& clock, std::stop_token stop) : m_clock{clock}, m_stop{std::move(stop)} {}
    Patience(const Patience&) = delete;
    Patience& operator=(const Patience&) = delete;

    /// It lasts this long from now on.
    void renew(std::chrono::milliseconds limit);
    [[nodiscard]] bool isOver() const;
    [[nodiscard]] bool isStopped() const { return m_stop.stop_requested(); }
    [[nodiscard]] const std::stop_token& stopToken() const { return m_stop; }
    [[nodiscard]] const base::Clock& clock() const { return m_clock; }
    [[nodiscard]] base::SteadyTime deadline() const { return m_deadline; }
    [[nodiscard]] AVIOInterruptCB callback();

private:
    const base::Clock& m_clock;
    const std::stop_token m_stop;
    base::SteadyTime m_deadline{};
};

/// The video stream of an opened input: its parser, and its times as MediaClock has them. One thread.
class VideoTrack {
public:
    /// The first stream whose coding is carried; all others are discarded. `name` and `advice` are for the message:
    /// "NAME sends mp3 video; ADVICE". Error: Unsupported.
    [[nodiscard]] static base::Result<VideoTrack> choose(AVFormatContext& input, const std::string& name,
                                                         const std::string& advice);

    [[nodiscard]] AVStream& stream() const { return *m_stream; }
    /// A packet of this stream, arriving now. Has no bytes if there is nothing to pass on (yet).
    [[nodiscard]] Packet convert(const AVPacket& packet, const base::Clock& clock);
    /// Takes the place of the stream of an input that has ended; the times go on.
    void followOn(VideoTrack next);
    [[nodiscard]] const estate::MendedTimes& mended() const { return m_times.mended(); }

private:
    VideoTrack(AVStream& stream, std::unique_ptr<StreamParser> parser)
        : m_stream{&stream}, m_parser{std::move(parser)} {}

    AVStream* m_stream;
    std::unique_ptr<StreamParser> m_parser;
    MediaClock m_times;
};

/// "600 ms" as "0.6 s".
[[nodiscard]] std::string inSeconds(std::chrono::milliseconds time);

/// user:password@ put into an address, percent-encoded. InvalidInput if they are longer than `longest` bytes together.
[[nodiscard]] base::Result<std::string> withCredentials(const std::string& url, const std::string& username,
                                                        const std::string& password, std::size_t longest);

}  // namespace leedswatch::video
