#include "video/sound.h"

#include "rtsp/aac_configuration.h"

namespace leedswatch::video {
namespace {

constexpr int kSlowest = 4'000;
constexpr int kFastest = 192'000;
constexpr int kUsualUnit = 1'024;

}  // namespace

std::string_view nameOf(SoundCodec codec) {
    switch (codec) {
        case SoundCodec::Aac: return "aac";
        case SoundCodec::MuLaw: return "pcm_mulaw";
        case SoundCodec::ALaw: return "pcm_alaw";
    }
    return "unknown";
}

std::int64_t SoundFormat::samplesIn(std::size_t bytes) const {
    if (codec != SoundCodec::Aac) {
        return static_cast<std::int64_t>(bytes) / channels;
    }
    const auto configuration = rtsp::readAacConfiguration(record);
    return configuration ? configuration->samplesPerUnit : kUsualUnit;
}

std::shared_ptr<const SoundFormat> aacFormat(std::vector<std::byte> record) {
    const auto configuration = rtsp::readAacConfiguration(record);
    if (!configuration) {
        return nullptr;
    }
    return std::make_shared<const SoundFormat>(
        SoundFormat{SoundCodec::Aac, std::move(record), configuration->sampleRate, configuration->channels});
}

std::shared_ptr<const SoundFormat> g711Format(SoundCodec codec, int sampleRate, int channels) {
    if (sampleRate < kSlowest || sampleRate > kFastest || channels < 1 || channels > 2) {
        return nullptr;
    }
    return std::make_shared<const SoundFormat>(SoundFormat{codec, {}, sampleRate, channels});
}

}  // namespace leedswatch::video
