#include "base/hash.h"

#include "base/file.h"

#include <openssl/evp.h>
#include <sodium.h>

#include <cstdlib>

namespace leedswatch::base {
namespace {

constexpr std::size_t kReadBlock = 1 << 20;

// SHA-256 of OpenSSL fails only when memory has run out or the library is broken: nothing can go on after that.
void check(int answer) {
    if (answer != 1) {
        std::abort();
    }
}

}  // namespace

void Sha256::Free::operator()(evp_md_ctx_st* context) const {
    EVP_MD_CTX_free(context);
}

Sha256::Sha256() : m_context{EVP_MD_CTX_new()} {
    check(EVP_DigestInit_ex(m_context.get(), EVP_sha256(), nullptr));
}

void Sha256::add(std::span<const std::byte> bytes) {
    check(EVP_DigestUpdate(m_context.get(), bytes.data(), bytes.size()));
}

Sha256Digest Sha256::digest() const {
    const std::unique_ptr<evp_md_ctx_st, Free> copy{EVP_MD_CTX_new()};
    check(EVP_MD_CTX_copy_ex(copy.get(), m_context.get()));
    Sha256Digest digest{};
    check(EVP_DigestFinal_ex(copy.get(), reinterpret_cast<unsigned char*>(digest.data()), nullptr));
    return digest;
}

Sha256Digest sha256(std::span<const std::byte> bytes) {
    Sha256 hash;
    hash.add(bytes);
    return hash.digest();
}

Sha256Digest sha256(std::string_view text) {
    return sha256(std::as_bytes(std::span{text}));
}

Result<Sha256Digest> sha256OfFile(const std::filesystem::path& path) {
    TRY_ASSIGN(auto file, File::openForReading(path));
    std::vector<std::byte> block(kReadBlock);
    Sha256 hash;
    while (true) {
        TRY_ASSIGN(const std::size_t count, file.read(block));
        if (count == 0) {
            return hash.digest();
        }
        hash.add(std::span{block}.first(count));
    }
}

std::string toHex(std::span<const std::byte> bytes) {
    std::string text(bytes.size() * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    text.pop_back();
    return text;
}

Result<std::vector<std::byte>> fromHex(std::string_view text) {
    std::vector<std::byte> bytes(text.size() / 2);
    std::size_t written = 0;
    if (text.size() % 2 != 0 ||
        sodium_hex2bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(), text.size(), nullptr,
                       &written, nullptr) != 0 ||
        written != bytes.size()) {
        return fail(ErrorCode::InvalidInput, "not a hexadecimal text");
    }
    return bytes;
}

std::string toBase64(std::span<const std::byte> bytes) {
    std::string text(sodium_base64_ENCODED_LEN(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                      sodium_base64_VARIANT_ORIGINAL);
    text.pop_back();
    return text;
}

Result<std::vector<std::byte>> fromBase64(std::string_view text) {
    std::vector<std::byte> bytes(text.size() / 4 * 3 + 3);
    std::size_t written = 0;
    if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(), text.size(),
                          nullptr, &written, nullptr, sodium_base64_VARIANT_ORIGINAL) != 0) {
        return fail(ErrorCode::InvalidInput, "not a base64 text");
    }
    bytes.resize(written);
    return bytes;
}

std::vector<std::byte> randomBytes(std::size_t count) {
    if (sodium_init() < 0) {
        std::abort();
    }
    std::vector<std::byte> bytes(count);
    randombytes_buf(bytes.data(), bytes.size());
    return bytes;
}

}  // namespace leedswatch::base
