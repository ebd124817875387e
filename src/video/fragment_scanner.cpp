#include "video/fragment_scanner.h"

#include "video/sample_check.h"

#include <algorithm>
#include <array>

namespace leedswatch::video {
namespace {

// A GOP in one fragment is bounded by GopCollector; what claims to be larger was not written by us.
constexpr std::uint64_t kLargestBox = 96U << 20U;

struct Box {
    std::uint32_t type = 0;
    std::uint64_t payload = 0;  // where it begins
    std::uint64_t end = 0;
    [[nodiscard]] std::uint64_t size() const { return end - payload; }
};

// The box at `offset`, if all of its header is there. It may still reach past the end of the file.
base::Result<std::optional<Box>> boxAt(const ReadAt& readAt, std::uint64_t offset) {
    std::array<std::byte, kBoxHeader> header{};
    TRY_ASSIGN(const std::size_t count, readAt(offset, header));
    BoxReader reader{header};
    const std::uint64_t size = reader.u32();
    const std::uint32_t type = reader.u32();
    // 64-bit and "to the end of the file" sizes are never written by us.
    if (count < header.size() || size < kBoxHeader || size > kLargestBox) {
        return std::optional<Box>{};
    }
    return std::optional{Box{type, offset + kBoxHeader, offset + size}};
}

// Nothing if the file ends before the box does.
base::Result<std::optional<std::vector<std::byte>>> payloadOf(const ReadAt& readAt, const Box& box) {
    std::vector<std::byte> bytes(box.size());
    TRY_ASSIGN(const std::size_t count, readAt(box.payload, bytes));
    if (count < bytes.size()) {
        return std::optional<std::vector<std::byte>>{};
    }
    return std::optional{std::move(bytes)};
}

struct Head {
    std::uint64_t end = 0;
    std::vector<TrackHead> tracks;

    [[nodiscard]] const TrackHead* trackOf(std::uint32_t id) const {
        const auto found = std::ranges::find(tracks, id, &TrackHead::id);
        return found == tracks.end() ? nullptr : &*found;
    }
};

// The head (ftyp, moov), if it is whole.
base::Result<std::optional<Head>> headOf(const ReadAt& readAt) {
    TRY_ASSIGN(const auto brand, boxAt(readAt, 0));
    if (!brand || brand->type != fourCharacters("ftyp")) {
        return std::optional<Head>{};
    }
    TRY_ASSIGN(const auto movie, boxAt(readAt, brand->end));
    if (!movie || movie->type != fourCharacters("moov")) {
        return std::optional<Head>{};
    }
    TRY_ASSIGN(const auto whole, payloadOf(readAt, *movie));
    return whole ? std::optional{Head{movie->end, readTrackHeads(*whole)}} : std::optional<Head>{};
}

// The samples of each track lie together, in the order of the tracks, and fill the data.
bool samplesFill(std::span<const std::byte> data, const std::vector<TrackFragment>& tracks, const Head& head) {
    BoxReader reader{data};
    for (const TrackFragment& track : tracks) {
        const TrackHead* known = head.trackOf(track.id);
        if (known == nullptr) {
            return false;
        }
        for (const std::uint32_t size : track.sizes) {
            const auto sample = reader.take(size);
            if (reader.overrun() || sample.empty() || !isSample(sample, known->form)) {
                return false;
            }
        }
    }
    return reader.left() == 0;
}

struct Fragment {
    std::optional<TrackFragment> pictures;  // none: nothing but sound
    std::uint64_t end = 0;
};

base::Result<std::optional<Fragment>> fragmentAt(const ReadAt& readAt, std::uint64_t offset, const Head& head) {
    TRY_ASSIGN(const auto box, boxAt(readAt, offset));
    if (!box || box->type != fourCharacters("moof")) {
        return std::optional<Fragment>{};
    }
    TRY_ASSIGN(const auto moof, payloadOf(readAt, *box));
    TRY_ASSIGN(const auto data, boxAt(readAt, box->end));
    if (!moof || !data || data->type != fourCharacters("mdat")) {
        return std::optional<Fragment>{};
    }
    auto tracks = readFragmentHead(*moof);
    TRY_ASSIGN(const auto samples, payloadOf(readAt, *data));
    if (!tracks || !samples || !samplesFill(*samples, *tracks, head)) {
        return std::optional<Fragment>{};
    }
    Fragment fragment{std::nullopt, data->end};
    for (TrackFragment& track : *tracks) {
        if (head.trackOf(track.id)->form != SampleForm::Sound) {
            fragment.pictures = std::move(track);
        }
    }
    return std::optional{std::move(fragment)};
}

}  // namespace

base::Result<FragmentScan> scanFragments(const ReadAt& readAt) {
    FragmentScan scan;
    TRY_ASSIGN(const auto head, headOf(readAt));
    if (!head) {
        return scan;
    }
    std::uint64_t offset = head->end;
    std::int64_t firstTime = 0;
    std::int64_t lastTime = INT64_MIN;
    while (true) {
        TRY_ASSIGN(const auto fragment, fragmentAt(readAt, offset, *head));
        // Sound that came late has a fragment behind the last pictures, and none before the first.
        if (!fragment || (!fragment->pictures && scan.frames == 0)) {
            return scan;
        }
        offset = fragment->end;
        scan.wholeBytes = offset;
        if (!fragment->pictures) {
            continue;
        }
        const TrackFragment& track = *fragment->pictures;
        firstTime = scan.frames == 0 ? track.firstTime : firstTime;
        scan.frames += static_cast<std::int64_t>(track.sizes.size());
        if (track.lastTime > lastTime) {
            lastTime = track.lastTime;
            scan.lastTime = lastTime - firstTime;
            scan.endTime = track.endTime - firstTime;
        }
    }
}

}  // namespace leedswatch::video
