#pragma once

#include "base/time.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace leedswatch::video {

/// How a camera codes its sound, as far as it is carried: from the camera into the archive and into clips.
enum class SoundCodec {
    Aac,    ///< ISO/IEC 14496-3
    MuLaw,  ///< ITU-T G.711
    ALaw,   ///< ITU-T G.711
};

[[nodiscard]] std::string_view nameOf(SoundCodec codec);  ///< as FFmpeg calls it: "aac", "pcm_mulaw"

/// What a decoder must know before the first piece. Compared by value: another one means another file.
struct SoundFormat {
    SoundCodec codec = SoundCodec::Aac;
    std::vector<std::byte> record;  ///< AudioSpecificConfig of AAC; empty for G.711
    int sampleRate = 0;             ///< of AAC the core's
    int channels = 1;
    bool operator==(const SoundFormat&) const = default;

    /// How many samples of each channel a piece of so many bytes holds.
    [[nodiscard]] std::int64_t samplesIn(std::size_t bytes) const;
};

/// AAC of this AudioSpecificConfig; null if it is none that is carried.
[[nodiscard]] std::shared_ptr<const SoundFormat> aacFormat(std::vector<std::byte> record);
/// Null unless rate and channels are believable.
[[nodiscard]] std::shared_ptr<const SoundFormat> g711Format(SoundCodec codec, int sampleRate, int channels);

/// A piece of sound as it came from a camera that can be decoded by itself. Shared, never changed.
struct SoundPacket {
    std::shared_ptr<const SoundFormat> format;
    std::shared_ptr<const std::vector<std::byte>> bytes;
    std::int64_t time = 0;  ///< 90 kHz, of its first sample, on the clock of the session's pictures

    [[nodiscard]] std::int64_t samples() const { return format->samplesIn(bytes->size()); }
};

}  // namespace leedswatch::video
