#pragma once

#include "transcode/survey.h"
#include "transcode/transcode_options.h"

#include <functional>
#include <stop_token>
#include <string>

namespace leedswatch::transcode {

/// In this order. A job that goes on has no Looking, one that begins no Recalling.
enum class TranscodePhase {
    Hashing,    ///< the hash of the source is taken
    Recalling,  ///< what an earlier run made is read, to see that it is whole
    Looking,    ///< all of the source is decoded once, to see what it is
    Making,     ///< pictures are treated and encoded
    Joining,    ///< the pieces become one file
    Checking,   ///< the result is read again and counted, and the hashes of source and result are taken
};

/// How far a phase is: in bytes of what is read while it is Hashing, Recalling or Checking, else in seconds of the
/// recording; `of` is 0 if it is not known.
struct TranscodeProgress {
    TranscodePhase phase = TranscodePhase::Hashing;
    double done = 0;
    double of = 0;
};
[[nodiscard]] bool isInBytes(TranscodePhase phase);

/// What was found in a recording, and what was made of it.
struct TranscodeReport {
    std::filesystem::path source;
    std::filesystem::path result;
    Survey survey;
    TranscodeOptions options;
    Borders borders;  ///< that were cut off
    int width = 0;
    int height = 0;
    std::int64_t picturesOut = 0;
    std::int64_t picturesResumed = 0;  ///< of the source, that an earlier run had made
    std::string sound;                 ///< as Joined::sound
    std::uint64_t bytes = 0;
    base::Sha256Digest sha256{};
};

/// Makes `result`, an MP4 of progressive pictures, of any recording that FFmpeg reads, and `result`.report.json beside
/// it. The source is opened for reading only, and its hash is taken before and after.
///
/// Made aside in `result`.part, which stays when it is stopped or killed: the same call then goes on from the last
/// whole piece and gives the same bytes as if it had never been stopped. `told` hears how far it is, on the caller's
/// thread, at least once a megabyte or picture.
///
/// Errors: NotFound, Unsupported, Damaged (no picture in it; it changed meanwhile), AlreadyExists (the result is never
/// written over), Busy (another run makes it), StorageFull, StorageFailed, Cancelled (what is done is kept).
[[nodiscard]] base::Result<TranscodeReport> transcodeFile(const std::filesystem::path& source,
                                                          const std::filesystem::path& result,
                                                          const TranscodeOptions& options, const std::stop_token& stop,
                                                          const std::function<void(const TranscodeProgress&)>& told);

}  // namespace leedswatch::transcode
