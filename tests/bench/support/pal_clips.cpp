#include "support/pal_clips.h"

#include "estate/privacy_zone.h"
#include "support/child_process.h"
#include "video/ffmpeg_error.h"
#include "video/ffmpeg_handles.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <fstream>

namespace leedswatch::bench {
namespace {

using nlohmann::json;

struct Recipe {
    std::string name;
    std::string clip;
    std::vector<std::string> before;  ///< the input
    std::string filter;
    int seconds;        ///< of the long one; 0: there is none
    double rested = 0;  ///< seconds of rest put before the clip
    double from = 0;    ///< second of the clip that follows them
};

const std::string size = "scale=704:576,fps=25";

/// Seconds of a clip to and fro, so often, and then the clip from there on.
std::string rested(double from, double until, int times) {
    const std::string begin = std::to_string(from);
    return size + ",split[a][b];[a]trim=" + begin + ":" + std::to_string(until) +
           ",setpts=PTS-STARTPTS,split[c][d];[d]reverse[e];[c][e]concat,loop=loop=" + std::to_string(times - 1) +
           ":size=" + std::to_string(std::lround((until - from) * 50)) +
           ":start=0,setpts=N/25/TB[q];[b]trim=start=" + begin +
           ",setpts=PTS-STARTPTS[r];[q][r]concat,noise=alls=4:allf=t";
}

const std::vector<Recipe>& recipes() {
    // Two times 2.4 s make a round of 120 pictures, and ten of them end where they began.
    static const std::string toAndFro = size +
                                        ",split[a][b];[b]reverse[r];[a][r]concat,loop=loop=-1:size=120:start=0,"
                                        "setpts=N/25/TB,noise=alls=4:allf=t";
    static const std::string street = "cam/pjunhyuk/test_video_01f.mov";
    static const std::string carPark = "cam/intel/car-detection.mp4";
    static const std::vector<Recipe> all{
        {"quiet street", street, {"-t", "2.4"}, toAndFro, 48},
        {"busy street", street, {}, size, 60},
        {"car park", carPark, {}, size, 60},
        {"motorway", "cam/dvrscan/traffic_camera.mp4", {}, size, 60},
        {"driveway", "cam/dvrscan/issue53_brightness_change.avi", {}, size, 0},
        {"street after a rest", street, {}, rested(0, 2.4, 8), 0, 38.4, 0},
        {"car park after a rest", carPark, {}, rested(9.6, 14.4, 4), 0, 38.4, 9.6},
    };
    return all;
}

base::Result<void> encode(const Recipe& recipe, const std::filesystem::path& footage, bool isLooped,
                          const std::filesystem::path& target) {
    std::vector<std::string> command{"/usr/bin/ffmpeg", "-v", "error", "-nostdin", "-y"};
    const bool isEndless = recipe.filter.find("loop=loop=-1") != std::string::npos;
    if (isLooped && !isEndless) {
        command.insert(command.end(), {"-stream_loop", "-1"});
    }
    command.insert(command.end(), recipe.before.begin(), recipe.before.end());
    command.insert(command.end(), {"-i", (footage / recipe.clip).string(), "-filter_complex", "[0:v]" + recipe.filter});
    if (isLooped || isEndless) {
        command.insert(command.end(), {"-t", std::to_string(recipe.seconds)});
    }
    command.insert(command.end(),
                   {"-an",  "-pix_fmt", "yuv420p", "-c:v",     "libx264", "-preset",     "veryfast", "-profile:v",
                    "main", "-bf",      "0",       "-g",       "50",      "-keyint_min", "50",       "-sc_threshold",
                    "0",    "-b:v",     "1M",      "-maxrate", "1M",      "-bufsize",    "1M",       target.string()});
    const auto finished = tests::runProgram(command, {}, std::chrono::minutes{5});
    if (finished.exitCode != 0) {
        return base::fail(base::ErrorCode::Internal, "ffmpeg did not make " + target.string() + ": " + finished.output);
    }
    return {};
}

void addPeriods(PalClip& clip, const Recipe& recipe, const json& periods, double rate) {
    for (const json& period : periods) {
        const double begin = period[0].get<int>() / rate - recipe.from;
        if (begin >= 0) {
            clip.truth.emplace_back(recipe.rested + begin, recipe.rested + period[1].get<int>() / rate - recipe.from);
        }
    }
}

analytics::MotionZone zoneOf(const json& corners, double width, double height) {
    const auto part = [](const json& pixels, double of) {
        return static_cast<int>(pixels.get<int>() / of * estate::ZonePoint::whole);
    };
    const int left = part(corners[0], width);
    const int top = part(corners[1], height);
    const int right = part(corners[2], width);
    const int bottom = part(corners[3], height);
    return {analytics::MotionZone::Kind::Include, {{left, top}, {right, top}, {right, bottom}, {left, bottom}}};
}

void addTruth(PalClip& clip, const Recipe& recipe, const json& all) {
    const json& truth = all[recipe.clip];
    if (truth.contains("object_present_frames")) {
        addPeriods(clip, recipe, truth["object_present_frames"], truth["fps"]);
    } else if (truth.contains("events_dvrscan_baseline")) {
        addPeriods(clip, recipe, truth["events_dvrscan_baseline"], truth["fps"]);
        clip.zones.push_back(zoneOf(truth["roi_xyxy"], 1280, 720));
    } else if (truth.contains("first_object_s") && recipe.name != "quiet street") {
        clip.truth.emplace_back(recipe.rested + truth["first_object_s"].get<double>(), recipe.rested + 30);
        clip.isTruthAll = false;  // it says when the first one comes, no more
    }
}

}  // namespace

base::Result<std::vector<PalClip>> makePalClips(const std::filesystem::path& footage,
                                                const std::filesystem::path& folder) {
    std::ifstream file{footage / "truth.json"};
    if (!file) {
        return base::fail(base::ErrorCode::NotFound, "there is no truth.json in " + footage.string());
    }
    const json truth = json::parse(file);
    std::vector<PalClip> clips;
    for (const Recipe& recipe : recipes()) {
        std::string stem = recipe.name;
        std::ranges::replace(stem, ' ', '_');
        PalClip clip{recipe.name, folder / (stem + ".mp4"), {}, {}, {}};
        TRY(encode(recipe, footage, false, clip.once));
        if (recipe.seconds > 0) {
            clip.looped = folder / (stem + "_looped.mp4");
            TRY(encode(recipe, footage, true, clip.looped));
        }
        addTruth(clip, recipe, truth);
        clips.push_back(std::move(clip));
    }
    return clips;
}

base::Result<std::vector<video::Packet>> packetsOf(const std::filesystem::path& file) {
    AVFormatContext* opened = nullptr;
    if (const int answer = avformat_open_input(&opened, file.c_str(), nullptr, nullptr); answer < 0) {
        return base::fail(video::errorFromFfmpeg(answer, "open " + file.string()));
    }
    const video::InputHandle input{opened};
    const AVStream& stream = *input->streams[0];
    const AVCodecParameters& coded = *stream.codecpar;
    const auto* record = reinterpret_cast<const std::byte*>(coded.extradata);
    const auto format = std::make_shared<const video::StreamFormat>(video::StreamFormat{
        video::VideoCodec::H264, {record, record + coded.extradata_size}, coded.width, coded.height});
    const video::PacketHandle read{av_packet_alloc()};
    std::vector<video::Packet> packets;
    while (av_read_frame(input.get(), read.get()) >= 0) {
        const auto* bytes = reinterpret_cast<const std::byte*>(read->data);
        video::Packet packet;
        packet.format = format;
        packet.bytes = std::make_shared<const std::vector<std::byte>>(bytes, bytes + read->size);
        packet.time = av_rescale_q(read->pts, stream.time_base, {1, video::kMediaTicksPerSecond});
        packet.isKey = (read->flags & AV_PKT_FLAG_KEY) != 0;
        packets.push_back(std::move(packet));
        av_packet_unref(read.get());
    }
    if (packets.empty()) {
        return base::fail(base::ErrorCode::Damaged, file.string() + " holds no pictures");
    }
    return packets;
}

}  // namespace leedswatch::bench
