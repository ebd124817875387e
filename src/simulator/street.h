#pragma once

#include "simulator/perspective.h"
#include "simulator/scene_random.h"

#include <opencv2/core.hpp>

#include <string>
#include <vector>

namespace leedswatch::simulator {

/// How the light falls: 1 is noon, 0 is night under street lamps.
using Daylight = double;

/// The things of a street that do not move, as metres and colours; made once from the scene's seed.
struct Street {
    struct Building {
        double side = -1;  ///< -1 left, 1 right
        double begin = 0;
        double end = 0;
        double height = 9;
        int storeys = 3;
        cv::Scalar wall;
        cv::Scalar shop;
        std::string sign;
        bool hasShop = true;
    };
    struct Lamp {
        double x = 0;
        double z = 0;
    };

    double roadHalf = 3.6;
    double pavement = 3.2;
    double length = 140;
    bool hasBusLane = false;
    bool hasTrees = false;
    double crossing = 20;  ///< z of the zebra crossing
    Perspective::Placement camera;
    std::vector<Building> buildings;
    std::vector<Lamp> lamps;

    [[nodiscard]] static Street make(const SceneRandom& random, cv::Size size);
    [[nodiscard]] double facade() const { return roadHalf + pavement; }
    /// How bright a thing on the ground is there, by day or under the lamps.
    [[nodiscard]] double lightAt(double x, double z, Daylight daylight) const;
};

/// Draws the street without anything that moves.
[[nodiscard]] cv::Mat paintStreet(const Street& street, const Perspective& perspective, const SceneRandom& random,
                                  Daylight daylight);

[[nodiscard]] inline cv::Scalar lit(const cv::Scalar& colour, double light) {
    return {colour[0] * light, colour[1] * light, colour[2] * light};
}

}  // namespace leedswatch::simulator
