#include "transcode/file_transcode.h"

#include "base/file.h"
#include "transcode/film_hash.h"
#include "transcode/film_join.h"
#include "transcode/piece_run.h"
#include "transcode/transcode_report.h"
#include "transcode/work_folder.h"

#include <fcntl.h>
#include <stdio.h>

#include <cerrno>
#include <numeric>
#include <system_error>
#include <utility>

namespace leedswatch::transcode {
namespace {

using Told = std::function<void(const TranscodeProgress&)>;

/// One phase in which files are read, one after the other.
class Reading {
public:
    Reading(TranscodePhase phase, std::uint64_t of, const Told& told) : m_phase{phase}, m_of{of}, m_told{told} {
        m_told({m_phase, 0, static_cast<double>(m_of)});
    }
    /// For a file that is read now.
    BytesTold ofNext() {
        return [this](std::uint64_t bytes) {
            m_file = bytes;
            m_told({m_phase, static_cast<double>(m_before + m_file), static_cast<double>(m_of)});
        };
    }
    void fileIsDone() { m_before += std::exchange(m_file, 0); }

private:
    const TranscodePhase m_phase;
    const std::uint64_t m_of;
    const Told& m_told;
    std::uint64_t m_before = 0;  ///< bytes of the files that are done
    std::uint64_t m_file = 0;
};

/// For progress only; 0 if it cannot be said.
std::uint64_t sizeOf(const std::filesystem::path& file) {
    std::error_code error;
    const auto bytes = std::filesystem::file_size(file, error);
    return error ? 0 : bytes;
}

base::Result<void> checkNames(const std::filesystem::path& source, const std::filesystem::path& result) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(source, error)) {
        return base::fail(base::ErrorCode::NotFound, "there is no file " + source.string());
    }
    if (!result.has_filename() || std::filesystem::is_directory(result, error)) {
        return base::fail(base::ErrorCode::InvalidInput, "'" + result.string() + "' is no name for a file");
    }
    // A report without its result is what a crash between the two leaves, and is written anew.
    if (std::filesystem::exists(std::filesystem::symlink_status(result, error))) {
        return base::fail(base::ErrorCode::AlreadyExists, result.string() + " is there; name a new file");
    }
    return {};
}

AVRational pictureRateOf(const Survey& survey, FieldRate rate) {
    AVRational pictures = av_inv_q(av_mul_q(survey.timeBase, {static_cast<int>(survey.step), 1}));
    if (survey.isInterlaced() && rate == FieldRate::Full) {
        pictures = av_mul_q(pictures, {2, 1});
    }
    return pictures.num > 0 ? pictures : AVRational{25, 1};
}

Treatment treatmentOf(const WorkState& state) {
    const Survey& survey = state.survey;
    Treatment treatment;
    treatment.isInterlaced = survey.isInterlaced();
    treatment.rate = state.options.rate;
    treatment.isDenoised = state.options.isDenoised;
    treatment.borders = state.options.isCropped ? survey.borders : Borders{};
    const PictureSize& first = survey.sizes.front();
    const SquareSize size =
        squareSizeOf({first.width, first.height, AV_PIX_FMT_NONE, survey.shownPixelAspect()}, treatment.borders);
    treatment.width = size.width;
    treatment.height = size.height;
    return treatment;
}

base::Result<void> giveName(const std::filesystem::path& from, const std::filesystem::path& to) {
    int answer = ::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE);
    std::error_code ignored;
    if (answer != 0 && errno == EINVAL && !std::filesystem::exists(to, ignored)) {
        answer = ::renameat(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str());  // a share that cannot promise it
    }
    if (answer == 0) {
        return base::syncFolder(to.has_parent_path() ? to.parent_path() : ".");
    }
    if (errno == EEXIST) {
        return base::fail(base::ErrorCode::AlreadyExists, to.string() + " has been made by somebody else meanwhile");
    }
    return base::fail(base::errorFromErrno(errno, "give the result its name " + to.string()));
}

base::Result<void> survey(WorkFolder& folder, const std::filesystem::path& source, const TranscodeOptions& options,
                          const FilmHash& hash, const std::stop_token& stop, const Told& told) {
    if (folder.state()) {
        return {};
    }
    auto seen = surveyFilm(source, stop, [&](double done, double of) { told({TranscodePhase::Looking, done, of}); });
    if (!seen) {
        folder.remove();
        const auto& error = seen.error();
        const bool isNoFilm = error.code == base::ErrorCode::Damaged || error.code == base::ErrorCode::Unsupported;
        return base::fail(
            error.code,
            isNoFilm ? source.string() + " is no recording that can be read (" + error.message + ")" : error.message);
    }
    seen->bytes = hash.bytes;
    seen->sha256 = hash.sha256;
    return folder.begin({options, std::move(*seen), {}});
}

