#include "rtsp/session_description.h"

#include "base/hash.h"

#include <gst/sdp/gstsdpmessage.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <map>
#include <memory>

namespace leedswatch::rtsp {
namespace {

struct FreeMessage {
    void operator()(GstSDPMessage* message) const { gst_sdp_message_free(message); }
};

constexpr std::array kStartCode{std::byte{0}, std::byte{0}, std::byte{0}, std::byte{1}};
constexpr int kVideoClock = 90'000;
constexpr int kSpeechClock = 8'000;
constexpr unsigned kMostHeaderBits = 32;

/// RFC 3551, section 6: numbers that need no a=rtpmap.
struct StaticType {
    MediaKind kind;
    unsigned number;
    const char* encoding;
};
constexpr std::array kStaticTypes{StaticType{MediaKind::Video, 26, "JPEG"}, StaticType{MediaKind::Sound, 0, "PCMU"},
                                  StaticType{MediaKind::Sound, 8, "PCMA"}};

std::string textOf(const char* text) {
    return text == nullptr ? std::string{} : std::string{text};
}

std::string inCapitals(std::string text) {
    std::ranges::transform(text, text.begin(), [](unsigned char letter) { return std::toupper(letter); });
    return text;
}

/// What stands in an attribute behind "96 ", for the payload type 96.
std::string attributeOf(const GstSDPMedia& media, const char* name, unsigned payloadType) {
    const std::string lead = std::to_string(payloadType);
    for (guint index = 0;; ++index) {
        const char* value = gst_sdp_media_get_attribute_val_n(&media, name, index);
        if (value == nullptr) {
            return {};
        }
        const std::string_view text{value};
        const auto space = text.find(' ');
        if (space != std::string_view::npos && text.substr(0, space) == lead) {
            return std::string{text.substr(space + 1)};
        }
    }
}

/// "a=1; b=2" by names in lower case.
std::map<std::string, std::string> formatParameters(std::string_view text) {
    std::map<std::string, std::string> parameters;
    while (!text.empty()) {
        const auto end = std::min(text.find(';'), text.size());
        std::string_view one = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        one.remove_prefix(std::min(one.find_first_not_of(" \t"), one.size()));
        const auto equals = one.find('=');
        if (equals == std::string_view::npos) {
            continue;
        }
        std::string name{one.substr(0, equals)};
        std::ranges::transform(name, name.begin(), [](unsigned char letter) { return std::tolower(letter); });
        const auto last = one.find_last_not_of(" \t\r");
        parameters.emplace(std::move(name), one.substr(equals + 1, last - equals));
    }
    return parameters;
}

/// Base64 that may lack the padding at its end, as some cameras leave it out.
std::vector<std::byte> fromLooseBase64(std::string_view text) {
    std::string padded{text.substr(0, text.find('='))};
    padded.append((4 - padded.size() % 4) % 4, '=');
    return base::fromBase64(padded).value_or(std::vector<std::byte>{});
}

/// NAL units in base64, apart by commas.
void appendUnits(std::vector<std::byte>& out, std::string_view text) {
    while (!text.empty()) {
        const auto end = std::min(text.find(','), text.size());
        if (const auto unit = fromLooseBase64(text.substr(0, end)); !unit.empty()) {
            out.insert(out.end(), kStartCode.begin(), kStartCode.end());
            out.insert(out.end(), unit.begin(), unit.end());
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

std::vector<std::byte> decoderParameters(const std::string& encoding, const std::string& format) {
    auto given = formatParameters(format);
    std::vector<std::byte> parameters;
    if (encoding == "H264") {
        appendUnits(parameters, given["sprop-parameter-sets"]);
    } else if (encoding == "H265") {
        for (const char* name : {"sprop-vps", "sprop-sps", "sprop-pps"}) {
            appendUnits(parameters, given[name]);
        }
    } else if (encoding == "MP4V-ES" || encoding == "MPEG4-GENERIC") {
        parameters = base::fromHex(given["config"]).value_or(std::vector<std::byte>{});
    }
    return parameters;
}

unsigned numberIn(const std::string& text) {
    unsigned number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

AacLayout aacLayoutIn(const std::string& format) {
    auto given = formatParameters(format);
    const std::string mode = inCapitals(given["mode"]);
    const bool isHigh = mode == "AAC-HBR";
    // Further fields of the headers are optional in RFC 3640; in these two modes they are not there.
    for (const char* field : {"ctsdeltalength", "dtsdeltalength", "randomaccessindication", "streamstateindication",
                              "auxiliarydatasizelength"}) {
        if (numberIn(given[field]) != 0) {
            return {};
        }
    }
    if (!isHigh && mode != "AAC-LBR") {
        return {};
    }
    const auto bits = [&](const char* name, unsigned usual) {
        return given[name].empty() ? usual : std::min(numberIn(given[name]), kMostHeaderBits);
    };
    return {bits("sizelength", isHigh ? 13 : 6), bits("indexlength", isHigh ? 3 : 2),
            bits("indexdeltalength", isHigh ? 3 : 2), numberIn(given["constantduration"])};
}

/// "a=sendonly": what the camera would like to be sent.
bool isBackChannel(const GstSDPMedia& media) {
    for (guint index = 0; index < gst_sdp_media_attributes_len(&media); ++index) {
        if (textOf(gst_sdp_media_get_attribute(&media, index)->key) == "sendonly") {
            return true;
        }
    }
    return false;
}

MediaKind kindOf(const GstSDPMedia& media) {
    const std::string name = textOf(gst_sdp_media_get_media(&media));
    if (name == "video") {
        return MediaKind::Video;
    }
    return name == "audio" && !isBackChannel(media) ? MediaKind::Sound : MediaKind::Other;
}

/// "H264/90000", "MPEG4-GENERIC/16000/1".
void readMap(const std::string& map, MediaDescription& description) {
    const auto slash = map.find('/');
    description.encoding = inCapitals(map.substr(0, slash));
    if (slash == std::string::npos) {
        return;
    }
    const char* end = map.data() + map.size();
    const auto rate = std::from_chars(map.data() + slash + 1, end, description.clockRate);
    if (rate.ptr != end && *rate.ptr == '/') {
        std::from_chars(rate.ptr + 1, end, description.channels);
    }
}

MediaDescription describe(const GstSDPMedia& media) {
    MediaDescription description;
    description.kind = kindOf(media);
    description.control = textOf(gst_sdp_media_get_attribute_val(&media, "control"));
    description.payloadType = numberIn(textOf(gst_sdp_media_get_format(&media, 0)));
    readMap(attributeOf(media, "rtpmap", description.payloadType), description);
    for (const StaticType& type : kStaticTypes) {
        if (description.encoding.empty() && type.kind == description.kind && type.number == description.payloadType) {
            description.encoding = type.encoding;
        }
    }
    const int usualClock = description.kind == MediaKind::Sound ? kSpeechClock : kVideoClock;
    description.clockRate = description.clockRate > 0 ? description.clockRate : usualClock;
    const std::string format = attributeOf(media, "fmtp", description.payloadType);
    description.parameters = decoderParameters(description.encoding, format);
    if (description.encoding == "MPEG4-GENERIC") {
        description.aac = aacLayoutIn(format);
    }
    return description;
}

}  // namespace

base::Result<SessionDescription> readSessionDescription(std::string_view text) {
    GstSDPMessage* raw = nullptr;
    gst_sdp_message_new(&raw);
    const std::unique_ptr<GstSDPMessage, FreeMessage> message{raw};
    // GStreamer reads up to a zero byte or the given end; it is given both.
    const std::string copy{text.substr(0, text.find('\0'))};
    if (gst_sdp_message_parse_buffer(reinterpret_cast<const guint8*>(copy.c_str()), static_cast<guint>(copy.size()),
                                     raw) != GST_SDP_OK) {
        return base::fail(base::ErrorCode::Damaged, "the description of the stream cannot be read");
    }
    SessionDescription description;
    description.control = textOf(gst_sdp_message_get_attribute_val(raw, "control"));
    for (guint index = 0; index < gst_sdp_message_medias_len(raw); ++index) {
        description.media.push_back(describe(*gst_sdp_message_get_media(raw, index)));
    }
    return description;
}

std::string controlAddress(const std::string& base, const std::string& control) {
    if (control.empty() || control == "*") {
        return base;
    }
    if (control.find("://") != std::string::npos) {
        return control;
    }
    if (control.front() == '/') {
        const auto scheme = base.find("://");
        const auto path = base.find('/', scheme == std::string::npos ? 0 : scheme + 3);
        return base.substr(0, path) + control;
    }
    // Appendix C.1.1 would resolve it as a relative address; cameras mean it to stand behind the whole.
    return base.ends_with('/') ? base + control : base + "/" + control;
}

}  // namespace leedswatch::rtsp
