#pragma once

#include "transcode/field_stretches.h"
#include "transcode/film_encoder.h"
#include "transcode/filter_graph.h"
#include "transcode/signal_watch.h"
#include "transcode/treatment.h"
#include "video/picture_encoder.h"

#include <deque>
#include <optional>

namespace leedswatch::transcode {

/// How a live input is made progressive.
struct LiveTreatment {
    FieldRate rate = FieldRate::Full;
    /// What the pictures are until something has moved in them, and, if it is fixed, for good.
    FieldOrder order = FieldOrder::TopFirst;
    bool isOrderFixed = false;
    bool isDenoised = true;
    bool isCropped = true;
    bool watchesSignal = false;  ///< of analogue inputs: pictures that show no signal are an error
    std::string preset = "veryfast";
    int quality = 23;
};

/// Live pictures made progressive, cleaned and encoded once, as cameras send H.264: a key picture every two seconds, no
/// B-frames. A picture comes out with the one after it, half a field late at most. Blanking and torn lines are looked
/// for in the first five seconds and then cut off, which begins a new stream format. One thread, and no other.
class LivePictures final : public video::PictureEncoder {
public:
    explicit LivePictures(LiveTreatment treatment) : m_treatment{std::move(treatment)} {}

    [[nodiscard]] base::Result<void> put(const AVFrame& picture, AVRational timeBase) override;
    [[nodiscard]] bool take(AVPacket& packet) override;

    [[nodiscard]] FieldOrder order() const;

private:
    [[nodiscard]] base::Result<void> lookAt(const AVFrame& picture);
    [[nodiscard]] base::Result<void> begin(const AVFrame& picture, AVRational timeBase);
    [[nodiscard]] base::Result<void> end();
    [[nodiscard]] base::Result<void> drain();

    const LiveTreatment m_treatment;
    LumaReader m_luma;
    std::optional<Luma> m_before;
    std::optional<Luma> m_picture;
    LiveFieldOrder m_order;
    SignalWatch m_signal;
    BorderFinder m_borderFinder;
    Borders m_borders;
    int m_lookedAt = 0;  ///< pictures of this shape
    std::optional<PictureShape> m_shape;
    std::optional<FilterGraph> m_graph;
    std::optional<FilmEncoder> m_encoder;
    std::deque<video::PacketHandle> m_packets;
};

}  // namespace leedswatch::transcode
