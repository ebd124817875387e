#include "transcode/filter_graph.h"

#include "video/ffmpeg_error.h"

extern "C" {
#include <libavfilter/avfilter.h>
#include <libavfilter/buffersink.h>
#include <libavfilter/buffersrc.h>
}

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace leedswatch::transcode {
namespace {

struct InOutFree {
    void operator()(AVFilterInOut* end) const { avfilter_inout_free(&end); }
};
using InOut = std::unique_ptr<AVFilterInOut, InOutFree>;

InOut endOf(AVFilterContext* filter, const char* name) {
    InOut end{avfilter_inout_alloc()};
    end->name = av_strdup(name);
    end->filter_ctx = filter;
    return end;
}

}  // namespace

PictureShape shapeOf(const AVFrame& picture) {
    return {picture.width, picture.height, static_cast<AVPixelFormat>(picture.format), picture.sample_aspect_ratio};
}

void FilterGraph::Free::operator()(AVFilterGraph* graph) const {
    avfilter_graph_free(&graph);
}

base::Result<FilterGraph> FilterGraph::create(const PictureShape& shape, AVRational timeBase,
                                              const std::string& filters) {
    FilterGraph made;
    TRY(made.build("buffer",
                   fmt::format("video_size={}x{}:pix_fmt={}:time_base={}/{}:pixel_aspect={}/{}", shape.width,
                               shape.height, static_cast<int>(shape.format), timeBase.num, timeBase.den,
                               shape.pixelAspect.num, std::max(1, shape.pixelAspect.den)),
                   filters));
    return made;
}

base::Result<FilterGraph> FilterGraph::createForSound(const AVFrame& first, AVRational timeBase,
                                                      const std::string& filters, unsigned samples) {
    FilterGraph made;
    std::array<char, 64> layout{};
    av_channel_layout_describe(&first.ch_layout, layout.data(), layout.size());
    TRY(made.build("abuffer",
                   fmt::format("sample_rate={}:sample_fmt={}:channel_layout={}:time_base={}/{}", first.sample_rate,
                               first.format, layout.data(), timeBase.num, timeBase.den),
                   filters));
    av_buffersink_set_frame_size(made.m_sink, samples);
    return made;
}

base::Result<void> FilterGraph::build(const std::string& kind, const std::string& source, const std::string& filters) {
    m_graph.reset(avfilter_graph_alloc());
    m_graph->nb_threads = 1;
    const int answer = join(kind, source, filters);
    if (answer < 0) {
        return base::fail(base::ErrorCode::Unsupported,
                          video::errorFromFfmpeg(answer, "prepare the filters " + filters).message);
    }
    return {};
}

int FilterGraph::join(const std::string& kind, const std::string& source, const std::string& filters) {
    int answer = avfilter_graph_create_filter(&m_source, avfilter_get_by_name(kind.c_str()), "in", source.c_str(),
                                              nullptr, m_graph.get());
    if (answer >= 0) {
        answer = avfilter_graph_create_filter(&m_sink, avfilter_get_by_name((kind + "sink").c_str()), "out", nullptr,
                                              nullptr, m_graph.get());
    }
    if (answer < 0) {
        return answer;
    }
    // Seen from the chain that is read, the source is an open output and the sink an open input.
    AVFilterInOut* outputs = endOf(m_source, "in").release();
    AVFilterInOut* inputs = endOf(m_sink, "out").release();
    answer = avfilter_graph_parse_ptr(m_graph.get(), filters.c_str(), &inputs, &outputs, nullptr);
    avfilter_inout_free(&inputs);
    avfilter_inout_free(&outputs);
    return answer < 0 ? answer : avfilter_graph_config(m_graph.get(), nullptr);
}

base::Result<void> FilterGraph::put(const AVFrame& picture) {
    // With this flag the picture is referred to and not taken.
    const int answer =
        av_buffersrc_add_frame_flags(m_source, const_cast<AVFrame*>(&picture), AV_BUFFERSRC_FLAG_KEEP_REF);
    if (answer < 0) {
        return base::fail(base::ErrorCode::Internal, video::errorFromFfmpeg(answer, "filter a picture").message);
    }
    return {};
}

base::Result<void> FilterGraph::finish() {
    const int answer = av_buffersrc_add_frame_flags(m_source, nullptr, 0);
    if (answer < 0) {
        return base::fail(base::ErrorCode::Internal, video::errorFromFfmpeg(answer, "end the filters").message);
    }
    return {};
}

base::Result<video::FrameHandle> FilterGraph::take() {
    video::FrameHandle picture{av_frame_alloc()};
    const int answer = av_buffersink_get_frame(m_sink, picture.get());
    if (answer == AVERROR(EAGAIN) || answer == AVERROR_EOF) {
        return video::FrameHandle{};
    }
    if (answer < 0) {
        return base::fail(base::ErrorCode::Internal, video::errorFromFfmpeg(answer, "filter a picture").message);
    }
    return picture;
}

AVRational FilterGraph::timeBase() const {
    return av_buffersink_get_time_base(m_sink);
}

PictureShape FilterGraph::shape() const {
    return {av_buffersink_get_w(m_sink), av_buffersink_get_h(m_sink),
            static_cast<AVPixelFormat>(av_buffersink_get_format(m_sink)),
            av_buffersink_get_sample_aspect_ratio(m_sink)};
}

}  // namespace leedswatch::transcode
