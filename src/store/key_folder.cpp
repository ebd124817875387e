#include "store/key_folder.h"

#include "base/file.h"
#include "base/hash.h"
#include "store/cryptographic_bytes.h"

#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <vector>

namespace leedswatch::store {
namespace {

constexpr std::size_t kKeyBytes = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
constexpr std::size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t kLargestKeyFile = 16U << 10U;

}  // namespace

base::Result<std::string> KeyFolder::read(std::string_view name) const {
    return base::readWholeFile(pathOf(name), kLargestKeyFile);
}

base::Result<void> KeyFolder::create(std::string_view name, std::string_view content, unsigned mode) const {
    TRY(base::createFolders(m_folder));
    if (::chmod(m_folder.c_str(), 0700) != 0) {
        return base::fail(base::errorFromErrno(errno, "protect " + m_folder.string()));
    }
    const auto path = pathOf(name);
    // Written beside and linked: a power cut leaves no half key, and of two processes one finds the name taken.
    const auto beside = path.string() + "." + base::toHex(base::randomBytes(6)) + ".new";
    TRY(base::replaceFile(beside, content, mode));
    const int answer = ::link(beside.c_str(), path.c_str());
    const int reason = errno;
    ::unlink(beside.c_str());
    if (answer != 0) {
        if (reason == EEXIST) {
            return base::fail(base::ErrorCode::AlreadyExists, path.string() + " is there already");
        }
        return base::fail(base::errorFromErrno(reason, "create " + path.string()));
    }
    return base::syncFolder(m_folder);
}

base::Result<SealingKey> SealingKey::openOrCreate(const std::filesystem::path& dataFolder, std::string_view name) {
    const KeyFolder keys{dataFolder};
    auto content = keys.read(name);
    if (!content && content.error().code == base::ErrorCode::NotFound) {
        const auto fresh = keys.create(name, base::toHex(base::randomBytes(kKeyBytes)) + "\n");
        if (!fresh && fresh.error().code != base::ErrorCode::AlreadyExists) {
            return base::fail(fresh.error());
        }
        content = keys.read(name);
    }
    TRY(content);
    while (!content->empty() && content->back() == '\n') {
        content->pop_back();
    }
    const auto key = base::fromHex(*content);
    if (!key || key->size() != kKeyBytes) {
        return base::fail(base::ErrorCode::Damaged,
                          keys.pathOf(name).string() + " is damaged: restore it from a backup");
    }
    return SealingKey{std::string{reinterpret_cast<const char*>(key->data()), key->size()}};
}

std::string SealingKey::seal(std::string_view secret, std::string_view context) const {
    auto sealed = base::randomBytes(kNonceBytes);
    sealed.resize(kNonceBytes + secret.size() + kTagBytes);
    auto* bytes = reinterpret_cast<unsigned char*>(sealed.data());
    crypto_aead_xchacha20poly1305_ietf_encrypt(bytes + kNonceBytes, nullptr, bytesOf(secret), secret.size(),
                                               bytesOf(context), context.size(), nullptr, bytes, bytesOf(m_key));
    return base::toBase64(sealed);
}

base::Result<std::string> SealingKey::unseal(std::string_view sealed, std::string_view context) const {
    const auto bytes = base::fromBase64(sealed);
    if (bytes && bytes->size() >= kNonceBytes + kTagBytes) {
        const auto* data = reinterpret_cast<const unsigned char*>(bytes->data());
        std::string secret(bytes->size() - kNonceBytes - kTagBytes, '\0');
        if (crypto_aead_xchacha20poly1305_ietf_decrypt(reinterpret_cast<unsigned char*>(secret.data()), nullptr,
                                                       nullptr, data + kNonceBytes, bytes->size() - kNonceBytes,
                                                       bytesOf(context), context.size(), data, bytesOf(m_key)) == 0) {
            return secret;
        }
    }
    return base::fail(base::ErrorCode::Damaged, "the stored password of " + std::string{context} +
                                                    " cannot be opened with the key of this data folder: set it again");
}

}  // namespace leedswatch::store
