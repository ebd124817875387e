#include "alarm/dc09_cipher.h"

#include "alarm/dc09_content.h"
#include "base/hash.h"

#include <openssl/evp.h>

#include <algorithm>
#include <memory>

namespace leedswatch::alarm {

namespace {

constexpr std::size_t blockSize = 16;
constexpr char padEnd = '|';

struct FreeContext {
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};

const EVP_CIPHER* cipherFor(const PanelKey& key) {
    switch (key.bytes().size()) {
        case 16: return EVP_aes_128_cbc();
        case 24: return EVP_aes_192_cbc();
        default: return EVP_aes_256_cbc();
    }
}

const unsigned char* unsignedBytes(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

enum class Direction { Decrypt, Encrypt };

// The vector is zero for every message and OpenSSL's own padding is off: the standard pads at the front.
std::string cipherBlocks(std::string_view blocks, const PanelKey& key, Direction direction) {
    constexpr std::array<unsigned char, blockSize> zeroVector{};
    const std::unique_ptr<EVP_CIPHER_CTX, FreeContext> context{EVP_CIPHER_CTX_new()};
    std::string result(blocks.size() + blockSize, '\0');
    auto* out = reinterpret_cast<unsigned char*>(result.data());
    int written = 0;
    int last = 0;
    const bool good =
        EVP_CipherInit_ex(context.get(), cipherFor(key), nullptr, unsignedBytes(key.bytes()), zeroVector.data(),
                          direction == Direction::Encrypt ? 1 : 0) == 1 &&
        EVP_CIPHER_CTX_set_padding(context.get(), 0) == 1 &&
        EVP_CipherUpdate(context.get(), out, &written, unsignedBytes(blocks), static_cast<int>(blocks.size())) == 1 &&
        EVP_CipherFinal_ex(context.get(), out + written, &last) == 1;
    result.resize(good ? static_cast<std::size_t>(written) + static_cast<std::size_t>(last) : 0);
    return result;
}

// Random bytes but those that mean something.
std::string padding(std::size_t count) {
    std::string pad;
    while (pad.size() < count) {
        for (const std::byte byte : base::randomBytes(count - pad.size())) {
            const auto c = static_cast<char>(byte);
            if (c != '|' && c != '[' && c != ']') {
                pad += c;
            }
        }
    }
    return pad;
}

}  // namespace

base::Result<PanelKey> PanelKey::of(std::string_view bytes) {
    if (bytes.size() != 16 && bytes.size() != 24 && bytes.size() != longest) {
        return base::fail(base::ErrorCode::InvalidInput, "a key of AES has 16, 24 or 32 bytes");
    }
    PanelKey key;
    std::copy(bytes.begin(), bytes.end(), key.m_bytes.begin());
    key.m_length = bytes.size();
    return key;
}

base::Result<std::string> decryptDc09(std::string_view contentHex, const PanelKey& key) {
    if (contentHex.empty() || contentHex.size() % (2 * blockSize) != 0) {
        return base::fail(base::ErrorCode::InvalidInput, "the encrypted content is not whole blocks of 32 hex digits");
    }
    TRY_ASSIGN(const std::vector<std::byte> blocks, base::fromHex(contentHex));
    const std::string clear =
        cipherBlocks({reinterpret_cast<const char*>(blocks.data()), blocks.size()}, key, Direction::Decrypt);
    const Dc09Content whole = parseDc09Content(clear);
    if (whole.timestampText.empty() || clear.find(']') == std::string::npos) {
        return base::fail(base::ErrorCode::SignInFailed, "the content cannot be read with the key of this account");
    }
    // Some panels leave the separator out where there is no data: then all before the bracket is padding.
    const std::size_t separator = clear.find(padEnd);
    const std::size_t bracket = clear.find(']');
    return clear.substr(separator < bracket ? separator + 1 : bracket);
}

std::string encryptDc09(std::string_view plain, const PanelKey& key) {
    const std::size_t unpadded = 1 + plain.size();
    const std::size_t pad = blockSize - unpadded % blockSize;
    const std::string clear = padding(pad) + padEnd + std::string{plain};
    const std::string sealed = cipherBlocks(clear, key, Direction::Encrypt);
    std::string hex = base::toHex(std::as_bytes(std::span{sealed}));
    std::transform(hex.begin(), hex.end(), hex.begin(),
                   [](char c) { return c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c; });
    return hex;
}

}  // namespace leedswatch::alarm
