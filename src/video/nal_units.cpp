#include "video/nal_units.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace leedswatch::video {
namespace {

constexpr std::size_t kLengthSize = 4;

}  // namespace

// Ones are rarer than zeros, so they are what is looked for.
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

std::shared_ptr<const std::vector<std::byte>> joinWithLengths(const std::vector<Bytes>& nalUnits) {
    std::size_t size = 0;
    for (const Bytes nalUnit : nalUnits) {
        size += kLengthSize + nalUnit.size();
    }
    auto bytes = std::make_shared<std::vector<std::byte>>();
    bytes->reserve(size);
    for (const Bytes nalUnit : nalUnits) {
        append16(*bytes, nalUnit.size() >> 16U);
        append16(*bytes, nalUnit.size());
        bytes->insert(bytes->end(), nalUnit.begin(), nalUnit.end());
    }
    return bytes;
}

void WaitingUnits::add(const std::vector<Bytes>& nalUnits) {
    constexpr std::size_t kMost = 256U << 10U;
    const auto joined = joinWithLengths(nalUnits);
    if (m_bytes.size() + joined->size() > kMost) {
        m_bytes.clear();
    }
    if (joined->size() <= kMost) {
        m_bytes.insert(m_bytes.end(), joined->begin(), joined->end());
    }
}

std::shared_ptr<const std::vector<std::byte>> WaitingUnits::joinWith(const std::vector<Bytes>& nalUnits) {
    if (m_bytes.empty()) {
        return joinWithLengths(nalUnits);
    }
    auto bytes = std::make_shared<std::vector<std::byte>>(std::exchange(m_bytes, {}));
    const auto joined = joinWithLengths(nalUnits);
    bytes->insert(bytes->end(), joined->begin(), joined->end());
    return bytes;
}

Bytes takeNalUnit(Bytes& picture) {
    std::size_t size = 0;
    for (std::size_t i = 0; i < kLengthSize && picture.size() > kLengthSize; ++i) {
        size = size << 8U | std::to_integer<std::size_t>(picture[i]);
    }
    if (size == 0 || size > picture.size() - kLengthSize) {
        picture = {};
        return {};
    }
    const Bytes nalUnit = picture.subspan(kLengthSize, size);
    picture = picture.subspan(kLengthSize + size);
    return nalUnit;
}

void append16(std::vector<std::byte>& out, std::size_t value) {
    out.push_back(static_cast<std::byte>(value >> 8U));
    out.push_back(static_cast<std::byte>(value));
}

bool ParameterSets::put(unsigned number, Bytes set, std::size_t most) {
    const auto known = m_sets.find(number);
    const bool isNew = known == m_sets.end();
    if (set.size() > 0xFFFF || (isNew && m_sets.size() >= most) || (!isNew && std::ranges::equal(known->second, set))) {
        return false;
    }
    m_sets[number].assign(set.begin(), set.end());
    return true;
}

void ParameterSets::appendTo(std::vector<std::byte>& record) const {
    for (const auto& [number, set] : m_sets) {
        append16(record, set.size());
        record.insert(record.end(), set.begin(), set.end());
    }
}

}  // namespace leedswatch::video
