// How well and how quickly tamper is found, and how often there is none. Real clips are played forwards and backwards
// with tamper made over them at times drawn by lot. One command:
//
//     tamper_bench --footage ../shared/footage
//
// and what the detector sees, four times a second, for one clip and one effect:
//
//     tamper_bench --clip street --effect covered --signs
#include "analytics/tamper_detector.h"
#include "support/made_nuisance.h"
#include "support/made_tamper.h"
#include "support/quiet_clips.h"
#include "video/png.h"

#include <CLI/CLI.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iomanip>
#include <iostream>

namespace {

using namespace leedswatch;
using analytics::TamperDetector;
using analytics::TamperEvent;

constexpr double foundWithin = 3;  // seconds
constexpr double tamperLasts = 6;
constexpr double startsEarlierBy = 0.5;  // a start may be this much before the onset: the pictures are that far apart

struct Options {
    std::filesystem::path footage = "../shared/footage";
    std::string clip;
    std::string effect;
    int times = 5;
    double hours = 10;
    bool showSigns = false;
    bool isVerbose = false;
    std::filesystem::path stills;
};

struct Light {
    const char* name;
    bool isNight;
};
constexpr Light lights[] = {{"day", false}, {"night", true}};

struct Trial {
    std::optional<double> found;  ///< seconds after the onset
    std::optional<analytics::TamperKind> kind;
    int before = 0;  ///< events that began before the onset
};

struct Row {
    int shown = 0;
    int found = 0;
    int named = 0;
    std::vector<double> delays;
    int before = 0;
};

void writePicture(const cv::Mat& picture, const std::filesystem::path& file) {
    if (picture.empty()) {
        return;
    }
    cv::Mat rgb;
    cv::cvtColor(picture, rgb, cv::COLOR_BGR2RGB);
    video::FullPicture full;
    full.width = rgb.cols;
    full.height = rgb.rows;
    full.pixels.assign(rgb.data, rgb.data + rgb.total() * rgb.elemSize());
    const auto bytes = video::pngOf(full);
    if (bytes) {
        std::ofstream{file, std::ios::binary}.write(reinterpret_cast<const char*>(bytes->data()),
                                                    static_cast<std::streamsize>(bytes->size()));
    }
}

void showSigns(const analytics::TamperSigns& signs, double since) {
    const auto& match = signs.match;
    std::cout << std::fixed << std::setprecision(2) << since << "  anchors " << match.anchors << " kept " << match.kept
              << " firm " << match.firm << " layout " << match.layout << " contrast " << match.contrast << " sharp "
              << match.sharpness << " fine " << match.fineEnergy << " smooth " << signs.smooth << " steady "
              << signs.steady << " hid " << signs.obscured << '/' << signs.obscuredAnchors << '/' << signs.keptElsewhere
              << " dazzled " << signs.dazzled << " white " << signs.white << " like " << signs.likeBefore << " dev "
              << signs.deviation << " range " << signs.darkest << '-' << signs.brightest;
    if (signs.shift) {
        std::cout << " shift " << signs.shift->distance << ' ' << signs.shift->likeness << '/' << signs.shift->inPlace;
    }
    std::cout << '\n';
}

/// Each trial has its own lot, whatever else is measured.
cv::RNG lotOf(const std::string& name, int time) {
    cv::RNG random{std::hash<std::string>{}(name)*31 + static_cast<unsigned>(time) * 7919};
    for (int i = 0; i < 8; ++i) {
        random.next();  // the first ones of neighbouring lots are alike
    }
    return random;
}

/// Plays a clip with an effect on it from `onset` for `lasts` seconds, and `told` hears of each event.
template <typename Told>
void play(const bench::QuietClip& clip, const Light& light, const bench::Effect& effect, double onset, double lasts,
          cv::RNG& random, const Options& options, const Told& told) {
    TamperDetector detector;
    const int begin = random.uniform(0, 10'000);
    for (int i = 0; i * bench::clipStep < onset + lasts; ++i) {
        const double seconds = i * bench::clipStep;
        const cv::Mat& clean = clip.at(begin + i);
        const cv::Mat picture = effect(light.isNight ? bench::byNight(clean, random) : clean, seconds - onset);
        for (const TamperEvent& event : detector.apply(picture, seconds)) {
            told(event, seconds);
        }
        if (options.showSigns) {
            showSigns(detector.signs(), seconds - onset);
        }
        if (!options.stills.empty() && i % 4 == 0) {
            writePicture(picture, options.stills / ("played-" + std::to_string(i) + ".png"));
        }
    }
}

bool isChosen(const std::string& wanted, const std::string& name) {
    return wanted.empty() || wanted == name;
}

Trial tryTamper(const bench::QuietClip& clip, const Light& light, const bench::MadeTamper& tamper,
                const bench::QuietClip& other, cv::RNG& random, const Options& options) {
    const double onset = random.uniform(8.0, 25.0);
    const bench::Elsewhere elsewhere = [&](double since) {
        const cv::Mat& clean = other.at(static_cast<int>(since / bench::clipStep));
        return light.isNight ? bench::byNight(clean, random) : clean;
    };
    Trial trial;
    play(clip, light, tamper.make(random, elsewhere), onset, tamperLasts, random, options,
         [&](const TamperEvent& event, double seconds) {
             if (event.end) {
                 return;
             }
             if (event.start < onset - startsEarlierBy || seconds < onset) {
                 ++trial.before;
             } else if (!trial.found) {
                 trial.found = seconds - onset;
                 trial.kind = event.kind;
             }
             if (!options.stills.empty()) {
                 writePicture(event.before, options.stills / (std::string{nameOf(event.kind)} + "-before.png"));
                 writePicture(event.after, options.stills / (std::string{nameOf(event.kind)} + "-after.png"));
             }
         });
    return trial;
}

void add(Row& row, const Trial& trial, analytics::TamperKind kind) {
    ++row.shown;
    row.before += trial.before;
    if (trial.found) {
        row.delays.push_back(*trial.found);
        row.found += *trial.found <= foundWithin;
        row.named += *trial.found <= foundWithin && trial.kind == kind;
    }
}

void print(const std::string& name, Row row) {
    std::ranges::sort(row.delays);
    std::cout << "| " << std::left << std::setw(18) << name << std::right << " | " << std::setw(4) << row.shown << " | "
              << std::setw(4) << row.found << " (" << std::fixed << std::setprecision(1)
              << 100.0 * row.found / std::max(row.shown, 1) << " %) | " << std::setw(4) << row.named << " | "
              << std::setprecision(2) << (row.delays.empty() ? 0 : row.delays[row.delays.size() / 2]) << " s | "
              << row.before << " |" << std::endl;
}

void sayMissed(const std::string& tamper, const bench::QuietClip& clip, const Light& light, const Trial& trial) {
    std::cerr << tamper << " / " << clip.name << " / " << light.name << ": "
              << (trial.found ? std::to_string(*trial.found) + " s, " + std::string{nameOf(*trial.kind)} : "nothing")
              << (trial.before > 0 ? ", false before" : "") << '\n';
}

void measureTampers(const std::vector<bench::QuietClip>& clips, const Options& options) {
    std::cout << "| made over real clips | shown | found within 3 s | of the right kind | median | false before |\n";
    Row all;
    for (const bench::MadeTamper& tamper : bench::madeTampers()) {
        if (!isChosen(options.effect, tamper.name)) {
            continue;
        }
        Row row;
        for (std::size_t i = 0; i < clips.size(); ++i) {
            if (!isChosen(options.clip, clips[i].name)) {
                continue;
            }
            for (int time = 0; time < options.times; ++time) {
                cv::RNG random = lotOf(tamper.name + clips[i].name, time);
                const Light& light = lights[time % 2];
                const auto other =
                    (i + 1 + static_cast<std::size_t>(random.uniform(0, static_cast<int>(clips.size()) - 1))) %
                    clips.size();
                const Trial trial = tryTamper(clips[i], light, tamper, clips[other], random, options);
                add(row, trial, tamper.kind);
                add(all, trial, tamper.kind);
                if (options.isVerbose &&
                    (!trial.found || *trial.found > foundWithin || trial.kind != tamper.kind || trial.before > 0)) {
                    sayMissed(tamper.name, clips[i], light, trial);
                }
            }
        }
        print(tamper.name, row);
    }
    print("all", all);
}

void measureNuisances(const std::vector<bench::QuietClip>& clips, const bench::CutOuts& things,
                      const Options& options) {
    std::cout << "\n| no tamper | shown | false events |\n";
    for (const bench::MadeNuisance& nuisance : bench::madeNuisances(things)) {
        int shown = 0;
        int wrong = 0;
        for (const bench::QuietClip& clip : clips) {
            for (int time = 0;
                 time < options.times && isChosen(options.effect, nuisance.name) && isChosen(options.clip, clip.name);
                 ++time) {
                cv::RNG random = lotOf(nuisance.name + clip.name, time);
                const double onset = random.uniform(8.0, 20.0);
                const Light& light = lights[time % 2];
                ++shown;
                play(clip, light, nuisance.make(random), onset, nuisance.duration + 5, random, options,
                     [&](const TamperEvent& event, double seconds) {
                         wrong += !event.end;
                         if (options.isVerbose && !event.end) {
                             std::cerr << nuisance.name << " / " << clip.name << " / " << light.name << ": "
                                       << nameOf(event.kind) << " at " << seconds - onset << " s\n";
                         }
                         if (!options.stills.empty() && !event.end) {
                             writePicture(event.after, options.stills / "false-after.png");
                         }
                     });
            }
        }
        std::cout << "| " << nuisance.name << " | " << shown << " | " << wrong << " |" << std::endl;
    }
}

void measureQuiet(const std::vector<bench::QuietClip>& clips, const Options& options) {
    const auto chosen =
        std::ranges::count_if(clips, [&](const auto& clip) { return isChosen(options.clip, clip.name); });
    const double each = options.hours * 3600 / static_cast<double>(chosen) / std::size(lights);
    int wrong = 0;
    std::chrono::nanoseconds spent{};
    for (const bench::QuietClip& clip : clips) {
        if (!isChosen(options.clip, clip.name)) {
            continue;
        }
        for (const Light& light : lights) {
            cv::RNG random{std::hash<std::string>{}(clip.name)};
            const auto begin = std::chrono::steady_clock::now();
            play(
                clip, light, [](const cv::Mat& picture, double) { return picture; }, 0, each, random, options,
                [&](const TamperEvent& event, double seconds) {
                    wrong += !event.end;
                    if (!event.end) {
                        std::cerr << "quiet / " << clip.name << " / " << light.name << ": " << nameOf(event.kind)
                                  << " at " << seconds << " s\n";
                    }
                });
            spent += std::chrono::steady_clock::now() - begin;
        }
    }
    const double pictures = options.hours * 3600 / bench::clipStep;
    std::cout << "\nquiet: " << wrong << " false events in " << options.hours << " h; "
              << std::chrono::duration<double, std::milli>(spent).count() / pictures << " ms a picture\n";
}

int run(const Options& options) {
    cv::setNumThreads(1);
    auto clips = bench::quietClips(options.footage);
    if (!clips) {
        std::cerr << clips.error().message << '\n';
        return 1;
    }
    const auto things = bench::CutOuts::read(options.footage);
    if (!things) {
        std::cerr << things.error().message << '\n';
        return 1;
    }
    if (options.times > 0) {
        measureTampers(*clips, options);
        measureNuisances(*clips, *things, options);
    }
    if (options.hours > 0) {
        measureQuiet(*clips, options);
    }
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"The tamper detector on real clips with made tamper"};
    Options options;
    app.add_option("--footage", options.footage, "folder of real footage");
    app.add_option("--clip", options.clip, "this clip only");
    app.add_option("--effect", options.effect, "this tamper or nuisance only");
    app.add_option("--times", options.times, "how often each is tried on each clip; half of them by night");
    app.add_option("--hours", options.hours, "of quiet pictures");
    app.add_flag("--signs", options.showSigns, "what the detector sees in each picture");
    app.add_flag("--verbose", options.isVerbose, "name each miss");
    app.add_option("--stills", options.stills, "write every fourth picture and the stills into this folder");
    CLI11_PARSE(app, argc, argv);
    return run(options);
}
