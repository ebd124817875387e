#include "rtsp/mount_sound.h"

#include "rtsp/payload.h"

#include <functional>

namespace leedswatch::rtsp {
namespace {

using SoundFeedBox = std::shared_ptr<ClientFeed>;
using Detach = std::function<void()>;

void needSound(GstAppSrc*, guint, gpointer box) {
    (*static_cast<SoundFeedBox*>(box))->feed();
}

/// `detach` is called when the media ends, however it ends.
void callAtTheEndOf(GstRTSPMedia* media, Detach detach) {
    auto* box = new Detach{std::move(detach)};
    g_object_set_data_full(G_OBJECT(media), "leedswatch-detach-sound", box, [](gpointer owned) {
        (*static_cast<Detach*>(owned))();
        delete static_cast<Detach*>(owned);
    });
    const auto unprepared = +[](GstRTSPMedia*, gpointer call) { (*static_cast<Detach*>(call))(); };
    g_signal_connect(media, "unprepared", G_CALLBACK(unprepared), box);
}

}  // namespace

void MountSound::setFormat(const std::optional<SoundFormat>& format) {
    const std::scoped_lock lock{m_mutex};
    m_format = format;
    m_caps = format ? makeCaps(*format) : nullptr;
}

std::optional<SoundFormat> MountSound::format() const {
    const std::scoped_lock lock{m_mutex};
    return m_format;
}

void MountSound::push(const AccessUnit& unit) {
    SharedCaps caps;
    {
        const std::scoped_lock lock{m_mutex};
        caps = m_caps;
    }
    const std::scoped_lock lock{m_feeds->mutex};
    if (!caps || unit.bytes == nullptr || unit.bytes->empty()) {
        return;
    }
    for (const auto& feed : m_feeds->all) {
        feed->offer({{unit.bytes, unit.time, true}, caps});
    }
}

void MountSound::attach(GstRTSPMedia* media, GstRTSPClient* client, std::int64_t originTime) {
    const ObjectHandle<GstElement> bin{gst_rtsp_media_get_element(media)};
    const ObjectHandle<GstElement> source{gst_bin_get_by_name(GST_BIN(bin.get()), "sound")};
    const std::scoped_lock lock{m_mutex};
    if (!source || !m_caps) {
        return;
    }
    gst_app_src_set_caps(GST_APP_SRC(source.get()), m_caps.get());
    auto feed =
        std::make_shared<ClientFeed>(GST_APP_SRC(source.get()), client, std::vector<FormattedUnit>{}, originTime);
    GstAppSrcCallbacks callbacks{};
    callbacks.need_data = needSound;
    gst_app_src_set_callbacks(GST_APP_SRC(source.get()), &callbacks, new SoundFeedBox{feed},
                              [](gpointer box) { delete static_cast<SoundFeedBox*>(box); });
    {
        const std::scoped_lock adding{m_feeds->mutex};
        m_feeds->all.push_back(feed);
    }
    callAtTheEndOf(media, [feeds = m_feeds, feed] {
        feed->close();
        const std::scoped_lock removing{feeds->mutex};
        std::erase(feeds->all, feed);
    });
}

}  // namespace leedswatch::rtsp
