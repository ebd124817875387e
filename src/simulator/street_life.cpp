#include "simulator/street_life.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace leedswatch::simulator {
namespace {

const std::array<cv::Scalar, 8> kPaints{cv::Scalar{200, 204, 206}, cv::Scalar{60, 60, 64},  cv::Scalar{130, 132, 134},
                                        cv::Scalar{120, 70, 40},   cv::Scalar{44, 44, 150}, cv::Scalar{96, 84, 60},
                                        cv::Scalar{220, 222, 224}, cv::Scalar{50, 60, 110}};
const std::array<cv::Scalar, 8> kCoats{cv::Scalar{50, 48, 46},   cv::Scalar{120, 74, 44}, cv::Scalar{60, 60, 170},
                                       cv::Scalar{90, 130, 150}, cv::Scalar{60, 96, 60},  cv::Scalar{160, 160, 164},
                                       cv::Scalar{40, 130, 200}, cv::Scalar{110, 60, 120}};
const std::array<cv::Scalar, 3> kTrousers{cv::Scalar{90, 66, 44}, cv::Scalar{44, 42, 42}, cv::Scalar{100, 110, 118}};
const std::array<cv::Scalar, 4> kSkins{cv::Scalar{140, 170, 210}, cv::Scalar{90, 120, 170}, cv::Scalar{60, 84, 124},
                                       cv::Scalar{160, 186, 224}};

enum LifeDraw : std::uint64_t { LaneSpeed = 20, LanePresence, VehicleLook, WalkerPath, WalkerLook, Parked };

struct Box {
    double halfWidth, halfLength, low, high, insetFront, insetBack, insetSide;
};

using Corners = std::vector<cv::Point3d>;

double positive(double value, double length) {
    const double rest = std::fmod(value, length);
    return rest < 0 ? rest + length : rest;
}

/// The five outer faces of a body that narrows towards its top.
void drawBox(cv::Mat& picture, const Perspective& perspective, double x, double z, double heading, const Box& box,
             const cv::Scalar& colour, const cv::Scalar& top) {
    const auto at = [&](double side, double along, double y, bool isTop) {
        const double inset = isTop ? (along > 0 ? box.insetFront : box.insetBack) : 0.0;
        const double across = box.halfWidth - (isTop ? box.insetSide : 0.0);
        return cv::Point3d{x + side * across, y, z + heading * along * (box.halfLength - inset)};
    };
    const auto face = [&](double s0, double a0, double s1, double a1) {
        return Corners{at(s0, a0, box.low, false), at(s1, a1, box.low, false), at(s1, a1, box.high, true),
                       at(s0, a0, box.high, true)};
    };
    const double away = heading > 0 ? 1 : -1;
    perspective.fill(picture, face(-1, away, 1, away), colour * 0.7);
    perspective.fill(picture, face(x > 0 ? 1 : -1, -1, x > 0 ? 1 : -1, 1), colour * 0.7);
    perspective.fill(picture, face(x > 0 ? -1 : 1, -1, x > 0 ? -1 : 1, 1), colour * 0.84);
    perspective.fill(picture, face(-1, -away, 1, -away), colour * 0.94);
    perspective.fill(
        picture,
        {at(-1, -1, box.high, true), at(1, -1, box.high, true), at(1, 1, box.high, true), at(-1, 1, box.high, true)},
        top);
}

}  // namespace

