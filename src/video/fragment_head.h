#pragma once

#include "video/box_reader.h"

#include <optional>
#include <vector>

namespace leedswatch::video {

/// What samples are, as far as it can be checked without a decoder.
enum class SampleForm {
    NalUnits,  ///< each behind its length
    Plain,     ///< MPEG-4 pictures and JPEG: their first bytes tell them apart
    Sound,     ///< nothing can be told of it
};

/// A track as the head of a file (moov) describes it.
struct TrackHead {
    std::uint32_t id = 0;
    SampleForm form = SampleForm::NalUnits;
};

/// The tracks of pictures and sound. Whatever the bytes are, there is an answer.
[[nodiscard]] std::vector<TrackHead> readTrackHeads(std::span<const std::byte> movie);

/// A track in a fragment (traf). Times are in the track's units.
struct TrackFragment {
    std::uint32_t id = 0;
    std::uint32_t defaultDuration = 0;
    std::uint32_t defaultSize = 0;
    std::uint64_t decodeTime = 0;
    std::vector<std::uint32_t> sizes;
    std::int64_t firstTime = 0;
    std::int64_t lastTime = INT64_MIN;
    std::int64_t endTime = 0;
};

/// All tracks of a fragment's head (moof), in order; nothing if one contradicts itself, or if there is none.
[[nodiscard]] std::optional<std::vector<TrackFragment>> readFragmentHead(std::span<const std::byte> moof);

}  // namespace leedswatch::video
