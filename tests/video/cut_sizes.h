#pragma once

#include <cstddef>
#include <set>
#include <string_view>

namespace leedswatch::tests {

/// Where a file of ISO boxes may have been cut: every byte near the beginning and the end of a box, and each thirteenth
/// between. A scan of every length would take a minute under a sanitizer.
[[nodiscard]] inline std::set<std::size_t> cutSizes(std::string_view file) {
    constexpr std::size_t near = 48;
    constexpr std::size_t step = 13;
    std::set<std::size_t> sizes{file.size()};
    for (std::size_t size = 0; size < file.size(); size += step) {
        sizes.insert(size);
    }
    std::size_t box = 0;
    while (box + 4 <= file.size()) {
        for (std::size_t size = box < near ? 0 : box - near; size <= box + near && size <= file.size(); ++size) {
            sizes.insert(size);
        }
        std::size_t length = 0;
        for (std::size_t byte = 0; byte < 4; ++byte) {
            length = length << 8U | static_cast<unsigned char>(file[box + byte]);
        }
        box += length < 8 ? file.size() : length;
    }
    for (std::size_t size = file.size() < near ? 0 : file.size() - near; size < file.size(); ++size) {
        sizes.insert(size);
    }
    return sizes;
}

}  // namespace leedswatch::tests