void StreetLife::addLane(std::vector<Mover>& movers, double seconds, int lane, Daylight daylight) const {
    const auto which = static_cast<std::uint64_t>(lane);
    const double heading = lane == 0 ? 1 : -1;  // traffic keeps left
    const double speed = m_random.between(6.5, 10.5, LaneSpeed, which);
    constexpr double loop = 190;
    constexpr int slots = 9;
    for (int slot = 0; slot < slots; ++slot) {
        const double gone =
            seconds * speed +
            loop / slots * (slot + 0.5 * m_random.at(LanePresence, which, static_cast<std::uint64_t>(slot)));
        const auto lap = static_cast<std::uint64_t>(gone / loop);
        const std::uint64_t look = lap * 64 + static_cast<std::uint64_t>(slot) + which * 7919;
        if (m_random.at(LanePresence, look, 1) > 0.30 + 0.35 * daylight) {
            continue;
        }
        Mover mover;
        const double kind = m_random.at(VehicleLook, look);
        mover.kind = kind < 0.62 ? Kind::Car : kind < 0.76 ? Kind::Van : kind < 0.88 ? Kind::Bus : Kind::Cyclist;
        mover.heading = heading;
        mover.x =
            (mover.kind == Kind::Cyclist ? -heading * (m_street.roadHalf - 0.9) : -heading * m_street.roadHalf * 0.48);
        const double along = positive(gone, loop);
        mover.z = heading > 0 ? along - 20 : loop - 20 - along;
        mover.stride = gone;
        mover.look = look;
        movers.push_back(mover);
    }
}

void StreetLife::addWalkers(std::vector<Mover>& movers, double seconds, Daylight daylight) const {
    constexpr double loop = 90;
    for (std::uint64_t number = 0; number < 26; ++number) {
        const double heading = number % 2 == 0 ? 1 : -1;
        const double speed = m_random.between(1.05, 1.6, WalkerPath, number);
        const double gone = seconds * speed + m_random.between(0, loop, WalkerPath, number, 1);
        const auto lap = static_cast<std::uint64_t>(gone / loop);
        const std::uint64_t look = lap * 64 + number;
        if (m_random.at(WalkerLook, look) > 0.28 + 0.5 * daylight) {
            continue;
        }
        Mover mover;
        mover.kind = Kind::Walker;
        mover.heading = heading;
        const double side = m_random.at(WalkerPath, look, 2) < 0.5 ? -1 : 1;
        const double lane = m_random.between(0.5, m_street.pavement - 0.6, WalkerPath, look, 3);
        const double along = positive(gone, loop);
        mover.z = heading > 0 ? along : loop - along;
        mover.x = side * (m_street.roadHalf + lane) + 0.15 * std::sin(gone * 0.4);
        // One in five crosses at the zebra and goes on along the other pavement.
        const double sinceCrossing = heading * (mover.z - m_street.crossing - 1.5);
        if (m_random.at(WalkerPath, look, 4) < 0.2 && sinceCrossing > 0) {
            const double across = 2 * (m_street.roadHalf + lane);
            const double walked = std::min(sinceCrossing, across);
            mover.x -= side * walked;
            mover.z -= heading * walked;
        }
        mover.stride = gone;
        mover.look = look;
        movers.push_back(mover);
    }
}

void StreetLife::addParkedCars(std::vector<Mover>& movers) const {
    for (std::uint64_t number = 0; number < 7; ++number) {
        if (m_street.hasBusLane || m_random.at(Parked, number) > 0.4) {
            continue;
        }
        Mover mover;
        mover.kind = m_random.at(Parked, number, 1) < 0.8 ? Kind::Car : Kind::Van;
        mover.heading = 1;
        mover.x = -(m_street.roadHalf - 0.75);
        mover.z = m_street.crossing + 12 + 6.5 * static_cast<double>(number);
        mover.look = number * 31 + 5;
        movers.push_back(mover);
    }
}

void StreetLife::draw(cv::Mat& picture, double seconds, Daylight daylight) const {
    std::vector<Mover> movers;
    addParkedCars(movers);
    addLane(movers, seconds, 0, daylight);
    addLane(movers, seconds, 1, daylight);
    addWalkers(movers, seconds, daylight);
    std::erase_if(movers, [this](const Mover& mover) { return m_perspective.depth({mover.x, 0, mover.z}) < 3.5; });
    std::sort(movers.begin(), movers.end(), [](const Mover& a, const Mover& b) { return a.z > b.z; });
    for (const Mover& mover : movers) {
        switch (mover.kind) {
            case Kind::Walker: drawWalker(picture, mover, daylight); break;
            case Kind::Cyclist: drawCyclist(picture, mover, daylight); break;
            case Kind::Car:
            case Kind::Van:
            case Kind::Bus: drawVehicle(picture, mover, daylight); break;
        }
    }
}

