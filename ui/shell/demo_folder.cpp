#include "ui/shell/demo_folder.h"

#include <cstdlib>
#include <string>
#include <system_error>
#include <utility>

namespace leedswatch::ui {

namespace {

constexpr const char* markerName = "this-is-a-demo";

base::Result<void> emptyFolder(const std::filesystem::path& folder) {
    std::error_code error;
    if (std::filesystem::exists(folder, error) && !std::filesystem::is_empty(folder, error) &&
        !std::filesystem::exists(folder / markerName, error)) {
        return base::fail(base::ErrorCode::InvalidInput,
                          folder.string() + " holds something that is not a demo: choose an empty folder for --demo");
    }
    std::filesystem::remove_all(folder, error);
    if (error) {
        return base::fail(base::ErrorCode::StorageFailed,
                          "the earlier demo in " + folder.string() + " could not be removed: " + error.message());
    }
    TRY(base::createFolders(folder));
    return base::replaceFile(folder / markerName, "Made by leedswatch --demo, and deleted by the next one.\n");
}

base::Result<std::filesystem::path> temporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "leedswatch-demo-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) {
        return base::fail(base::errorFromErrno(errno, "make a temporary folder for the demo"));
    }
    return std::filesystem::path{pattern};
}

}  // namespace

std::filesystem::path DemoFolder::usualPlace() {
    if (const char* data = std::getenv("XDG_DATA_HOME"); data != nullptr && *data != '\0') {
        return std::filesystem::path{data} / "leedswatch-demo";
    }
    const char* home = std::getenv("HOME");
    return std::filesystem::path{home != nullptr ? home : "/"} / ".local/share/leedswatch-demo";
}

base::Result<std::unique_ptr<DemoFolder>> DemoFolder::prepare(const std::filesystem::path& folder) {
    TRY(base::createFolders(folder.parent_path()));
    auto lock = base::FileLock::acquire(folder.string() + ".lock");
    if (!lock && lock.error().code != base::ErrorCode::Busy) {
        return base::fail(lock.error());
    }
    if (!lock) {
        TRY_ASSIGN(auto temporary, temporaryFolder());
        return std::unique_ptr<DemoFolder>{new DemoFolder{std::move(temporary), std::nullopt, Keeping::Temporary}};
    }
    TRY(emptyFolder(folder));
    return std::unique_ptr<DemoFolder>{new DemoFolder{folder, std::move(*lock), Keeping::Kept}};
}

DemoFolder::DemoFolder(std::filesystem::path path, std::optional<base::FileLock> lock, Keeping keeping)
    : m_path{std::move(path)}, m_lock{std::move(lock)}, m_keeping{keeping} {}

DemoFolder::~DemoFolder() {
    if (m_keeping == Keeping::Temporary) {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }
}

}  // namespace leedswatch::ui
