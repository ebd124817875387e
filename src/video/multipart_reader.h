#pragma once

#include "base/result.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace leedswatch::video {

/// Takes apart what a camera sends as multipart/x-mixed-replace (RFC 2046 clause 5.1, as cameras have it): pictures
/// with a few header lines each. With a Content-Length that is believed; without one the next boundary ends the part.
/// Nothing grows beyond its bound, whatever the camera sends. One thread.
class MultipartReader {
public:
    static constexpr std::size_t kLargestPart = std::size_t{16} << 20U;
    static constexpr std::size_t kLargestHeader = std::size_t{16} << 10U;

    /// `contentType` as in the answer's header. Error: Unsupported if it is not a multipart type.
    [[nodiscard]] static base::Result<MultipartReader> create(std::string_view contentType);

    /// What came. Error: Damaged (a bound is passed, or it is not multipart); nothing more can be read then.
    [[nodiscard]] base::Result<void> add(std::span<const std::byte> bytes);
    /// The next whole part, without its headers; empty ones are left out.
    [[nodiscard]] std::optional<std::vector<std::byte>> next();

private:
    explicit MultipartReader(std::string boundary) : m_boundary{std::move(boundary)} {}

    enum class State { Boundary, Header, Body };

    [[nodiscard]] base::Result<bool> step();
    [[nodiscard]] base::Result<bool> readBoundary();
    [[nodiscard]] base::Result<bool> readHeader();
    [[nodiscard]] base::Result<bool> readBody();
    /// A line without its end; nothing while it is not whole.
    [[nodiscard]] std::optional<std::string_view> line();
    [[nodiscard]] bool isBoundary(std::string_view text) const;
    void finishPart(std::size_t size);

    std::string m_boundary;  // as it stands in the stream, "--" included; empty until it is known
    State m_state = State::Boundary;
    std::vector<std::byte> m_bytes;
    std::size_t m_begin = 0;    // what is before it has been read
    std::size_t m_scanned = 0;  // of the body in hand, what holds no boundary
    std::size_t m_headerSize = 0;
    std::optional<std::size_t> m_length;
    std::vector<std::vector<std::byte>> m_parts;
};

}  // namespace leedswatch::video
