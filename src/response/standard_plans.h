#pragma once

#include <string_view>

namespace leedswatch::response {

/// resources/plans/standard.json as it is compiled in: a plan for every class, for where nobody has written another.
[[nodiscard]] std::string_view standardPlansText();

}  // namespace leedswatch::response
