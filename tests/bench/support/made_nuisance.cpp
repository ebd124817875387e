#include "support/made_nuisance.h"

#include "support/made_scene.h"
#include "support/quiet_clips.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <memory>

namespace leedswatch::bench {
namespace {

constexpr int smallestCutOut = 500;  // pixels
constexpr std::size_t readEvery = 12;
constexpr double crowdLasts = 20;  // seconds
constexpr double sensorNoise = 1.5;

double between(double value, double from, double to) {
    return std::clamp((value - from) / (to - from), 0.0, 1.0);
}

/// `thing` with its shape at this place of the picture, as much of it as is in view.
void paste(cv::Mat& picture, const cv::Mat& thing, const cv::Mat& shape, cv::Point at) {
    const cv::Rect whole{at, thing.size()};
    const cv::Rect seen = whole & cv::Rect{{0, 0}, picture.size()};
    if (seen.area() > 0) {
        const cv::Rect part = seen - at;
        thing(part).copyTo(picture(seen), shape(part));
    }
}

/// One of a crowd: it walks through the view and comes again.
struct Walker {
    cv::Mat picture;
    cv::Mat shape;
    double phase = 0;
    double speed = 0;  // widths of the view a second
    double foot = 0;   // of the height
};

Walker walker(const CutOuts& things, cv::RNG& random, cv::Size view) {
    const CutOuts::One& thing = things.any(random);
    // People are higher than wide.
    const int height = static_cast<int>(view.height * random.uniform(0.4, 0.8));
    const cv::Size size{std::max(8, static_cast<int>(height * random.uniform(0.4, 0.7))), height};
    Walker one;
    cv::resize(thing.picture, one.picture, size, 0, 0, cv::INTER_LINEAR);
    cv::resize(thing.shape, one.shape, size, 0, 0, cv::INTER_NEAREST);
    const cv::Scalar tint{random.uniform(0.5, 1.3), random.uniform(0.5, 1.3), random.uniform(0.5, 1.3)};
    cv::multiply(one.picture, tint, one.picture);
    one.phase = random.uniform(0.0, 1.0);
    one.speed = random.uniform(0.04, 0.25) * (random.uniform(0, 2) == 0 ? -1 : 1);
    one.foot = random.uniform(0.6, 1.3);
    return one;
}

/// The view fills with people within a few seconds and empties again.
Effect crowd(const CutOuts& things, cv::RNG& lots) {
    const auto random = std::make_shared<cv::RNG>(lots.next());
    const int most = random->uniform(12, 30);
    return [=, &things, walkers = std::vector<Walker>{}](const cv::Mat& picture, double since) mutable {
        cv::Mat result = picture.clone();
        const double presence = between(since, 0, 4) * (1 - between(since, crowdLasts - 4, crowdLasts));
        while (static_cast<int>(walkers.size()) < most) {
            walkers.push_back(walker(things, *random, picture.size()));
        }
        for (int i = 0; i < static_cast<int>(presence * most); ++i) {
            const Walker& one = walkers[static_cast<std::size_t>(i)];
            const double way = one.phase + one.speed * since;
            const double place = (way - std::floor(way)) * 1.6 - 0.3;
            paste(result, one.picture, one.shape,
                  {static_cast<int>(place * picture.cols) - one.picture.cols / 2,
                   static_cast<int>(one.foot * picture.rows) - one.picture.rows});
        }
        return result;
    };
}

/// The side of a train of `length` widths of the view: panels, doors, and windows with something behind them.
cv::Mat trainSide(const CutOuts& things, cv::RNG& random, cv::Size size) {
    const double level = random.uniform(50.0, 190.0);
    const cv::Scalar paint{level, level * random.uniform(0.6, 1.2), level * random.uniform(0.6, 1.2)};
    cv::Mat side(size, CV_8UC3, paint);
    const int window = size.height / 3;
    cv::rectangle(side, {0, size.height * 3 / 4, size.width, size.height / 14}, paint * 0.5, cv::FILLED);
    for (int x = 0; x < size.width; x += window + window / 3) {
        const CutOuts::One& behind = things.any(random);
        const cv::Rect pane = cv::Rect{x, size.height / 5, window, window} & cv::Rect{{0, 0}, size};
        cv::Mat reflected;
        cv::resize(behind.picture, reflected, pane.size());
        reflected.copyTo(side(pane));
        if (random.uniform(0, 4) == 0) {
            cv::rectangle(side, {x, size.height / 10, window, size.height * 8 / 10}, paint * 0.7, 3);
        }
    }
    return side;
}

/// A train close by: it fills 60 to 90 % of the view while it passes; `halt` seconds of it stand still.
Effect train(const CutOuts& things, cv::RNG& lots, double halt) {
    const auto random = std::make_shared<cv::RNG>(lots.next());
    const double part = random->uniform(0.6, 0.9);
    const double passes = random->uniform(5.0, 8.0);
    const double speed = random->uniform(0.6, 2.0);  // widths of the view a second
    const bool isBelow = random->uniform(0, 3) != 0;
    const double stopAt = passes / 2;
    return [=, &things, side = cv::Mat{}](const cv::Mat& picture, double since) mutable {
        cv::Mat result = picture.clone();
        if (side.empty()) {
            const double length = speed * passes - 1;  // in and out of the view take one more
            side = trainSide(things, *random,
                             {std::max(1, static_cast<int>(std::max(length, 1.0) * picture.cols)),
                              static_cast<int>(part * picture.rows)});
        }
        const double driven = since < stopAt ? since : std::max(stopAt, since - halt);
        if (since >= 0) {
            cv::Mat moving = side;
            paste(result, moving, cv::Mat(side.size(), CV_8UC1, cv::Scalar{255}),
                  {picture.cols - static_cast<int>(driven * speed * picture.cols),
                   isBelow ? picture.rows - side.rows : 0});
        }
        return result;
    };
}

/// The filter for infrared goes: no colours, leaves and cloth brighter, another gain, more noise; some cameras flash.
Effect infrared(cv::RNG& lots) {
    const auto random = std::make_shared<cv::RNG>(lots.next());
    const cv::Matx13f weights{static_cast<float>(random->uniform(0.05, 0.4)),
                              static_cast<float>(random->uniform(0.2, 0.6)),
                              static_cast<float>(random->uniform(0.2, 0.6))};
    const double gain = random->uniform(0.6, 1.3);
    const double duration = random->uniform(0.5, 1.0);
    const double flash = random->uniform(0, 2) * random->uniform(50.0, 120.0);
    return [=](const cv::Mat& picture, double since) {
        const double done = between(since, 0, duration);
        cv::Mat grey;
        cv::transform(picture, grey, weights);
        cv::Mat result;
        cv::cvtColor(grey, result, cv::COLOR_GRAY2BGR);
        const double added = done > 0 && done < 1 ? flash : 0;
        cv::addWeighted(result, gain * done, picture, 1 - done, added, result);
        addNoise(result, sensorNoise + done * 3, *random);
        return result;
    };
}

Effect cloud(cv::RNG& lots) {
    const double darkest = lots.uniform(0.4, 0.7);
    const double comes = lots.uniform(2.0, 10.0);
    const auto random = std::make_shared<cv::RNG>(lots.next());
    return [=](const cv::Mat& picture, double since) {
        cv::Mat result;
        const double shade = between(since, 0, comes) * (1 - between(since, 20, 20 + comes));
        picture.convertTo(result, -1, 1 - shade * (1 - darkest));
        addNoise(result, sensorNoise, *random);
        return result;
    };
}

/// The sun comes out: twice the light within seconds, the bright parts at their limit, warmer.
Effect sun(cv::RNG& lots) {
    const double brightest = lots.uniform(1.4, 2.2);
    const double comes = lots.uniform(0.5, 4.0);
    return [=](const cv::Mat& picture, double since) {
        cv::Mat result;
        const double light = 1 + between(since, 0, comes) * (brightest - 1);
        cv::multiply(picture, cv::Scalar{light * 0.95, light, light * 1.03}, result);
        return result;
    };
}

/// Somebody switches a lamp on and off.
Effect lamp(cv::RNG& lots) {
    const double dark = lots.uniform(0.35, 0.6);
    const auto random = std::make_shared<cv::RNG>(lots.next());
    return [=](const cv::Mat& picture, double since) {
        cv::Mat result;
        picture.convertTo(result, -1, since >= 0 && static_cast<int>(since / 5) % 2 == 0 ? dark : 1.0);
        addNoise(result, sensorNoise, *random);
        return result;
    };
}

}  // namespace

base::Result<CutOuts> CutOuts::read(const std::filesystem::path& footage) {
    TRY_ASSIGN(const Scene scene, highway(footage));
    CutOuts result;
    for (std::size_t i = 0; i < scene.pictures.size(); i += readEvery) {
        if (scene.truth[i].empty()) {
            continue;
        }
        const cv::Mat moving = scene.truth[i] == 255;
        std::vector<std::vector<cv::Point>> outlines;
        cv::findContours(moving, outlines, cv::RETR_EXTERNAL, cv::CHAIN_APPROX_NONE);
        for (const auto& outline : outlines) {
            const cv::Rect box = cv::boundingRect(outline);
            if (cv::contourArea(outline) >= smallestCutOut) {
                result.m_all.push_back({scene.pictures[i](box).clone(), moving(box).clone()});
            }
        }
    }
    if (result.m_all.empty()) {
        return base::fail(base::ErrorCode::NotFound, "nothing moves on the highway");
    }
    return result;
}

const CutOuts::One& CutOuts::any(cv::RNG& random) const {
    return m_all[static_cast<std::size_t>(random.uniform(0, static_cast<int>(m_all.size())))];
}

std::vector<MadeNuisance> madeNuisances(const CutOuts& things) {
    return {
        {"crowd", crowdLasts, [&things](cv::RNG& random) { return crowd(things, random); }},
        {"train passes", 10, [&things](cv::RNG& random) { return train(things, random, 0); }},
        {"train stops 10 s", 20, [&things](cv::RNG& random) { return train(things, random, 10); }},
        {"day to night", 15, infrared},
        {"cloud", 32, cloud},
        {"sun", 15, sun},
        {"lamp", 20, lamp},
    };
}

}  // namespace leedswatch::bench
