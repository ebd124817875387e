#include "rtsp/stream_mount.h"

#include "rtsp/jpeg_limits.h"
#include "rtsp/payload.h"

#include <algorithm>
#include <utility>

namespace leedswatch::rtsp {
namespace {

constexpr std::size_t mostClients = 64;
constexpr std::size_t mostCachedPictures = 1000;
constexpr std::size_t mostCachedBytes = 16U << 20U;
constexpr std::int64_t longestStepBack = 90000;

using MountBox = std::shared_ptr<StreamMount>;
using FeedBox = std::shared_ptr<ClientFeed>;

constexpr guint16 firstGroupPort = 20000;
constexpr guint16 lastGroupPort = 20999;

GstRTSPLowerTrans transportOf(Carrier carrier) {
    switch (carrier) {
        case Carrier::Tcp: return GST_RTSP_LOWER_TRANS_TCP;
        case Carrier::Udp: return GST_RTSP_LOWER_TRANS_UDP;
        case Carrier::Multicast: return GST_RTSP_LOWER_TRANS_UDP_MCAST;
    }
    return GST_RTSP_LOWER_TRANS_TCP;
}

void needData(GstAppSrc*, guint, gpointer box) {
    (*static_cast<FeedBox*>(box))->feed();
}

}  // namespace

StreamMount::StreamMount(FirstPictures first, Credentials credentials, Run run)
    : m_first{first}, m_run{std::move(run)}, m_credentials{std::move(credentials)} {
    g_weak_ref_init(&m_factory, nullptr);
}

StreamMount::~StreamMount() {
    g_weak_ref_clear(&m_factory);
}

void StreamMount::setFormat(const VideoFormat& format) {
    std::vector<FeedBox> served;
    {
        const std::scoped_lock lock{m_mutex};
        if (m_format == format) {
            return;
        }
        const bool isSameCoding = m_format && m_format->coding == format.coding;
        m_format = format;
        m_caps = makeCaps(format);
        m_refusal.clear();
        forgetGop();
        if (isSameCoding) {
            return;
        }
        // Whoever plays has a payloader of the other coding: one picture of this one in it would end the media in the
        // middle of whatever the client asks, and a client that is closed then can hold the server's thread.
        served = std::exchange(m_feeds, {});
        setLaunchLine(format.coding);
    }
    for (const FeedBox& feed : served) {
        feed->close();
    }
    disconnect(std::move(served));
}

void StreamMount::setLaunchLine(Coding coding) {
    const ObjectHandle<GstRTSPMediaFactory> factory{static_cast<GstRTSPMediaFactory*>(g_weak_ref_get(&m_factory))};
    if (factory) {
        gst_rtsp_media_factory_set_launch(factory.get(), launchLineOf(coding, m_sound.format()).c_str());
    }
}

void StreamMount::setSound(const std::optional<SoundFormat>& format) {
    m_sound.setFormat(format);
    std::optional<VideoFormat> pictures;
    {
        const std::scoped_lock lock{m_mutex};
        pictures = m_format;
    }
    setLaunchLine(pictures ? pictures->coding : Coding::H264);
}

void StreamMount::push(const AccessUnit& unit) {
    if (unit.bytes == nullptr || unit.bytes->empty()) {
        return;
    }
    if (hasBegunAnew(unit.time)) {
        disconnectClients();
    }
    const std::scoped_lock lock{m_mutex};
    if (!m_format || (m_waitsForKey && !unit.isKey)) {
        return;
    }
    if (m_format->coding == Coding::Jpeg) {
        m_refusal = whyNotCarried(*unit.bytes);
        if (!m_refusal.empty()) {
            forgetGop();
            return;
        }
    }
    m_waitsForKey = false;
    m_lastTime = std::max(unit.time, m_lastTime.value_or(unit.time));
    const FormattedUnit picture{unit, m_caps};
    if (m_first == FirstPictures::CurrentGop) {
        remember(picture);
    }
    for (const auto& feed : m_feeds) {
        feed->offer(picture);
    }
}

void StreamMount::passTime(std::int64_t time) {
    const std::scoped_lock lock{m_mutex};
    if (m_feeds.empty()) {
        m_lastTime = time;
        forgetGop();
    }
}

std::string StreamMount::refusal() const {
    const std::scoped_lock lock{m_mutex};
    return m_refusal;
}

/// A source that was restarted counts from another time; nobody who plays could follow that.
bool StreamMount::hasBegunAnew(std::int64_t time) {
    const std::scoped_lock lock{m_mutex};
    if (!m_lastTime || time > *m_lastTime - longestStepBack) {
        return false;
    }
    m_lastTime.reset();
    forgetGop();
    return true;
}

void StreamMount::forgetGop() {
    m_gop.clear();
    m_gopBytes = 0;
    m_waitsForKey = true;
}

void StreamMount::remember(const FormattedUnit& picture) {
    const std::size_t size = picture.unit.bytes->size();
    const bool isTooLong = m_gop.size() >= mostCachedPictures || m_gopBytes + size > mostCachedBytes;
    if (picture.unit.isKey || isTooLong) {
        m_gop.clear();
        m_gopBytes = 0;
    }
    if (picture.unit.isKey || !m_gop.empty()) {
        m_gop.push_back(picture);
        m_gopBytes += size;
    }
}

void StreamMount::setCredentials(const Credentials& credentials) {
    const std::scoped_lock lock{m_mutex};
    m_credentials = credentials;
}

int StreamMount::clients() const {
    const std::scoped_lock lock{m_mutex};
    return static_cast<int>(m_feeds.size());
}

Credentials StreamMount::credentials() const {
    const std::scoped_lock lock{m_mutex};
    return m_credentials;
}

bool StreamMount::canServe() const {
    const std::scoped_lock lock{m_mutex};
    return m_format.has_value() && m_refusal.empty() && m_feeds.size() < mostClients;
}

void StreamMount::disconnectClients() {
    std::vector<FeedBox> feeds;
    {
        const std::scoped_lock lock{m_mutex};
        feeds = m_feeds;
    }
    disconnect(std::move(feeds));
}

void StreamMount::disconnect(std::vector<std::shared_ptr<ClientFeed>> feeds) const {
    if (feeds.empty()) {
        return;
    }
    m_run([feeds = std::move(feeds)] {
        for (const FeedBox& feed : feeds) {
            if (const auto client = feed->client()) {
                gst_rtsp_client_close(client.get());
            }
        }
    });
}

CarrierChoice CarrierChoice::create(Carrier carrier, int port) {
    CarrierChoice choice{carrier, nullptr};
    if (carrier == Carrier::Multicast) {
        // Two servers on one machine have different ports, and so most likely different groups.
        const std::string network = "239.255." + std::to_string(port % 256) + ".";
        choice.groups.reset(gst_rtsp_address_pool_new());
        gst_rtsp_address_pool_add_range(choice.groups.get(), (network + "1").c_str(), (network + "254").c_str(),
                                        firstGroupPort, lastGroupPort, 1);
    }
    return choice;
}

GstRTSPMediaFactory* StreamMount::makeFactory(std::shared_ptr<StreamMount> mount, const CarrierChoice& carrier) {
    GstRTSPMediaFactory* factory = gst_rtsp_media_factory_new();
    g_weak_ref_set(&mount->m_factory, factory);
    gst_rtsp_media_factory_set_launch(factory, launchLineOf(Coding::H264).c_str());
    gst_rtsp_media_factory_set_shared(factory, FALSE);
    gst_rtsp_media_factory_set_protocols(factory, transportOf(carrier.carrier));
    gst_rtsp_media_factory_set_address_pool(factory, carrier.groups.get());
    const auto configure =
        +[](GstRTSPMediaFactory*, GstRTSPMedia* media, gpointer box) { (*static_cast<MountBox*>(box))->attach(media); };
    g_signal_connect_data(
        factory, "media-configure", G_CALLBACK(configure), new MountBox{std::move(mount)},
        +[](gpointer box, GClosure*) { delete static_cast<MountBox*>(box); }, GConnectFlags{});
    return factory;
}

/// On the server's thread, while a client's DESCRIBE is answered.
void StreamMount::attach(GstRTSPMedia* media) {
    const ObjectHandle<GstElement> bin{gst_rtsp_media_get_element(media)};
    const ObjectHandle<GstElement> source{gst_bin_get_by_name(GST_BIN(bin.get()), "source")};
    const ObjectHandle<GstElement> payloader{gst_bin_get_by_name(GST_BIN(bin.get()), "pay0")};
    const GstRTSPContext* context = gst_rtsp_context_get_current();
    GstRTSPClient* client = context == nullptr ? nullptr : context->client;

    const std::scoped_lock lock{m_mutex};
    if (!m_caps) {
        return;
    }
    const std::int64_t origin = m_gop.empty() ? m_lastTime.value_or(0) : m_gop.front().unit.time;
    // RTP time is the camera's media time, whoever joins when.
    g_object_set(payloader.get(), "timestamp-offset", static_cast<guint>(static_cast<std::uint64_t>(origin)), nullptr);
    gst_app_src_set_caps(GST_APP_SRC(source.get()), m_caps.get());
    m_faults->attach(media, payloader.get());
    m_sound.attach(media, client, origin);
    auto feed = std::make_shared<ClientFeed>(GST_APP_SRC(source.get()), client, m_gop, origin);
    GstAppSrcCallbacks callbacks{};
    callbacks.need_data = needData;
    gst_app_src_set_callbacks(GST_APP_SRC(source.get()), &callbacks, new FeedBox{feed},
                              [](gpointer box) { delete static_cast<FeedBox*>(box); });
    m_feeds.push_back(feed);

    // The media's end detaches the feed, however it ends: the last reference to this box is the media's own.
    using Detach = std::function<void()>;
    auto* detach = new Detach{[mount = weak_from_this(), feed] {
        feed->close();
        if (const auto alive = mount.lock()) {
            alive->detach(feed);
        }
    }};
    g_object_set_data_full(G_OBJECT(media), "leedswatch-detach", detach, [](gpointer box) {
        (*static_cast<Detach*>(box))();
        delete static_cast<Detach*>(box);
    });
    const auto unprepared = +[](GstRTSPMedia*, gpointer box) { (*static_cast<Detach*>(box))(); };
    g_signal_connect(media, "unprepared", G_CALLBACK(unprepared), detach);
}

void StreamMount::detach(const std::shared_ptr<ClientFeed>& feed) {
    const std::scoped_lock lock{m_mutex};
    std::erase(m_feeds, feed);
}

}  // namespace leedswatch::rtsp
