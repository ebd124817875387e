#pragma once

#include "base/result.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace leedswatch::base {

/// An open file, closed with the object. Errors carry the path. One thread at a time.
class File {
public:
    [[nodiscard]] static Result<File> openForReading(const std::filesystem::path& path);
    /// Fails with AlreadyExists rather than write over anything. `mode` as in open(2).
    [[nodiscard]] static Result<File> create(const std::filesystem::path& path, unsigned mode = 0640);
    [[nodiscard]] static Result<File> openForWriting(const std::filesystem::path& path);

    File(File&& other) noexcept;
    File& operator=(File&& other) noexcept;
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    ~File();

    /// How many bytes were read; 0 at the end.
    [[nodiscard]] Result<std::size_t> read(std::span<std::byte> bytes);
    /// All of them, or an error.
    [[nodiscard]] Result<void> write(std::span<const std::byte> bytes);
    [[nodiscard]] Result<void> truncate(std::uint64_t size);
    /// Waits until the bytes are on the disk (fdatasync keeps the size too).
    [[nodiscard]] Result<void> sync();
    [[nodiscard]] Result<std::uint64_t> size() const;
    /// Closes and says whether that went well; the destructor cannot.
    [[nodiscard]] Result<void> close();

    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }
    [[nodiscard]] int descriptor() const { return m_descriptor; }

private:
    File(int descriptor, std::filesystem::path path) : m_descriptor{descriptor}, m_path{std::move(path)} {}

    int m_descriptor = -1;
    std::filesystem::path m_path;
};

/// A lock on a file that ends with the process, however it ends (flock). The file holds the owner's process id.
class FileLock {
public:
    /// Error: Busy, with the process id of the owner in the message.
    [[nodiscard]] static Result<FileLock> acquire(const std::filesystem::path& path);

private:
    explicit FileLock(File file) : m_file{std::move(file)} {}
    File m_file;
};

/// Makes a new, renamed or deleted name in this folder survive a power cut.
[[nodiscard]] Result<void> syncFolder(const std::filesystem::path& folder);
/// Creates the folder and its parents, and syncs each parent that got a new name.
[[nodiscard]] Result<void> createFolders(const std::filesystem::path& folder);
/// The whole file, refused with InvalidInput if it is larger than `limit` bytes.
[[nodiscard]] Result<std::string> readWholeFile(const std::filesystem::path& path, std::size_t limit = 64U << 20U);
/// Written beside, synced and renamed over: a reader finds the old text or the new one, never half.
[[nodiscard]] Result<void> replaceFile(const std::filesystem::path& path, std::string_view text, unsigned mode = 0640);
/// Bytes that an unprivileged writer may still use on the volume of `path`.
[[nodiscard]] Result<std::uint64_t> freeSpace(const std::filesystem::path& path);

}  // namespace leedswatch::base
