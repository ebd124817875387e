#pragma once

#include "video/archive_files.h"

#include <atomic>
#include <memory>

namespace leedswatch::tests {

/// The disk, with one call that fails: the `failAt`th from now on (from 1), or with `failAlways` that one and all
/// after. A write that fails leaves half of its bytes behind, as a full disk does.
class FailFiles final : public video::ArchiveFiles {
public:
    [[nodiscard]] base::Result<std::unique_ptr<video::ArchiveFile>> create(const std::filesystem::path& path) override;
    [[nodiscard]] base::Result<std::unique_ptr<video::ArchiveFile>> open(const std::filesystem::path& path) override;
    [[nodiscard]] base::Result<void> createFolders(const std::filesystem::path& folder) override;
    [[nodiscard]] base::Result<void> syncFolder(const std::filesystem::path& folder) override;
    [[nodiscard]] base::Result<void> remove(const std::filesystem::path& path) override;

    void failAt(int call, base::ErrorCode code, bool always = false);
    [[nodiscard]] int calls() const { return m_calls; }
    [[nodiscard]] bool failed() const { return m_failed; }
    /// An error if this call is the one.
    [[nodiscard]] base::Result<void> pass(const char* what);

private:
    video::DiskArchiveFiles m_disk;
    std::atomic<int> m_calls = 0;
    std::atomic<int> m_failAt = 0;
    std::atomic<bool> m_always = false;
    std::atomic<bool> m_failed = false;
    std::atomic<base::ErrorCode> m_code{};
};

}  // namespace leedswatch::tests