void StreetLife::drawVehicle(cv::Mat& picture, const Mover& mover, Daylight daylight) const {
    const double light = std::max(0.25, m_street.lightAt(mover.x, mover.z, daylight));
    const bool isBus = mover.kind == Kind::Bus;
    const bool isVan = mover.kind == Kind::Van;
    const double halfWidth = isBus ? 1.25 : isVan ? 1.0 : 0.88;
    const double halfLength = isBus ? 5.2 : isVan ? 2.6 : 2.1;
    const cv::Scalar paint =
        isBus ? (m_random.at(VehicleLook, mover.look, 5) < 0.5 ? cv::Scalar{60, 110, 50} : cv::Scalar{120, 50, 90})
              : kPaints[static_cast<std::size_t>(m_random.below(kPaints.size(), VehicleLook, mover.look, 2))];
    const cv::Scalar body = lit(paint, light);
    const cv::Scalar glass = lit({96, 84, 70}, light);
    const double x = mover.x;
    const double z = mover.z;
    m_perspective.shade(picture,
                        {{x - halfWidth - 0.2, 0, z - halfLength - 0.2},
                         {x + halfWidth + 0.5, 0, z - halfLength - 0.2},
                         {x + halfWidth + 0.5, 0, z + halfLength + 0.2},
                         {x - halfWidth - 0.2, 0, z + halfLength + 0.2}},
                        0.55);
    drawBox(picture, m_perspective, x, z, mover.heading, {halfWidth - 0.06, halfLength * 0.86, 0.0, 0.45, 0, 0, 0},
            lit({34, 34, 34}, light), lit({30, 30, 30}, light));
    if (isBus) {
        drawBox(picture, m_perspective, x, z, mover.heading, {halfWidth, halfLength, 0.3, 1.3, 0, 0, 0}, body, body);
        drawBox(picture, m_perspective, x, z, mover.heading, {halfWidth - 0.02, halfLength - 0.03, 1.3, 2.3, 0, 0, 0},
                daylight > 0.4 ? glass : cv::Scalar{150, 200, 220}, glass);
        drawBox(picture, m_perspective, x, z, mover.heading, {halfWidth, halfLength, 2.3, 2.95, 0.1, 0.1, 0.1}, body,
                lit({200, 202, 204}, light));
    } else if (isVan) {
        drawBox(picture, m_perspective, x, z, mover.heading, {halfWidth, halfLength, 0.25, 1.1, 0, 0, 0}, body, body);
        drawBox(picture, m_perspective, x, z, mover.heading,
                {halfWidth - 0.02, halfLength - 0.05, 1.1, 2.1, 0.8, 0.05, 0.12}, body * 0.95,
                lit(paint, std::min(1.0, light * 1.05)));
    } else {
        drawBox(picture, m_perspective, x, z, mover.heading, {halfWidth, halfLength, 0.22, 0.85, 0.05, 0.05, 0.05},
                body, lit(paint, std::min(1.0, light * 1.04)));
        drawBox(picture, m_perspective, x, z - mover.heading * 0.2, mover.heading,
                {halfWidth - 0.08, halfLength * 0.62, 0.85, 1.42, 0.75, 0.45, 0.16}, glass, body);
    }
    drawLamps(picture, mover, halfWidth, halfLength, daylight);
}

