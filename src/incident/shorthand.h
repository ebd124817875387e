#pragma once

#include "incident/incident_types.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leedswatch::incident {

/// What was written of a line in its text: "@104 #theft !2 man with two bags towards @105".
struct Shorthand {
    std::optional<int> camera = {};        ///< at the beginning: where it was seen
    std::vector<int> cameras = {};         ///< all of them in their order, each once
    std::optional<std::string> type = {};  ///< the code, of the last one
    std::optional<int> priority = {};      ///< of the last one
    std::string text = {};                 ///< without the marks; a camera in the middle of it reads "camera 105"
};

/// What is no camera, no type and no priority stays text: "#3", "@home", "!!". A mark begins a word and ends with it.
[[nodiscard]] Shorthand readShorthand(std::string_view typed, const std::function<bool(int)>& isCamera,
                                      const std::vector<IncidentType>& types);

/// The mark that is being written at the end of what stands before the cursor: "@10", "#th", "!"; empty if none is.
[[nodiscard]] std::string_view markBeingWritten(std::string_view beforeCursor);

}  // namespace leedswatch::incident