base::Result<Joined> join(const WorkFolder& folder, const PieceRun& run, const std::filesystem::path& source,
                          const std::stop_token& stop, const Told& told) {
    const WorkState& state = *folder.state();
    JoinOrder order;
    for (const Piece& piece : state.pieces) {
        order.pieces.push_back(folder.pieceFile(piece.begin));
    }
    order.pictureRate = pictureRateOf(state.survey, state.options.rate);
    order.source = source;
    order.begin = run.begin();
    order.sourceTimeBase = state.survey.timeBase;
    order.result = folder.resultFile();
    std::error_code ignored;
    std::filesystem::remove(order.result, ignored);
    const double seconds = state.survey.seconds();
    TRY_ASSIGN(const Joined joined, joinFilm(order, stop, [&](double done) {
                   told({TranscodePhase::Joining, done, seconds});
               }));
    return joined;
}

struct Checked {
    FilmHash source;
    FilmHash result;
};

/// Reads both files again: every picture has to be in the result, and the source has to be what it was.
base::Result<Checked> check(const WorkFolder& folder, const std::filesystem::path& source, const Joined& joined,
                            const std::stop_token& stop, const Told& told) {
    const auto& pieces = folder.state()->pieces;
    const auto result = folder.resultFile();
    const auto wanted = std::accumulate(pieces.begin(), pieces.end(), std::int64_t{0},
                                        [](std::int64_t sum, const Piece& piece) { return sum + piece.pictures; });
    Reading reading{TranscodePhase::Checking, sizeOf(source) + 2 * sizeOf(result), told};
    TRY_ASSIGN(const auto counted, countPictures(result, stop, reading.ofNext()));
    if (joined.pictures != wanted || counted != wanted) {
        return base::fail(base::ErrorCode::Internal, "of " + std::to_string(wanted) + " pictures " +
                                                         std::to_string(counted) + " came out in " + result.string());
    }
    reading.fileIsDone();
    Checked checked;
    TRY_ASSIGN(checked.source, hashFilm(source, stop, reading.ofNext()));
    reading.fileIsDone();
    TRY_ASSIGN(checked.result, hashFilm(result, stop, reading.ofNext()));
    return checked;
}

/// The report stands before the result has its name: whoever finds the result finds both.
base::Result<void> publish(const WorkFolder& folder, const TranscodeReport& report) {
    TRY(base::replaceFile(report.result.string() + ".report.json", textOf(toJson(report)) + "\n"));
    return giveName(folder.resultFile(), report.result);
}

}  // namespace

bool isInBytes(TranscodePhase phase) {
    return phase == TranscodePhase::Hashing || phase == TranscodePhase::Recalling || phase == TranscodePhase::Checking;
}

base::Result<TranscodeReport> transcodeFile(const std::filesystem::path& source, const std::filesystem::path& result,
                                            const TranscodeOptions& options, const std::stop_token& stop,
                                            const Told& told) {
    TRY(checkNames(source, result));
    Reading reading{TranscodePhase::Hashing, sizeOf(source), told};
    TRY_ASSIGN(const FilmHash before, hashFilm(source, stop, reading.ofNext()));
    TRY_ASSIGN(auto folder, WorkFolder::open(result, options, before, stop, [&](std::uint64_t done, std::uint64_t of) {
                   told({TranscodePhase::Recalling, static_cast<double>(done), static_cast<double>(of)});
               }));
    TRY(survey(folder, source, options, before, stop, told));
    const WorkState& state = *folder.state();
    TranscodeReport report;
    report.source = source;
    report.result = result;
    report.survey = state.survey;
    report.options = options;
    report.picturesResumed = state.pieces.empty() ? 0 : state.pieces.back().end;
    const Treatment treatment = treatmentOf(state);
    FilmSettings encoding;
    encoding.preset = options.preset;
    encoding.quality = options.quality;
    encoding.pictureRate = pictureRateOf(state.survey, options.rate);
    PieceRun run{source, folder, treatment, encoding};
    TRY(run.makeAll(stop, told));
    TRY_ASSIGN(const Joined joined, join(folder, run, source, stop, told));
    TRY_ASSIGN(const Checked checked, check(folder, source, joined, stop, told));
    if (checked.source.sha256 != before.sha256) {
        folder.remove();
        return base::fail(base::ErrorCode::Damaged, source.string() + " was changed while it was read");
    }
    report.borders = treatment.borders;
    report.width = treatment.width;
    report.height = treatment.height;
    report.picturesOut = joined.pictures;
    report.sound = joined.sound;
    report.bytes = checked.result.bytes;
    report.sha256 = checked.result.sha256;
    TRY(publish(folder, report));
    folder.remove();
    return report;
}

}  // namespace leedswatch::transcode
