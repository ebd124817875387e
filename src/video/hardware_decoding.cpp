#include "video/hardware_decoding.h"

#include <array>

namespace leedswatch::video {
namespace {

constexpr std::array kKinds{AV_HWDEVICE_TYPE_VAAPI, AV_HWDEVICE_TYPE_CUDA};

BufferHandle openDevice(AVHWDeviceType kind) {
    AVBufferRef* device = nullptr;
    return BufferHandle{av_hwdevice_ctx_create(&device, kind, nullptr, nullptr, 0) >= 0 ? device : nullptr};
}

/// The pixel format in which the codec's decoder gives pictures of such a device; none if it cannot.
AVPixelFormat formatOf(const AVCodec& codec, AVHWDeviceType kind) {
    for (int i = 0;; ++i) {
        const AVCodecHWConfig* config = avcodec_get_hw_config(&codec, i);
        if (config == nullptr) {
            return AV_PIX_FMT_NONE;
        }
        if ((config->methods & AV_CODEC_HW_CONFIG_METHOD_HW_DEVICE_CTX) != 0 && config->device_type == kind) {
            return config->pix_fmt;
        }
    }
}

/// libavcodec asks which of the formats that it could give is wanted: the device's. If it is not offered, the device
/// does not know this profile or size, and libavcodec's own decoding is taken.
AVPixelFormat chooseFormat(AVCodecContext* context, const AVPixelFormat* offered) {
    const auto wanted = static_cast<AVPixelFormat>(reinterpret_cast<std::intptr_t>(context->opaque));
    for (const AVPixelFormat* one = offered; *one != AV_PIX_FMT_NONE; ++one) {
        if (*one == wanted) {
            return wanted;
        }
    }
    return avcodec_default_get_format(context, offered);
}

}  // namespace

HardwareDecoding::HardwareDecoding(std::shared_ptr<HardwareExperience> experience)
    : HardwareDecoding{std::move(experience), openDevice} {}

bool HardwareDecoding::joinTo(AVCodecContext& context) {
    for (const AVHWDeviceType kind : kKinds) {
        const AVPixelFormat format = mayTry() ? formatOf(*context.codec, kind) : AV_PIX_FMT_NONE;
        if (format == AV_PIX_FMT_NONE) {
            continue;
        }
        if (BufferHandle device = m_open(kind)) {
            context.hw_device_ctx = device.release();
            context.opaque = reinterpret_cast<void*>(static_cast<std::intptr_t>(format));
            context.get_format = chooseFormat;
            m_joined = kind;
            return true;
        }
    }
    giveUp();
    return false;
}

void HardwareDecoding::noteGood() {
    constexpr int kForgotten = 100;
    m_inUse = m_joined;
    if (++m_good >= kForgotten) {
        m_bad = m_good = 0;
    }
}

void HardwareDecoding::noteBad() {
    constexpr int kTooMany = 3;
    m_good = 0;
    if (++m_bad >= kTooMany) {
        giveUp();
    }
}

void HardwareDecoding::giveUp() {
    m_experience->hasFailed = true;
    m_joined = AV_HWDEVICE_TYPE_NONE;
    m_inUse = AV_HWDEVICE_TYPE_NONE;
}

std::string_view HardwareDecoding::inUse() const {
    switch (m_inUse.load()) {
        case AV_HWDEVICE_TYPE_VAAPI: return "VAAPI";
        case AV_HWDEVICE_TYPE_CUDA: return "CUDA";
        default: return "software";
    }
}

}  // namespace leedswatch::video
