#include "access/password.h"

#include "base/hash.h"

#include <sodium.h>

#include <array>

namespace leedswatch::access {

base::Result<std::string> hashPassword(std::string_view password) {
    if (sodium_init() < 0) {
        return base::fail(base::ErrorCode::Internal, "libsodium would not start");
    }
    std::array<char, crypto_pwhash_STRBYTES> encoded{};
    if (crypto_pwhash_str_alg(encoded.data(), password.data(), password.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                              crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13) != 0) {
        return base::fail(base::ErrorCode::Internal, "there is not enough memory to hash a password");
    }
    return std::string{encoded.data()};
}

bool passwordFits(const std::string& hash, std::string_view password) {
    return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

const std::string& hashOfNobody() {
    static const std::string hash = hashPassword(base::toHex(base::randomBytes(32))).value_or(std::string{});
    return hash;
}

}  // namespace leedswatch::access
