#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

// What takes boxes of MP4 (ISO/IEC 14496-12) apart that may be torn or made up.

namespace leedswatch::video {

constexpr std::size_t kBoxHeader = 8;

constexpr std::uint32_t fourCharacters(const char (&name)[5]) {
    std::uint32_t value = 0;
    for (int i = 0; i < 4; ++i) {
        value = value << 8U | static_cast<unsigned char>(name[i]);
    }
    return value;
}

/// Reads big-endian numbers; past the end it gives 0 and says so.
class BoxReader {
public:
    explicit BoxReader(std::span<const std::byte> bytes) : m_bytes{bytes} {}

    std::uint32_t u32() {
        const auto taken = take(4);
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
    std::span<const std::byte> take(std::size_t count) {
        if (count > m_bytes.size()) {
            m_overrun = true;
            m_bytes = {};
            return {};
        }
        const auto taken = m_bytes.first(count);
        m_bytes = m_bytes.subspan(count);
        return taken;
    }
    [[nodiscard]] std::size_t left() const { return m_bytes.size(); }
    [[nodiscard]] bool overrun() const { return m_overrun; }

private:
    std::span<const std::byte> m_bytes;
    bool m_overrun = false;
};

/// Each box in order, until `visit` gives false. False also if one is torn.
[[nodiscard]] inline bool forEachBox(std::span<const std::byte> boxes,
                                     const std::function<bool(std::uint32_t type, std::span<const std::byte>)>& visit) {
    BoxReader reader{boxes};
    while (reader.left() >= kBoxHeader) {
        const std::uint32_t size = reader.u32();
        const std::uint32_t type = reader.u32();
        if (size < kBoxHeader) {
            return false;
        }
        const auto payload = reader.take(size - kBoxHeader);
        if (reader.overrun() || !visit(type, payload)) {
            return false;
        }
    }
    return true;
}

}  // namespace leedswatch::video
