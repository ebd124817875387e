#include "rtsp/mpeg4_payloader.h"

#include "rtsp/glib_handle.h"

#include <gst/rtp/gstrtpbasepayload.h>
#include <gst/rtp/gstrtpbuffer.h>

#include <algorithm>
#include <mutex>
#include <string>

namespace leedswatch::rtsp {
namespace {

struct Mpeg4Payloader {
    GstRTPBasePayload parent;
};
struct Mpeg4PayloaderClass {
    GstRTPBasePayloadClass parent;
};
G_DEFINE_TYPE(Mpeg4Payloader, mpeg4_payloader, GST_TYPE_RTP_BASE_PAYLOAD)

constexpr const char* kInput = "video/mpeg, mpegversion = (int) 4, systemstream = (boolean) false";
constexpr const char* kOutput =
    "application/x-rtp, media = (string) \"video\", clock-rate = (int) 90000, encoding-name = (string) \"MP4V-ES\"";

std::string hexOf(const GstMapInfo& map) {
    constexpr const char* kDigits = "0123456789ABCDEF";
    std::string text;
    for (gsize i = 0; i < map.size; ++i) {
        text.push_back(kDigits[map.data[i] >> 4U]);
        text.push_back(kDigits[map.data[i] & 15U]);
    }
    return text;
}

/// The headers go into the SDP as "config"; the byte behind the first start code (B0) is profile and level.
gboolean setCaps(GstRTPBasePayload* payloader, GstCaps* caps) {
    gst_rtp_base_payload_set_options(payloader, "video", TRUE, "MP4V-ES", 90'000);
    std::string config;
    std::string level = "1";  // as RFC 6416 assumes it where nothing is said
    const GValue* value = gst_structure_get_value(gst_caps_get_structure(caps, 0), "codec_data");
    GstMapInfo map;
    if (value != nullptr && gst_buffer_map(gst_value_get_buffer(value), &map, GST_MAP_READ) != FALSE) {
        config = hexOf(map);
        if (map.size > 4 && map.data[3] == 0xB0) {
            level = std::to_string(map.data[4]);
        }
        gst_buffer_unmap(gst_value_get_buffer(value), &map);
    }
    if (config.empty()) {
        return gst_rtp_base_payload_set_outcaps(payloader, "profile-level-id", G_TYPE_STRING, level.c_str(), nullptr);
    }
    return gst_rtp_base_payload_set_outcaps(payloader, "profile-level-id", G_TYPE_STRING, level.c_str(), "config",
                                            G_TYPE_STRING, config.c_str(), nullptr);
}

/// Cuts a picture into packets; the marker says that it is whole. Takes the buffer; nothing of it is copied.
GstFlowReturn handleBuffer(GstRTPBasePayload* payloader, GstBuffer* picture) {
    const gsize size = gst_buffer_get_size(picture);
    const guint most = gst_rtp_buffer_calc_payload_len(GST_RTP_BASE_PAYLOAD_MTU(payloader), 0, 0);
    GstBufferList* packets = gst_buffer_list_new();
    for (gsize at = 0; at < size; at += most) {
        const gsize length = std::min<gsize>(most, size - at);
        GstBuffer* packet = gst_rtp_base_payload_allocate_output_buffer(payloader, 0, 0, 0);
        GstRTPBuffer rtp = GST_RTP_BUFFER_INIT;
        gst_rtp_buffer_map(packet, GST_MAP_WRITE, &rtp);
        gst_rtp_buffer_set_marker(&rtp, at + length == size ? TRUE : FALSE);
        gst_rtp_buffer_unmap(&rtp);
        GST_BUFFER_PTS(packet) = GST_BUFFER_PTS(picture);
        GST_BUFFER_DTS(packet) = GST_BUFFER_DTS(picture);
        packet = gst_buffer_append(packet, gst_buffer_copy_region(picture, GST_BUFFER_COPY_MEMORY, at, length));
        gst_buffer_list_add(packets, packet);
    }
    gst_buffer_unref(picture);
    return gst_rtp_base_payload_push_list(payloader, packets);
}

void mpeg4_payloader_init(Mpeg4Payloader*) {}

void addTemplate(GstElementClass* element, const char* name, GstPadDirection direction, const char* text) {
    GstCaps* caps = gst_caps_from_string(text);
    gst_element_class_add_pad_template(element, gst_pad_template_new(name, direction, GST_PAD_ALWAYS, caps));
    gst_caps_unref(caps);
}

void mpeg4_payloader_class_init(Mpeg4PayloaderClass* type) {
    GstElementClass* element = GST_ELEMENT_CLASS(type);
    addTemplate(element, "sink", GST_PAD_SINK, kInput);
    addTemplate(element, "src", GST_PAD_SRC, kOutput);
    gst_element_class_set_static_metadata(element, "MPEG-4 payloader", "Codec/Payloader/Network/RTP",
                                          "Sends each MPEG-4 picture when it comes", "Leedswatch");
    type->parent.set_caps = setCaps;
    type->parent.handle_buffer = handleBuffer;
}

}  // namespace

void registerMpeg4Payloader() {
    static std::once_flag once;
    std::call_once(once,
                   [] { gst_element_register(nullptr, kMpeg4Payloader, GST_RANK_NONE, mpeg4_payloader_get_type()); });
}

}  // namespace leedswatch::rtsp
