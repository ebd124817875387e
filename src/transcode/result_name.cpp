#include "transcode/result_name.h"

#include "transcode/work_folder.h"

#include <string>
#include <system_error>

namespace leedswatch::transcode {
namespace {

bool isThere(const std::filesystem::path& path) {
    std::error_code error;
    // A link that leads nowhere is in the way, too.
    return std::filesystem::exists(std::filesystem::symlink_status(path, error));
}

}  // namespace

std::filesystem::path freeResultName(const std::filesystem::path& folder, const std::filesystem::path& source,
                                     const std::function<bool(const std::filesystem::path&)>& isTaken) {
    const std::string stem = source.stem();
    for (int number = 1;; ++number) {
        const auto name = folder / (stem + (number == 1 ? "" : "_" + std::to_string(number)) + ".mp4");
        if (!isThere(name) && !isThere(WorkFolder::pathOf(name)) && !isThere(name.string() + ".report.json") &&
            !isTaken(name)) {
            return name;
        }
    }
}

}  // namespace leedswatch::transcode
