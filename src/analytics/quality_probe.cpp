#include "analytics/quality_probe.h"

#include "analytics/one_thread.h"

namespace leedswatch::analytics {
namespace {

constexpr double everySeconds = 3'600;
constexpr int keysOfAReading = 6;

}  // namespace

QualityProbe::QualityProbe(double first) : m_first{first} {
    keepToOneThread();
}

bool QualityProbe::wants(const video::Packet& packet, double seconds) {
    m_due = m_due.value_or(seconds + m_first);
    return packet.isKey && seconds >= *m_due;
}

base::Result<std::optional<PictureQuality>> QualityProbe::apply(const video::Packet& packet, double seconds) {
    ++m_keys;
    if (const auto added = add(packet); !added) {
        finish(seconds);
        return base::fail(added.error());
    }
    if (m_keys < keysOfAReading) {
        return std::nullopt;
    }
    auto reading = m_meter.take();
    finish(seconds);
    return reading;
}

base::Result<void> QualityProbe::add(const video::Packet& packet) {
    if (!m_decoder || m_decoder->format() != *packet.format) {
        TRY_ASSIGN(m_decoder, video::Decoder::create(packet.format));
    }
    if (const AVFrame* picture = m_decoder->decode(packet)) {
        TRY_ASSIGN(const cv::Mat colours, m_colours.convert(*picture));
        m_meter.add(colours);
    }
    return {};
}

void QualityProbe::finish(double seconds) {
    m_due = seconds + everySeconds;
    m_keys = 0;
    m_decoder.reset();
}

}  // namespace leedswatch::analytics
