#include "transcode/film_files.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <system_error>

namespace leedswatch::transcode {
namespace {

/// What recorders, cameras and tape machines have called their files.
constexpr std::array<std::string_view, 36> kFilmEndings{
    ".264",  ".265", ".3gp",  ".asf", ".avc",  ".avi", ".divx", ".dv",    ".dvr",  ".flv", ".h264", ".h265",
    ".hevc", ".m1v", ".m2p",  ".m2t", ".m2ts", ".m2v", ".m4v",  ".mjpeg", ".mjpg", ".mkv", ".mod",  ".mov",
    ".mp4",  ".mpe", ".mpeg", ".mpg", ".mts",  ".mxf", ".nut",  ".ogv",   ".ts",   ".vob", ".webm", ".wmv"};

bool isFilmByName(const std::filesystem::path& file) {
    std::string ending = file.extension();
    std::ranges::transform(ending, ending.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return std::ranges::find(kFilmEndings, ending) != kFilmEndings.end();
}

bool isHidden(const std::filesystem::path& file) {
    return file.filename().string().starts_with('.');
}

}  // namespace

FoundFilms findFilms(const std::filesystem::path& folder) {
    FoundFilms found;
    std::error_code error;
    using Walk = std::filesystem::recursive_directory_iterator;
    for (Walk at{folder, std::filesystem::directory_options::skip_permission_denied, error}; !error && at != Walk{};
         at.increment(error)) {
        const auto& file = at->path();
        std::error_code ignored;
        if (at->is_directory(ignored)) {
            if (isHidden(file) || file.extension() == ".part") {
                at.disable_recursion_pending();
            }
            continue;
        }
        if (isHidden(file) || !at->is_regular_file(ignored)) {
            continue;
        }
        if (!isFilmByName(file)) {
            ++found.others;
        } else if (!std::filesystem::exists(file.string() + ".report.json", ignored)) {
            found.films.push_back(file);
        }
    }
    std::ranges::sort(found.films, [](const auto& one, const auto& other) {
        const auto left = one.parent_path();
        const auto right = other.parent_path();
        return left == right ? one.filename() < other.filename() : left < right;
    });
    return found;
}

}  // namespace leedswatch::transcode
