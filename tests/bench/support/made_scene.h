#pragma once

#include "base/result.h"

#include <opencv2/core.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace leedswatch::bench {

/// Pictures with the truth of what moves in them, as CDnet writes it: 255 moving, 0 still, 85 and 170 not counted.
struct Scene {
    std::string name;
    std::vector<cv::Mat> pictures;  ///< 8 bits, blue, green, red
    std::vector<cv::Mat> truth;     ///< one for each picture; empty where none is known
};

/// CDnet's highway as it is: 1,000 pictures, truth from the 470th on.
[[nodiscard]] base::Result<Scene> highway(const std::filesystem::path& footage);

enum class Light { Day, Night };

/// Where nothing moves of itself: these pictures of a clip, run forwards and backwards.
struct Place {
    std::string name;
    std::filesystem::path clip;
    int first = 0;
    int last = 0;
    double scale = 1;  ///< of the clip's size
    cv::Point shift;   ///< of the objects, in pixels of the scene
    bool isMirrored = false;
};

/// The vehicles of the highway, cut out with its truth, driving through another place, whose light and noise stay its
/// own; the truth is exact. The first 200 pictures have no objects. By night the place is dark and its sensor noisy.
[[nodiscard]] base::Result<Scene> madeScene(const Scene& highway, const Place& place,
                                            const std::filesystem::path& footage, Light light);

}  // namespace leedswatch::bench
