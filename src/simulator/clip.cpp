#include "simulator/clip.h"

#include "simulator/annex_b.h"
#include "simulator/loop_maker.h"

#include <algorithm>
#include <optional>

namespace leedswatch::simulator {
namespace {

constexpr std::int64_t longestClip = 300 * ticksASecond;
constexpr std::int64_t longestKeyInterval = 4 * ticksASecond;
const cv::Size mainLimit{1280, 720};
const cv::Size subLimit{480, 480};

struct OpenClip {
    FfmpegHandle<AVFormatContext> format;
    int streamIndex = -1;

    [[nodiscard]] AVStream& stream() const { return *format->streams[streamIndex]; }
    [[nodiscard]] AVCodecParameters& parameters() const { return *stream().codecpar; }
    [[nodiscard]] std::int64_t ticks(std::int64_t time) const {
        return av_rescale_q(time, stream().time_base, AVRational{1, 90000});
    }
    [[nodiscard]] double picturesASecond() const {
        const double rate = av_q2d(stream().avg_frame_rate);
        return rate >= 1 && rate <= 100 ? rate : 25;
    }
};

base::Result<OpenClip> openClip(const std::filesystem::path& file) {
    AVFormatContext* raw = nullptr;
    if (const int result = avformat_open_input(&raw, file.c_str(), nullptr, nullptr); result < 0) {
        return base::fail(ffmpegError(result, "it is not a video that can be read"));
    }
    OpenClip clip{FfmpegHandle<AVFormatContext>{raw}, -1};
    if (const int result = avformat_find_stream_info(raw, nullptr); result < 0) {
        return base::fail(ffmpegError(result, "it says nothing of its streams"));
    }
    clip.streamIndex = av_find_best_stream(raw, AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
    if (clip.streamIndex < 0) {
        return base::fail(base::ErrorCode::Unsupported, "there is no video in it");
    }
    if (clip.parameters().width < 16 || clip.parameters().height < 16) {
        return base::fail(base::ErrorCode::Unsupported, "its pictures are smaller than 16x16");
    }
    return clip;
}

bool hasStartCodes(const AVCodecParameters& parameters) {
    return parameters.extradata_size > 3 && parameters.extradata[0] == 0;
}

/// Whether the stream's form lets its pictures be passed on unchanged; what they are like shows when they are read.
bool mayPass(const AVCodecParameters& parameters) {
    const bool isSmall = parameters.width <= mainLimit.width && parameters.height <= mainLimit.height;
    const bool hasLengths =
        parameters.extradata_size > 6 && parameters.extradata[0] == 1 && (parameters.extradata[4] & 3) == 3;
    return parameters.codec_id == AV_CODEC_ID_H264 && isSmall && (hasLengths || hasStartCodes(parameters));
}

std::vector<std::byte> recordOf(const AVCodecParameters& parameters) {
    const std::span bytes{reinterpret_cast<const std::byte*>(parameters.extradata),
                          static_cast<std::size_t>(parameters.extradata_size)};
    return hasStartCodes(parameters) ? makeAvcRecord(bytes) : std::vector<std::byte>{bytes.begin(), bytes.end()};
}

/// The file's own pictures, or null if they are not such as a camera sends.
base::Result<SharedLoop> readUnchanged(const std::filesystem::path& file, const std::stop_token& stop) {
    TRY_ASSIGN(const OpenClip clip, openClip(file));
    if (!mayPass(clip.parameters())) {
        return SharedLoop{};
    }
    auto loop = std::make_shared<PictureLoop>();
    loop->format = {recordOf(clip.parameters()), clip.parameters().width, clip.parameters().height};
    const FfmpegHandle<AVPacket> packet{av_packet_alloc()};
    std::optional<std::int64_t> origin;
    std::int64_t lastKey = 0;
    while (!stop.stop_requested() && av_read_frame(clip.format.get(), packet.get()) == 0) {
        if (packet->stream_index == clip.streamIndex && packet->pts != AV_NOPTS_VALUE) {
            const std::int64_t time = clip.ticks(packet->pts) - origin.value_or(clip.ticks(packet->pts));
            origin = origin.value_or(clip.ticks(packet->pts));
            const bool isKey = (packet->flags & AV_PKT_FLAG_KEY) != 0;
            lastKey = isKey ? time : lastKey;
            const bool isLate = !loop->pictures.empty() && time <= loop->pictures.back().time;
            if (isLate || (loop->pictures.empty() && !isKey) || time - lastKey > longestKeyInterval) {
                av_packet_unref(packet.get());
                return SharedLoop{};
            }
            const std::span bytes{reinterpret_cast<const std::byte*>(packet->data),
                                  static_cast<std::size_t>(packet->size)};
            auto avc = hasStartCodes(clip.parameters()) ? toAvc(bytes) : std::vector(bytes.begin(), bytes.end());
            loop->pictures.push_back({std::make_shared<const std::vector<std::byte>>(std::move(avc)), time, isKey});
        }
        av_packet_unref(packet.get());
        if (!loop->pictures.empty() && loop->pictures.back().time > longestClip) {
            break;
        }
    }
    if (loop->format.record.empty() || loop->pictures.size() < 2) {
        return SharedLoop{};
    }
    const auto count = static_cast<std::int64_t>(loop->pictures.size());
    loop->duration = loop->pictures.back().time * count / (count - 1);
    return SharedLoop{std::move(loop)};
}

base::Result<FfmpegHandle<AVCodecContext>> openDecoder(const OpenClip& clip) {
    const AVCodec* codec = avcodec_find_decoder(clip.parameters().codec_id);
    if (codec == nullptr) {
        return base::fail(base::ErrorCode::Unsupported, std::string{"there is no decoder for its codec "} +
                                                            avcodec_get_name(clip.parameters().codec_id));
    }
    FfmpegHandle<AVCodecContext> decoder{avcodec_alloc_context3(codec)};
    avcodec_parameters_to_context(decoder.get(), &clip.parameters());
    decoder->pkt_timebase = clip.stream().time_base;
    if (const int result = avcodec_open2(decoder.get(), codec, nullptr); result < 0) {
        return base::fail(ffmpegError(result, "its decoder does not open"));
    }
    return decoder;
}

/// Hands every picture to `show` with its time from the first one on; a damaged one is left out.
base::Result<void> decodeClip(const std::filesystem::path& file, const std::stop_token& stop,
                              const std::function<base::Result<void>(const AVFrame&, std::int64_t)>& show) {
    TRY_ASSIGN(const OpenClip clip, openClip(file));
    TRY_ASSIGN(const auto decoder, openDecoder(clip));
    const FfmpegHandle<AVPacket> packet{av_packet_alloc()};
    const FramePointer frame{av_frame_alloc()};
    const auto interval = static_cast<std::int64_t>(static_cast<double>(ticksASecond) / clip.picturesASecond());
    std::optional<std::int64_t> origin;
    std::int64_t last = -interval;
    bool isAtEnd = false;
    while (!isAtEnd && last < longestClip) {
        if (stop.stop_requested()) {
            return base::fail(base::ErrorCode::Cancelled, "stopped while clips were prepared");
        }
        isAtEnd = av_read_frame(clip.format.get(), packet.get()) < 0;
        if (isAtEnd || packet->stream_index == clip.streamIndex) {
            avcodec_send_packet(decoder.get(), isAtEnd ? nullptr : packet.get());
        }
        av_packet_unref(packet.get());
        while (avcodec_receive_frame(decoder.get(), frame.get()) == 0) {
            const std::int64_t stamp = frame->best_effort_timestamp;
            std::int64_t time = stamp == AV_NOPTS_VALUE ? last + interval : clip.ticks(stamp) - origin.value_or(0);
            if (!origin && stamp != AV_NOPTS_VALUE) {
                origin = time;
                time = 0;
            }
            time = time > last ? time : last + interval;
            TRY(show(*frame, time));
            last = time;
        }
    }
    return {};
}

Encoder::Settings settingsOf(cv::Size size, double picturesASecond) {
    Encoder::Settings settings;
    settings.width = size.width;
    settings.height = size.height;
    settings.picturesASecond = picturesASecond;
    return settings;
}

/// Both streams, or only the small one where `main` is there already.
base::Result<Clip> transcode(const std::filesystem::path& file, SharedLoop main, const std::stop_token& stop) {
    std::optional<LoopMaker> large;
    std::optional<LoopMaker> small;
    std::int64_t last = 0;
    std::int64_t count = 0;
    const auto add = [&](const AVFrame& frame, std::int64_t time) -> base::Result<void> {
        const cv::Size size{frame.width, frame.height};
        if (!small) {
            TRY_ASSIGN(small, LoopMaker::create(settingsOf(fitWithin(size, subLimit), 25)));
            if (!main) {
                TRY_ASSIGN(large, LoopMaker::create(settingsOf(fitWithin(size, mainLimit), 25)));
            }
        }
        last = time;
        ++count;
        if (large) {
            TRY(large->add(frame, time));
        }
        return small->add(frame, time);
    };
    TRY(decodeClip(file, stop, add));
    if (!small) {
        return base::fail(base::ErrorCode::Damaged, "none of its pictures can be decoded");
    }
    const std::int64_t duration = count > 1 ? last * count / (count - 1) : 3600;
    Clip clip;
    TRY_ASSIGN(clip.sub, small->finish(duration));
    if (large) {
        TRY_ASSIGN(main, large->finish(duration));
    }
    clip.main = std::move(main);
    return clip;
}

}  // namespace

base::Result<Clip> loadClip(const std::filesystem::path& file, const std::stop_token& stop) {
    TRY_ASSIGN(SharedLoop unchanged, readUnchanged(file, stop));
    Clip clip;
    if (unchanged && unchanged->format.width <= subLimit.width) {
        clip.main = unchanged;
        clip.sub = std::move(unchanged);
    } else {
        TRY_ASSIGN(clip, transcode(file, std::move(unchanged), stop));
    }
    clip.name = file.stem().string();
    return clip;
}

base::Result<std::vector<std::filesystem::path>> findFiles(const std::filesystem::path& folder) {
    std::error_code error;
    std::vector<std::filesystem::path> files;
    for (auto entry =
             std::filesystem::recursive_directory_iterator{
                 folder, std::filesystem::directory_options::skip_permission_denied, error};
         !error && entry != std::filesystem::recursive_directory_iterator{}; entry.increment(error)) {
        if (entry->is_regular_file(error) && !entry->path().filename().string().starts_with('.')) {
            files.push_back(entry->path());
        }
    }
    if (error) {
        return base::fail(base::errorFromErrno(error.value(), "read the folder " + folder.string()));
    }
    std::ranges::sort(files);
    return files;
}

}  // namespace leedswatch::simulator
