#include "simulator/annex_b.h"

#include <algorithm>

namespace leedswatch::simulator {
namespace {

using Bytes = std::span<const std::byte>;

constexpr unsigned typeSps = 7;
constexpr unsigned typePps = 8;
constexpr unsigned typeDelimiter = 9;

unsigned typeOf(Bytes unit) {
    return std::to_integer<unsigned>(unit.front()) & 31U;
}

std::size_t findStartCode(Bytes bytes, std::size_t from) {
    for (std::size_t i = from; i + 3 <= bytes.size(); ++i) {
        if (bytes[i] == std::byte{0} && bytes[i + 1] == std::byte{0} && bytes[i + 2] == std::byte{1}) {
            return i;
        }
    }
    return bytes.size();
}

void appendWithLength(std::vector<std::byte>& out, Bytes unit, int lengthBytes) {
    for (int shift = (lengthBytes - 1) * 8; shift >= 0; shift -= 8) {
        out.push_back(static_cast<std::byte>(unit.size() >> static_cast<unsigned>(shift)));
    }
    out.insert(out.end(), unit.begin(), unit.end());
}

}  // namespace

std::vector<Bytes> splitAnnexB(Bytes bytes) {
    std::vector<Bytes> units;
    std::size_t start = findStartCode(bytes, 0);
    while (start < bytes.size()) {
        const std::size_t begin = start + 3;
        start = findStartCode(bytes, begin);
        std::size_t end = start;
        while (end > begin && bytes[end - 1] == std::byte{0}) {
            --end;
        }
        if (end > begin) {
            units.push_back(bytes.subspan(begin, end - begin));
        }
    }
    return units;
}

std::vector<std::byte> toAvc(Bytes annexB) {
    std::vector<std::byte> out;
    out.reserve(annexB.size() + 16);
    for (const Bytes unit : splitAnnexB(annexB)) {
        const unsigned type = typeOf(unit);
        if (type != typeSps && type != typePps && type != typeDelimiter) {
            appendWithLength(out, unit, 4);
        }
    }
    return out;
}

std::vector<std::byte> makeAvcRecord(Bytes annexB) {
    const auto units = splitAnnexB(annexB);
    const auto isOf = [](unsigned type) { return [type](Bytes unit) { return typeOf(unit) == type; }; };
    const auto sps = std::ranges::find_if(units, isOf(typeSps));
    const auto pps = std::ranges::find_if(units, isOf(typePps));
    if (sps == units.end() || pps == units.end() || sps->size() < 4) {
        return {};
    }
    std::vector<std::byte> record{std::byte{1}, (*sps)[1], (*sps)[2], (*sps)[3], std::byte{0xff}, std::byte{0xe1}};
    appendWithLength(record, *sps, 2);
    record.push_back(std::byte{1});
    appendWithLength(record, *pps, 2);
    return record;
}

}  // namespace leedswatch::simulator
