#include "rtsp/client_feed.h"

#include <utility>

namespace leedswatch::rtsp {
namespace {

constexpr std::size_t picturesBeyondFirst = 250;
constexpr std::size_t bytesBeyondFirst = 8U << 20U;

std::size_t bytesOf(const std::vector<FormattedUnit>& pictures) {
    std::size_t bytes = 0;
    for (const FormattedUnit& picture : pictures) {
        bytes += picture.unit.bytes->size();
    }
    return bytes;
}

/// A buffer that looks at the shared bytes and keeps them alive: nothing is copied for a client.
GstBuffer* makeBuffer(const AccessUnit& unit, std::int64_t originTime) {
    using Bytes = std::shared_ptr<const std::vector<std::byte>>;
    auto owner = std::make_unique<Bytes>(unit.bytes);
    const std::vector<std::byte>& bytes = **owner;
    GstBuffer* buffer = gst_buffer_new_wrapped_full(GST_MEMORY_FLAG_READONLY, const_cast<std::byte*>(bytes.data()),
                                                    bytes.size(), 0, bytes.size(), owner.release(),
                                                    [](gpointer pointer) { delete static_cast<Bytes*>(pointer); });
    // Microseconds of 90 kHz first would round; 100000/9 ns a tick does not drift.
    GST_BUFFER_PTS(buffer) =
        gst_util_uint64_scale(static_cast<guint64>(unit.time - originTime), GST_SECOND, guint64{90000});
    if (!unit.isKey) {
        GST_BUFFER_FLAG_SET(buffer, GST_BUFFER_FLAG_DELTA_UNIT);
    }
    return buffer;
}

}  // namespace

ClientFeed::ClientFeed(GstAppSrc* source, GstRTSPClient* client, std::vector<FormattedUnit> first,
                       std::int64_t originTime)
    : m_mostPictures{first.size() + picturesBeyondFirst},
      m_mostBytes{bytesOf(first) + bytesBeyondFirst},
      m_originTime{originTime},
      m_source{static_cast<GstAppSrc*>(g_object_ref(source))},
      m_waitsForKey{first.empty()} {
    g_weak_ref_init(&m_client, client);
    // What is shown before the key picture that everything begins with rests on pictures that the client never gets.
    for (FormattedUnit& picture : first) {
        if (picture.unit.time >= originTime) {
            m_bytes += picture.unit.bytes->size();
            m_queue.push_back(std::move(picture));
        }
    }
}

ClientFeed::~ClientFeed() {
    g_weak_ref_clear(&m_client);
}

void ClientFeed::offer(const FormattedUnit& picture) {
    const std::scoped_lock lock{m_mutex};
    if (m_source == nullptr || picture.unit.time < m_originTime) {
        return;
    }
    const std::size_t size = picture.unit.bytes->size();
    if (m_queue.size() >= m_mostPictures || m_bytes + size > m_mostBytes) {
        m_queue.clear();
        m_bytes = 0;
        m_waitsForKey = true;
    }
    if (m_waitsForKey && !picture.unit.isKey) {
        return;
    }
    m_waitsForKey = false;
    m_queue.push_back(picture);
    m_bytes += size;
    if (m_isHungry) {
        sendNext();
    }
}

void ClientFeed::feed() {
    {
        const std::scoped_lock lock{m_mutex};
        m_isHungry = true;
        if (m_source == nullptr || sendNext() || std::exchange(m_hasPrerolled, true)) {
            return;
        }
    }
    pushGap();
}

/// The media counts as ready once something has reached its end. With no picture in hand a gap does, so that DESCRIBE
/// is answered at once. Blocks until the client plays; so without the lock, on the thread of the stream itself.
void ClientFeed::pushGap() {
    ObjectHandle<GstPad> pad;
    {
        const std::scoped_lock lock{m_mutex};
        if (m_source == nullptr) {
            return;
        }
        pad.reset(gst_element_get_static_pad(GST_ELEMENT(m_source.get()), "src"));
    }
    GstSegment segment;
    gst_segment_init(&segment, GST_FORMAT_TIME);
    gst_pad_push_event(pad.get(), gst_event_new_segment(&segment));
    gst_pad_push_event(pad.get(), gst_event_new_gap(0, GST_CLOCK_TIME_NONE));
}

void ClientFeed::close() {
    ObjectHandle<GstAppSrc> source;
    const std::scoped_lock lock{m_mutex};
    source = std::move(m_source);
    m_queue.clear();
    m_bytes = 0;
}

ObjectHandle<GstRTSPClient> ClientFeed::client() {
    return ObjectHandle<GstRTSPClient>{static_cast<GstRTSPClient*>(g_weak_ref_get(&m_client))};
}

bool ClientFeed::sendNext() {
    if (m_queue.empty()) {
        return false;
    }
    const FormattedUnit picture = std::move(m_queue.front());
    m_queue.pop_front();
    m_bytes -= picture.unit.bytes->size();
    if (picture.caps != m_sentCaps) {
        gst_app_src_set_caps(m_source.get(), picture.caps.get());
        m_sentCaps = picture.caps;
    }
    m_isHungry = false;
    m_hasPrerolled = true;
    gst_app_src_push_buffer(m_source.get(), makeBuffer(picture.unit, m_originTime));
    return true;
}

}  // namespace leedswatch::rtsp
