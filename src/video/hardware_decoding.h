#pragma once

#include "video/ffmpeg_handles.h"

#include <atomic>
#include <functional>
#include <memory>
#include <string_view>

extern "C" {
#include <libavutil/hwcontext.h>
}

namespace leedswatch::video {

struct BufferReleaser {
    void operator()(AVBufferRef* buffer) const { av_buffer_unref(&buffer); }
};
using BufferHandle = std::unique_ptr<AVBufferRef, BufferReleaser>;

/// What has been seen of a camera's streams in graphics cards. Whoever shows a camera again and again keeps it, so that
/// a card that failed with it once is not tried at every call-up. Thread-safe.
struct HardwareExperience {
    std::atomic<bool> hasFailed = false;
};

/// Whether a stream is decoded in a graphics card, and where. Never required: a device is taken if one opens; after it
/// failed, the stream is decoded in software, and so are all with the same experience. Used by the thread that decodes;
/// `inUse` may be asked on any.
class HardwareDecoding {
public:
    /// Opens a device of that kind, or gives null. A test gives another one.
    using Opener = std::function<BufferHandle(AVHWDeviceType kind)>;

    explicit HardwareDecoding(std::shared_ptr<HardwareExperience> experience);
    HardwareDecoding(std::shared_ptr<HardwareExperience> experience, Opener open)
        : m_experience{std::move(experience)}, m_open{std::move(open)} {}

    /// Joins a device to a decoder that is not open yet, if there is one for its codec.
    [[nodiscard]] bool joinTo(AVCodecContext& context);
    /// A picture came from the device.
    void noteGood();
    /// A picture that should be whole is not. The third within a hundred is one too many: the device may be at fault.
    void noteBad();
    /// The device does not decode what it should: no further attempt is made.
    void giveUp();
    [[nodiscard]] bool mayTry() const { return !m_experience->hasFailed; }
    /// Of the newest picture: "VAAPI", "CUDA", or "software".
    [[nodiscard]] std::string_view inUse() const;

private:
    const std::shared_ptr<HardwareExperience> m_experience;  // never null
    const Opener m_open;
    int m_bad = 0;
    int m_good = 0;
    AVHWDeviceType m_joined = AV_HWDEVICE_TYPE_NONE;
    std::atomic<AVHWDeviceType> m_inUse = AV_HWDEVICE_TYPE_NONE;
};

}  // namespace leedswatch::video
