#include "transcode/piece_run.h"

#include <vector>

namespace leedswatch::transcode {
namespace {

// How many pictures the filters see before those of a piece: deinterlacing asks for two, and after ten the light
// temporal denoising knows no more how it began.
constexpr std::size_t kPicturesBefore = 10;

}  // namespace

PieceRun::PieceRun(const std::filesystem::path& source, WorkFolder& folder, Treatment treatment, FilmSettings encoding)
    : m_source{source},
      m_folder{folder},
      m_treatment{treatment},
      m_encoding{std::move(encoding)},
      m_made{folder.state()->pieces.empty() ? 0 : folder.state()->pieces.back().end} {}

base::Result<void> PieceRun::makeAll(const std::stop_token& stop,
                                     const std::function<void(const TranscodeProgress&)>& told) {
    const Survey& survey = m_folder.state()->survey;
    TRY_ASSIGN(auto reader, FilmReader::open(m_source));
    while (true) {
        TRY_ASSIGN(const AVFrame* picture, reader.next());
        if (m_number == 0) {
            m_begin = reader.begin();
        }
        if (picture == nullptr || m_made == survey.pictures) {
            break;
        }
        if (stop.stop_requested()) {
            return base::fail(base::ErrorCode::Cancelled,
                              m_source.filename().string() + ": stopped after " + std::to_string(m_made) + " of " +
                                  std::to_string(survey.pictures) + " pictures; the same command goes on from there");
        }
        TRY(take(*picture));
        told({TranscodePhase::Making, static_cast<double>(picture->pts) * av_q2d(survey.timeBase), survey.seconds()});
    }
    if (m_piece) {
        TRY(endPiece(nullptr));
    }
    if (m_made != survey.pictures) {
        return base::fail(base::ErrorCode::Damaged, m_source.string() + " gave " + std::to_string(m_made) +
                                                        " pictures, and before " + std::to_string(survey.pictures));
    }
    return {};
}

base::Result<void> PieceRun::take(const AVFrame& decoded) {
    video::FrameHandle picture{av_frame_clone(&decoded)};
    mark(*picture);
    const bool isOfOtherShape = m_shape && *m_shape != shapeOf(*picture);
    if (m_piece && isOfOtherShape) {
        TRY(endPiece(nullptr));
    } else if (m_piece && m_number - m_made == m_folder.state()->options.piecePictures) {
        TRY(endPiece(picture.get()));
    }
    if (isOfOtherShape) {
        m_before.clear();
    }
    m_shape = shapeOf(*picture);
    if (!m_piece && m_number == m_made) {
        TRY(beginPiece(*picture));
    }
    if (m_piece) {
        TRY(m_piece->put(*picture));
    }
    m_before.push_back(std::move(picture));
    if (m_before.size() > kPicturesBefore) {
        m_before.pop_front();
    }
    ++m_number;
    return {};
}

void PieceRun::mark(AVFrame& picture) const {
    const FieldOrder order = orderAt(m_folder.state()->survey.stretches, m_number);
    picture.interlaced_frame = order == FieldOrder::TopFirst || order == FieldOrder::BottomFirst ? 1 : 0;
    picture.top_field_first = order == FieldOrder::TopFirst ? 1 : 0;
}

base::Result<void> PieceRun::beginPiece(const AVFrame& picture) {
    const Survey& survey = m_folder.state()->survey;
    PieceMaker::Order order{shapeOf(picture), survey.timeBase, m_treatment, m_encoding};
    const PictureSize& first = survey.sizes.front();
    if (picture.width != first.width || picture.height != first.height) {
        order.treatment.borders = {};  // they were found in pictures of the first size
    }
    if (order.shape.pixelAspect.num <= 0) {
        order.shape.pixelAspect = survey.shownPixelAspect();
    }
    const std::vector<video::FrameHandle> before = [this] {
        std::vector<video::FrameHandle> pictures;
        for (const auto& seen : m_before) {
            pictures.emplace_back(av_frame_clone(seen.get()));
        }
        return pictures;
    }();
    TRY_ASSIGN(auto piece, PieceMaker::begin(order, before, m_folder.pieceFile(m_number)));
    m_piece.emplace(std::move(piece));
    return {};
}

base::Result<void> PieceRun::endPiece(const AVFrame* next) {
    TRY_ASSIGN(const auto pictures, m_piece->end(next));
    m_piece.reset();
    TRY_ASSIGN(const auto sha256, base::sha256OfFile(m_folder.pieceFile(m_made)));
    TRY(m_folder.add({m_made, m_number, pictures, sha256}));
    m_made = m_number;
    return {};
}

}  // namespace leedswatch::transcode
