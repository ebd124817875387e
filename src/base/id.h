#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace leedswatch::base {

/// A row's key that cannot be mistaken for another table's: `using CameraId = base::Id<struct CameraTag>`. 0 is "none".
template <typename Tag>
class Id {
public:
    constexpr Id() = default;
    constexpr explicit Id(std::int64_t value) : m_value{value} {}

    [[nodiscard]] constexpr std::int64_t value() const { return m_value; }
    [[nodiscard]] constexpr bool isValid() const { return m_value != 0; }
    auto operator<=>(const Id&) const = default;

private:
    std::int64_t m_value = 0;
};

}  // namespace leedswatch::base

template <typename Tag>
struct std::hash<leedswatch::base::Id<Tag>> {
    std::size_t operator()(const leedswatch::base::Id<Tag>& id) const noexcept {
        return std::hash<std::int64_t>{}(id.value());
    }
};
