#include "support/made_tamper.h"

#include "support/quiet_clips.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <memory>

namespace leedswatch::bench {
namespace {

using analytics::TamperKind;
using Random = std::shared_ptr<cv::RNG>;

constexpr double tamperNoise = 1.5;

/// From 0 at the onset to 1.
double grown(double since, double duration) {
    return std::clamp(since / duration, 0.0, 1.0);
}

/// A lot of its own, so that one effect more does not change all others.
Random lotOf(cv::RNG& random) {
    return std::make_shared<cv::RNG>(random.next());
}

/// Something close to the lens: one colour, shaded, without detail since it is out of focus.
cv::Mat surface(cv::Size size, const cv::Scalar& colour, cv::RNG& random) {
    cv::Mat shade(cv::Size{6, 5}, CV_32FC3);
    random.fill(shade, cv::RNG::UNIFORM, 0.75, 1.25);
    cv::Mat large;
    cv::resize(shade, large, size, 0, 0, cv::INTER_CUBIC);
    cv::multiply(large, colour, large);
    cv::Mat result;
    large.convertTo(result, CV_8UC3);
    return result;
}

cv::Scalar coverColour(cv::RNG& random) {
    const double level = random.uniform(40.0, 200.0);
    return {level * random.uniform(0.6, 1.0), level * random.uniform(0.7, 1.0), level};
}

/// How much of each pixel is hidden by what reaches `part` of the way in from a side, with a soft edge.
cv::Mat reaching(cv::Size size, double part, double angle) {
    cv::Mat hidden(size, CV_32F);
    const cv::Point2d way{std::cos(angle), std::sin(angle)};
    const double reach = (std::abs(way.x) * size.width + std::abs(way.y) * size.height) / 2;
    const double edge = 0.04 * size.width;
    for (int y = 0; y < size.height; ++y) {
        for (int x = 0; x < size.width; ++x) {
            const double along = (x - size.width / 2.0) * way.x + (y - size.height / 2.0) * way.y;
            const double inside = reach * (2 * part - 1) - along;
            hidden.at<float>(y, x) = static_cast<float>(std::clamp(0.5 + inside / (2 * edge), 0.0, 1.0));
        }
    }
    return hidden;
}

void hide(cv::Mat& picture, const cv::Mat& thing, const cv::Mat& hidden) {
    cv::Mat shown = 1 - hidden;
    cv::Mat result;
    cv::blendLinear(thing, picture, hidden, shown, result);
    picture = result;
}

Effect covering(cv::RNG& lots, double part) {
    const auto random = lotOf(lots);
    const cv::Scalar colour = coverColour(*random);
    const double angle = random->uniform(0.0, 2 * CV_PI);
    const double duration = random->uniform(0.2, 1.0);
    return [=, thing = cv::Mat{}](const cv::Mat& picture, double since) mutable {
        cv::Mat result = picture.clone();
        if (since >= 0) {
            if (thing.empty()) {
                thing = surface(picture.size(), colour, *random);
            }
            cv::Mat noisy = thing.clone();
            addNoise(noisy, tamperNoise, *random);
            hide(result, noisy, reaching(picture.size(), grown(since, duration) * part, angle));
        }
        return result;
    };
}

Effect cover(cv::RNG& lots, const Elsewhere&) {
    return covering(lots, 1.1);
}

Effect partCover(cv::RNG& lots, const Elsewhere&) {
    return covering(lots, lots.uniform(0.35, 0.7));
}

Effect blur(cv::RNG& lots, const Elsewhere&) {
    const auto random = lotOf(lots);
    const double strength = random->uniform(0.010, 0.030);  // of the width
    const double duration = random->uniform(0.2, 1.0);
    return [=](const cv::Mat& picture, double since) {
        cv::Mat result = picture.clone();
        if (const double sigma = strength * picture.cols * grown(since, duration); sigma > 0.2) {
            cv::GaussianBlur(picture, result, {}, sigma);
            addNoise(result, tamperNoise, *random);
        }
        return result;
    };
}

/// The camera sees a part of the clip, and then another part that has between none and half of it in view.
Effect turn(cv::RNG& lots, const Elsewhere&) {
    const auto random = lotOf(lots);
    const double part = 0.55;
    const double room = 1 - part;
    const cv::Point2d from{random->uniform(0, 2) * room, random->uniform(0.0, room)};
    const cv::Point2d to{room - from.x, random->uniform(0.0, room)};
    const double duration = random->uniform(0.3, 1.5);
    return [=](const cv::Mat& picture, double since) {
        const cv::Point2d at = from + (to - from) * grown(since, duration);
        const cv::Rect view{static_cast<int>(at.x * picture.cols), static_cast<int>(at.y * picture.rows),
                            static_cast<int>(part * picture.cols), static_cast<int>(part * picture.rows)};
        return picture(view).clone();
    };
}

/// In one go to what another camera sees.
Effect turnAway(cv::RNG&, const Elsewhere& elsewhere) {
    return [elsewhere](const cv::Mat& picture, double since) {
        cv::Mat result;
        if (since < 0) {
            result = picture.clone();
        } else {
            cv::resize(elsewhere(since), result, picture.size(), 0, 0, cv::INTER_AREA);
        }
        return result;
    };
}

/// The mount is loose: the camera rolls to one side.
Effect roll(cv::RNG& lots, const Elsewhere&) {
    const double angle = lots.uniform(15.0, 40.0) * (lots.uniform(0, 2) == 0 ? -1 : 1);
    const double duration = lots.uniform(0.2, 1.0);
    return [=](const cv::Mat& picture, double since) {
        const cv::Point2f middle{static_cast<float>(picture.cols) / 2, static_cast<float>(picture.rows) / 2};
        const cv::Mat way = cv::getRotationMatrix2D(middle, angle * grown(since, duration), 1.8);
        cv::Mat result;
        cv::warpAffine(picture, result, way, picture.size(), cv::INTER_LINEAR, cv::BORDER_REFLECT);
        return result;
    };
}

/// The encoder hangs: the same pixels, or what coding them anew makes of them.
Effect freeze(cv::RNG& lots, const Elsewhere&) {
    const auto random = lotOf(lots);
    const double flicker = random->uniform(0, 2) * 0.4;
    return [=, last = cv::Mat{}](const cv::Mat& picture, double since) mutable {
        if (since < 0 || last.empty()) {
            last = picture.clone();
        }
        cv::Mat result = last.clone();
        if (flicker > 0 && since >= 0) {
            addNoise(result, flicker, *random);
        }
        return result;
    };
}

Effect uniform(cv::RNG& lots, const cv::Scalar& colour, double noise) {
    const auto random = lotOf(lots);
    return [=](const cv::Mat& picture, double since) {
        if (since < 0) {
            return picture.clone();
        }
        cv::Mat result(picture.size(), CV_8UC3, colour);
        if (noise > 0) {
            addNoise(result, noise, *random);
        }
        return result;
    };
}

Effect black(cv::RNG& lots, const Elsewhere&) {
    return uniform(lots, cv::Scalar::all(lots.uniform(0, 17)), lots.uniform(0.0, 2.0));
}

Effect white(cv::RNG& lots, const Elsewhere&) {
    return uniform(lots, cv::Scalar::all(lots.uniform(238, 256)), lots.uniform(0.0, 2.0));
}

Effect blue(cv::RNG& lots, const Elsewhere&) {
    const auto plain = uniform(
        lots, {static_cast<double>(lots.uniform(150, 256)), lots.uniform(0.0, 40.0), lots.uniform(0.0, 40.0)}, 0.3);
    const bool isNamed = lots.uniform(0, 2) == 1;
    return [=](const cv::Mat& picture, double since) {
        cv::Mat result = plain(picture, since);
        if (isNamed && since >= 0) {
            cv::putText(result, "NO SIGNAL", {picture.cols / 4, picture.rows / 2}, cv::FONT_HERSHEY_SIMPLEX,
                        picture.cols / 320.0, {230, 230, 230}, 2);
        }
        return result;
    };
}

Effect snow(cv::RNG& lots, const Elsewhere&) {
    const auto random = lotOf(lots);
    return [=](const cv::Mat& picture, double since) {
        if (since < 0) {
            return picture.clone();
        }
        cv::Mat grey(picture.size(), CV_8UC1);
        random->fill(grey, cv::RNG::NORMAL, 110, 60);
        cv::GaussianBlur(grey, grey, {}, 0.6);
        cv::Mat result;
        cv::cvtColor(grey, result, cv::COLOR_GRAY2BGR);
        return result;
    };
}

/// A torch or a laser: light scattered in the lens over most of the picture.
Effect dazzle(cv::RNG& lots, const Elsewhere&) {
    const auto random = lotOf(lots);
    const cv::Point2d middle{random->uniform(0.25, 0.75), random->uniform(0.25, 0.75)};
    const double radius = random->uniform(0.35, 0.7);
    const double duration = random->uniform(0.1, 0.6);
    return [=](const cv::Mat& picture, double since) {
        cv::Mat result = picture.clone();
        const double strength = 600 * grown(since, duration);
        for (int y = 0; y < picture.rows && since >= 0; ++y) {
            for (int x = 0; x < picture.cols; ++x) {
                const double away =
                    std::hypot(x - middle.x * picture.cols, y - middle.y * picture.rows) / (radius * picture.cols);
                const double light = strength * std::exp(-2 * away * away);
                auto& pixel = result.at<cv::Vec3b>(y, x);
                for (int channel = 0; channel < 3; ++channel) {
                    pixel[channel] = cv::saturate_cast<std::uint8_t>(pixel[channel] + light);
                }
            }
        }
        return result;
    };
}

}  // namespace

const std::vector<MadeTamper>& madeTampers() {
    static const std::vector<MadeTamper> all{
        {"covered", TamperKind::Covered, cover},
        {"part covered", TamperKind::PartObscured, partCover},
        {"blurred", TamperKind::Defocused, blur},
        {"turned", TamperKind::Moved, turn},
        {"turned right away", TamperKind::Moved, turnAway},
        {"rolled", TamperKind::Moved, roll},
        {"frozen", TamperKind::Frozen, freeze},
        {"black", TamperKind::Black, black},
        {"white", TamperKind::White, white},
        {"blinded", TamperKind::Blinded, dazzle},
        {"blue", TamperKind::NoSignal, blue},
        {"noise", TamperKind::NoSignal, snow},
    };
    return all;
}

}  // namespace leedswatch::bench
