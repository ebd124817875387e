#pragma once

#include <string_view>

namespace leedswatch::simulator {

/// A street of the training estate's premises: its names are Leeds's, what stands there is drawn.
struct Street {
    std::string_view name;      ///< "Otley Road"
    std::string_view district;  ///< "Headingley"
    std::string_view postcode;  ///< "LS6": the district's, as a whole one would be a real address
    std::string_view ward;
    std::string_view committee;
    int latitude;  ///< millionths of a degree, of the district
    int longitude;
};

[[nodiscard]] int streetCount();
/// `index` from 0 to streetCount() - 1.
[[nodiscard]] const Street& streetAt(int index);

}  // namespace leedswatch::simulator
