#include "rtsp/jpeg_depacketizer.h"

#include "rtsp/jpeg_tables.h"

#include <algorithm>
#include <array>

namespace leedswatch::rtsp {
namespace {

constexpr unsigned kFirstWithRestarts = 64;
constexpr unsigned kFirstWithTables = 128;
constexpr std::size_t kTable = 64;

unsigned read16(Bytes bytes, std::size_t at) {
    return byteAt(bytes, at) << 8U | byteAt(bytes, at + 1);
}

/// Section 4.2: the tables of Annex K of the JPEG standard, made finer or coarser.
std::vector<std::byte> usualTables(unsigned quality) {
    const int limited = std::clamp(static_cast<int>(quality), 1, 99);
    const int scale = limited < 50 ? 5000 / limited : 200 - limited * 2;
    std::vector<std::byte> tables;
    for (const auto& table : {jpeg::kLumaQuantisers, jpeg::kChromaQuantisers}) {
        for (const std::uint8_t value : table) {
            tables.push_back(static_cast<std::byte>(std::clamp((value * scale + 50) / 100, 1, 255)));
        }
    }
    return tables;
}

class HeadWriter {
public:
    explicit HeadWriter(std::vector<std::byte>& out) : m_out{out} {}

    void bytes(std::initializer_list<unsigned> values) {
        for (const unsigned value : values) {
            m_out.push_back(static_cast<std::byte>(value));
        }
    }
    void marker(unsigned kind, std::size_t length) {
        bytes({0xFF, kind, static_cast<unsigned>(length >> 8U), static_cast<unsigned>(length & 0xFFU)});
    }
    void copy(Bytes more) { m_out.insert(m_out.end(), more.begin(), more.end()); }

private:
    std::vector<std::byte>& m_out;
};

void writeQuantisers(HeadWriter& writer, Bytes tables, unsigned precision) {
    for (unsigned number = 0; !tables.empty(); ++number) {
        const bool isWide = (precision >> number & 1U) != 0;
        const std::size_t size = std::min(isWide ? 2 * kTable : kTable, tables.size());
        writer.marker(0xDB, size + 3);
        writer.bytes({(isWide ? 0x10U : 0U) | number});
        writer.copy(tables.first(size));
        tables = tables.subspan(size);
    }
}

void writeFrame(HeadWriter& writer, unsigned type, unsigned width, unsigned height, bool hasTwoTables) {
    const unsigned lumaSampling = (type & 0x3FU) == 0 ? 0x21 : 0x22;
    const unsigned chroma = hasTwoTables ? 1 : 0;
    writer.marker(0xC0, 17);
    writer.bytes({8, height >> 8U, height & 0xFFU, width >> 8U, width & 0xFFU, 3});
    writer.bytes({1, lumaSampling, 0, 2, 0x11, chroma, 3, 0x11, chroma});
}

void writeHuffman(HeadWriter& writer, unsigned kind, std::span<const std::uint8_t> counts,
                  std::span<const std::uint8_t> symbols) {
    writer.marker(0xC4, 3 + counts.size() + symbols.size());
    writer.bytes({kind});
    writer.copy(std::as_bytes(counts));
    writer.copy(std::as_bytes(symbols));
}

}  // namespace

void JpegDepacketizer::begin() {
    m_hasHead = false;
    m_isBroken = false;
}

bool JpegDepacketizer::beginsPicture(Bytes payload) const {
    return payload.size() >= 4 && byteAt(payload, 1) == 0 && read16(payload, 2) == 0;
}

void JpegDepacketizer::addPayload(Bytes payload, bool afterGap) {
    if (m_isBroken || (afterGap && m_hasHead) || payload.size() < 8) {
        giveUp();
        return;
    }
    const std::size_t offset = byteAt(payload, 1) << 16U | read16(payload, 2);
    Head head{byteAt(payload, 4), byteAt(payload, 5), byteAt(payload, 6) * 8, byteAt(payload, 7) * 8, 0, 0, {}};
    payload = payload.subspan(8);
    if (head.type >= kFirstWithRestarts && head.type < kFirstWithTables) {
        if (payload.size() < 4) {
            giveUp();
            return;
        }
        head.restartInterval = read16(payload, 0);
        payload = payload.subspan(4);
    }
    if (offset == 0 && head.quality >= kFirstWithTables) {
        const std::size_t size = payload.size() >= 4 ? read16(payload, 2) : 0;
        if (payload.size() < 4 + size) {
            giveUp();
            return;
        }
        head.precision = byteAt(payload, 1);
        head.tables = payload.subspan(4, size);
        payload = payload.subspan(4 + size);
    }
    if (offset == 0 && !m_hasHead) {
        m_hasHead = writeHead(head);
        m_scanBegin = bytes().size();
    }
    if (!m_hasHead || offset != bytes().size() - m_scanBegin) {
        giveUp();
        return;
    }
    append(payload);
}

std::optional<std::vector<std::byte>> JpegDepacketizer::tablesFor(const Head& head) {
    if (head.quality < kFirstWithTables) {
        return usualTables(head.quality);
    }
    if (!head.tables.empty()) {
        std::vector<std::byte> tables{head.tables.begin(), head.tables.end()};
        if (head.quality < 255) {
            m_tables[head.quality] = tables;
        }
        return tables;
    }
    const auto known = m_tables.find(head.quality);
    return known == m_tables.end() ? std::nullopt : std::optional{known->second};
}

bool JpegDepacketizer::writeHead(const Head& head) {
    const unsigned type = head.type & 0x3FU;
    const auto tables = tablesFor(head);
    if (type > 1 || head.type >= kFirstWithTables || !tables || tables->size() < kTable || head.width == 0 ||
        head.height == 0) {
        return false;
    }
    HeadWriter writer{bytes()};
    writer.bytes({0xFF, 0xD8});
    writeQuantisers(writer, Bytes{*tables}.first(std::min<std::size_t>(tables->size(), 4 * kTable)), head.precision);
    if (head.restartInterval > 0) {
        writer.marker(0xDD, 4);
        writer.bytes({head.restartInterval >> 8U, head.restartInterval & 0xFFU});
    }
    const std::size_t firstTable = (head.precision & 1U) != 0 ? 2 * kTable : kTable;
    writeFrame(writer, head.type, head.width, head.height, tables->size() > firstTable);
    writeHuffman(writer, 0x00, jpeg::kLumaDcCounts, jpeg::kDcSymbols);
    writeHuffman(writer, 0x10, jpeg::kLumaAcCounts, jpeg::kLumaAcSymbols);
    writeHuffman(writer, 0x01, jpeg::kChromaDcCounts, jpeg::kDcSymbols);
    writeHuffman(writer, 0x11, jpeg::kChromaAcCounts, jpeg::kChromaAcSymbols);
    writer.marker(0xDA, 12);
    writer.bytes({3, 1, 0x00, 2, 0x11, 3, 0x11, 0, 63, 0});
    return true;
}

void JpegDepacketizer::giveUp() {
    m_isBroken = true;
    loseSome();
}

void JpegDepacketizer::end() {
    if (m_isBroken || !m_hasHead) {
        bytes().clear();
        return;
    }
    const auto& all = bytes();
    const bool hasEnd = all.size() >= 2 && all[all.size() - 2] == std::byte{0xFF} && all.back() == std::byte{0xD9};
    if (!hasEnd) {
        HeadWriter{bytes()}.bytes({0xFF, 0xD9});
    }
}

}  // namespace leedswatch::rtsp
