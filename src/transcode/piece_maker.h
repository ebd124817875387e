#pragma once

#include "transcode/film_encoder.h"
#include "transcode/filter_graph.h"
#include "transcode/piece_file.h"
#include "transcode/treatment.h"

#include <optional>
#include <span>

namespace leedswatch::transcode {

/// Makes one piece. What comes out depends on nothing but the pictures that are put in, so a piece is the same whether
/// those before it were made in the same run or in another. One thread.
class PieceMaker {
public:
    struct Order {
        PictureShape shape;
        AVRational timeBase;  ///< of the pictures
        Treatment treatment;
        FilmSettings encoding;
    };

    /// `before`: pictures of the same shape that come before the piece, for the filters that remember some. They are
    /// seen and not shown. Errors: those of FilterGraph, FilmFile and FilmEncoder, here as below.
    [[nodiscard]] static base::Result<PieceMaker> begin(const Order& order, std::span<const video::FrameHandle> before,
                                                        const std::filesystem::path& file);

    [[nodiscard]] base::Result<void> put(const AVFrame& picture);
    /// `next`: the picture after the piece, if there is one of that shape; it is looked at only. Gives the number of
    /// pictures that were made. The file is on the disk then.
    [[nodiscard]] base::Result<std::int64_t> end(const AVFrame* next);

private:
    PieceMaker(const Order& order, FilterGraph graph, FilmFile file);
    [[nodiscard]] base::Result<void> drain();
    [[nodiscard]] base::Result<void> show(AVFrame& picture);
    [[nodiscard]] base::Result<void> store(AVPacket& packet);

    FilmSettings m_encoding;
    AVRational m_outTimeBase;
    AVRational m_timeBase;
    FilterGraph m_graph;
    FilmFile m_file;
    std::optional<FilmEncoder> m_encoder;
    AVStream* m_stream = nullptr;  // of m_file
    std::optional<std::int64_t> m_first;
    std::optional<std::int64_t> m_next;
    std::int64_t m_pictures = 0;
};

}  // namespace leedswatch::transcode
