#pragma once

#include "base/file.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace leedswatch::base {

/// The hidden folder `.NAME.part-XXXXXXXX` that the folder NAME is made in; gone with the object unless it was
/// released. A file of the same name with `.lock` stands beside it and is locked for as long as the writer lives: it is
/// there before the folder and goes after it, so that whoever gets the lock knows that the folder has no writer. It is
/// a file and not the folder itself, because Linux keeps locks of folders to one machine, and the target may be on a
/// share.
class PartFolder {
public:
    /// For what is to become `target`. Makes the parents too.
    [[nodiscard]] static Result<PartFolder> create(const std::filesystem::path& target);

    PartFolder(PartFolder&& other) noexcept;
    PartFolder& operator=(PartFolder&&) = delete;
    ~PartFolder();

    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }
    /// The folder has got its name: it stays.
    void release();

private:
    explicit PartFolder(std::filesystem::path path);
    void removeLock();

    std::filesystem::path m_path;
    // None on a volume that knows no locks: what a crash leaves there, nobody can tell from what is being written.
    std::optional<FileLock> m_lock;
};

/// What an export left behind that was killed.
struct RemovedPart {
    std::filesystem::path path;
    std::int64_t files = 0;
    std::uint64_t bytes = 0;
};

/// Removes the part folders in `parent` whose writers are gone, whatever they were for; those of living writers stay,
/// and so does everything else. One that cannot be removed is logged and left.
[[nodiscard]] std::vector<RemovedPart> removeAbandonedParts(const std::filesystem::path& parent);

}  // namespace leedswatch::base
