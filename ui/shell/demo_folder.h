#pragma once

#include "base/file.h"

#include <filesystem>
#include <memory>
#include <optional>

namespace leedswatch::ui {

/// The data folder of a demo: made anew each time, so that a demo always begins the same and never grows. Held by a
/// lock beside it; a second demo on the same machine gets a temporary folder, which goes when it ends.
class DemoFolder {
public:
    /// Where a demo is kept if nobody says otherwise: $XDG_DATA_HOME/leedswatch-demo.
    [[nodiscard]] static std::filesystem::path usualPlace();

    /// Refuses a folder that holds anything else than an earlier demo (InvalidInput): it would be deleted.
    [[nodiscard]] static base::Result<std::unique_ptr<DemoFolder>> prepare(const std::filesystem::path& folder);

    ~DemoFolder();
    DemoFolder(const DemoFolder&) = delete;
    DemoFolder& operator=(const DemoFolder&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }

private:
    enum class Keeping { Kept, Temporary };
    DemoFolder(std::filesystem::path path, std::optional<base::FileLock> lock, Keeping keeping);

    std::filesystem::path m_path;
    std::optional<base::FileLock> m_lock;
    Keeping m_keeping;
};

}  // namespace leedswatch::ui
