#pragma once

#include "base/result.h"

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace leedswatch::rtsp {

/// A message of RTSP 1.0 (RFC 2326): a response, or a request that the server sends us.
struct Message {
    int status = 0;      ///< 200, ...; 0: a request
    std::string method;  ///< of a request
    /// By names in lower case; several of one name in their order.
    std::multimap<std::string, std::string> headers;
    std::string body;

    /// The first of that name (in lower case); empty if there is none.
    [[nodiscard]] std::string_view header(std::string_view name) const;
};

/// RTP or RTCP between the messages (section 10.12). The bytes are valid until the reader is used again.
struct InterleavedFrame {
    unsigned channel = 0;
    std::span<const std::byte> bytes;
};

/// Takes an RTSP connection's bytes as they come and gives back what is whole. Bounded: a head of 16 KiB, a body of 1
/// MiB. One thread.
class MessageReader {
public:
    MessageReader();

    /// Where bytes that come may be put, and that `count` have been.
    [[nodiscard]] std::span<std::byte> room();
    void received(std::size_t count) { m_end += count; }

    using Item = std::variant<std::monostate, Message, InterleavedFrame>;
    /// The next that is whole; nothing yet (monostate). Error: Damaged, when this is no RTSP; there is no way on then.
    [[nodiscard]] base::Result<Item> next();

private:
    [[nodiscard]] std::span<const std::byte> pending() const;
    [[nodiscard]] base::Result<Item> nextMessage();

    std::vector<std::byte> m_buffer;
    std::size_t m_begin = 0;
    std::size_t m_end = 0;
};

}  // namespace leedswatch::rtsp
