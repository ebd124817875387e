#pragma once

#include "base/result.h"
#include "video/ffmpeg_handles.h"

#include <memory>
#include <string>

struct AVFilterGraph;
struct AVFilterContext;

namespace leedswatch::transcode {

/// What the pictures are that a graph is given; all of them alike.
struct PictureShape {
    int width = 0;
    int height = 0;
    AVPixelFormat format = AV_PIX_FMT_NONE;
    AVRational pixelAspect{0, 1};  ///< 0: not known
    bool operator==(const PictureShape& other) const {
        return width == other.width && height == other.height && format == other.format &&
               av_cmp_q(pixelAspect, other.pixelAspect) == 0;
    }
};

[[nodiscard]] PictureShape shapeOf(const AVFrame& picture);

/// A chain of libavfilter's filters, for pictures or for sound. One thread at a time; works on the caller's.
class FilterGraph {
public:
    /// `filters` as libavfilter writes a chain: "bwdif=mode=send_field,hqdn3d". Errors: Unsupported (a filter or a
    /// picture that libavfilter does not know; the message names the chain).
    [[nodiscard]] static base::Result<FilterGraph> create(const PictureShape& shape, AVRational timeBase,
                                                          const std::string& filters);

    /// For sound that is like this piece of it; what comes out are pieces of `samples`.
    [[nodiscard]] static base::Result<FilterGraph> createForSound(const AVFrame& first, AVRational timeBase,
                                                                  const std::string& filters, unsigned samples);

    /// Errors: Internal.
    [[nodiscard]] base::Result<void> put(const AVFrame& picture);
    /// There is no more to come: what is held back can be taken.
    [[nodiscard]] base::Result<void> finish();
    /// The next picture that is ready, or null. Error: Internal.
    [[nodiscard]] base::Result<video::FrameHandle> take();
    /// Of the pictures that are taken.
    [[nodiscard]] AVRational timeBase() const;
    [[nodiscard]] PictureShape shape() const;

private:
    struct Free {
        void operator()(AVFilterGraph* graph) const;
    };
    FilterGraph() = default;
    [[nodiscard]] base::Result<void> build(const std::string& kind, const std::string& source,
                                           const std::string& filters);
    [[nodiscard]] int join(const std::string& kind, const std::string& source, const std::string& filters);

    std::unique_ptr<AVFilterGraph, Free> m_graph;
    AVFilterContext* m_source = nullptr;  // of the graph
    AVFilterContext* m_sink = nullptr;
};

}  // namespace leedswatch::transcode
