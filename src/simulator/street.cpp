#include "simulator/street.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace leedswatch::simulator {
namespace {

// Blue, green, red, as OpenCV has them.
const std::array<cv::Scalar, 7> kWalls{cv::Scalar{74, 88, 138},   cv::Scalar{92, 112, 160},  cv::Scalar{150, 170, 184},
                                       cv::Scalar{120, 146, 168}, cv::Scalar{176, 186, 190}, cv::Scalar{86, 96, 112},
                                       cv::Scalar{64, 72, 116}};
const std::array<cv::Scalar, 8> kShops{cv::Scalar{60, 110, 30}, cv::Scalar{150, 60, 30}, cv::Scalar{40, 40, 150},
                                       cv::Scalar{30, 30, 34},  cv::Scalar{130, 40, 90}, cv::Scalar{40, 120, 190},
                                       cv::Scalar{110, 90, 20}, cv::Scalar{70, 70, 80}};
const std::array<const char*, 16> kSigns{"BAKERY",   "CHEMIST", "CAFE",     "BOOKS",  "SHOES",  "BANK",
                                         "OPTICIAN", "FLORIST", "BARBER",   "GROCER", "TAILOR", "PHONES",
                                         "TRAVEL",   "CARDS",   "JEWELLER", "NOODLES"};

enum PlaceDraw : std::uint64_t { CameraPlace = 1, Width, BuildingEnd, BuildingLook, WindowLit, Lamps, Trees };

using Corners = std::vector<cv::Point3d>;

Corners wallPart(double x, double z0, double z1, double y0, double y1) {
    return {{x, y0, z0}, {x, y0, z1}, {x, y1, z1}, {x, y1, z0}};
}

Corners groundPart(double x0, double x1, double z0, double z1) {
    return {{x0, 0, z0}, {x1, 0, z0}, {x1, 0, z1}, {x0, 0, z1}};
}

void addBuildings(Street& street, const SceneRandom& random, double side) {
    const auto which = static_cast<std::uint64_t>(side > 0 ? 1 : 0);
    double z = 2;
    for (std::uint64_t number = 0; z < street.length; ++number) {
        Street::Building building;
        building.side = side;
        building.begin = z;
        building.end = z + random.between(6, 13, BuildingEnd, which, number);
        building.storeys = 2 + random.below(4, BuildingLook, which, number * 8);
        building.height = 3.8 + 3.1 * (building.storeys - 1);
        building.wall =
            kWalls[static_cast<std::size_t>(random.below(kWalls.size(), BuildingLook, which, number * 8 + 1))];
        building.shop =
            kShops[static_cast<std::size_t>(random.below(kShops.size(), BuildingLook, which, number * 8 + 2))];
        building.sign =
            kSigns[static_cast<std::size_t>(random.below(kSigns.size(), BuildingLook, which, number * 8 + 3))];
        building.hasShop = random.at(BuildingLook, which, number * 8 + 4) < 0.82;
        street.buildings.push_back(building);
        z = building.end;
    }
}

class StreetPainter {
public:
    StreetPainter(const Street& street, const Perspective& perspective, const SceneRandom& random, Daylight light)
        : m_street{street},
          m_perspective{perspective},
          m_random{random},
          m_daylight{light},
          m_picture{perspective.size(), CV_8UC3} {}

    cv::Mat paint() {
        paintSky();
        paintGround();
        paintMarkings();
        for (auto building = m_street.buildings.rbegin(); building != m_street.buildings.rend(); ++building) {
            paintBuilding(*building);
        }
        paintLampsAndTrees();
        if (m_daylight < 0.5) {
            paintLightPools();
        }
        return m_picture;
    }

private:
    [[nodiscard]] double light(double x, double z) const { return m_street.lightAt(x, z, m_daylight); }
    [[nodiscard]] double wallLight(double side, double z) const {
        const double sun = side > 0 ? 1.0 : 0.74;
        return m_daylight * sun + (1 - m_daylight) * 0.55 * m_street.lightAt(side * m_street.facade(), z, 0);
    }
    [[nodiscard]] cv::Scalar haze(const cv::Scalar& colour, double z) const {
        const double share = std::clamp(z / 260.0, 0.0, 0.55);
        const cv::Scalar air = cv::Scalar{206, 198, 190} * m_daylight + cv::Scalar{44, 32, 26} * (1 - m_daylight);
        return colour * (1 - share) + air * share;
    }

