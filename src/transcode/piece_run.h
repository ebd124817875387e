#pragma once

#include "transcode/file_transcode.h"
#include "transcode/piece_maker.h"
#include "transcode/work_folder.h"

#include <deque>
#include <optional>
#include <vector>

namespace leedswatch::transcode {

/// Makes the pieces of a recording that are not there yet. It is decoded from its first picture again (a broken
/// container cannot be trusted to find the same place twice); decoding is the cheap part. One thread.
class PieceRun {
public:
    PieceRun(const std::filesystem::path& source, WorkFolder& folder, Treatment treatment, FilmSettings encoding);

    /// Errors: Cancelled; Damaged (the source is not what was surveyed); those of PieceMaker.
    [[nodiscard]] base::Result<void> makeAll(const std::stop_token& stop,
                                             const std::function<void(const TranscodeProgress&)>& told);
    /// The source's time of its first picture.
    [[nodiscard]] std::int64_t begin() const { return m_begin; }

private:
    [[nodiscard]] base::Result<void> take(const AVFrame& decoded);
    [[nodiscard]] base::Result<void> beginPiece(const AVFrame& picture);
    [[nodiscard]] base::Result<void> endPiece(const AVFrame* next);
    void mark(AVFrame& picture) const;

    const std::filesystem::path& m_source;
    WorkFolder& m_folder;
    const Treatment m_treatment;
    const FilmSettings m_encoding;
    std::int64_t m_begin = 0;
    std::int64_t m_number = 0;  ///< of the picture that comes next
    std::int64_t m_made = 0;    ///< pictures of the source that are in pieces
    std::optional<PieceMaker> m_piece;
    std::optional<PictureShape> m_shape;
    std::deque<video::FrameHandle> m_before;
};

}  // namespace leedswatch::transcode
