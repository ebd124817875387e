#pragma once

#include "transcode/film_hash.h"
#include "transcode/piece_file.h"

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace leedswatch::transcode {

/// What the pieces and the sound of a recording are joined from and to.
struct JoinOrder {
    std::vector<std::filesystem::path> pieces;
    AVRational pictureRate{25, 1};
    std::filesystem::path source;  ///< of the sound
    std::int64_t begin = 0;        ///< of the first picture there, in `sourceTimeBase`
    AVRational sourceTimeBase{1, 25};
    std::filesystem::path result;  ///< a new file
};

struct Joined {
    std::int64_t pictures = 0;
    std::string sound;  ///< what was done with it; empty: there is none
};

/// Puts pieces together as they are, bit for bit, with the sound beside them. `told` hears the seconds that are joined.
/// Errors: those of FilmFile; Damaged (a piece), Cancelled.
[[nodiscard]] base::Result<Joined> joinFilm(const JoinOrder& order, const std::stop_token& stop,
                                            const std::function<void(double)>& told);

/// How many pictures of the first video stream a file has. Errors: Damaged, Cancelled.
[[nodiscard]] base::Result<std::int64_t> countPictures(const std::filesystem::path& file, const std::stop_token& stop,
                                                       const BytesTold& told);

}  // namespace leedswatch::transcode
