#pragma once

#include "base/result.h"

#include <array>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

struct evp_md_ctx_st;

namespace leedswatch::base {

using Sha256Digest = std::array<std::byte, 32>;

/// SHA-256 of bytes as they come (OpenSSL). One thread at a time.
class Sha256 {
public:
    Sha256();
    void add(std::span<const std::byte> bytes);
    void add(std::string_view text) { add(std::as_bytes(std::span{text})); }
    /// The digest of all that was added so far; more may be added after.
    [[nodiscard]] Sha256Digest digest() const;

private:
    struct Free {
        void operator()(evp_md_ctx_st* context) const;
    };
    std::unique_ptr<evp_md_ctx_st, Free> m_context;
};

[[nodiscard]] Sha256Digest sha256(std::span<const std::byte> bytes);
[[nodiscard]] Sha256Digest sha256(std::string_view text);
/// Reads the file in blocks. Errors: NotFound, StorageFailed.
[[nodiscard]] Result<Sha256Digest> sha256OfFile(const std::filesystem::path& path);

[[nodiscard]] std::string toHex(std::span<const std::byte> bytes);
[[nodiscard]] Result<std::vector<std::byte>> fromHex(std::string_view text);
[[nodiscard]] std::string toBase64(std::span<const std::byte> bytes);
[[nodiscard]] Result<std::vector<std::byte>> fromBase64(std::string_view text);

/// From the operating system's generator.
[[nodiscard]] std::vector<std::byte> randomBytes(std::size_t count);

}  // namespace leedswatch::base
