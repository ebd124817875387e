#pragma once

#include "base/hash.h"
#include "transcode/border_finder.h"
#include "transcode/field_stretches.h"
#include "transcode/film_reader.h"

#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace leedswatch::transcode {

/// Pictures from `begin` to the next one have this size.
struct PictureSize {
    std::int64_t begin = 0;
    int width = 0;
    int height = 0;
    bool operator==(const PictureSize&) const = default;
};

/// What a recording is, before anything is made of it. The whole of it was decoded once for this.
struct Survey {
    std::uint64_t bytes = 0;  ///< this and the next one are set by who takes the hash of the file
    base::Sha256Digest sha256{};
    std::string container;
    std::string codec;
    std::int64_t pictures = 0;
    std::int64_t flaggedInterlaced = 0;  ///< pictures whose flags say so; what is seen is in `stretches`
    AVRational timeBase{1, 25};
    std::int64_t step = 1;         ///< the usual time from one picture to the next, in timeBase
    AVRational pixelAspect{0, 1};  ///< as the file has it; 0: it does not say
    std::vector<PictureSize> sizes;
    std::vector<Stretch> stretches;
    FieldVotes votes;
    Borders borders;  ///< of the first size
    Damage damage;

    [[nodiscard]] bool isInterlaced() const;
    [[nodiscard]] double seconds() const;
    /// The shape that pixels have; of a size that only analogue video has and that says nothing, a 4:3 picture's.
    [[nodiscard]] AVRational shownPixelAspect() const;
};

/// Decodes all of it. `told` hears how many seconds have been seen of how many (0: not
/// known). Errors: those of FilmReader; Cancelled.
[[nodiscard]] base::Result<Survey> surveyFilm(const std::filesystem::path& file, const std::stop_token& stop,
                                              const std::function<void(double, double)>& told);

}  // namespace leedswatch::transcode
