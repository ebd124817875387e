#include "store/signing_key.h"

#include "base/hash.h"
#include "store/cryptographic_bytes.h"
#include "store/key_folder.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <cstdlib>

namespace leedswatch::store {
namespace {

constexpr std::size_t kRawBytes = 32;
constexpr std::size_t kSignatureBytes = 64;
constexpr std::size_t kKeyIdBytes = 4;
constexpr const char* kPrivateName = "audit.key";
constexpr const char* kPublicName = "audit.pub";

struct FreeBio {
    void operator()(BIO* bio) const { BIO_free(bio); }
};
struct FreeDigest {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using Bio = std::unique_ptr<BIO, FreeBio>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, FreeDigest>;

Bio readerOf(std::string_view text) {
    return Bio{BIO_new_mem_buf(text.data(), static_cast<int>(text.size()))};
}

std::string contentOf(BIO* bio) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return {data, static_cast<std::size_t>(size)};
}

bool isEd25519(const KeyHandle& key) {
    return key != nullptr && EVP_PKEY_get_id(key.get()) == EVP_PKEY_ED25519;
}

/// Fails only when memory has run out or the library is broken.
void check(bool answer) {
    if (!answer) {
        std::abort();
    }
}

std::string publicPemOf(EVP_PKEY* key) {
    const Bio bio{BIO_new(BIO_s_mem())};
    check(PEM_write_bio_PUBKEY(bio.get(), key) == 1);
    return contentOf(bio.get());
}

base::Result<void> createBoth(const KeyFolder& keys, const SigningKey& key) {
    // The public one first: with a signing key there is always its other half.
    TRY(keys.create(kPublicName, key.publicPem(), 0644));
    return keys.create(kPrivateName, key.privatePem());
}

}  // namespace

void FreeKey::operator()(evp_pkey_st* key) const {
    EVP_PKEY_free(key);
}

base::Result<VerifyingKey> VerifyingKey::fromPem(std::string_view pem, const std::string& source) {
    KeyHandle key{PEM_read_bio_PUBKEY(readerOf(pem).get(), nullptr, nullptr, nullptr)};
    if (!isEd25519(key)) {
        return base::fail(base::ErrorCode::Damaged, source + " is not an Ed25519 public key: restore it from a backup");
    }
    return VerifyingKey{std::move(key)};
}

bool VerifyingKey::verify(std::string_view text, std::string_view signature) const {
    const DigestContext context{EVP_MD_CTX_new()};
    return signature.size() == kSignatureBytes &&
           EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, m_key.get()) == 1 &&
           EVP_DigestVerify(context.get(), bytesOf(signature), signature.size(), bytesOf(text), text.size()) == 1;
}

std::string VerifyingKey::rawBytes() const {
    std::string bytes(kRawBytes, '\0');
    std::size_t size = bytes.size();
    check(EVP_PKEY_get_raw_public_key(m_key.get(), reinterpret_cast<unsigned char*>(bytes.data()), &size) == 1);
    return bytes;
}

std::string VerifyingKey::idFor(const std::string& name) const {
    const auto digest = base::sha256(name + "\n\x01" + rawBytes());
    return {reinterpret_cast<const char*>(digest.data()), kKeyIdBytes};
}

base::Result<SigningKey> SigningKey::generate() {
    KeyHandle key{EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")};
    if (!key) {
        return base::fail(base::ErrorCode::Internal, "OpenSSL would not make an Ed25519 key");
    }
    return SigningKey{std::move(key)};
}

base::Result<SigningKey> SigningKey::fromPem(std::string_view pem, const std::string& source) {
    KeyHandle key{PEM_read_bio_PrivateKey(readerOf(pem).get(), nullptr, nullptr, nullptr)};
    if (!isEd25519(key)) {
        return base::fail(base::ErrorCode::Damaged, source + " is not an Ed25519 key: restore it from a backup");
    }
    return SigningKey{std::move(key)};
}

std::string SigningKey::sign(std::string_view text) const {
    const DigestContext context{EVP_MD_CTX_new()};
    std::string signature(kSignatureBytes, '\0');
    std::size_t size = signature.size();
    check(EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, m_key.get()) == 1);
    check(EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size, bytesOf(text),
                         text.size()) == 1);
    return signature;
}

std::string SigningKey::privatePem() const {
    const Bio bio{BIO_new(BIO_s_mem())};
    check(PEM_write_bio_PKCS8PrivateKey(bio.get(), m_key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1);
    return contentOf(bio.get());
}

std::string SigningKey::publicPem() const {
    return publicPemOf(m_key.get());
}

VerifyingKey SigningKey::verifyingKey() const {
    EVP_PKEY_up_ref(m_key.get());
    return VerifyingKey{KeyHandle{m_key.get()}};
}

base::Result<SigningKey> openAuditKey(const std::filesystem::path& dataFolder) {
    const KeyFolder keys{dataFolder};
    const auto path = keys.pathOf(kPrivateName).string();
    const auto pem = keys.read(kPrivateName);
    if (!pem) {
        return base::fail(pem.error().code,
                          "the audit log's signing key " + path + " cannot be read: restore it from a backup");
    }
    TRY_ASSIGN(auto key, SigningKey::fromPem(*pem, path));
    TRY_ASSIGN(const auto publicKey, openAuditPublicKey(dataFolder));
    if (publicKey.rawBytes() != key.verifyingKey().rawBytes()) {
        return base::fail(base::ErrorCode::Damaged, path + " and " + keys.pathOf(kPublicName).string() +
                                                        " do not belong together: restore both from a backup");
    }
    return key;
}

base::Result<SigningKey> openOrCreateAuditKey(const std::filesystem::path& dataFolder) {
    const KeyFolder keys{dataFolder};
    std::error_code ignored;
    if (!std::filesystem::exists(keys.pathOf(kPrivateName), ignored) &&
        !std::filesystem::exists(keys.pathOf(kPublicName), ignored)) {
        TRY_ASSIGN(const auto fresh, SigningKey::generate());
        TRY(createBoth(keys, fresh));
    }
    return openAuditKey(dataFolder);
}

base::Result<VerifyingKey> openAuditPublicKey(const std::filesystem::path& dataFolder) {
    const KeyFolder keys{dataFolder};
    const auto path = keys.pathOf(kPublicName).string();
    const auto pem = keys.read(kPublicName);
    if (!pem) {
        return base::fail(pem.error().code,
                          "the audit log's public key " + path + " cannot be read: restore it from a backup");
    }
    return VerifyingKey::fromPem(*pem, path);
}

}  // namespace leedswatch::store
