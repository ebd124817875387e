#include "video/h264.h"

#include "video/nal_bits.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace leedswatch::video {
namespace {

constexpr std::size_t kLengthSize = 4;
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

// The offset of the next start code 00 00 01, or the size. Ones are rarer than zeros, so they are what is looked for.
std::size_t findStartCode(Bytes bytes, std::size_t from) {
    std::size_t at = from + 2;
    while (at < bytes.size()) {
        const void* found = std::memchr(bytes.data() + at, 1, bytes.size() - at);
        if (found == nullptr) {
            return bytes.size();
        }
        at = static_cast<std::size_t>(static_cast<const std::byte*>(found) - bytes.data());
        if (bytes[at - 1] == std::byte{0} && bytes[at - 2] == std::byte{0}) {
            return at - 2;
        }
        ++at;
    }
    return bytes.size();
}

void splitNalUnits(Bytes annexB, std::vector<Bytes>& nalUnits) {
    nalUnits.clear();
    std::size_t start = findStartCode(annexB, 0);
    while (start < annexB.size()) {
        const std::size_t begin = start + 3;
        start = findStartCode(annexB, begin);
        std::size_t end = start;
        // Zeros behind a NAL unit belong to no unit (B.1.2); a unit never ends with one.
        while (end > begin && annexB[end - 1] == std::byte{0}) {
            --end;
        }
        if (end > begin) {
            nalUnits.push_back(annexB.subspan(begin, end - begin));
        }
    }
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

void append16(std::vector<std::byte>& out, std::size_t value) {
    out.push_back(static_cast<std::byte>(value >> 8U));
    out.push_back(static_cast<std::byte>(value));
}

void appendSets(std::vector<std::byte>& out, const std::vector<std::vector<std::byte>>& sets) {
    for (const auto& set : sets) {
        append16(out, set.size());
        out.insert(out.end(), set.begin(), set.end());
    }
}

// The AVCDecoderConfigurationRecord of ISO/IEC 14496-15, 5.3.3.1.
std::vector<std::byte> makeAvcRecord(const std::vector<std::vector<std::byte>>& sequenceSets,
                                     const std::vector<std::vector<std::byte>>& pictureSets,
                                     const SequenceParameters& parameters) {
    const auto& first = sequenceSets.front();
    std::vector<std::byte> record{std::byte{1}, first[1], first[2], first[3], std::byte{0xFF}};
    record.push_back(static_cast<std::byte>(0xE0U | sequenceSets.size()));
    appendSets(record, sequenceSets);
    record.push_back(static_cast<std::byte>(pictureSets.size()));
    appendSets(record, pictureSets);
    if (hasChromaFields(std::to_integer<unsigned>(first[1]))) {
        record.push_back(static_cast<std::byte>(0xFCU | parameters.chromaFormat));
        record.push_back(static_cast<std::byte>(0xF8U | (parameters.lumaDepth - 8)));
        record.push_back(static_cast<std::byte>(0xF8U | (parameters.chromaDepth - 8)));
        record.push_back(std::byte{0});
    }
    return record;
}

// True if the sets became other ones.
bool replaceSets(std::vector<std::vector<std::byte>>& sets, const std::vector<Bytes>& found, std::size_t limit) {
    const auto same = [](const std::vector<std::byte>& a, Bytes b) { return std::ranges::equal(a, b); };
    if (found.empty() || std::equal(sets.begin(), sets.end(), found.begin(), found.end(), same)) {
        return false;
    }
    sets.clear();
    for (const Bytes set : found) {
        const bool known = std::any_of(sets.begin(), sets.end(), [&](const auto& one) { return same(one, set); });
        if (!known && sets.size() < limit && set.size() >= 2 && set.size() <= 0xFFFF) {
            sets.emplace_back(set.begin(), set.end());
        }
    }
    return true;
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
    reader.unsignedGolomb();
    parameters.mayLeaveNumbersOut = reader.bit() == 1;
    readSize(reader, parameters);
    const bool sound = !reader.hasEnded() && parameters.width > 0 && parameters.height > 0 &&
                       parameters.chromaFormat <= 3 && parameters.lumaDepth <= 14 && parameters.chromaDepth <= 14;
    return sound ? std::optional{parameters} : std::nullopt;
}

void H264Stream::describe(Bytes annexB) {
    (void)convert(annexB);
}

Packet H264Stream::convert(Bytes annexB) {
    splitNalUnits(annexB, m_nalUnits);
    std::size_t size = 0;
    for (const Bytes nalUnit : m_nalUnits) {
        size += kLengthSize + nalUnit.size();
    }
    auto bytes = std::make_shared<std::vector<std::byte>>();
    bytes->reserve(size);
    Packet packet;
    bool hasSets = false;
    for (const Bytes nalUnit : m_nalUnits) {
        const int type = typeOf(nalUnit);
        packet.isKey = packet.isKey || type == kIdrPicture || isRecoveryPoint(nalUnit);
        hasSets = hasSets || type == kSequenceParameterSet || type == kPictureParameterSet;
        append16(*bytes, nalUnit.size() >> 16U);
        append16(*bytes, nalUnit.size());
        bytes->insert(bytes->end(), nalUnit.begin(), nalUnit.end());
    }
    if (hasSets) {
        std::vector<Bytes> sequence;
        std::vector<Bytes> picture;
        std::ranges::copy_if(m_nalUnits, std::back_inserter(sequence),
                             [](Bytes nalUnit) { return typeOf(nalUnit) == kSequenceParameterSet; });
        std::ranges::copy_if(m_nalUnits, std::back_inserter(picture),
                             [](Bytes nalUnit) { return typeOf(nalUnit) == kPictureParameterSet; });
        take(sequence, picture);
    }
    packet.bytes = std::move(bytes);
    packet.format = m_format;
    return packet;
}

void H264Stream::take(const std::vector<Bytes>& sequence, const std::vector<Bytes>& picture) {
    const bool sequenceChanged = replaceSets(m_sequenceSets, sequence, 31);
    const bool pictureChanged = replaceSets(m_pictureSets, picture, 255);
    if (sequenceChanged || pictureChanged) {
        rebuildFormat();
    }
}

void H264Stream::rebuildFormat() {
    if (m_sequenceSets.empty() || m_pictureSets.empty() || m_sequenceSets.front().size() < 4) {
        return;
    }
    const auto parameters = readSequenceParameters(m_sequenceSets.front());
    if (!parameters) {
        return;
    }
    auto format = std::make_shared<StreamFormat>();
    format->record = makeAvcRecord(m_sequenceSets, m_pictureSets, *parameters);
    format->width = parameters->width;
    format->height = parameters->height;
    if (!m_format || *m_format != *format) {
        m_format = std::move(format);
    }
}

}  // namespace leedswatch::video
