#pragma once

#include "base/result.h"

#include <array>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

struct evp_pkey_st;

namespace leedswatch::store {

struct FreeKey {
    void operator()(evp_pkey_st* key) const;
};
using KeyHandle = std::unique_ptr<evp_pkey_st, FreeKey>;

/// The public half of an Ed25519 key (OpenSSL). Thread-safe.
class VerifyingKey {
public:
    /// From PEM (SubjectPublicKeyInfo). Error: Damaged, naming `source`.
    [[nodiscard]] static base::Result<VerifyingKey> fromPem(std::string_view pem, const std::string& source);

    [[nodiscard]] bool verify(std::string_view text, std::string_view signature) const;
    [[nodiscard]] std::string rawBytes() const;  ///< 32 of them
    /// C2SP's key id: the first 4 bytes of SHA-256(name || 0x0A || 0x01 || raw bytes).
    [[nodiscard]] std::string idFor(const std::string& name) const;

private:
    friend class SigningKey;
    explicit VerifyingKey(KeyHandle key) : m_key{std::move(key)} {}

    KeyHandle m_key;
};

/// An Ed25519 key that signs. Thread-safe.
class SigningKey {
public:
    [[nodiscard]] static base::Result<SigningKey> generate();
    /// From PEM (PKCS #8). Error: Damaged, naming `source`.
    [[nodiscard]] static base::Result<SigningKey> fromPem(std::string_view pem, const std::string& source);

    [[nodiscard]] std::string sign(std::string_view text) const;  ///< 64 bytes
    [[nodiscard]] std::string privatePem() const;
    [[nodiscard]] std::string publicPem() const;
    [[nodiscard]] VerifyingKey verifyingKey() const;

private:
    explicit SigningKey(KeyHandle key) : m_key{std::move(key)} {}

    KeyHandle m_key;
};

/// The audit log's key: `folder`/keys/audit.key (0600) and audit.pub beside it, in PEM.
/// Makes both if there is neither. Error: Damaged if one is missing or they do not belong together.
[[nodiscard]] base::Result<SigningKey> openOrCreateAuditKey(const std::filesystem::path& dataFolder);
/// For those who sign: NotFound says that it must come back from a backup.
[[nodiscard]] base::Result<SigningKey> openAuditKey(const std::filesystem::path& dataFolder);
/// For those who only verify.
[[nodiscard]] base::Result<VerifyingKey> openAuditPublicKey(const std::filesystem::path& dataFolder);

}  // namespace leedswatch::store
