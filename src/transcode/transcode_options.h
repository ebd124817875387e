#pragma once

#include "transcode/treatment.h"

#include <string>

namespace leedswatch::transcode {

struct TranscodeOptions {
    FieldRate rate = FieldRate::Full;
    bool isDenoised = true;
    bool isCropped = true;
    int quality = 18;  ///< as FilmSettings::quality
    std::string preset = "medium";
    int piecePictures = 500;  ///< of the source; what a stop may cost
    bool operator==(const TranscodeOptions&) const = default;
};

}  // namespace leedswatch::transcode
