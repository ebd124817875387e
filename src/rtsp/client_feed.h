#pragma once

#include "rtsp/glib_handle.h"
#include "rtsp/server.h"

#include <gst/app/gstappsrc.h>
#include <gst/rtsp-server/rtsp-server.h>

#include <deque>
#include <mutex>
#include <vector>

namespace leedswatch::rtsp {

/// A picture with the caps that it is to be decoded by.
struct FormattedUnit {
    AccessUnit unit;
    SharedCaps caps;
};

/// What one client is yet to be sent. Pictures wait here, not in GStreamer: a full queue is emptied and the client goes
/// on at the next key frame. Thread-safe: `offer` comes from whoever pushes, `feed` from the client's own stream.
class ClientFeed {
public:
    /// Takes references of its own. `first` is sent before anything that is offered later.
    ClientFeed(GstAppSrc* source, GstRTSPClient* client, std::vector<FormattedUnit> first, std::int64_t originTime);
    ~ClientFeed();
    ClientFeed(const ClientFeed&) = delete;
    ClientFeed& operator=(const ClientFeed&) = delete;

    /// Never blocks.
    void offer(const FormattedUnit& picture);
    /// The source has nothing left to send. On the source's streaming thread.
    void feed();
    /// The media is going away: nothing is sent any more.
    void close();
    /// Null if the client has gone.
    [[nodiscard]] ObjectHandle<GstRTSPClient> client();

private:
    bool sendNext();
    void pushGap();

    const std::size_t m_mostPictures;
    const std::size_t m_mostBytes;
    const std::int64_t m_originTime;
    GWeakRef m_client;  // synchronises itself
    std::mutex m_mutex;
    // Guarded by m_mutex.
    ObjectHandle<GstAppSrc> m_source;
    std::deque<FormattedUnit> m_queue;
    std::size_t m_bytes = 0;
    SharedCaps m_sentCaps;
    bool m_waitsForKey = false;
    bool m_isHungry = false;
    bool m_hasPrerolled = false;
};

}  // namespace leedswatch::rtsp
