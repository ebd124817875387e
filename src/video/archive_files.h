#pragma once

#include "base/result.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>

namespace leedswatch::video {

/// A file of the archive that is being written. One thread at a time.
class ArchiveFile {
public:
    virtual ~ArchiveFile() = default;
    [[nodiscard]] virtual base::Result<void> write(std::span<const std::byte> bytes) = 0;
    [[nodiscard]] virtual base::Result<void> truncate(std::uint64_t size) = 0;
    [[nodiscard]] virtual base::Result<void> sync() = 0;
};

/// Every call that changes the archive's files goes through here, so that a test can make each of them fail in turn.
/// Errors are those of base/file.h. Thread-safe.
class ArchiveFiles {
public:
    virtual ~ArchiveFiles() = default;
    /// A new, empty file; never over an old one.
    [[nodiscard]] virtual base::Result<std::unique_ptr<ArchiveFile>> create(const std::filesystem::path& path) = 0;
    /// An old one, to be cut back.
    [[nodiscard]] virtual base::Result<std::unique_ptr<ArchiveFile>> open(const std::filesystem::path& path) = 0;
    [[nodiscard]] virtual base::Result<void> createFolders(const std::filesystem::path& folder) = 0;
    [[nodiscard]] virtual base::Result<void> syncFolder(const std::filesystem::path& folder) = 0;
    [[nodiscard]] virtual base::Result<void> remove(const std::filesystem::path& path) = 0;
};

/// The disk.
class DiskArchiveFiles final : public ArchiveFiles {
public:
    [[nodiscard]] base::Result<std::unique_ptr<ArchiveFile>> create(const std::filesystem::path& path) override;
    [[nodiscard]] base::Result<std::unique_ptr<ArchiveFile>> open(const std::filesystem::path& path) override;
    [[nodiscard]] base::Result<void> createFolders(const std::filesystem::path& folder) override;
    [[nodiscard]] base::Result<void> syncFolder(const std::filesystem::path& folder) override;
    [[nodiscard]] base::Result<void> remove(const std::filesystem::path& path) override;
};

}  // namespace leedswatch::video
