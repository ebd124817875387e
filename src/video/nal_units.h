#pragma once

#include "video/stream_parser.h"

#include <map>
#include <vector>

// What H.264 and H.265 have in common: the byte stream of Annex B, whose start codes are MPEG-4's too, and sets of
// parameters that go by numbers.

namespace leedswatch::video {

/// Where the next start code 00 00 01 begins, at `from` or behind it; the size if there is none.
[[nodiscard]] std::size_t findStartCode(Bytes bytes, std::size_t from);

/// The NAL units of an Annex B byte stream, without start codes and without the zeros behind them. They look at
/// `annexB`.
void splitNalUnits(Bytes annexB, std::vector<Bytes>& nalUnits);

/// The same NAL units, each behind a 4-byte length (ISO/IEC 14496-15).
[[nodiscard]] std::shared_ptr<const std::vector<std::byte>> joinWithLengths(const std::vector<Bytes>& nalUnits);

/// NAL units that came without a picture (some cameras send their parameter sets so) wait here for the next one, which
/// they belong to: a packet is a picture.
class WaitingUnits {
public:
    void add(const std::vector<Bytes>& nalUnits);
    /// The picture with what waited in front of it.
    [[nodiscard]] std::shared_ptr<const std::vector<std::byte>> joinWith(const std::vector<Bytes>& nalUnits);
    void clear() { m_bytes.clear(); }

private:
    std::vector<std::byte> m_bytes;  // each unit behind its length
};

/// Takes the first NAL unit off a picture in that form; empty at its end, and at a length that makes no sense.
[[nodiscard]] Bytes takeNalUnit(Bytes& picture);

void append16(std::vector<std::byte>& out, std::size_t value);

/// Parameter sets of one kind by their number. A stream may send one of them anew and leave the others as they are.
class ParameterSets {
public:
    /// True if that was news. One of more than 64 KiB, or beyond `most` numbers, is left out.
    bool put(unsigned number, Bytes set, std::size_t most);
    [[nodiscard]] bool empty() const { return m_sets.empty(); }
    [[nodiscard]] const std::map<unsigned, std::vector<std::byte>>& all() const { return m_sets; }
    /// Each behind its 2-byte length, as avcC and hvcC have them.
    void appendTo(std::vector<std::byte>& record) const;

private:
    std::map<unsigned, std::vector<std::byte>> m_sets;
};

}  // namespace leedswatch::video
