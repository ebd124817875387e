#pragma once

#include <string>

namespace leedswatch::simulator {

/// Where a camera of the training estate stands: plausible, not a real camera list.
struct Place {
    std::string name;  ///< "Briggate / Kirkgate"
    std::string site;  ///< "City centre"
};

/// The same for a number, always; different for different numbers.
[[nodiscard]] Place placeOf(int cameraNumber);

}  // namespace leedswatch::simulator