    void paintSky() {
        const int horizon = std::clamp(m_perspective.horizon() + 4, 1, m_picture.rows);
        const cv::Scalar top = cv::Scalar{196, 164, 128} * m_daylight + cv::Scalar{34, 20, 14} * (1 - m_daylight);
        const cv::Scalar low = cv::Scalar{224, 216, 208} * m_daylight + cv::Scalar{64, 48, 44} * (1 - m_daylight);
        for (int row = 0; row < horizon; ++row) {
            const double share = static_cast<double>(row) / horizon;
            m_picture.row(row).setTo(top * (1 - share) + low * share);
        }
        m_picture.rowRange(horizon, m_picture.rows).setTo(haze(cv::Scalar{96, 94, 92} * (0.2 + 0.8 * m_daylight), 200));
    }

    /// A strip of ground in pieces, each with the light that falls there; they are as small as the eye would see.
    void paintStrip(double x0, double x1, const cv::Scalar& colour) {
        const int columns = std::clamp(static_cast<int>((x1 - x0) / 0.7), 1, 12);
        const double width = (x1 - x0) / columns;
        for (double z = m_street.length; z > 1;) {
            const double length = std::clamp(z * 0.06, 0.3, 4.0);
            for (int column = 0; column < columns; ++column) {
                const double x = x0 + column * width;
                const double here = light(x + width / 2, z - length / 2);
                m_perspective.fill(m_picture, groundPart(x, x + width + 0.02, z - length, z + 0.05),
                                   haze(lit(colour, here), z));
            }
            z -= length;
        }
    }

    void paintGround() {
        const double road = m_street.roadHalf;
        paintStrip(-road, road, {92, 90, 90});
        if (m_street.hasBusLane) {
            paintStrip(0.2, road, {70, 74, 128});
        }
        paintStrip(-m_street.facade(), -road, {138, 142, 146});
        paintStrip(road, m_street.facade(), {146, 148, 150});
        paintStrip(-road - 0.15, -road + 0.1, {168, 170, 172});
        paintStrip(road - 0.1, road + 0.15, {168, 170, 172});
        for (double z = 3; z < 60; z += 1.6) {
            for (const double side : {-1.0, 1.0}) {
                m_perspective.fill(m_picture, groundPart(side * (road + 0.2), side * m_street.facade(), z, z + 0.04),
                                   haze(lit({120, 124, 128}, light(side * road, z)), z));
            }
        }
    }

    void paintMarkings() {
        for (double z = 3; z < m_street.length; z += 6) {
            m_perspective.fill(m_picture, groundPart(-0.07, 0.07, z, z + 2.4),
                               haze(lit({214, 216, 216}, light(0, z)), z));
        }
        for (const double side : {-1.0, 1.0}) {
            for (const double in : {0.35, 0.6}) {
                const double x = side * (m_street.roadHalf - in);
                m_perspective.fill(m_picture, groundPart(x - 0.05, x + 0.05, 1, m_street.length),
                                   lit({70, 190, 214}, 0.35 + 0.6 * m_daylight));
            }
        }
        for (double x = -m_street.roadHalf + 0.3; x < m_street.roadHalf - 0.5; x += 1.2) {
            m_perspective.fill(m_picture, groundPart(x, x + 0.6, m_street.crossing, m_street.crossing + 3),
                               lit({222, 224, 224}, light(x, m_street.crossing)));
        }
    }

