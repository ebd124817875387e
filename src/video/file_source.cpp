#include "video/file_source.h"

#include "video/ffmpeg_error.h"
#include "video/file_sound.h"
#include "video/libav_input.h"

extern "C" {
#include <libavcodec/bsf.h>
}

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <condition_variable>
#include <mutex>

namespace leedswatch::video {
namespace {

constexpr std::chrono::seconds kOpening{10};
// Between looks at the clock, which a test may hold still.
constexpr std::chrono::milliseconds kNap{20};
// A hole in a file is not waited for.
constexpr std::int64_t kLongestPause = 2 * kMediaTicksPerSecond;
// Lists of other files and addresses are formats to libavformat too: none of them is here.
constexpr const char* kFormats =
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,mpegvideo,h264,hevc,m4v,mjpeg,flv,asf,ogg";

struct FilterFree {
    void operator()(AVBSFContext* filter) const { av_bsf_free(&filter); }
};
using FilterHandle = std::unique_ptr<AVBSFContext, FilterFree>;

/// The filter that makes start codes out of a file's lengths; a pass-through for what needs none.
const char* filterFor(AVCodecID codec) {
    switch (codec) {
        case AV_CODEC_ID_H264: return "h264_mp4toannexb";
        case AV_CODEC_ID_HEVC: return "hevc_mp4toannexb";
        case AV_CODEC_ID_MPEG4: return "mpeg4_unpack_bframes";
        default: return "null";
    }
}

class LoopedFile final : public FileSource {
public:
    LoopedFile(std::string path, bool wantsSound, const base::Clock& clock, std::stop_token stop)
        : m_path{std::move(path)}, m_wantsSound{wantsSound}, m_patience{clock, std::move(stop)} {}

    base::Result<void> begin() {
        struct stat status {};
        if (::stat(m_path.c_str(), &status) != 0) {
            return base::fail(base::errorFromErrno(errno, "open the video file " + m_path));
        }
        if (!S_ISREG(status.st_mode)) {
            return base::fail(base::ErrorCode::InvalidInput, m_path + " is not a file; name a video file");
        }
        TRY(openInput());
        TRY_ASSIGN(auto track, VideoTrack::choose(*m_input, m_path, "convert it to H.264"));
        m_track.emplace(std::move(track));
        chooseSound();
        m_packet.reset(av_packet_alloc());
        m_due = m_patience.clock().steadyNow();
        return {};
    }

    base::Result<Packet> read() override {
        while (true) {
            TRY(next());
            const auto [time, due] = schedule(*m_packet);
            TRY(waitUntil(due));
            m_packet->pts = time;
            m_packet->dts = AV_NOPTS_VALUE;
            Packet packet = m_track->convert(*m_packet, m_patience.clock());
            av_packet_unref(m_packet.get());
            if (packet.bytes) {
                m_sound.picture(inTicks(time), packet.time);
                return packet;
            }
        }
    }

    std::vector<SoundPacket> takeSound() override { return m_sound.take(); }

    SourceReport report() const override {
        return {"file",
                std::nullopt,
                m_track->mended(),
                std::nullopt,
                std::string{m_sound.name()},
                std::string{m_sound.refusal()}};
    }

private:
    struct Schedule {
        std::int64_t time;  // in the stream's own unit
        base::SteadyTime due;
    };

    base::Result<void> openInput() {
        quietFfmpeg();
        m_patience.renew(kOpening);
        AVFormatContext* context = avformat_alloc_context();
        context->interrupt_callback = m_patience.callback();
        AVDictionary* options = nullptr;
        av_dict_set(&options, "protocol_whitelist", "file", 0);
        av_dict_set(&options, "format_whitelist", kFormats, 0);
        int answer = avformat_open_input(&context, ("file:" + m_path).c_str(), nullptr, &options);
        av_dict_free(&options);
        if (answer >= 0) {
            m_input.reset(context);
            answer = avformat_find_stream_info(context, nullptr);
        }
        return answer < 0 ? base::Result<void>{base::fail(openError(answer))} : openFilter();
    }

    base::Error openError(int answer) const {
        if (m_patience.isStopped()) {
            return {base::ErrorCode::Cancelled, "opening " + m_path + " was stopped"};
        }
        base::Error error = errorFromFfmpeg(answer, "open the video file " + m_path);
        if (error.code == base::ErrorCode::Damaged || error.code == base::ErrorCode::Internal) {
            error = {base::ErrorCode::Damaged, m_path + " is not a video file that can be shown; name another"};
        }
        return error;
    }

