#pragma once

#include <cstddef>
#include <initializer_list>
#include <vector>

namespace leedswatch::tests {

/// Bytes written as numbers from 0 to 255.
inline std::vector<std::byte> bytes(std::initializer_list<int> values) {
    std::vector<std::byte> made;
    for (const int value : values) {
        made.push_back(static_cast<std::byte>(value));
    }
    return made;
}

}  // namespace leedswatch::tests