    void paintBuilding(const Street::Building& building) {
        const double x = building.side * m_street.facade();
        const double middle = (building.begin + building.end) / 2;
        const double wall = wallLight(building.side, middle);
        const cv::Scalar plaster = haze(lit(building.wall, wall), middle);
        // The roof's edge is seen against a lower neighbour, so each house is a box and not only a front.
        m_perspective.fill(m_picture,
                           {{x, 0, building.begin},
                            {x, building.height, building.begin},
                            {x + building.side * 9, building.height, building.begin},
                            {x + building.side * 9, 0, building.begin}},
                           haze(lit(building.wall, wall * 0.72), middle));
        m_perspective.fill(m_picture, wallPart(x, building.begin, building.end, 0, building.height), plaster);
        m_perspective.fill(m_picture,
                           wallPart(x, building.begin, building.end, building.height - 0.35, building.height),
                           haze(lit(building.wall, wall * 0.8), middle));
        paintUpperWindows(building, x, wall);
        if (building.hasShop) {
            paintShop(building, x, wall);
        } else {
            paintRow(building, x, 0.9, 2.4, 0, wall);
        }
    }

    void paintUpperWindows(const Street::Building& building, double x, double wall) {
        for (int storey = 1; storey < building.storeys; ++storey) {
            const double base = 3.8 + 3.1 * (storey - 1);
            paintRow(building, x, base + 0.8, base + 2.4, storey, wall);
        }
    }

    void paintRow(const Street::Building& building, double x, double low, double high, int storey, double wall) {
        const int count = std::max(2, static_cast<int>((building.end - building.begin) / 2.3));
        const double step = (building.end - building.begin) / count;
        for (int number = 0; number < count; ++number) {
            const double z = building.begin + step * (number + 0.5);
            const auto place = static_cast<std::uint64_t>(building.begin * 100 + number);
            const bool isLit =
                m_random.at(WindowLit, place, static_cast<std::uint64_t>(storey) + (building.side > 0 ? 64 : 0)) < 0.22;
            const cv::Scalar day = cv::Scalar{150, 138, 124} * wall;
            const cv::Scalar night = isLit ? cv::Scalar{110, 176, 214} : cv::Scalar{30, 26, 24};
            const cv::Scalar frame = haze(lit({206, 208, 208}, wall), z);
            m_perspective.fill(m_picture,
                               wallPart(x, z - step * 0.3 - 0.08, z + step * 0.3 + 0.08, low - 0.1, high + 0.1), frame);
            m_perspective.fill(m_picture, wallPart(x, z - step * 0.3, z + step * 0.3, low, high),
                               haze(day * m_daylight + night * (1 - m_daylight), z));
            m_perspective.fill(m_picture, wallPart(x, z - 0.04, z + 0.04, low, high), frame);
        }
    }

    void paintShop(const Street::Building& building, double x, double wall) {
        const double begin = building.begin + 0.3;
        const double end = building.end - 0.3;
        const double middle = (begin + end) / 2;
        const double glow = 0.35 + 0.65 * m_daylight;
        m_perspective.fill(m_picture, wallPart(x, begin, end, 0, 3.5),
                           haze(lit(building.shop, std::max(wall, 0.35) * 0.7), middle));
        const cv::Scalar glass =
            cv::Scalar{168, 160, 148} * (m_daylight * wall) + cv::Scalar{140, 206, 236} * (1 - m_daylight);
        m_perspective.fill(m_picture, wallPart(x, begin + 0.3, end - 1.6, 0.6, 2.6), haze(glass, middle));
        m_perspective.fill(m_picture, wallPart(x, end - 1.4, end - 0.4, 0.05, 2.5), haze(glass * 0.8, middle));
        for (double z = begin + 2; z < end - 1.7; z += 1.9) {
            m_perspective.fill(m_picture, wallPart(x, z - 0.04, z + 0.04, 0.6, 2.6),
                               haze(lit(building.shop, glow), middle));
        }
        m_perspective.fill(m_picture, wallPart(x, begin, end, 2.75, 3.5),
                           haze(lit(building.shop, std::max(glow, wall)), middle));
        paintSign(building, x, begin, end);
    }

