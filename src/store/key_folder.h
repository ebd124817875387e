#pragma once

#include "base/result.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace leedswatch::store {

/// The secrets of a data folder: `folder`/keys, mode 0700, each file 0600. They are not in the database, so that a copy
/// of the database alone gives nothing away; a backup must hold both.
class KeyFolder {
public:
    explicit KeyFolder(const std::filesystem::path& dataFolder) : m_folder{dataFolder / "keys"} {}

    [[nodiscard]] std::filesystem::path pathOf(std::string_view name) const { return m_folder / name; }
    [[nodiscard]] base::Result<std::string> read(std::string_view name) const;
    /// Whole or not at all; refuses to write over another. Two processes may try: one gets AlreadyExists.
    [[nodiscard]] base::Result<void> create(std::string_view name, std::string_view content,
                                            unsigned mode = 0600) const;

private:
    std::filesystem::path m_folder;
};

/// Seals short secrets (camera passwords) with XChaCha20-Poly1305 under a key of the key folder.
class SealingKey {
public:
    /// `name` as "cameras.key"; made if it is not there.
    [[nodiscard]] static base::Result<SealingKey> openOrCreate(const std::filesystem::path& dataFolder,
                                                               std::string_view name);

    /// Base64 of nonce and ciphertext. `context` says what the secret belongs to: unsealed elsewhere, it does not open.
    [[nodiscard]] std::string seal(std::string_view secret, std::string_view context) const;
    /// Error: Damaged if it was not sealed with this key for this context.
    [[nodiscard]] base::Result<std::string> unseal(std::string_view sealed, std::string_view context) const;

private:
    explicit SealingKey(std::string key) : m_key{std::move(key)} {}

    std::string m_key;
};

}  // namespace leedswatch::store
