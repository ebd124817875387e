#pragma once

#include "base/result.h"
#include "support/made_tamper.h"

#include <filesystem>

namespace leedswatch::bench {

/// What happens before cameras every day and is no tamper.
struct MadeNuisance {
    std::string name;
    double duration = 0;  ///< seconds
    std::function<Effect(cv::RNG& random)> make;
};

/// Vehicles of CDnet's highway, cut out with its truth: what the crowds are made of, and the sides of the trains.
class CutOuts {
public:
    struct One {
        cv::Mat picture;
        cv::Mat shape;  ///< 255 where it is
    };

    [[nodiscard]] static base::Result<CutOuts> read(const std::filesystem::path& footage);
    [[nodiscard]] const One& any(cv::RNG& random) const;

private:
    std::vector<One> m_all;
};

/// `things` has to outlive them.
[[nodiscard]] std::vector<MadeNuisance> madeNuisances(const CutOuts& things);

}  // namespace leedswatch::bench
