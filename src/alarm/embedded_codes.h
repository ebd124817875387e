#pragma once

#include <string_view>

namespace leedswatch::alarm {

/// The tables of resources/codes as they are compiled in: CSV with a line of names.
struct EmbeddedCodes {
    std::string_view contactId;
    std::string_view sia;
    std::string_view fastFormat;
    std::string_view siaAddresses;
};

[[nodiscard]] const EmbeddedCodes& embeddedCodes();

}  // namespace leedswatch::alarm
