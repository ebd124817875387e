// How well and how quickly the foreground is found, on a real scene with exact truth and on made ones, each model on
// every picture in turn. One command:
//
//     motion_bench --footage ../shared/footage
//
// The peer is OpenCV's KNN without shadows on pictures of half the size with a 5x5 median, written straight down.
#include "analytics/foreground_model.h"
#include "support/made_scene.h"

#include <CLI/CLI.hpp>
#include <opencv2/imgproc.hpp>

#include <chrono>
#include <functional>
#include <iomanip>
#include <iostream>

namespace {

using namespace leedswatch;
using Steady = std::chrono::steady_clock;

struct Counts {
    std::int64_t right = 0;
    std::int64_t wrong = 0;
    std::int64_t missed = 0;

    void add(const cv::Mat& mask, const cv::Mat& truth) {
        const cv::Mat moving = truth == 255;
        const cv::Mat counted = (truth != 85) & (truth != 170);
        const cv::Mat said = (mask > 127) & counted;
        right += cv::countNonZero(said & moving);
        wrong += cv::countNonZero(said & ~moving);
        missed += cv::countNonZero(~said & moving);
    }
    [[nodiscard]] double f() const {
        return 2.0 * static_cast<double>(right) / static_cast<double>(2 * right + wrong + missed);
    }
};

struct Contender {
    std::string name;
    std::function<cv::Mat(const cv::Mat&)> apply;
    Counts counts;
    double milliseconds = 0;
    int timed = 0;
};

std::function<cv::Mat(const cv::Mat&)> peer() {
    auto model = cv::createBackgroundSubtractorKNN(500, 400, false);
    return [model](const cv::Mat& picture) {
        cv::Mat small;
        cv::Mat mask;
        cv::resize(picture, small, {picture.cols / 2, picture.rows / 2}, 0, 0, cv::INTER_AREA);
        model->apply(small, mask);
        cv::medianBlur(mask, mask, 5);
        cv::resize(mask, mask, picture.size(), 0, 0, cv::INTER_LINEAR);
        cv::threshold(mask, mask, 127, 255, cv::THRESH_BINARY);
        return mask;
    };
}

std::vector<Contender> contenders() {
    const auto ours = [](analytics::Closeness closeness) {
        return [model = std::make_shared<analytics::ForegroundModel>(closeness)](const cv::Mat& picture) {
            return model->apply(picture);
        };
    };
    return {{"KNN", peer(), {}},
            {"full", ours(analytics::Closeness::Full), {}},
            {"fast", ours(analytics::Closeness::Fast), {}}};
}

void score(const bench::Scene& scene) {
    auto all = contenders();
    for (std::size_t i = 0; i < scene.pictures.size(); ++i) {
        // Whoever comes first finds the picture out of the cache.
        for (std::size_t turn = 0; turn < all.size(); ++turn) {
            Contender& one = all[(i + turn) % all.size()];
            const auto begin = Steady::now();
            const cv::Mat mask = one.apply(scene.pictures[i]);
            const auto end = Steady::now();
            if (!scene.truth[i].empty()) {
                one.milliseconds += std::chrono::duration<double, std::milli>(end - begin).count();
                ++one.timed;
                one.counts.add(mask, scene.truth[i]);
            }
        }
    }
    std::cout << std::left << std::setw(22) << scene.name << std::right << std::fixed;
    const double base = all.front().milliseconds;
    for (const Contender& one : all) {
        std::cout << "   " << one.name << " F " << std::setprecision(4) << one.counts.f() << "  "
                  << std::setprecision(3) << one.milliseconds / one.timed << " ms (" << std::setprecision(2)
                  << one.milliseconds / base << ")";
    }
    std::cout << std::endl;
}

const std::vector<bench::Place>& places() {
    static const std::vector<bench::Place> all{
        {"car park", "cam/intel/car-detection.mp4", 112, 180, 0.5, {40, -10}, false},
        {"street", "cam/pjunhyuk/test_video_01f.mov", 0, 68, 0.5, {0, -40}, true},
        {"driveway in the sun", "cam/dvrscan/issue53_brightness_change.avi", 0, 400, 0.5, {-20, 0}, false},
    };
    return all;
}

int run(const std::filesystem::path& footage) {
    cv::setNumThreads(1);
    const auto highway = bench::highway(footage);
    if (!highway) {
        std::cerr << highway.error().message << '\n';
        return 1;
    }
    score(*highway);
    for (const bench::Place& place : places()) {
        for (const bench::Light light : {bench::Light::Day, bench::Light::Night}) {
            const auto scene = bench::madeScene(*highway, place, footage, light);
            if (!scene) {
                std::cerr << scene.error().message << '\n';
                return 1;
            }
            score(*scene);
        }
    }
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"The foreground models against their peer"};
    std::filesystem::path footage = "../shared/footage";
    app.add_option("--footage", footage, "folder of real footage");
    CLI11_PARSE(app, argc, argv);
    return run(footage);
}
