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

GstCaps* capsOf(SoundCoding coding) {
    switch (coding) {
        case SoundCoding::Aac:
            return gst_caps_new_simple("audio/mpeg", "mpegversion", G_TYPE_INT, 4, "stream-format", G_TYPE_STRING,
                                       "raw", "framed", G_TYPE_BOOLEAN, TRUE, nullptr);
        case SoundCoding::MuLaw: return gst_caps_new_empty_simple("audio/x-mulaw");
        case SoundCoding::ALaw: return gst_caps_new_empty_simple("audio/x-alaw");
    }
    return gst_caps_new_empty();
}

void addRecord(GstCaps& caps, const std::vector<std::byte>& bytes) {
    if (!bytes.empty()) {
        GstBuffer* record = gst_buffer_new_memdup(bytes.data(), bytes.size());
        gst_caps_set_simple(&caps, "codec_data", GST_TYPE_BUFFER, record, nullptr);
        gst_buffer_unref(record);
    }
}

std::string sourceNamed(const char* name) {
    return std::string{"appsrc name="} + name + " is-live=true format=time block=false max-bytes=0 ! ";
}

/// G.711's payload types are given by RFC 3551, for 8 kHz and one channel.
std::string soundBranch(const SoundFormat& sound) {
    const bool isSpeech = sound.sampleRate == 8'000 && sound.channels == 1;
    const std::string type = sound.coding == SoundCoding::Aac || !isSpeech ? "97"
                             : sound.coding == SoundCoding::MuLaw          ? "0"
                                                                           : "8";
    return sourceNamed("sound") + payloaderOf(sound.coding) + " name=pay1 pt=" + type + " ";
}

}  // namespace

SharedCaps makeCaps(const VideoFormat& format) {
    GstCaps* caps = capsOf(format);
    gst_caps_set_simple(caps, "width", G_TYPE_INT, format.width, "height", G_TYPE_INT, format.height, nullptr);
    addRecord(*caps, format.record);
    return shareCaps(caps);
}

SharedCaps makeCaps(const SoundFormat& format) {
    GstCaps* caps = capsOf(format.coding);
    gst_caps_set_simple(caps, "rate", G_TYPE_INT, format.sampleRate, "channels", G_TYPE_INT, format.channels, nullptr);
    addRecord(*caps, format.record);
    return shareCaps(caps);
}

std::string launchLineOf(Coding coding, const std::optional<SoundFormat>& sound) {
    // A JPEG's payload type is given by RFC 3551; those of the others are dynamic. Parameter sets are repeated in front
    // of each key picture where the payloader can.
    std::string options = coding == Coding::Jpeg ? " pt=26" : " pt=96";
    if (coding == Coding::H264 || coding == Coding::H265) {
        options += " config-interval=-1";
    }
    return "( " + sourceNamed("source") + payloaderOf(coding) + " name=pay0" + options + " " +
           (sound ? soundBranch(*sound) : "") + ")";
}

const char* payloaderOf(SoundCoding coding) {
    switch (coding) {
        case SoundCoding::Aac: return "rtpmp4gpay";
        case SoundCoding::MuLaw: return "rtppcmupay";
        case SoundCoding::ALaw: return "rtppcmapay";
    }
    return "";
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