    /// The shop's name, in perspective on its sign.
    void paintSign(const Street::Building& building, double x, double begin, double end) {
        if (begin > 45 || m_perspective.depth({x, 3, begin}) < 1.5) {
            return;
        }
        int baseline = 0;
        const cv::Size text = cv::getTextSize(building.sign, cv::FONT_HERSHEY_DUPLEX, 1.0, 2, &baseline);
        cv::Mat board{text.height + 12, text.width + 20, CV_8U, cv::Scalar{0}};
        cv::putText(board, building.sign, {10, text.height + 5}, cv::FONT_HERSHEY_DUPLEX, 1.0, cv::Scalar{255}, 2,
                    cv::LINE_AA);
        const double half = std::min((end - begin) / 2, 0.42 * board.cols / board.rows);
        const double middle = (begin + end) / 2;
        // Seen from the road, the left side of a sign on the right-hand houses is the far one.
        const double left = building.side < 0 ? middle - half : middle + half;
        const double right = building.side < 0 ? middle + half : middle - half;
        const std::array<cv::Point2f, 4> to{
            m_perspective.project({x, 3.42, left}), m_perspective.project({x, 3.42, right}),
            m_perspective.project({x, 2.83, right}), m_perspective.project({x, 2.83, left})};
        const auto width = static_cast<float>(board.cols);
        const auto height = static_cast<float>(board.rows);
        const std::array<cv::Point2f, 4> from{cv::Point2f{0, 0}, {width, 0}, {width, height}, {0, height}};
        cv::Mat mask;
        cv::warpPerspective(board, mask, cv::getPerspectiveTransform(from.data(), to.data()), m_picture.size(),
                            cv::INTER_AREA);
        const double bright = m_daylight > 0.5 ? 0.95 : 1.0;
        for (int row = 0; row < mask.rows; ++row) {
            for (int column = 0; column < mask.cols; ++column) {
                const double share = mask.at<std::uint8_t>(row, column) / 255.0 * bright;
                if (share > 0) {
                    auto& pixel = m_picture.at<cv::Vec3b>(row, column);
                    for (int channel = 0; channel < 3; ++channel) {
                        pixel[channel] = cv::saturate_cast<std::uint8_t>(pixel[channel] * (1 - share) + 240 * share);
                    }
                }
            }
        }
    }

    void paintLampsAndTrees() {
        for (auto lamp = m_street.lamps.rbegin(); lamp != m_street.lamps.rend(); ++lamp) {
            const double scale = m_perspective.scale({lamp->x, 0, lamp->z});
            if (m_perspective.depth({lamp->x, 0, lamp->z}) < 3) {
                continue;
            }
            const cv::Scalar steel = haze(lit({84, 80, 78}, 0.3 + 0.7 * m_daylight), lamp->z);
            const double arm = lamp->x > 0 ? -1.4 : 1.4;
            const int thickness = std::max(1, static_cast<int>(scale * 0.13));
            cv::line(m_picture, m_perspective.project({lamp->x, 0, lamp->z}),
                     m_perspective.project({lamp->x, 7, lamp->z}), steel, thickness, cv::LINE_AA);
            cv::line(m_picture, m_perspective.project({lamp->x, 7, lamp->z}),
                     m_perspective.project({lamp->x + arm, 7.1, lamp->z}), steel, thickness, cv::LINE_AA);
            if (m_daylight < 0.6) {
                cv::circle(m_picture, m_perspective.project({lamp->x + arm, 7, lamp->z}),
                           std::max(1, static_cast<int>(scale * 0.22)), {190, 232, 255}, cv::FILLED, cv::LINE_AA);
            }
            if (m_street.hasTrees) {
                paintTree({lamp->x, 0, lamp->z + 7});
            }
        }
    }

    void paintTree(const cv::Point3d& foot) {
        if (m_perspective.depth(foot) < 5) {
            return;
        }
        const double scale = m_perspective.scale(foot);
        const double here = light(foot.x, foot.z);
        cv::line(m_picture, m_perspective.project(foot), m_perspective.project(foot + cv::Point3d{0, 3, 0}),
                 haze(lit({50, 62, 76}, here), foot.z), std::max(1, static_cast<int>(scale * 0.22)), cv::LINE_AA);
        for (std::uint64_t leaf = 0; leaf < 26; ++leaf) {
            const auto tree = static_cast<std::uint64_t>(foot.z * 10 + (foot.x > 0 ? 1 : 0));
            const cv::Point3d place = foot + cv::Point3d{m_random.between(-1.4, 1.4, Trees, tree, leaf),
                                                         m_random.between(2.6, 5.4, Trees, tree, leaf + 100), 0};
            const double shade = m_random.between(0.65, 1.1, Trees, tree, leaf + 200);
            cv::circle(m_picture, m_perspective.project(place), std::max(1, static_cast<int>(scale * 0.62)),
                       haze(lit({58, 106, 84}, here * shade), foot.z), cv::FILLED, cv::LINE_AA);
        }
    }