    base::Result<void> openFilter() {
        const int number = av_find_best_stream(m_input.get(), AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
        if (number < 0) {
            return {};  // the choice of the stream says so in its own words
        }
        const AVCodecParameters& parameters = *m_input->streams[number]->codecpar;
        AVBSFContext* filter = nullptr;
        int answer = av_bsf_alloc(av_bsf_get_by_name(filterFor(parameters.codec_id)), &filter);
        if (answer >= 0) {
            m_filter.reset(filter);
            answer = avcodec_parameters_copy(filter->par_in, &parameters);
            filter->time_base_in = m_input->streams[number]->time_base;
        }
        answer = answer < 0 ? answer : av_bsf_init(filter);
        return answer < 0 ? base::Result<void>{base::fail(openError(answer))} : base::Result<void>{};
    }

    /// The next packet of the stream, from the begin again after the end.
    base::Result<void> next() {
        bool hasRestarted = false;
        while (true) {
            if (av_bsf_receive_packet(m_filter.get(), m_packet.get()) == 0) {
                return {};
            }
            m_patience.renew(kOpening);
            const int answer = av_read_frame(m_input.get(), m_packet.get());
            if (m_patience.isStopped()) {
                return base::fail(base::ErrorCode::Cancelled, "showing " + m_path + " was stopped");
            }
            if (answer >= 0) {
                if (m_packet->stream_index == m_track->stream().index && m_packet->size > 0) {
                    hasRestarted = false;
                    av_bsf_send_packet(m_filter.get(), m_packet.get());
                } else if (m_firstTime) {
                    m_sound.add(*m_packet, inTicks(m_loopOffset), inTicks(*m_firstTime));
                }
                av_packet_unref(m_packet.get());
                continue;
            }
            if (std::exchange(hasRestarted, true)) {
                return base::fail(base::ErrorCode::Damaged, m_path + " holds no pictures; name another file");
            }
            TRY(restart());
        }
    }

    base::Result<void> restart() {
        TRY(openInput());
        TRY_ASSIGN(auto track, VideoTrack::choose(*m_input, m_path, "convert it to H.264"));
        m_track->followOn(std::move(track));
        chooseSound();
        m_loopOffset = m_latest + inUnit(kUsualFrame);
        m_lastDts.reset();
        m_firstTime.reset();
        return {};
    }

    void chooseSound() {
        if (m_wantsSound) {
            m_sound.choose(*m_input);
        }
    }

    std::int64_t inTicks(std::int64_t time) const {
        return av_rescale_q(time, m_track->stream().time_base, {1, kMediaTicksPerSecond});
    }

    std::int64_t inUnit(std::int64_t ticks) const {
        return std::max<std::int64_t>(1, av_rescale_q(ticks, {1, kMediaTicksPerSecond}, m_track->stream().time_base));
    }

    /// Where a packet stands on the loops' common time line, and when it is to be shown.
    Schedule schedule(const AVPacket& packet) {
        const auto& stream = m_track->stream();
        const std::int64_t frame = stream.avg_frame_rate.num > 0
                                       ? av_rescale_q(1, av_inv_q(stream.avg_frame_rate), stream.time_base)
                                       : inUnit(kUsualFrame);
        const std::int64_t order = packet.dts != AV_NOPTS_VALUE   ? packet.dts
                                   : packet.pts != AV_NOPTS_VALUE ? packet.pts
                                                                  : m_lastDts.value_or(0) + frame;
        const std::int64_t said = packet.pts != AV_NOPTS_VALUE ? packet.pts : order;
        m_firstTime = m_firstTime.value_or(order);
        const std::int64_t step = m_lastDts ? std::clamp<std::int64_t>(order - *m_lastDts, 0, inUnit(kLongestPause))
                                            : (m_loopOffset == 0 ? 0 : frame);
        m_lastDts = order;
        m_due += std::chrono::duration_cast<base::SteadyTime::duration>(
            base::Microseconds{av_rescale_q(step, stream.time_base, {1, 1'000'000})});
        const std::int64_t time = m_loopOffset + (said - *m_firstTime);
        m_latest = std::max(m_latest, time);
        return {time, m_due};
    }

    base::Result<void> waitUntil(base::SteadyTime due) {
        // Who was held up for long does not catch up at full speed.
        const auto now = m_patience.clock().steadyNow();
        if (now - due > std::chrono::seconds{2}) {
            m_due = now;
        }
        std::mutex mutex;
        std::condition_variable_any nap;
        std::unique_lock lock{mutex};
        while (!m_patience.isStopped()) {
            const auto left = due - m_patience.clock().steadyNow();
            if (left <= base::SteadyTime::duration::zero()) {
                return {};
            }
            nap.wait_for(lock, m_patience.stopToken(), std::min<base::SteadyTime::duration>(left, kNap),
                         [] { return false; });
        }
        return base::fail(base::ErrorCode::Cancelled, "showing " + m_path + " was stopped");
    }

    const std::string m_path;
    const bool m_wantsSound;
    // One thread only.
    Patience m_patience;
    InputHandle m_input;
    FilterHandle m_filter;
    PacketHandle m_packet;
    std::optional<VideoTrack> m_track;
    FileSound m_sound;
    base::SteadyTime m_due{};
    std::int64_t m_loopOffset = 0;
    std::int64_t m_latest = 0;
    std::optional<std::int64_t> m_firstTime;
    std::optional<std::int64_t> m_lastDts;
};

}  // namespace

base::Result<std::unique_ptr<FileSource>> FileSource::open(const std::string& path, bool wantsSound,
                                                           const base::Clock& clock, std::stop_token stop) {
    auto source = std::make_unique<LoopedFile>(path, wantsSound, clock, std::move(stop));
    TRY(source->begin());
    return source;
}

}  // namespace leedswatch::video
