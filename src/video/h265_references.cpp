#include "video/h265_references.h"

#include "video/h265_nal_unit.h"
#include "video/nal_bits.h"

#include <algorithm>
#include <bit>
#include <cstdlib>

namespace leedswatch::video {
namespace {

constexpr unsigned kLastPlain = 9;     // up to here: pictures that may be left out (RADL, RASL, sub-layers)
constexpr unsigned kFirstLeading = 6;  // RADL_N
constexpr unsigned kIdrFirst = 19;
constexpr unsigned kIdrLast = 20;
constexpr unsigned kCleanKeyLast = 20;  // BLA and IDR: nothing before counts
constexpr unsigned kMostReferences = 16;

void skipBits(NalBits& bits, unsigned count) {
    for (; count > 32; count -= 32) {
        bits.bits(32);
    }
    bits.bits(static_cast<int>(count));
}

// Clause 7.3.3.
void skipProfile(NalBits& bits, unsigned subLayers) {
    skipBits(bits, 96);
    std::vector<unsigned> sizes;
    for (unsigned i = 0; i < subLayers; ++i) {
        const unsigned profile = bits.bit() * 88;
        sizes.push_back(profile + bits.bit() * 8);
    }
    skipBits(bits, subLayers > 0 ? (8 - subLayers) * 2 : 0);
    for (const unsigned size : sizes) {
        skipBits(bits, size);
    }
}

// Clause 7.3.4.
void skipScalingLists(NalBits& bits) {
    for (unsigned size = 0; size < 4; ++size) {
        for (unsigned matrix = 0; matrix < 6 && !bits.hasEnded(); matrix += size == 3 ? 3 : 1) {
            if (bits.bit() == 0) {
                bits.unsignedGolomb();
                continue;
            }
            const unsigned count = std::min(64U, 1U << (4 + (size << 1U)));
            if (size > 1) {
                bits.signedGolomb();
            }
            for (unsigned i = 0; i < count && !bits.hasEnded(); ++i) {
                bits.signedGolomb();
            }
        }
    }
}

}  // namespace

/// What both parameter sets and slice headers hold.
struct H265References::Reader {
    // Clause 7.3.7. A set may be told as the difference to one before it.
    static std::optional<ReferenceSet> readSet(NalBits& bits, unsigned index, const std::vector<ReferenceSet>& before,
                                               bool inSlice) {
        if (index > 0 && bits.bit() == 1) {
            return readDifference(bits, index, before, inSlice);
        }
        const unsigned negative = bits.unsignedGolomb();
        const unsigned positive = bits.unsignedGolomb();
        if (bits.hasEnded() || negative > kMostReferences || positive > kMostReferences) {
            return std::nullopt;
        }
        ReferenceSet set;
        for (const auto& [count, sign] : {std::pair{negative, -1}, std::pair{positive, 1}}) {
            int distance = 0;
            for (unsigned i = 0; i < count; ++i) {
                distance += sign * static_cast<int>(std::min(bits.unsignedGolomb(), 32'767U) + 1);
                set.push_back({distance, bits.bit() == 1});
            }
        }
        return bits.hasEnded() ? std::nullopt : std::optional{set};
    }

    static std::optional<ReferenceSet> readDifference(NalBits& bits, unsigned index,
                                                      const std::vector<ReferenceSet>& before, bool inSlice) {
        const unsigned back = inSlice ? bits.unsignedGolomb() + 1 : 1;
        const int sign = bits.bit() == 1 ? -1 : 1;
        const int shift = sign * static_cast<int>(std::min(bits.unsignedGolomb(), 32'767U) + 1);
        if (bits.hasEnded() || back > index || index - back >= before.size()) {
            return std::nullopt;
        }
        const ReferenceSet& base = before[index - back];
        ReferenceSet set;
        for (std::size_t i = 0; i <= base.size(); ++i) {
            const bool isUsed = bits.bit() == 1;
            const bool isKept = isUsed || bits.bit() == 1;
            const int distance = (i < base.size() ? base[i].distance : 0) + shift;
            if (isKept && distance != 0) {
                set.push_back({distance, isUsed});
            }
        }
        // The order matters to sets that are told by this one: the nearest first, those before in front (7-61, 7-62).
        std::ranges::sort(set, [](const Reference& a, const Reference& b) {
            const bool aBefore = a.distance < 0;
            const bool bBefore = b.distance < 0;
            return aBefore != bBefore ? aBefore : std::abs(a.distance) < std::abs(b.distance);
        });
        return bits.hasEnded() || set.size() > 2 * kMostReferences ? std::nullopt : std::optional{set};
    }

    // Clause 7.3.2.2, as far as the sets of references.
    static std::optional<std::pair<unsigned, Sequence>> readSequence(Bytes nalUnit) {
        NalBits bits{nalUnit.subspan(h265::kHeader)};
        bits.bits(4);
        const unsigned subLayers = bits.bits(3);
        bits.bit();
        skipProfile(bits, std::min(subLayers, 7U));
        const unsigned number = bits.unsignedGolomb();
        Sequence sequence;
        sequence.coloursApart = bits.unsignedGolomb() == 3 && bits.bit() == 1;
        bits.unsignedGolomb();
        bits.unsignedGolomb();
        for (unsigned left = bits.bit() * 4; left > 0; --left) {
            bits.unsignedGolomb();
        }
        bits.unsignedGolomb();
        bits.unsignedGolomb();
        sequence.countBits = static_cast<int>(std::min(bits.unsignedGolomb(), 12U)) + 4;
        const unsigned layers = bits.bit() == 1 ? subLayers + 1 : 1;
        for (unsigned left = layers * 3 + 6; left > 0; --left) {
            bits.unsignedGolomb();
        }
        if (bits.bit() == 1 && bits.bit() == 1) {
            skipScalingLists(bits);
        }
        bits.bits(2);
        if (bits.bit() == 1) {
            bits.bits(8);
            bits.unsignedGolomb();
            bits.unsignedGolomb();
            bits.bit();
        }
        const unsigned count = std::min(bits.unsignedGolomb(), 64U);
        for (unsigned i = 0; i < count; ++i) {
            auto set = readSet(bits, i, sequence.sets, false);
            if (!set) {
                return std::nullopt;
            }
            sequence.sets.push_back(std::move(*set));
        }
        return bits.hasEnded() ? std::nullopt : std::optional{std::pair{number, std::move(sequence)}};
    }
};

H265References::H265References(Bytes hvcRecord) {
    constexpr std::size_t kSets = 23;
    NalBits counts{hvcRecord.size() > kSets ? hvcRecord.subspan(kSets - 1) : Bytes{}, NalBits::Escapes::None};
    const unsigned arrays = counts.bits(8);
    std::size_t at = kSets;
    for (unsigned array = 0; array < arrays && at + 3 <= hvcRecord.size(); ++array) {
        NalBits head{hvcRecord.subspan(at + 1), NalBits::Escapes::None};
        const unsigned units = head.bits(16);
        at += 3;
        for (unsigned i = 0; i < units && at + 2 <= hvcRecord.size(); ++i) {
            NalBits length{hvcRecord.subspan(at), NalBits::Escapes::None};
            const std::size_t size = length.bits(16);
            at += 2;
            takeSet(hvcRecord.subspan(at, std::min(size, hvcRecord.size() - at)));
            at += std::min(size, hvcRecord.size() - at);
        }
    }
}

void H265References::takeSet(Bytes nalUnit) {
    if (h265::typeOf(nalUnit) == h265::kSequenceSet) {
        if (auto sequence = Reader::readSequence(nalUnit)) {
            m_sequences[sequence->first] = std::move(sequence->second);
        }
    } else if (h265::typeOf(nalUnit) == h265::kPictureSet) {
        NalBits bits{nalUnit.subspan(h265::kHeader)};
        const unsigned number = bits.unsignedGolomb();
        PictureSet set;
        set.sequence = bits.unsignedGolomb();
        bits.bit();
        set.hasOutputFlag = bits.bit() == 1;
        set.extraBits = static_cast<int>(bits.bits(3));
        if (!bits.hasEnded() && number < 64) {
            m_pictureSets[number] = set;
        }
    }
}

bool H265References::isAfterHole(Bytes picture) {
    while (!picture.empty()) {
        const Bytes nalUnit = takeNalUnit(picture);
        takeSet(nalUnit);
        if (h265::typeOf(nalUnit) <= h265::kLastPicture) {
            return judge(nalUnit).value_or(false);
        }
    }
    return false;
}

// Clause 8.3.1: the count is told modulo a power of two.
int H265References::fullCount(int low, int bits) const {
    const int range = 1 << bits;
    const int lastLow = m_lastCount & (range - 1);
    const int high = m_lastCount - lastLow;
    if (low < lastLow && lastLow - low >= range / 2) {
        return high + range + low;
    }
    return low > lastLow && low - lastLow > range / 2 ? high - range + low : high + low;
}

// Nothing if the header makes no sense.
std::optional<bool> H265References::judge(Bytes slice) {
    const unsigned type = h265::typeOf(slice);
    const unsigned layer = std::to_integer<unsigned>(slice[1] & std::byte{7}) - 1;
    NalBits bits{slice.subspan(h265::kHeader)};
    const bool isFirst = bits.bit() == 1;
    if (type >= h265::kKeyFirst) {
        bits.bit();
    }
    const auto pictureSet = m_pictureSets.find(bits.unsignedGolomb());
    if (!isFirst || pictureSet == m_pictureSets.end() || !m_sequences.contains(pictureSet->second.sequence)) {
        return std::nullopt;
    }
    const Sequence& sequence = m_sequences.at(pictureSet->second.sequence);
    bits.bits(pictureSet->second.extraBits);
    bits.unsignedGolomb();
    bits.bits((pictureSet->second.hasOutputFlag ? 1 : 0) + (sequence.coloursApart ? 2 : 0));
    if (type >= kIdrFirst && type <= kIdrLast) {
        m_counts = {0};
        m_lastCount = 0;
        return bits.hasEnded() ? std::nullopt : std::optional{false};
    }
    const int low = static_cast<int>(bits.bits(sequence.countBits));
    const int count = type >= h265::kKeyFirst && m_counts.empty() ? low : fullCount(low, sequence.countBits);
    ReferenceSet references;
    if (bits.bit() == 0) {
        auto own = Reader::readSet(bits, static_cast<unsigned>(sequence.sets.size()), sequence.sets, true);
        references = own ? std::move(*own) : ReferenceSet{};
    } else {
        const int width = static_cast<int>(std::bit_width(std::max<std::size_t>(sequence.sets.size(), 1) - 1));
        const std::size_t index = bits.bits(width);
        references = index < sequence.sets.size() ? sequence.sets[index] : ReferenceSet{};
    }
    if (bits.hasEnded()) {
        return std::nullopt;
    }
    const bool isKey = type >= h265::kKeyFirst && type <= 21;
    bool missing = false;
    std::set<int> kept;
    for (const Reference& reference : references) {
        const bool came = m_counts.contains(count + reference.distance);
        missing = missing || (reference.isUsed && !came && !isKey);
        if (came) {
            kept.insert(count + reference.distance);
        }
    }
    kept.insert(count);
    m_counts = isKey && type <= kCleanKeyLast ? std::set<int>{count} : std::move(kept);
    // Pictures that may be left out are not what later counts are relative to (prevTid0Pic).
    const bool isLeading = type >= kFirstLeading && type <= kLastPlain;
    const bool isSubLayer = type < h265::kKeyFirst && type % 2 == 0;
    if (layer == 0 && !isLeading && !isSubLayer) {
        m_lastCount = count;
    }
    return missing;
}

}  // namespace leedswatch::video
