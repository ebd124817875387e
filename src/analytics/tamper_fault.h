#pragma once

#include "analytics/tamper_kind.h"

#include <optional>
#include <string>
#include <string_view>

// How the fault of a camera that cannot see is named in the fault register: by the station that raises it, and by the
// desk that shows it.

namespace leedswatch::analytics {

inline constexpr std::string_view tamperFault = "tamper";

/// "camera 12"
[[nodiscard]] std::string tamperObject(int camera);
/// The number in it; nothing if it names no camera.
[[nodiscard]] std::optional<int> cameraOfTamperObject(std::string_view object);

/// "The lens of camera 12 is covered".
[[nodiscard]] std::string whatIsWrong(const std::string& camera, TamperKind kind);

}  // namespace leedswatch::analytics
