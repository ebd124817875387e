#include "analytics/picture_folder.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <system_error>

namespace leedswatch::analytics {
namespace {

constexpr std::array<std::string_view, 6> endings{".png", ".jpg", ".jpeg", ".bmp", ".pgm", ".ppm"};

bool isPicture(const std::filesystem::path& file) {
    std::string ending = file.extension();
    std::ranges::transform(ending, ending.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return std::ranges::find(endings, ending) != endings.end();
}

std::optional<std::int64_t> numberOf(const std::filesystem::path& file) {
    const std::string stem = file.stem();
    const auto digits = stem.find_last_not_of("0123456789") + 1;
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(stem.data() + digits, stem.data() + stem.size(), number);
    return digits < stem.size() && error == std::errc{} ? std::optional{number} : std::nullopt;
}

base::Result<void> checkRun(const std::filesystem::path& folder, const std::vector<NumberedPicture>& pictures) {
    for (std::size_t i = 1; i < pictures.size(); ++i) {
        const NumberedPicture& before = pictures[i - 1];
        const NumberedPicture& picture = pictures[i];
        if (picture.number == before.number) {
            return base::fail(base::ErrorCode::InvalidInput, before.file.filename().string() + " and " +
                                                                 picture.file.filename().string() + " in " +
                                                                 folder.string() + " have the same number");
        }
        if (picture.number != before.number + 1) {
            return base::fail(base::ErrorCode::InvalidInput, "picture " + std::to_string(before.number + 1) +
                                                                 " is missing in " + folder.string() + ", between " +
                                                                 before.file.filename().string() + " and " +
                                                                 picture.file.filename().string());
        }
    }
    return {};
}

}  // namespace

base::Result<std::vector<NumberedPicture>> numberedPictures(const std::filesystem::path& folder) {
    std::error_code error;
    std::filesystem::directory_iterator entry{folder, error};
    if (error) {
        return base::fail(base::ErrorCode::NotFound, folder.string() + " cannot be read: " + error.message());
    }
    std::vector<NumberedPicture> pictures;
    for (const std::filesystem::directory_iterator end; !error && entry != end; entry.increment(error)) {
        if (const auto number = numberOf(entry->path()); number && isPicture(entry->path())) {
            pictures.push_back({*number, entry->path()});
        }
    }
    if (pictures.empty()) {
        return base::fail(base::ErrorCode::NotFound, "there is no numbered picture in " + folder.string());
    }
    std::ranges::sort(pictures, {}, [](const NumberedPicture& p) { return std::pair{p.number, p.file}; });
    TRY(checkRun(folder, pictures));
    return pictures;
}

}  // namespace leedswatch::analytics
