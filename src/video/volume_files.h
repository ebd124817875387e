#pragma once

#include "video/archive_files.h"
#include "video/archive_volumes.h"

#include <mutex>
#include <optional>

namespace leedswatch::video {

// A volume is a folder with a mark: a file that says which volume it is. A folder without it is a mount point with
// nothing mounted, and what was written into it would fill the wrong disk and vanish under the right one.

inline constexpr const char* volumeMarkName = ".leedswatch-volume";

/// Error: StorageFailed, with a sentence that says what is wrong and what to do.
[[nodiscard]] base::Result<void> requireMark(const ArchiveVolume& volume);
/// What a mark in that folder says; empty if there is none that can be read.
[[nodiscard]] std::string identityIn(const std::filesystem::path& folder);
/// Never over the mark of another volume. Errors: InvalidInput, those of writing.
[[nodiscard]] base::Result<void> writeMark(const ArchiveVolume& volume);

/// A volume's files. Nothing new is begun while the volume has lost its mark, or while it is closed because it is full;
/// what is in hand goes on. Thread-safe.
class VolumeFiles final : public ArchiveFiles {
public:
    explicit VolumeFiles(ArchiveVolume volume) : m_volume{std::move(volume)} {}

    [[nodiscard]] const ArchiveVolume& volume() const { return m_volume; }
    /// With an error no file is created until it is called without one.
    void close(std::optional<base::Error> because);

    [[nodiscard]] base::Result<std::unique_ptr<ArchiveFile>> create(const std::filesystem::path& path) override;
    [[nodiscard]] base::Result<std::unique_ptr<ArchiveFile>> open(const std::filesystem::path& path) override;
    [[nodiscard]] base::Result<void> createFolders(const std::filesystem::path& folder) override;
    [[nodiscard]] base::Result<void> syncFolder(const std::filesystem::path& folder) override;
    [[nodiscard]] base::Result<void> remove(const std::filesystem::path& path) override;

private:
    [[nodiscard]] base::Result<void> requireOpen();

    const ArchiveVolume m_volume;
    DiskArchiveFiles m_disk;
    std::mutex m_mutex;
    std::optional<base::Error> m_closed;  // guarded by m_mutex
};

}  // namespace leedswatch::video
