#include "transcode/piece_maker.h"

namespace leedswatch::transcode {

PieceMaker::PieceMaker(const Order& order, FilterGraph graph, FilmFile file)
    : m_encoding{order.encoding},
      m_outTimeBase{av_mul_q(order.timeBase, {1, 2})},  // fields have times between those of the pictures
      m_timeBase{order.timeBase},
      m_graph{std::move(graph)},
      m_file{std::move(file)} {}

base::Result<PieceMaker> PieceMaker::begin(const Order& order, std::span<const video::FrameHandle> before,
                                           const std::filesystem::path& file) {
    TRY_ASSIGN(auto graph, FilterGraph::create(order.shape, order.timeBase, filtersOf(order.treatment, order.shape)));
    TRY_ASSIGN(auto made, FilmFile::create(file, "nut"));
    PieceMaker maker{order, std::move(graph), std::move(made)};
    for (const video::FrameHandle& picture : before) {
        TRY(maker.m_graph.put(*picture));
    }
    return maker;
}

base::Result<void> PieceMaker::put(const AVFrame& picture) {
    if (!m_first) {
        m_first = picture.pts;
    }
    TRY(m_graph.put(picture));
    return drain();
}

base::Result<std::int64_t> PieceMaker::end(const AVFrame* next) {
    if (next != nullptr) {
        m_next = next->pts;
        TRY(m_graph.put(*next));
    }
    TRY(m_graph.finish());
    TRY(drain());
    if (!m_encoder) {
        return base::fail(base::ErrorCode::Internal, "the filters gave no picture");
    }
    TRY(m_encoder->finish([this](AVPacket& packet) { return store(packet); }));
    TRY(m_file.close());
    return m_pictures;
}

base::Result<void> PieceMaker::drain() {
    while (true) {
        TRY_ASSIGN(auto picture, m_graph.take());
        if (!picture) {
            return {};
        }
        const AVRational timeBase = m_graph.timeBase();
        const bool isEarly = !m_first || av_compare_ts(picture->pts, timeBase, *m_first, m_timeBase) < 0;
        const bool isLate = m_next && av_compare_ts(picture->pts, timeBase, *m_next, m_timeBase) >= 0;
        if (!isEarly && !isLate) {
            picture->pts = av_rescale_q(picture->pts, timeBase, m_outTimeBase);
            TRY(show(*picture));
        }
    }
}

base::Result<void> PieceMaker::show(AVFrame& picture) {
    if (!m_encoder) {
        TRY_ASSIGN(auto encoder, FilmEncoder::create(picture, m_outTimeBase, m_encoding));
        m_encoder.emplace(std::move(encoder));
        const video::CodecParametersHandle parameters{avcodec_parameters_alloc()};
        avcodec_parameters_from_context(parameters.get(), &m_encoder->context());
        TRY_ASSIGN(m_stream, m_file.add(*parameters, m_outTimeBase));
        TRY(m_file.begin());
    }
    ++m_pictures;
    return m_encoder->put(picture, [this](AVPacket& packet) { return store(packet); });
}

base::Result<void> PieceMaker::store(AVPacket& packet) {
    const std::int64_t shift = av_rescale_q(kPieceShiftSeconds, {1, 1}, m_outTimeBase);
    packet.pts += shift;
    packet.dts += shift;
    av_packet_rescale_ts(&packet, m_outTimeBase, m_stream->time_base);
    packet.stream_index = m_stream->index;
    return m_file.write(packet);
}

}  // namespace leedswatch::transcode
