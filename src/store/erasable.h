#pragma once

#include <string>
#include <string_view>

namespace leedswatch::store {

/// Words about people, which have to go one day while the row that held them stays. The row keeps a commitment to them
/// (HMAC-SHA-256, RFC 2104) for ever, and the salt that is its key as long as it keeps the words. The audit log vouches
/// for the commitment: with words and salt gone it still does, and nobody can try out what the words were.
struct Commitment {
    std::string salt;  ///< 32 random hexadecimal digits; their letters are the key, so that openssl can compute it too
    std::string hex;   ///< 64 hexadecimal digits

    [[nodiscard]] static Commitment to(std::string_view words);
};

/// 64 hexadecimal digits. In SQL: hmac_sha256_hex(key, text).
[[nodiscard]] std::string hmacSha256Hex(std::string_view key, std::string_view text);

/// The column of an AuditWitness that vouches for erasable words: the commitment to what the row holds; of a row whose
/// words were erased, and which `erasures` (a table that is vouched for itself) names by `erasureKey`, the stored one.
/// `words`: an expression of SQL over columns of `table`, which has the columns id, salt and commitment.
[[nodiscard]] std::string erasableColumn(const std::string& table, const std::string& words,
                                         const std::string& erasures, const std::string& erasureKey);

}  // namespace leedswatch::store
