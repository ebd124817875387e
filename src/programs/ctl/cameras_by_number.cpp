#include "programs/ctl/cameras_by_number.h"

#include <algorithm>
#include <charconv>

namespace leedswatch::ctl {
namespace {

struct NumberRange {
    int first = 0;
    int last = 0;
    bool isOne = true;
};

std::optional<int> numberFrom(std::string_view text) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size() && number > 0 ? std::optional{number}
                                                                                  : std::nullopt;
}

base::Result<NumberRange> rangeFrom(std::string_view part) {
    const std::size_t dash = part.find('-');
    const auto first = numberFrom(part.substr(0, dash));
    const auto last = dash == std::string_view::npos ? first : numberFrom(part.substr(dash + 1));
    if (!first || !last || *first > *last) {
        return base::fail(base::ErrorCode::InvalidInput, "'" + std::string{part} +
                                                             "' names no camera; write numbers and ranges, as in "
                                                             "7,12,100-120");
    }
    return NumberRange{*first, *last, dash == std::string_view::npos};
}

/// Those of the range, which stand in the order of their numbers; false if there are none.
bool addRange(std::vector<estate::Camera>& named, const std::vector<estate::Camera>& all, const NumberRange& range) {
    bool isAny = false;
    for (const estate::Camera& camera : all) {
        if (camera.number >= range.first && camera.number <= range.last) {
            isAny = true;
            if (std::ranges::find(named, camera.number, &estate::Camera::number) == named.end()) {
                named.push_back(camera);
            }
        }
    }
    return isAny;
}

}  // namespace

/// Numbers of the cameras by their rows, for what is stored by row.
base::Result<std::map<estate::CameraId, int>> cameraNumbers(store::Database& database) {
    estate::CameraRegistry registry{database};
    TRY_ASSIGN(const auto cameras, registry.list());
    std::map<estate::CameraId, int> numbers;
    for (const estate::Camera& camera : cameras) {
        numbers[camera.id] = camera.number;
    }
    return numbers;
}

base::Result<std::vector<estate::Camera>> camerasNamed(store::Database& database, const std::vector<int>& numbers) {
    estate::CameraRegistry registry{database};
    std::vector<estate::Camera> cameras;
    for (const int number : numbers) {
        TRY_ASSIGN(auto camera, registry.find(number));
        cameras.push_back(std::move(camera));
    }
    return cameras;
}

base::Result<std::vector<estate::Camera>> camerasNamed(store::Database& database, std::string_view list) {
    estate::CameraRegistry registry{database};
    TRY_ASSIGN(const auto all, registry.list());
    std::vector<estate::Camera> named;
    for (std::size_t begin = 0; begin <= list.size();) {
        const std::size_t comma = std::min(list.find(',', begin), list.size());
        const std::string_view part = list.substr(begin, comma - begin);
        TRY_ASSIGN(const auto range, rangeFrom(part));
        if (!addRange(named, all, range)) {
            return base::fail(base::ErrorCode::NotFound,
                              (range.isOne ? "there is no camera " : "there are no cameras ") + std::string{part});
        }
        begin = comma + 1;
    }
    return named;
}

}  // namespace leedswatch::ctl
