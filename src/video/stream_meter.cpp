#include "video/stream_meter.h"

namespace leedswatch::video {
namespace {

using namespace std::chrono_literals;

constexpr auto fewest = 500ms;
// A burst of a relay's stored pictures must not grow what is kept.
constexpr std::size_t mostSamples = 1000;

}  // namespace

void StreamMeter::note(VideoCodec codec, base::SteadyTime arrival, std::size_t bytes,
                       base::SteadyTime::duration decoding) {
    m_codec = codec;
    m_samples.push_back({arrival, bytes, decoding});
    while (arrival - m_samples.front().arrival > window || m_samples.size() > mostSamples) {
        m_samples.pop_front();
    }
}

std::optional<StreamMeasure> StreamMeter::measure(base::SteadyTime now) const {
    if (m_samples.size() < 2 || now - m_samples.back().arrival > window) {
        return std::nullopt;
    }
    const auto span = m_samples.back().arrival - m_samples.front().arrival;
    if (span < fewest) {
        return std::nullopt;
    }
    // The first sample begins the span; what it brought came before it.
    std::size_t bytes = 0;
    base::SteadyTime::duration decoding{};
    for (auto sample = m_samples.begin() + 1; sample != m_samples.end(); ++sample) {
        bytes += sample->bytes;
        decoding += sample->decoding;
    }
    const double seconds = std::chrono::duration<double>{span}.count();
    const auto count = static_cast<double>(m_samples.size() - 1);
    return StreamMeasure{m_codec, static_cast<double>(bytes) * 8 / 1000 / seconds, count / seconds,
                         std::chrono::duration_cast<std::chrono::microseconds>(decoding / (m_samples.size() - 1))};
}

}  // namespace leedswatch::video
