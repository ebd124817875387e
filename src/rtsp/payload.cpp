#include "rtsp/payload.h"

#include "rtsp/mpeg4_payloader.h"

namespace leedswatch::rtsp {
namespace {

GstCaps* capsOf(const VideoFormat& format) {
    switch (format.coding) {
        case Coding::H264:
            return gst_caps_new_simple("video/x-h264", "stream-format", G_TYPE_STRING, "avc", "alignment",
                                       G_TYPE_STRING, "au", nullptr);
        case Coding::H265:
            return gst_caps_new_simple("video/x-h265", "stream-format", G_TYPE_STRING, "hvc1", "alignment",
                                       G_TYPE_STRING, "au", nullptr);
        case Coding::Jpeg: return gst_caps_new_empty_simple("image/jpeg");
        case Coding::Mpeg4:
            return gst_caps_new_simple("video/mpeg", "mpegversion", G_TYPE_INT, 4, "systemstream", G_TYPE_BOOLEAN,
                                       FALSE, nullptr);
    }
    return gst_caps_new_empty();
}

}  // namespace

SharedCaps makeCaps(const VideoFormat& format) {
    GstCaps* caps = capsOf(format);
    gst_caps_set_simple(caps, "width", G_TYPE_INT, format.width, "height", G_TYPE_INT, format.height, nullptr);
    if (!format.record.empty()) {
        GstBuffer* record = gst_buffer_new_memdup(format.record.data(), format.record.size());
        gst_caps_set_simple(caps, "codec_data", GST_TYPE_BUFFER, record, nullptr);
        gst_buffer_unref(record);
    }
    return shareCaps(caps);
}

std::string launchLineOf(Coding coding) {
    // A JPEG's payload type is given by RFC 3551; those of the others are dynamic. Parameter sets are repeated in front
    // of each key picture where the payloader can.
    std::string options = coding == Coding::Jpeg ? " pt=26" : " pt=96";
    if (coding == Coding::H264 || coding == Coding::H265) {
        options += " config-interval=-1";
    }
    return std::string{"( appsrc name=source is-live=true format=time block=false max-bytes=0 ! "} +
           payloaderOf(coding) + " name=pay0" + options + " )";
}

const char* payloaderOf(Coding coding) {
    switch (coding) {
        case Coding::H264: return "rtph264pay";
        case Coding::H265: return "rtph265pay";
        case Coding::Jpeg: return "rtpjpegpay";
        case Coding::Mpeg4: return kMpeg4Payloader;
    }
    return "";
}

}  // namespace leedswatch::rtsp
