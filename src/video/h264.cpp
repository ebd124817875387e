#include "video/h264.h"

#include "video/nal_bits.h"

#include <algorithm>
#include <array>
#include <utility>

namespace leedswatch::video {
namespace {

constexpr int kPlainSlice = 1;
constexpr int kIdrPicture = 5;
constexpr int kSupplementalInformation = 6;
constexpr int kSequenceParameterSet = 7;
constexpr int kPictureParameterSet = 8;

int typeOf(Bytes nalUnit) {
    return nalUnit.empty() ? 0 : std::to_integer<int>(nalUnit.front() & std::byte{0x1F});
}

// Whether a SEI NAL unit holds a recovery point message (D.1.8) among its messages (7.3.2.3).
bool isRecoveryPoint(Bytes nalUnit) {
    constexpr unsigned kRecoveryPoint = 6;
    if (typeOf(nalUnit) != kSupplementalInformation) {
        return false;
    }
    NalBits reader{nalUnit.subspan(1)};
    const auto readNumber = [&reader] {
        unsigned number = 0;
        unsigned byte = 0xFF;
        while (byte == 0xFF && !reader.hasEnded()) {
            byte = reader.bits(8);
            number += byte;
        }
        return number;
    };
    while (!reader.hasEnded()) {
        const unsigned type = readNumber();
        const unsigned size = readNumber();
        if (reader.hasEnded()) {
            return false;
        }
        if (type == kRecoveryPoint) {
            return true;
        }
        for (unsigned i = 0; i < size && !reader.hasEnded(); ++i) {
            reader.bits(8);
        }
    }
    return false;
}

bool hasChromaFields(unsigned profile) {
    constexpr std::array<unsigned, 13> kProfiles{100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135};
    return std::find(kProfiles.begin(), kProfiles.end(), profile) != kProfiles.end();
}

void skipScalingList(NalBits& reader, int size) {
    int last = 8;
    int next = 8;
    for (int i = 0; i < size && !reader.hasEnded(); ++i) {
        if (next != 0) {
            next = (last + reader.signedGolomb() % 256 + 256) % 256;
        }
        last = next == 0 ? last : next;
    }
}

void readChroma(NalBits& reader, SequenceParameters& parameters) {
    parameters.chromaFormat = reader.unsignedGolomb();
    parameters.coloursApart = parameters.chromaFormat == 3 && reader.bit() == 1;
    parameters.lumaDepth = 8 + reader.unsignedGolomb();
    parameters.chromaDepth = 8 + reader.unsignedGolomb();
    reader.bit();
    if (reader.bit() == 1) {
        const int lists = parameters.chromaFormat == 3 ? 12 : 8;
        for (int i = 0; i < lists; ++i) {
            if (reader.bit() == 1) {
                skipScalingList(reader, i < 6 ? 16 : 64);
            }
        }
    }
}

void skipPictureOrder(NalBits& reader) {
    const unsigned type = reader.unsignedGolomb();
    if (type == 0) {
        reader.unsignedGolomb();
    } else if (type == 1) {
        reader.bit();
        reader.signedGolomb();
        reader.signedGolomb();
        const unsigned count = reader.unsignedGolomb();
        for (unsigned i = 0; i < count && !reader.hasEnded(); ++i) {
            reader.signedGolomb();
        }
    }
}

void readSize(NalBits& reader, SequenceParameters& parameters) {
    // 16,384 pixels a side is the most that any level allows; a larger number is noise.
    const unsigned widthInBlocks = std::min(reader.unsignedGolomb(), 1023U) + 1;
    const unsigned heightInUnits = std::min(reader.unsignedGolomb(), 1023U) + 1;
    const unsigned framesOnly = reader.bit();
    parameters.framesOnly = framesOnly == 1;
    if (framesOnly == 0) {
        reader.bit();
    }
    reader.bit();
    const unsigned fields = 2 - framesOnly;
    auto width = static_cast<int>(widthInBlocks * 16);
    auto height = static_cast<int>(heightInUnits * 16 * fields);
    if (reader.bit() == 1) {
        const unsigned stepX = parameters.chromaFormat == 1 || parameters.chromaFormat == 2 ? 2 : 1;
        const unsigned stepY = (parameters.chromaFormat == 1 ? 2 : 1) * fields;
        const auto crop = [&reader] { return static_cast<int>(std::min(reader.unsignedGolomb(), 8192U)); };
        width -= crop() * static_cast<int>(stepX);
        width -= crop() * static_cast<int>(stepX);
        height -= crop() * static_cast<int>(stepY);
        height -= crop() * static_cast<int>(stepY);
    }
    parameters.width = width;
    parameters.height = height;
}

// The AVCDecoderConfigurationRecord of ISO/IEC 14496-15, 5.3.3.1.
std::vector<std::byte> makeAvcRecord(const ParameterSets& sequenceSets, const ParameterSets& pictureSets,
                                     const SequenceParameters& parameters) {
    const auto& first = sequenceSets.all().begin()->second;
    std::vector<std::byte> record{std::byte{1}, first[1], first[2], first[3], std::byte{0xFF}};
    record.push_back(static_cast<std::byte>(0xE0U | sequenceSets.all().size()));
    sequenceSets.appendTo(record);
    record.push_back(static_cast<std::byte>(pictureSets.all().size()));
    pictureSets.appendTo(record);
    if (hasChromaFields(std::to_integer<unsigned>(first[1]))) {
        record.push_back(static_cast<std::byte>(0xFCU | parameters.chromaFormat));
        record.push_back(static_cast<std::byte>(0xF8U | (parameters.lumaDepth - 8)));
        record.push_back(static_cast<std::byte>(0xF8U | (parameters.chromaDepth - 8)));
        record.push_back(std::byte{0});
    }
    return record;
}

// The number of a parameter set and the one behind it: of a picture parameter set, that of the sequence parameter set
// that it belongs to.
std::pair<unsigned, unsigned> numbersOf(Bytes nalUnit, int bitsBefore) {
    NalBits reader{nalUnit.subspan(1)};
    reader.bits(bitsBefore);
    const unsigned number = reader.unsignedGolomb();
    const unsigned next = reader.unsignedGolomb();
    return {number, next};
}

}  // namespace

std::optional<SequenceParameters> readSequenceParameters(Bytes nalUnit) {
    if (nalUnit.size() < 4 || typeOf(nalUnit) != kSequenceParameterSet) {
        return std::nullopt;
    }
    NalBits reader{nalUnit.subspan(1)};
    SequenceParameters parameters;
    const unsigned profile = reader.bits(8);
    reader.bits(16);
    reader.unsignedGolomb();
    if (hasChromaFields(profile)) {
        readChroma(reader, parameters);
    }
    parameters.numberBits = 4 + std::min(reader.unsignedGolomb(), 28U);
    skipPictureOrder(reader);
    parameters.referenceFrames = reader.unsignedGolomb();
    parameters.mayLeaveNumbersOut = reader.bit() == 1;
    readSize(reader, parameters);
    const bool sound = !reader.hasEnded() && parameters.width > 0 && parameters.height > 0 &&
                       parameters.chromaFormat <= 3 && parameters.lumaDepth <= 14 && parameters.chromaDepth <= 14;
    return sound ? std::optional{parameters} : std::nullopt;
}

std::optional<H264Slice> readH264Slice(Bytes nalUnit, const SequenceParameters& parameters) {
    constexpr unsigned kIntra = 2;
    constexpr unsigned kTypes = 5;  // and each again, 5 higher, for "as all others of the picture"
    const int type = typeOf(nalUnit);
    if (type != kPlainSlice && type != kIdrPicture) {
        return std::nullopt;
    }
    NalBits reader{nalUnit.subspan(1)};
    H264Slice slice;
    slice.isIdr = type == kIdrPicture;
    slice.isReference = (nalUnit.front() & std::byte{0x60}) != std::byte{0};
    reader.unsignedGolomb();
    slice.isIntra = reader.unsignedGolomb() % kTypes == kIntra;
    reader.unsignedGolomb();
    reader.bits(parameters.coloursApart ? 2 : 0);
    slice.number = reader.bits(static_cast<int>(parameters.numberBits));
    slice.isField = !parameters.framesOnly && reader.bit() == 1;
    slice.isBottom = slice.isField && reader.bit() == 1;
    return reader.hasEnded() ? std::nullopt : std::optional{slice};
}

void H264Stream::describe(Bytes annexB) {
    (void)convert(annexB);
    m_waiting.clear();
}

Packet H264Stream::convert(Bytes annexB) {
    splitNalUnits(annexB, m_nalUnits);
    take();
    Packet packet;
    std::optional<H264Slice> first;
    bool isIntra = m_parameters.referenceFrames <= 1;
    bool hasPicture = false;
    for (const Bytes nalUnit : m_nalUnits) {
        const int type = typeOf(nalUnit);
        packet.isKey = packet.isKey || type == kIdrPicture || isRecoveryPoint(nalUnit);
        hasPicture = hasPicture || (type >= kPlainSlice && type <= kIdrPicture);
        if (m_format && (type == kPlainSlice || type == kIdrPicture)) {
            const auto slice = readH264Slice(nalUnit, m_parameters);
            first = first ? first : slice;
            isIntra = isIntra && slice && slice->isIntra;
        }
    }
    packet.format = m_format;
    if (!hasPicture) {
        m_waiting.add(m_nalUnits);
        m_waitingKey = m_waitingKey || packet.isKey;
        packet.isKey = false;
        packet.bytes = std::make_shared<const std::vector<std::byte>>();
        return packet;
    }
    packet.isSecondField = first && completesPicture(*first);
    const bool mayBeginHere = std::exchange(m_waitingKey, false) || packet.isKey || (first && isIntra);
    packet.isKey = mayBeginHere && !packet.isSecondField;
    packet.bytes = m_waiting.joinWith(m_nalUnits);
    return packet;
}

// Two fields in a row of one number and of opposite parity are a frame (clause 3.30); the second one is never an IDR
// picture.
bool H264Stream::completesPicture(const H264Slice& slice) {
    const bool completes = m_firstField && slice.isField && !slice.isIdr && slice.isBottom != m_firstField->isBottom &&
                           slice.number == m_firstField->number;
    m_firstField = slice.isField && !completes ? std::optional{slice} : std::nullopt;
    return completes;
}

void H264Stream::take() {
    constexpr unsigned kMostSequenceSets = 31;  // what avcC has room for
    constexpr unsigned kMostPictureSets = 255;
    constexpr int kProfileBits = 24;
    bool changed = false;
    for (const Bytes nalUnit : m_nalUnits) {
        const int type = typeOf(nalUnit);
        if (type == kSequenceParameterSet && readSequenceParameters(nalUnit)) {
            const unsigned number = numbersOf(nalUnit, kProfileBits).first;
            changed =
                (number <= kMostSequenceSets && m_sequenceSets.put(number, nalUnit, kMostSequenceSets)) || changed;
        } else if (type == kPictureParameterSet) {
            const auto [number, sequence] = numbersOf(nalUnit, 0);
            if (number <= kMostPictureSets) {
                m_sequenceOfPicture[number] = sequence;
                changed = m_pictureSets.put(number, nalUnit, kMostPictureSets) || changed;
            }
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
std::optional<unsigned> H264Stream::activeSequence() const {
    const auto slice = std::ranges::find_if(
        m_nalUnits, [](Bytes unit) { return typeOf(unit) == kPlainSlice || typeOf(unit) == kIdrPicture; });
    if (slice == m_nalUnits.end()) {
        return std::nullopt;
    }
    NalBits reader{slice->subspan(1)};
    reader.unsignedGolomb();
    reader.unsignedGolomb();
    const auto found = m_sequenceOfPicture.find(reader.unsignedGolomb());
    const bool known = found != m_sequenceOfPicture.end() && m_sequenceSets.all().contains(found->second);
    return known ? std::optional{found->second} : std::nullopt;
}

void H264Stream::rebuildFormat() {
    if (m_sequenceSets.empty() || m_pictureSets.empty()) {
        return;
    }
    const unsigned active = m_activeSequence.value_or(m_sequenceSets.all().begin()->first);
    const auto parameters = readSequenceParameters(m_sequenceSets.all().at(active));
    if (!parameters) {
        return;
    }
    auto format = std::make_shared<StreamFormat>();
    format->record = makeAvcRecord(m_sequenceSets, m_pictureSets, *parameters);
    format->width = parameters->width;
    format->height = parameters->height;
    m_format = std::move(format);
    m_parameters = *parameters;
}

}  // namespace leedswatch::video
