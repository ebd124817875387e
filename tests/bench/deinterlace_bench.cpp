// How like their source deinterlaced pictures are, and what that costs. Clips are taken as 50 pictures a second of
// 720x576, woven into interlaced ones of both orders, and made whole again by each way in turn; both run through the
// same code. Then what a live PAL input costs, and how far four at once stay ahead of the clock. One command:
//
//     deinterlace_bench --footage ../shared/footage
#include "transcode/film_reader.h"
#include "transcode/live_pictures.h"
#include "transcode/treatment.h"

#include <CLI/CLI.hpp>

#include <chrono>
#include <cmath>
#include <ctime>
#include <deque>
#include <iomanip>
#include <iostream>
#include <thread>

namespace {

using namespace leedswatch;
using transcode::FilterGraph;

constexpr int kMostPictures = 600;

double cpuSeconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

struct Way {
    std::string name;
    std::string filters;
};

struct Score {
    double squares = 0;
    std::int64_t pixels = 0;
    double likeness = 0;
    std::int64_t windows = 0;
    double seconds = 0;
    int pictures = 0;

    [[nodiscard]] double psnr() const {
        return 10 * std::log10(255.0 * 255.0 / (squares / static_cast<double>(pixels)));
    }
    [[nodiscard]] double ssim() const { return likeness / static_cast<double>(windows); }
};

/// SSIM of windows of 8x8, every four pixels, and squared differences: of the brightness.
void compare(const AVFrame& a, const AVFrame& b, Score& score) {
    constexpr int kWindow = 8;
    constexpr double kFlat = 64 * (0.01 * 255) * (0.01 * 255);
    constexpr double kEven = 64 * (0.03 * 255) * (0.03 * 255);
    for (int y = 0; y < a.height; ++y) {
        const auto* rowA = a.data[0] + y * a.linesize[0];
        const auto* rowB = b.data[0] + y * b.linesize[0];
        for (int x = 0; x < a.width; ++x) {
            const double away = rowA[x] - rowB[x];
            score.squares += away * away;
        }
    }
    score.pixels += std::int64_t{a.width} * a.height;
    for (int top = 0; top + kWindow <= a.height; top += 4) {
        for (int left = 0; left + kWindow <= a.width; left += 4) {
            std::int64_t sumA = 0;
            std::int64_t sumB = 0;
            std::int64_t squares = 0;
            std::int64_t products = 0;
            for (int y = top; y < top + kWindow; ++y) {
                for (int x = left; x < left + kWindow; ++x) {
                    const int pixelA = a.data[0][y * a.linesize[0] + x];
                    const int pixelB = b.data[0][y * b.linesize[0] + x];
                    sumA += pixelA;
                    sumB += pixelB;
                    squares += pixelA * pixelA + pixelB * pixelB;
                    products += pixelA * pixelB;
                }
            }
            const auto meanA = static_cast<double>(sumA) / 64;
            const auto meanB = static_cast<double>(sumB) / 64;
            const double varied = static_cast<double>(squares) - 64 * (meanA * meanA + meanB * meanB);
            const double together = static_cast<double>(products) - 64 * meanA * meanB;
            score.likeness += (2 * 64 * meanA * meanB + kFlat) * (2 * together + kEven) /
                              ((64 * (meanA * meanA + meanB * meanB) + kFlat) * (varied + kEven));
            ++score.windows;
        }
    }
}

std::deque<video::FrameHandle> takeAll(FilterGraph& graph) {
    std::deque<video::FrameHandle> pictures;
    while (true) {
        auto picture = graph.take();
        if (!picture || !*picture) {
            return pictures;
        }
        pictures.push_back(std::move(*picture));
    }
}

/// The reference and the pictures that are woven of it, a clip at a time.
struct Material {
    std::deque<video::FrameHandle> reference;
    std::deque<video::FrameHandle> woven;
};

base::Result<Material> materialOf(const std::filesystem::path& clip, bool isTopFirst, int noise) {
    TRY_ASSIGN(auto reader, transcode::FilmReader::open(clip));
    std::optional<FilterGraph> plain;
    std::optional<FilterGraph> weaving;
    Material material;
    const auto gather = [](std::deque<video::FrameHandle> from, std::deque<video::FrameHandle>& to) {
        std::ranges::move(from, std::back_inserter(to));
    };
    const std::string scale = "scale=720:576,format=yuv420p";
    const std::string spoil = noise > 0 ? ",noise=all_seed=1:alls=" + std::to_string(noise) + ":allf=t" : "";
    for (int i = 0; i < kMostPictures; ++i) {
        TRY_ASSIGN(const AVFrame* picture, reader.next());
        if (picture == nullptr) {
            break;
        }
        video::FrameHandle fiftieth{av_frame_clone(picture)};
        fiftieth->pts = i;
        fiftieth->interlaced_frame = 0;
        if (!plain) {
            const auto shape = transcode::shapeOf(*fiftieth);
            TRY_ASSIGN(auto first, FilterGraph::create(shape, {1, 50}, scale));
            TRY_ASSIGN(auto second, FilterGraph::create(shape, {1, 50},
                                                        scale + spoil + ",tinterlace=mode=interleave_" +
                                                            (isTopFirst ? "top,setfield=tff" : "bottom,setfield=bff")));
            plain.emplace(std::move(first));
            weaving.emplace(std::move(second));
        }
        TRY(plain->put(*fiftieth));
        TRY(weaving->put(*fiftieth));
        gather(takeAll(*plain), material.reference);
        gather(takeAll(*weaving), material.woven);
    }
    return material;
}

base::Result<Score> scoreOf(const Way& way, const Material& material) {
    TRY_ASSIGN(auto graph, FilterGraph::create(transcode::shapeOf(*material.woven.front()), {1, 25}, way.filters));
    Score score;
    std::size_t next = 0;
    const auto look = [&] {
        const double begin = cpuSeconds();
        auto pictures = takeAll(graph);
        score.seconds += cpuSeconds() - begin;
        for (const auto& picture : pictures) {
            if (next < material.reference.size()) {
                compare(*picture, *material.reference[next++], score);
                ++score.pictures;
            }
        }
    };
    std::int64_t number = 0;
    for (const auto& picture : material.woven) {
        picture->pts = number++;
        const double begin = cpuSeconds();
        TRY(graph.put(*picture));
        score.seconds += cpuSeconds() - begin;
        look();
    }
    TRY(graph.finish());
    look();
    return score;
}

std::vector<Way> waysOf(const Material& material, bool isNoisy) {
    transcode::Treatment treatment;
    treatment.isInterlaced = true;
    treatment.isDenoised = false;
    transcode::PictureShape shape = transcode::shapeOf(*material.woven.front());
    shape.pixelAspect = {1, 1};
    std::vector<Way> ways{{"ours", transcode::filtersOf(treatment, shape)},
                          {"bwdif", "bwdif=mode=send_field"},
                          {"yadif", "yadif=mode=send_field"},
                          {"w3fdif", "w3fdif"},
                          {"estdif", "estdif"}};
    treatment.isDenoised = true;
    const Way denoised{"ours, denoised", transcode::filtersOf(treatment, shape)};
    if (isNoisy) {
        ways.resize(1);
        for (const char* filter :
             {"hqdn3d=1:1:2:2", "hqdn3d=2:2:4:4", "hqdn3d=3:3:6:6", "atadenoise=s=5", "atadenoise=s=9"}) {
            ways.push_back({filter, std::string{"bwdif=mode=send_field,"} + filter});
        }
    }
    ways.push_back(denoised);
    return ways;
}

base::Result<void> scoreClip(const std::filesystem::path& clip, bool isTopFirst, int noise) {
    TRY_ASSIGN(const auto material, materialOf(clip, isTopFirst, noise));
    std::cout << clip.filename().string() << ", " << (isTopFirst ? "top" : "bottom") << " field first";
    std::cout << (noise > 0 ? ", noise of " + std::to_string(noise) + " levels" : "") << '\n';
    double base = 0;
    for (const Way& way : waysOf(material, noise > 0)) {
        TRY_ASSIGN(const Score score, scoreOf(way, material));
        base = way.name == "bwdif" || base == 0 ? score.seconds : base;
        std::cout << "  " << std::left << std::setw(24) << way.name << std::right << std::fixed << std::setprecision(2)
                  << score.psnr() << " dB  SSIM " << std::setprecision(4) << score.ssim() << "  "
                  << std::setprecision(2) << 1'000 * score.seconds / score.pictures << " ms a picture, "
                  << score.seconds / base << "  (" << score.pictures << " pictures)" << std::endl;
    }
    return {};
}

/// Feeds one live input as fast as it goes; gives the bytes that came out.
base::Result<std::int64_t> playLive(const Material& material, const transcode::LiveTreatment& treatment) {
    transcode::LivePictures live{treatment};
    const video::PacketHandle packet{av_packet_alloc()};
    std::int64_t bytes = 0;
    std::int64_t number = 0;
    for (const auto& woven : material.woven) {
        const video::FrameHandle picture{av_frame_clone(woven.get())};
        picture->pts = number++;
        picture->sample_aspect_ratio = {16, 15};
        TRY(live.put(*picture, {1, 25}));
        while (live.take(*packet)) {
            bytes += packet->size;
        }
    }
    return bytes;
}

base::Result<void> measureLive(const std::filesystem::path& clip) {
    TRY_ASSIGN(const auto material, materialOf(clip, true, 4));
    const double seconds = static_cast<double>(material.woven.size()) / 25;
    std::cout << "live PAL, " << clip.filename().string() << " with a noise of 4 levels, to 50p of 768x576\n";
    for (const char* preset : {"ultrafast", "superfast", "veryfast", "faster"}) {
        for (const bool isDenoised : {true, false}) {
            transcode::LiveTreatment treatment;
            treatment.preset = preset;
            treatment.isDenoised = isDenoised;
            treatment.watchesSignal = true;
            const double begin = cpuSeconds();
            TRY_ASSIGN(const auto bytes, playLive(material, treatment));
            const double cores = (cpuSeconds() - begin) / seconds;
            std::cout << "  " << std::left << std::setw(10) << preset << (isDenoised ? "denoised" : "as it is")
                      << std::right << std::fixed << std::setprecision(3) << "  " << cores << " core  "
                      << std::setprecision(1) << 2 / cores << " on two cores  " << std::setprecision(2)
                      << static_cast<double>(bytes) * 8 / seconds / 1e6 << " Mbit/s" << std::endl;
        }
    }
    for (const int inputs : {4, 6}) {
        const auto begin = std::chrono::steady_clock::now();
        {
            std::vector<std::jthread> threads;
            for (int i = 0; i < inputs; ++i) {
                threads.emplace_back([&] {
                    transcode::LiveTreatment treatment;
                    treatment.watchesSignal = true;
                    static_cast<void>(playLive(material, treatment));
                });
            }
        }
        const double took = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
        std::cout << "  " << inputs << " at once, as they are by default: " << std::setprecision(2) << seconds / took
                  << " times as fast as they come" << std::endl;
    }
    return {};
}

int run(const std::filesystem::path& footage, bool isLiveOnly) {
    for (const char* clip : {"cam/pjunhyuk/test_video_01f.mov", "cam/dvrscan/traffic_camera.mp4"}) {
        for (const auto& [isTopFirst, noise] : {std::pair{true, 0}, std::pair{false, 0}, std::pair{true, 10}}) {
            if (isLiveOnly) {
                break;
            }
            if (const auto done = scoreClip(footage / clip, isTopFirst, noise); !done) {
                std::cerr << done.error().message << '\n';
                return 1;
            }
        }
        if (const auto done = measureLive(footage / clip); !done) {
            std::cerr << done.error().message << '\n';
            return 1;
        }
    }
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"Deinterlacing against a reference"};
    std::filesystem::path footage = "../shared/footage";
    app.add_option("--footage", footage, "folder of real footage");
    bool isLiveOnly = false;
    app.add_flag("--live", isLiveOnly, "only what live inputs cost");
    CLI11_PARSE(app, argc, argv);
    return run(footage, isLiveOnly);
}