void StreetLife::drawLamps(cv::Mat& picture, const Mover& mover, double halfWidth, double halfLength,
                           Daylight daylight) const {
    if (mover.stride == 0.0) {
        return;  // parked
    }
    const bool isTowards = mover.heading < 0;
    const double face = mover.z - halfLength;  // the end that the camera sees
    const double scale = m_perspective.scale({mover.x, 0.7, face});
    const double size = std::max(1.0, scale * (isTowards ? 0.13 : 0.1));
    const cv::Scalar colour = isTowards ? cv::Scalar{214, 240, 250} : cv::Scalar{50, 40, 210};
    for (const double side : {-1.0, 1.0}) {
        const cv::Point3d place{mover.x + side * (halfWidth - 0.22), 0.68, face};
        if (m_perspective.depth(place) < 2) {
            continue;
        }
        const cv::Point centre = m_perspective.project(place);
        cv::circle(picture, centre, static_cast<int>(size), daylight > 0.5 ? colour * 0.8 : colour, cv::FILLED,
                   cv::LINE_AA);
        if (daylight < 0.5 && isTowards) {
            m_perspective.shade(picture,
                                {{place.x - 0.5, 0, face - 1},
                                 {place.x + 0.5, 0, face - 1},
                                 {place.x + 1.1, 0, face - 7},
                                 {place.x - 1.1, 0, face - 7}},
                                1.45);
        }
    }
}

void StreetLife::drawWalker(cv::Mat& picture, const Mover& mover, Daylight daylight) const {
    const cv::Point3d foot{mover.x, 0, mover.z};
    const double light = std::max(0.3, m_street.lightAt(mover.x, mover.z, daylight));
    const double height = m_random.between(1.55, 1.9, WalkerLook, mover.look, 1);
    const double scale = m_perspective.scale(foot);
    const cv::Point2d ground = m_perspective.project(foot);
    // A person is drawn upright in the picture: at these distances the difference from a true projection is not seen.
    const double unit = (ground.y - m_perspective.project({mover.x, height, mover.z}).y) / height;
    const double swing = std::sin(mover.stride * std::numbers::pi / 0.72);
    const auto at = [&](double across, double up) {
        return cv::Point{static_cast<int>((ground.x + across * scale) * 8),
                         static_cast<int>((ground.y - up * unit) * 8)};
    };
    const auto limb = [&](cv::Point from, cv::Point to, const cv::Scalar& colour, double metres) {
        // Smoothing costs most of the drawing, and far away nobody sees it.
        const int thickness = std::max(1, static_cast<int>(metres * scale + 0.5));
        cv::line(picture, from, to, colour, thickness, thickness < 4 ? cv::LINE_8 : cv::LINE_AA, 3);
    };
    m_perspective.shade(picture,
                        {{mover.x - 0.25, 0, mover.z - 0.2},
                         {mover.x + 0.75, 0, mover.z - 0.1},
                         {mover.x + 0.75, 0, mover.z + 0.2},
                         {mover.x - 0.25, 0, mover.z + 0.2}},
                        0.68);
    const cv::Scalar coat =
        lit(kCoats[static_cast<std::size_t>(m_random.below(kCoats.size(), WalkerLook, mover.look, 2))], light);
    const cv::Scalar trousers =
        lit(kTrousers[static_cast<std::size_t>(m_random.below(kTrousers.size(), WalkerLook, mover.look, 3))], light);
    const cv::Scalar skin =
        lit(kSkins[static_cast<std::size_t>(m_random.below(kSkins.size(), WalkerLook, mover.look, 4))], light);
    const double hip = height * 0.5;
    const double shoulder = height * 0.82;
    limb(at(-0.07, hip), at(-0.09 - 0.05 * swing, 0.05 + 0.14 * std::max(0.0, swing)), trousers * 0.85, 0.15);
    limb(at(0.07, hip), at(0.09 + 0.05 * swing, 0.05 + 0.14 * std::max(0.0, -swing)), trousers, 0.15);
    limb(at(-0.2, shoulder - 0.04), at(-0.26, hip - 0.05 + 0.13 * swing), coat * 0.85, 0.1);
    limb(at(0.2, shoulder - 0.04), at(0.26, hip - 0.05 - 0.13 * swing), coat * 0.9, 0.1);
    limb(at(0, hip + 0.02), at(0, shoulder - 0.1), coat, 0.36);
    if (mover.look % 3 == 0) {
        limb(at(0.28, hip - 0.1), at(0.28, hip - 0.38), lit({80, 110, 140}, light), 0.2);
    }
    const auto head = static_cast<int>(std::max(1.0, 0.115 * scale) * 8);
    cv::circle(picture, at(0, height - 0.13), head, skin, cv::FILLED, cv::LINE_AA, 3);
    cv::ellipse(picture, at(0, height - 0.09), {head, head * 7 / 10}, 0, 180, 360, lit({30, 36, 44}, light), cv::FILLED,
                cv::LINE_AA, 3);
}

