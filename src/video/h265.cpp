#include "video/h265.h"

#include "video/h265_nal_unit.h"
#include "video/nal_bits.h"

#include <algorithm>

namespace leedswatch::video {
namespace {

constexpr unsigned kSkippedFirst = 8;  // RASL_N
constexpr unsigned kSkippedLast = 9;   // RASL_R
constexpr unsigned kKeyLast = 21;      // CRA
constexpr unsigned kVideoSet = 32;
constexpr std::size_t kMostVideoSets = 16;
constexpr std::size_t kMostSequenceSets = 16;
constexpr std::size_t kMostPictureSets = 64;

void skip(NalBits& reader, int bits) {
    for (; bits > 0; bits -= 32) {
        reader.bits(std::min(bits, 32));
    }
}

// Clause 7.3.3.
void readProfile(NalBits& reader, H265Sequence& sequence) {
    for (std::byte& one : sequence.profile) {
        one = static_cast<std::byte>(reader.bits(8));
    }
    const unsigned subLayers = sequence.temporalLayers - 1;
    std::array<std::pair<bool, bool>, 8> present{};
    for (unsigned i = 0; i < subLayers; ++i) {
        present[i].first = reader.bit() == 1;
        present[i].second = reader.bit() == 1;
    }
    if (subLayers > 0) {
        skip(reader, static_cast<int>(8 - subLayers) * 2);
    }
    for (unsigned i = 0; i < subLayers; ++i) {
        skip(reader, (present[i].first ? 88 : 0) + (present[i].second ? 8 : 0));
    }
}

// 16,888 pixels a side is the most that any level allows; a larger number is noise.
constexpr unsigned kMostPixels = 16'888;

void readSize(NalBits& reader, H265Sequence& sequence) {
    sequence.width = static_cast<int>(std::min(reader.unsignedGolomb(), kMostPixels));
    sequence.height = static_cast<int>(std::min(reader.unsignedGolomb(), kMostPixels));
    if (reader.bit() == 1) {
        const int stepX = sequence.chromaFormat == 1 || sequence.chromaFormat == 2 ? 2 : 1;
        const int stepY = sequence.chromaFormat == 1 ? 2 : 1;
        const auto crop = [&reader] { return static_cast<int>(std::min(reader.unsignedGolomb(), kMostPixels)); };
        sequence.width -= crop() * stepX;
        sequence.width -= crop() * stepX;
        sequence.height -= crop() * stepY;
        sequence.height -= crop() * stepY;
    }
}

// The HEVCDecoderConfigurationRecord of ISO/IEC 14496-15, 8.3.3.1.
std::vector<std::byte> makeRecord(const H265Sequence& sequence, const ParameterSets& video,
                                  const ParameterSets& sequences, const ParameterSets& pictures) {
    std::vector<std::byte> record{std::byte{1}};
    record.insert(record.end(), sequence.profile.begin(), sequence.profile.end());
    append16(record, 0xF000);  // no word on spatial segments
    record.push_back(std::byte{0xFC});
    record.push_back(static_cast<std::byte>(0xFCU | sequence.chromaFormat));
    record.push_back(static_cast<std::byte>(0xF8U | (sequence.lumaDepth - 8)));
    record.push_back(static_cast<std::byte>(0xF8U | (sequence.chromaDepth - 8)));
    append16(record, 0);  // nor on the rate of the pictures
    record.push_back(static_cast<std::byte>(sequence.temporalLayers << 3U | (sequence.temporalNesting ? 4U : 0U) | 3U));
    record.push_back(std::byte{3});
    const auto add = [&record](unsigned type, const ParameterSets& sets) {
        record.push_back(static_cast<std::byte>(type));
        append16(record, sets.all().size());
        sets.appendTo(record);
    };
    add(kVideoSet, video);
    add(h265::kSequenceSet, sequences);
    add(h265::kPictureSet, pictures);
    return record;
}

}  // namespace

std::optional<H265Sequence> readH265Sequence(Bytes nalUnit) {
    if (h265::typeOf(nalUnit) != h265::kSequenceSet) {
        return std::nullopt;
    }
    NalBits reader{nalUnit.subspan(h265::kHeader)};
    H265Sequence sequence;
    reader.bits(4);
    sequence.temporalLayers = reader.bits(3) + 1;
    sequence.temporalNesting = reader.bit() == 1;
    if (sequence.temporalLayers > 7) {
        return std::nullopt;
    }
    readProfile(reader, sequence);
    sequence.number = reader.unsignedGolomb();
    sequence.chromaFormat = reader.unsignedGolomb();
    if (sequence.chromaFormat == 3) {
        reader.bit();
    }
    readSize(reader, sequence);
    sequence.lumaDepth = 8 + std::min(reader.unsignedGolomb(), 100U);
    sequence.chromaDepth = 8 + std::min(reader.unsignedGolomb(), 100U);
    const bool sound = !reader.hasEnded() && sequence.number < kMostSequenceSets && sequence.width > 0 &&
                       sequence.height > 0 && sequence.chromaFormat <= 3 && sequence.lumaDepth <= 15 &&
                       sequence.chromaDepth <= 15;
    return sound ? std::optional{sequence} : std::nullopt;
}

H265Picture h265PictureOf(Bytes picture) {
    while (!picture.empty()) {
        const unsigned type = h265::typeOf(takeNalUnit(picture));
        if (type <= h265::kLastPicture) {
            return type >= h265::kKeyFirst && type <= kKeyLast     ? H265Picture::Key
                   : type >= kSkippedFirst && type <= kSkippedLast ? H265Picture::Skipped
                                                                   : H265Picture::Usual;
        }
    }
    return H265Picture::None;
}

void H265Stream::describe(Bytes annexB) {
    (void)convert(annexB);
    m_waiting.clear();
}

Packet H265Stream::convert(Bytes annexB) {
    splitNalUnits(annexB, m_nalUnits);
    take();
    Packet packet;
    packet.format = m_format;
    if (std::ranges::none_of(m_nalUnits, [](Bytes unit) { return h265::typeOf(unit) <= h265::kLastPicture; })) {
        m_waiting.add(m_nalUnits);
        packet.bytes = std::make_shared<const std::vector<std::byte>>();
        return packet;
    }
    packet.bytes = m_waiting.joinWith(m_nalUnits);
    packet.isKey = h265PictureOf(*packet.bytes) == H265Picture::Key;
    return packet;
}

void H265Stream::take() {
    bool changed = false;
    for (const Bytes nalUnit : m_nalUnits) {
        switch (h265::typeOf(nalUnit)) {
            case kVideoSet: {
                NalBits reader{nalUnit.subspan(h265::kHeader)};
                changed = m_videoSets.put(reader.bits(4), nalUnit, kMostVideoSets) || changed;
                break;
            }
            case h265::kSequenceSet:
                if (const auto sequence = readH265Sequence(nalUnit)) {
                    changed = m_sequenceSets.put(sequence->number, nalUnit, kMostSequenceSets) || changed;
                }
                break;
            case h265::kPictureSet: {
                NalBits reader{nalUnit.subspan(h265::kHeader)};
                const unsigned number = reader.unsignedGolomb();
                if (number < kMostPictureSets) {
                    m_sequenceOfPicture[number] = reader.unsignedGolomb();
                    changed = m_pictureSets.put(number, nalUnit, kMostPictureSets) || changed;
                }
                break;
            }
            default: break;
        }
    }
    const auto active = activeSequence();
    if (changed || (active && active != m_activeSequence)) {
        m_activeSequence = active ? active : m_activeSequence;
        rebuildFormat();
    }
}

// The sequence parameter set that the picture's first slice is decoded by: its header names a picture parameter set,
// and that one names it.
std::optional<unsigned> H265Stream::activeSequence() const {
    const auto slice =
        std::ranges::find_if(m_nalUnits, [](Bytes unit) { return h265::typeOf(unit) <= h265::kLastPicture; });
    if (slice == m_nalUnits.end()) {
        return std::nullopt;
    }
    NalBits reader{slice->subspan(h265::kHeader)};
    reader.bit();
    if (h265::typeOf(*slice) >= h265::kKeyFirst) {
        reader.bit();
    }
    const auto found = m_sequenceOfPicture.find(reader.unsignedGolomb());
    const bool known = found != m_sequenceOfPicture.end() && m_sequenceSets.all().contains(found->second);
    return known ? std::optional{found->second} : std::nullopt;
}

void H265Stream::rebuildFormat() {
    if (m_videoSets.empty() || m_sequenceSets.empty() || m_pictureSets.empty()) {
        return;
    }
    const unsigned active = m_activeSequence.value_or(m_sequenceSets.all().begin()->first);
    const auto sequence = readH265Sequence(m_sequenceSets.all().at(active));
    if (!sequence) {
        return;
    }
    auto format = std::make_shared<StreamFormat>();
    format->codec = VideoCodec::H265;
    format->record = makeRecord(*sequence, m_videoSets, m_sequenceSets, m_pictureSets);
    format->width = sequence->width;
    format->height = sequence->height;
    m_format = std::move(format);
}

}  // namespace leedswatch::video
