#include "transcode/live_pictures.h"

namespace leedswatch::transcode {
namespace {

constexpr AVRational kLiveTimeBase{1, 90'000};
constexpr int kPicturesUntilCropped = 125;

}  // namespace

FieldOrder LivePictures::order() const {
    const bool isKnown = !m_treatment.isOrderFixed && m_order.order() != FieldOrder::Unknown;
    return isKnown ? m_order.order() : m_treatment.order;
}

base::Result<void> LivePictures::put(const AVFrame& picture, AVRational timeBase) {
    video::FrameHandle own{av_frame_clone(&picture)};
    if (own->sample_aspect_ratio.num <= 0) {
        own->sample_aspect_ratio = assumedPixelAspect(own->width, own->height);
    }
    const bool isOfOtherShape = m_shape && *m_shape != shapeOf(*own);
    if (isOfOtherShape) {
        m_lookedAt = 0;
        m_borders = {};
        m_borderFinder = {};
        m_before.reset();
        m_picture.reset();
    }
    TRY(lookAt(*own));
    const bool isToBeCropped = m_treatment.isCropped && m_lookedAt == kPicturesUntilCropped;
    if (isToBeCropped) {
        m_borders = m_borderFinder.borders();
    }
    if (isOfOtherShape || (isToBeCropped && m_borders.isAny())) {
        TRY(end());
    }
    if (!m_graph) {
        TRY(begin(*own, timeBase));
    }
    const FieldOrder fields = order();
    own->interlaced_frame = fields == FieldOrder::TopFirst || fields == FieldOrder::BottomFirst ? 1 : 0;
    own->top_field_first = fields == FieldOrder::TopFirst ? 1 : 0;
    TRY(m_graph->put(*own));
    return drain();
}

base::Result<void> LivePictures::lookAt(const AVFrame& picture) {
    TRY_ASSIGN(Luma luma, m_luma.read(picture));
    const SignalState signal = m_treatment.watchesSignal ? m_signal.add(luma) : SignalState::Present;
    if (signal != SignalState::Present) {
        return base::fail(base::ErrorCode::Disconnected,
                          signal == SignalState::Blank
                              ? "there is no video signal: it shows one colour; check the cable and the camera's power"
                              : "the signal has no sync: it shows noise; check the cable and the television standard");
    }
    if (m_before && m_picture) {
        m_order.add(voteOnFields(*m_before, *m_picture, luma));
    }
    if (m_treatment.isCropped && m_lookedAt < kPicturesUntilCropped) {
        m_borderFinder.add(luma);
    }
    ++m_lookedAt;
    m_before = std::move(m_picture);
    m_picture = std::move(luma);
    return {};
}

base::Result<void> LivePictures::begin(const AVFrame& picture, AVRational timeBase) {
    Treatment treatment;
    treatment.isInterlaced = true;  // what is not passes through
    treatment.rate = m_treatment.rate;
    treatment.borders = m_borders;
    treatment.isDenoised = m_treatment.isDenoised;
    m_shape = shapeOf(picture);
    TRY_ASSIGN(auto graph, FilterGraph::create(*m_shape, timeBase, filtersOf(treatment, *m_shape)));
    m_graph.emplace(std::move(graph));
    return {};
}

base::Result<void> LivePictures::end() {
    if (m_graph) {
        TRY(m_graph->finish());
        TRY(drain());
    }
    m_graph.reset();
    m_encoder.reset();
    return {};
}

base::Result<void> LivePictures::drain() {
    while (true) {
        TRY_ASSIGN(const auto picture, m_graph->take());
        if (!picture) {
            return {};
        }
        picture->pts = av_rescale_q(picture->pts, m_graph->timeBase(), kLiveTimeBase);
        if (!m_encoder) {
            FilmSettings settings;
            settings.preset = m_treatment.preset;
            settings.quality = m_treatment.quality;
            settings.threads = 1;
            settings.isLive = true;
            TRY_ASSIGN(auto encoder, FilmEncoder::create(*picture, kLiveTimeBase, settings));
            m_encoder.emplace(std::move(encoder));
        }
        TRY(m_encoder->put(*picture, [this](AVPacket& packet) -> base::Result<void> {
            packet.time_base = kLiveTimeBase;
            m_packets.emplace_back(av_packet_clone(&packet));
            return {};
        }));
    }
}

bool LivePictures::take(AVPacket& packet) {
    if (m_packets.empty()) {
        return false;
    }
    av_packet_unref(&packet);
    av_packet_move_ref(&packet, m_packets.front().get());
    m_packets.pop_front();
    return true;
}

}  // namespace leedswatch::transcode
