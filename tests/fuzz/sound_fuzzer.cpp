#include "rtsp/aac_configuration.h"
#include "rtsp/sound_depacketizer.h"

#include <algorithm>
#include <array>
#include <cstdlib>

// A camera's sound, whatever it is: the first byte chooses the coding, the next eight are the configuration of AAC.
// Then packets, each a byte of its length in words of four and its bytes.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace leedswatch::rtsp;
    constexpr std::size_t kConfiguration = 8;
    constexpr std::array kEncodings{"MPEG4-GENERIC", "PCMU", "PCMA"};
    auto bytes = std::as_bytes(std::span{data, size});
    if (bytes.size() < 1 + kConfiguration) {
        return 0;
    }
    const auto config = bytes.subspan(1, kConfiguration);
    const auto read = readAacConfiguration(config);
    if (read && (read->sampleRate <= 0 || read->channels < 1 || read->samplesPerUnit < 960)) {
        std::abort();
    }
    MediaDescription media;
    media.kind = MediaKind::Sound;
    media.encoding = kEncodings[data[0] % kEncodings.size()];
    media.clockRate = 16'000;
    media.channels = 1 + data[0] / 128;
    media.parameters = {config.begin(), config.end()};
    media.aac = (data[0] & 64U) != 0 ? AacLayout{6, 2, 2, 0} : AacLayout{13, 3, 3, 0};
    const auto depacketizer = SoundDepacketizer::create(media);
    if (!depacketizer) {
        return 0;
    }
    bytes = bytes.subspan(1 + kConfiguration);
    while (!bytes.empty()) {
        const std::size_t length = std::min(std::to_integer<std::size_t>(bytes[0]) * 4, bytes.size() - 1);
        if (const auto packet = readRtpPacket(bytes.subspan(1, length))) {
            depacketizer->add(*packet, packet->hasMarker);
        }
        bytes = bytes.subspan(1 + length);
        while (const auto sound = depacketizer->take()) {
            if (sound->bytes.empty() || sound->duration == 0) {
                std::abort();
            }
        }
    }
    return 0;
}
