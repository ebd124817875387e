#pragma once

#include "simulator/street.h"

#include <opencv2/core.hpp>

#include <vector>

namespace leedswatch::simulator {

/// The people and vehicles of a street: where each is and what it looks like is a function of the instant alone.
class StreetLife {
public:
    StreetLife(const Street& street, const Perspective& perspective, const SceneRandom& random)
        : m_street{street}, m_perspective{perspective}, m_random{random} {}

    /// Draws everybody, the farthest first. `seconds` since any fixed instant.
    void draw(cv::Mat& picture, double seconds, Daylight daylight) const;

private:
    enum class Kind { Car, Van, Bus, Cyclist, Walker };

    struct Mover {
        Kind kind = Kind::Car;
        double x = 0;
        double z = 0;
        double heading = 1;  ///< 1 away from the camera, -1 towards it
        double stride = 0;   ///< metres gone, which moves legs and wheels
        std::uint64_t look = 0;
    };

    void addLane(std::vector<Mover>& movers, double seconds, int lane, Daylight daylight) const;
    void addWalkers(std::vector<Mover>& movers, double seconds, Daylight daylight) const;
    void addParkedCars(std::vector<Mover>& movers) const;
    void drawVehicle(cv::Mat& picture, const Mover& mover, Daylight daylight) const;
    void drawLamps(cv::Mat& picture, const Mover& mover, double halfWidth, double halfLength, Daylight daylight) const;
    void drawWalker(cv::Mat& picture, const Mover& mover, Daylight daylight) const;
    void drawCyclist(cv::Mat& picture, const Mover& mover, Daylight daylight) const;

    const Street& m_street;
    const Perspective& m_perspective;
    const SceneRandom& m_random;
};

}  // namespace leedswatch::simulator