    /// The air around a lamp, brightest at it and fading outwards.
    void paintLightPools() {
        cv::Mat glow{m_picture.size(), CV_32FC3, cv::Scalar::all(0)};
        for (const Street::Lamp& lamp : m_street.lamps) {
            if (m_perspective.depth({lamp.x, 0, lamp.z}) < 3) {
                continue;
            }
            const double scale = m_perspective.scale({lamp.x, 0, lamp.z});
            const double arm = lamp.x > 0 ? -1.4 : 1.4;
            addGlow(glow, m_perspective.project({lamp.x + arm, 7, lamp.z}), std::max(2.0, scale * 0.55));
        }
        cv::Mat sum;
        m_picture.convertTo(sum, CV_32FC3);
        sum += glow * (1 - m_daylight);
        sum.convertTo(m_picture, CV_8UC3);
    }

    static void addGlow(cv::Mat& glow, cv::Point2d centre, double radius) {
        const int reach = static_cast<int>(radius * 4);
        const cv::Rect whole{0, 0, glow.cols, glow.rows};
        const cv::Rect part = whole & cv::Rect{static_cast<int>(centre.x) - reach, static_cast<int>(centre.y) - reach,
                                               2 * reach + 1, 2 * reach + 1};
        for (int y = part.y; y < part.br().y; ++y) {
            auto* row = glow.ptr<cv::Vec3f>(y);
            for (int x = part.x; x < part.br().x; ++x) {
                const double distance = std::hypot(x - centre.x, y - centre.y) / radius;
                const auto strength = static_cast<float>(0.75 * std::exp(-distance * 1.15) - 0.0075);
                row[x] += cv::Vec3f{96, 150, 190} * std::max(0.0F, strength);
            }
        }
    }

    const Street& m_street;
    const Perspective& m_perspective;
    const SceneRandom& m_random;
    const Daylight m_daylight;
    cv::Mat m_picture;
};

}  // namespace

Street Street::make(const SceneRandom& random, cv::Size size) {
    Street street;
    street.roadHalf = random.between(3.2, 4.6, Width, 0);
    street.pavement = random.between(2.6, 4.4, Width, 1);
    street.hasBusLane = random.at(Width, 2) < 0.3;
    street.hasTrees = random.at(Width, 3) < 0.45;
    street.crossing = random.between(14, 34, Width, 4);
    const double place = random.between(-0.8, 0.8, CameraPlace, 0);
    street.camera.position = {place * street.facade(), random.between(4.8, 8.5, CameraPlace, 1), 0};
    street.camera.pitch = random.between(0.20, 0.36, CameraPlace, 2);
    street.camera.yaw = -place * random.between(0.08, 0.3, CameraPlace, 3);
    street.camera.focalLength = size.width * random.between(0.72, 1.15, CameraPlace, 4);
    addBuildings(street, random, -1);
    addBuildings(street, random, 1);
    const double spacing = random.between(17, 26, Lamps, 0);
    for (int number = 0; number * spacing < street.length; ++number) {
        const double side = number % 2 == 0 ? -1 : 1;
        street.lamps.push_back({side * (street.roadHalf + 0.5), 9 + number * spacing});
    }
    return street;
}

double Street::lightAt(double x, double z, Daylight daylight) const {
    double lamp = 0.16;
    for (const Lamp& one : lamps) {
        const double dx = x - one.x * 0.7;
        const double dz = z - one.z;
        lamp += 0.72 * std::exp(-(dx * dx + dz * dz) / 60.0);
    }
    return daylight + (1 - daylight) * std::min(0.9, lamp);
}

cv::Mat paintStreet(const Street& street, const Perspective& perspective, const SceneRandom& random,
                    Daylight daylight) {
    return StreetPainter{street, perspective, random, daylight}.paint();
}

}  // namespace leedswatch::simulator
