#include "store/erasable.h"

#include "base/hash.h"
#include "store/cryptographic_bytes.h"

#include <sodium.h>

namespace leedswatch::store {

namespace {

constexpr std::size_t saltBytes = 16;

}  // namespace

Commitment Commitment::to(std::string_view words) {
    Commitment commitment;
    commitment.salt = base::toHex(base::randomBytes(saltBytes));
    commitment.hex = hmacSha256Hex(commitment.salt, words);
    return commitment;
}

std::string hmacSha256Hex(std::string_view key, std::string_view text) {
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, bytesOf(key), key.size());
    crypto_auth_hmacsha256_update(&state, bytesOf(text), text.size());
    base::Sha256Digest mac{};
    crypto_auth_hmacsha256_final(&state, reinterpret_cast<unsigned char*>(mac.data()));
    return base::toHex(mac);
}

std::string erasableColumn(const std::string& table, const std::string& words, const std::string& erasures,
                           const std::string& erasureKey) {
    return "CASE WHEN " + table + ".salt IS NOT NULL THEN hmac_sha256_hex(" + table + ".salt, " + words +
           ") WHEN EXISTS (SELECT 1 FROM " + erasures + " WHERE " + erasures + "." + erasureKey + " = " + table +
           ".id) THEN " + table + ".commitment END";
}

}  // namespace leedswatch::store