void StreetLife::drawCyclist(cv::Mat& picture, const Mover& mover, Daylight daylight) const {
    const double light = std::max(0.3, m_street.lightAt(mover.x, mover.z, daylight));
    const cv::Scalar frame = lit({40, 40, 44}, light);
    const cv::Scalar coat = lit({60, 220, 230}, std::min(1.0, light * 1.1));
    m_perspective.shade(picture,
                        {{mover.x - 0.3, 0, mover.z - 0.9},
                         {mover.x + 0.5, 0, mover.z - 0.9},
                         {mover.x + 0.5, 0, mover.z + 0.9},
                         {mover.x - 0.3, 0, mover.z + 0.9}},
                        0.7);
    const auto thick = [&](double metres) {
        return std::max(1, static_cast<int>(metres * m_perspective.scale({mover.x, 0, mover.z}) + 0.5));
    };
    const auto line = [&](const cv::Point3d& from, const cv::Point3d& to, const cv::Scalar& colour, double metres) {
        cv::line(picture, m_perspective.project(from), m_perspective.project(to), colour, thick(metres), cv::LINE_AA);
    };
    const auto at = [&](double along, double up, double across = 0) {
        return cv::Point3d{mover.x + across, up, mover.z + mover.heading * along};
    };
    for (const double along : {-0.5, 0.5}) {
        for (int step = 0; step < 12; ++step) {
            const double a = step * std::numbers::pi / 6;
            const double b = (step + 1) * std::numbers::pi / 6;
            line(at(along + 0.34 * std::cos(a), 0.34 + 0.34 * std::sin(a)),
                 at(along + 0.34 * std::cos(b), 0.34 + 0.34 * std::sin(b)), frame, 0.05);
        }
    }
    line(at(-0.5, 0.34), at(0.1, 0.9), frame, 0.06);
    line(at(0.5, 0.34), at(0.35, 1.0), frame, 0.06);
    const double turn = mover.stride * 1.6;
    for (const double side : {-1.0, 1.0}) {
        const double knee = 0.62 + 0.12 * std::sin(turn + (side > 0 ? std::numbers::pi : 0));
        line(at(-0.15, 0.95, side * 0.12), at(0.12, knee, side * 0.13), lit({60, 52, 48}, light), 0.15);
        line(at(0.12, knee, side * 0.13), at(0, knee - 0.42, side * 0.12), lit({50, 44, 40}, light), 0.12);
    }
    line(at(-0.18, 0.98), at(0.12, 1.5), coat, 0.36);
    line(at(0.12, 1.45, 0.15), at(0.38, 1.05, 0.2), coat * 0.9, 0.1);
    line(at(0.12, 1.45, -0.15), at(0.38, 1.05, -0.2), coat * 0.9, 0.1);
    const cv::Point3d head = at(0.2, 1.68);
    cv::circle(picture, m_perspective.project(head), thick(0.13), lit({120, 150, 190}, light), cv::FILLED, cv::LINE_AA);
    cv::circle(picture, m_perspective.project(head + cv::Point3d{0, 0.06, 0}), thick(0.12), lit({40, 40, 200}, light),
               cv::FILLED, cv::LINE_AA);
}

}  // namespace leedswatch::simulator
