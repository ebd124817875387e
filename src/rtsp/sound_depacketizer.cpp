#include "rtsp/sound_depacketizer.h"

#include "rtsp/aac_depacketizer.h"

namespace leedswatch::rtsp {
namespace {

constexpr std::size_t kMostReady = 1024;
constexpr int kSlowestClock = 4'000;
constexpr int kFastestClock = 192'000;

/// RFC 3551, section 4.5.14: a byte a sample and channel, with nothing around them.
class G711Depacketizer final : public SoundDepacketizer {
public:
    explicit G711Depacketizer(int channels) : m_channels{static_cast<std::size_t>(channels)} {}

    void add(const RtpPacket& packet, bool) override {
        const std::size_t samples = packet.payload.size() / m_channels;
        if (samples > 0) {
            const Bytes whole = packet.payload.first(samples * m_channels);
            give({{whole.begin(), whole.end()}, packet.timestamp, static_cast<std::uint32_t>(samples)});
        }
    }

private:
    const std::size_t m_channels;
};

bool isG711(const MediaDescription& media) {
    return (media.encoding == "PCMU" || media.encoding == "PCMA") && media.channels >= 1 && media.channels <= 2;
}

}  // namespace

std::unique_ptr<SoundDepacketizer> SoundDepacketizer::create(const MediaDescription& media) {
    if (media.kind != MediaKind::Sound || media.clockRate < kSlowestClock || media.clockRate > kFastestClock) {
        return nullptr;
    }
    if (isG711(media)) {
        return std::make_unique<G711Depacketizer>(media.channels);
    }
    return AacDepacketizer::create(media);
}

void SoundDepacketizer::give(ReceivedSound sound) {
    if (m_ready.size() >= kMostReady) {
        m_ready.pop_front();
    }
    m_ready.push_back(std::move(sound));
}

std::optional<ReceivedSound> SoundDepacketizer::take() {
    if (m_ready.empty()) {
        return std::nullopt;
    }
    ReceivedSound sound = std::move(m_ready.front());
    m_ready.pop_front();
    return sound;
}

}  // namespace leedswatch::rtsp
