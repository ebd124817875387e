#include "video/fragment_head.h"

namespace leedswatch::video {
namespace {

// Of a track in a fragment: GopCollector bounds both pictures and sound to far fewer.
constexpr std::size_t kMostSamples = 1U << 18U;
constexpr std::size_t kMostTracks = 8;

// The payload of the first box of that type, or nothing.
std::span<const std::byte> boxWithin(std::span<const std::byte> boxes, std::uint32_t wanted) {
    std::span<const std::byte> found;
    static_cast<void>(forEachBox(boxes, [&](std::uint32_t type, std::span<const std::byte> payload) {
        found = type == wanted ? payload : found;
        return type != wanted;
    }));
    return found;
}

std::uint32_t idOf(std::span<const std::byte> track) {
    BoxReader reader{boxWithin(track, fourCharacters("tkhd"))};
    const bool isLong = reader.u32() >> 24U == 1;
    reader.take(isLong ? 16 : 8);
    return reader.u32();
}

std::uint32_t handlerOf(std::span<const std::byte> media) {
    BoxReader reader{boxWithin(media, fourCharacters("hdlr"))};
    reader.u64();  // version, flags, and what QuickTime has there
    return reader.u32();
}

/// By the name of the sample entry (ISO/IEC 14496-12, 8.5.2).
SampleForm formOf(std::span<const std::byte> media) {
    for (const std::uint32_t type : {fourCharacters("minf"), fourCharacters("stbl"), fourCharacters("stsd")}) {
        media = boxWithin(media, type);
    }
    BoxReader reader{media};
    reader.u64();  // version, flags and count
    reader.u32();  // the size of the first entry
    const std::uint32_t name = reader.u32();
    return name == fourCharacters("mp4v") || name == fourCharacters("jpeg") ? SampleForm::Plain : SampleForm::NalUnits;
}

bool readTrackHeader(BoxReader reader, TrackFragment& track) {
    const std::uint32_t flags = reader.u32();
    track.id = reader.u32();
    if ((flags & 0x1U) != 0) {
        reader.u64();
    }
    if ((flags & 0x2U) != 0) {
        reader.u32();
    }
    track.defaultDuration = (flags & 0x8U) != 0 ? reader.u32() : 0;
    track.defaultSize = (flags & 0x10U) != 0 ? reader.u32() : 0;
    return !reader.overrun();
}

bool readDecodeTime(BoxReader reader, TrackFragment& track) {
    const bool isLong = reader.u32() >> 24U == 1;
    track.decodeTime = isLong ? reader.u64() : reader.u32();
    // Two thousand years: no sum below overflows.
    return !reader.overrun() && track.decodeTime < (std::uint64_t{1} << 52U);
}

bool readRun(BoxReader reader, TrackFragment& track) {
    const std::uint32_t flags = reader.u32();
    const std::uint32_t count = reader.u32();
    if ((flags & 0x1U) != 0) {
        reader.u32();
    }
    if ((flags & 0x4U) != 0) {
        reader.u32();
    }
    const std::size_t fields =
        ((flags & 0x100U) != 0) + ((flags & 0x200U) != 0) + ((flags & 0x400U) != 0) + ((flags & 0x800U) != 0);
    // Pieces of sound may all be alike: then a few bytes say that there are many.
    if (count == 0 || reader.overrun() || reader.left() / 4 < count * fields || count > kMostSamples ||
        track.sizes.size() + count > kMostSamples) {
        return false;
    }
    for (std::uint32_t i = 0; i < count; ++i) {
        const std::uint32_t duration = (flags & 0x100U) != 0 ? reader.u32() : track.defaultDuration;
        track.sizes.push_back((flags & 0x200U) != 0 ? reader.u32() : track.defaultSize);
        if ((flags & 0x400U) != 0) {
            reader.u32();
        }
        const auto offset = static_cast<std::int32_t>((flags & 0x800U) != 0 ? reader.u32() : 0);
        const std::int64_t time = static_cast<std::int64_t>(track.decodeTime) + offset;
        track.firstTime = track.sizes.size() == 1 ? time : track.firstTime;
        if (time > track.lastTime) {
            track.lastTime = time;
            track.endTime = time + duration;
        }
        track.decodeTime += duration;
    }
    return true;
}

bool readTrack(std::span<const std::byte> boxes, TrackFragment& track) {
    bool hasTime = false;
    const bool isWhole = forEachBox(boxes, [&](std::uint32_t type, std::span<const std::byte> bytes) {
        const BoxReader payload{bytes};
        switch (type) {
            case fourCharacters("tfhd"): return readTrackHeader(payload, track);
            case fourCharacters("tfdt"): return hasTime = readDecodeTime(payload, track);
            case fourCharacters("trun"): return hasTime && readRun(payload, track);
            default: return true;
        }
    });
    return isWhole && !track.sizes.empty();
}

}  // namespace

std::vector<TrackHead> readTrackHeads(std::span<const std::byte> movie) {
    std::vector<TrackHead> tracks;
    static_cast<void>(forEachBox(movie, [&](std::uint32_t type, std::span<const std::byte> track) {
        if (type == fourCharacters("trak")) {
            const auto media = boxWithin(track, fourCharacters("mdia"));
            const std::uint32_t handler = handlerOf(media);
            if (handler == fourCharacters("vide")) {
                tracks.push_back({idOf(track), formOf(media)});
            } else if (handler == fourCharacters("soun")) {
                tracks.push_back({idOf(track), SampleForm::Sound});
            }
        }
        return true;
    }));
    return tracks;
}

std::optional<std::vector<TrackFragment>> readFragmentHead(std::span<const std::byte> moof) {
    std::vector<TrackFragment> tracks;
    const bool isWhole = forEachBox(moof, [&](std::uint32_t type, std::span<const std::byte> payload) {
        if (type != fourCharacters("traf")) {
            return true;
        }
        return tracks.size() < kMostTracks && readTrack(payload, tracks.emplace_back());
    });
    return isWhole && !tracks.empty() ? std::optional{std::move(tracks)} : std::nullopt;
}

}  // namespace leedswatch::video
