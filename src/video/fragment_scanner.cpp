#include "video/fragment_scanner.h"

#include "video/mjpeg.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <vector>

namespace leedswatch::video {
namespace {

constexpr std::uint64_t kHeaderSize = 8;
// A GOP in one fragment is bounded by GopCollector; what claims to be larger was not written by us.
constexpr std::uint64_t kLargestBox = 96U << 20U;

constexpr std::uint32_t fourCharacters(const char (&name)[5]) {
    std::uint32_t value = 0;
    for (int i = 0; i < 4; ++i) {
        value = value << 8U | static_cast<unsigned char>(name[i]);
    }
    return value;
}

// Reads big-endian numbers; past the end it gives 0 and says so.
class Reader {
public:
    explicit Reader(Bytes bytes) : m_bytes{bytes} {}

    std::uint32_t u32() {
        const Bytes taken = take(4);
        std::uint32_t value = 0;
        for (const std::byte one : taken) {
            value = value << 8U | std::to_integer<std::uint32_t>(one);
        }
        return value;
    }
    std::uint64_t u64() {
        const std::uint64_t high = u32();
        return high << 32U | u32();
    }
    Bytes take(std::size_t count) {
        if (count > m_bytes.size()) {
            m_overrun = true;
            m_bytes = {};
            return {};
        }
        const Bytes taken = m_bytes.first(count);
        m_bytes = m_bytes.subspan(count);
        return taken;
    }
    [[nodiscard]] std::size_t left() const { return m_bytes.size(); }
    [[nodiscard]] bool overrun() const { return m_overrun; }

private:
    Bytes m_bytes;
    bool m_overrun = false;
};

struct Box {
    std::uint32_t type = 0;
    std::uint64_t payload = 0;  // where it begins
    std::uint64_t end = 0;
    [[nodiscard]] std::uint64_t size() const { return end - payload; }
};

// The box at `offset`, if all of its header is there. It may still reach past the end of the file.
base::Result<std::optional<Box>> boxAt(const ReadAt& readAt, std::uint64_t offset) {
    std::array<std::byte, kHeaderSize> header{};
    TRY_ASSIGN(const std::size_t count, readAt(offset, header));
    Reader reader{header};
    const std::uint64_t size = reader.u32();
    const std::uint32_t type = reader.u32();
    // 64-bit and "to the end of the file" sizes are never written by us.
    if (count < header.size() || size < kHeaderSize || size > kLargestBox) {
        return std::optional<Box>{};
    }
    return std::optional{Box{type, offset + kHeaderSize, offset + size}};
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

struct TrackFragment {
    std::uint32_t defaultDuration = 0;
    std::uint32_t defaultSize = 0;
    std::uint64_t decodeTime = 0;
    std::vector<std::uint32_t> sizes;
    std::int64_t firstTime = 0;
    std::int64_t lastTime = INT64_MIN;
    std::int64_t endTime = 0;
};

bool readTrackHeader(Reader reader, TrackFragment& track) {
    const std::uint32_t flags = reader.u32();
    reader.u32();
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

bool readDecodeTime(Reader reader, TrackFragment& track) {
    const bool isLong = reader.u32() >> 24U == 1;
    track.decodeTime = isLong ? reader.u64() : reader.u32();
    // Two thousand years: no sum below overflows.
    return !reader.overrun() && track.decodeTime < (std::uint64_t{1} << 52U);
}

bool readRun(Reader reader, TrackFragment& track) {
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
    if (count == 0 || reader.overrun() || fields == 0 || reader.left() / 4 < count * fields) {
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

bool readTrack(Reader reader, TrackFragment& track) {
    bool hasTime = false;
    while (reader.left() >= kHeaderSize) {
        const std::uint32_t size = reader.u32();
        const std::uint32_t type = reader.u32();
        if (size < kHeaderSize) {
            return false;
        }
        const Reader payload{reader.take(size - kHeaderSize)};
        if (reader.overrun()) {
            return false;
        }
        bool sound = true;
        switch (type) {
            case fourCharacters("tfhd"): sound = readTrackHeader(payload, track); break;
            case fourCharacters("tfdt"): sound = hasTime = readDecodeTime(payload, track); break;
            case fourCharacters("trun"): sound = hasTime && readRun(payload, track); break;
            default: break;
        }
        if (!sound) {
            return false;
        }
    }
    return !track.sizes.empty();
}

std::optional<TrackFragment> readFragmentHead(Bytes moof) {
    Reader reader{moof};
    while (reader.left() >= kHeaderSize) {
        const std::uint32_t size = reader.u32();
        const std::uint32_t type = reader.u32();
        if (size < kHeaderSize) {
            return std::nullopt;
        }
        const Bytes payload = reader.take(size - kHeaderSize);
        if (reader.overrun()) {
            return std::nullopt;
        }
        if (type == fourCharacters("traf")) {
            TrackFragment track;
            return readTrack(Reader{payload}, track) ? std::optional{std::move(track)} : std::nullopt;
        }
    }
    return std::nullopt;
}

constexpr std::size_t kPage = 4096;

bool hasZeros(Bytes bytes, std::size_t run) {
    static constexpr std::array<std::byte, kPage / 2> kZeros{};
    for (std::size_t at = 0; at + run <= bytes.size(); at += run) {
        if (std::memcmp(bytes.data() + at, kZeros.data(), run) == 0) {
            return true;
        }
    }
    return false;
}

// A power cut can leave zeros in the place of pages that never reached the disk. No stream has such a run of them:
// three in a row do not occur in a NAL unit (H.264, 7.4.1), and hardly more in MPEG-4, where they would be a start
// code.
constexpr std::size_t kLongRun = 256;

bool isNalUnits(Bytes bytes) {
    Reader sample{bytes};
    while (sample.left() > 0) {
        const std::uint32_t length = sample.u32();
        const Bytes nalUnit = sample.take(length);
        if (sample.overrun() || length == 0 || hasZeros(nalUnit, kLongRun) || nalUnit.back() == std::byte{0}) {
            return false;
        }
    }
    return true;
}

bool beginsWith(Bytes bytes, std::initializer_list<int> expected) {
    return bytes.size() >= expected.size() &&
           std::equal(expected.begin(), expected.end(), bytes.begin(),
                      [](int value, std::byte byte) { return static_cast<std::byte>(value) == byte; });
}

// In a JPEG a black area may well be zeros, but not a page of them; and behind its end a camera may fill up with them.
bool isJpeg(Bytes bytes) {
    Bytes filled = bytes;
    while (!filled.empty() && filled.back() == std::byte{0}) {
        filled = filled.first(filled.size() - 1);
    }
    const bool endsInZeros = bytes.size() - filled.size() >= kLongRun;
    return !hasZeros(filled, kPage / 2) && (!endsInZeros || hasJpegEnd(bytes));
}

// "mp4v" stands for both, and their first bytes tell them apart.
bool isPlainPicture(Bytes bytes) {
    if (beginsWith(bytes, {0xFF, 0xD8})) {
        return isJpeg(bytes);
    }
    return beginsWith(bytes, {0, 0, 1}) && !hasZeros(bytes, kLongRun) &&
           !beginsWith(bytes.last(std::min<std::size_t>(bytes.size(), 4)), {0, 0, 0, 0});
}

enum class SampleForm { NalUnits, Plain };

bool samplesFill(Bytes data, const std::vector<std::uint32_t>& sizes, SampleForm form) {
    Reader reader{data};
    for (const std::uint32_t size : sizes) {
        const Bytes sample = reader.take(size);
        if (reader.overrun() || sample.empty()) {
            return false;
        }
        if (form == SampleForm::NalUnits ? !isNalUnits(sample) : !isPlainPicture(sample)) {
            return false;
        }
    }
    return reader.left() == 0;
}

struct Fragment {
    TrackFragment track;
    std::uint64_t end = 0;
};

base::Result<std::optional<Fragment>> fragmentAt(const ReadAt& readAt, std::uint64_t offset, SampleForm form) {
    TRY_ASSIGN(const auto head, boxAt(readAt, offset));
    if (!head || head->type != fourCharacters("moof")) {
        return std::optional<Fragment>{};
    }
    TRY_ASSIGN(const auto moof, payloadOf(readAt, *head));
    TRY_ASSIGN(const auto data, boxAt(readAt, head->end));
    if (!moof || !data || data->type != fourCharacters("mdat")) {
        return std::optional<Fragment>{};
    }
    auto track = readFragmentHead(*moof);
    TRY_ASSIGN(const auto pictures, payloadOf(readAt, *data));
    if (!track || !pictures || !samplesFill(*pictures, track->sizes, form)) {
        return std::optional<Fragment>{};
    }
    return std::optional{Fragment{std::move(*track), data->end}};
}

// The payload of the first box of that type, or nothing.
Bytes boxWithin(Bytes boxes, std::uint32_t wanted) {
    Reader reader{boxes};
    while (reader.left() >= kHeaderSize) {
        const std::uint32_t size = reader.u32();
        const std::uint32_t type = reader.u32();
        const Bytes payload = size < kHeaderSize ? Bytes{} : reader.take(size - kHeaderSize);
        if (size < kHeaderSize || reader.overrun()) {
            return {};
        }
        if (type == wanted) {
            return payload;
        }
    }
    return {};
}

struct Head {
    std::uint64_t end = 0;
    SampleForm form = SampleForm::NalUnits;
};

// By the name of the sample entry (ISO/IEC 14496-12, 8.5.2).
SampleForm formOf(Bytes movie) {
    for (const std::uint32_t type : {fourCharacters("trak"), fourCharacters("mdia"), fourCharacters("minf"),
                                     fourCharacters("stbl"), fourCharacters("stsd")}) {
        movie = boxWithin(movie, type);
    }
    Reader reader{movie};
    reader.u64();  // version, flags and count
    reader.u32();  // the size of the first entry
    return reader.u32() == fourCharacters("mp4v") ? SampleForm::Plain : SampleForm::NalUnits;
}

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
    return whole ? std::optional{Head{movie->end, formOf(*whole)}} : std::optional<Head>{};
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
        TRY_ASSIGN(const auto fragment, fragmentAt(readAt, offset, head->form));
        if (!fragment) {
            return scan;
        }
        offset = fragment->end;
        scan.wholeBytes = offset;
        const TrackFragment& track = fragment->track;
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
