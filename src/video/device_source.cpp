#include "video/device_source.h"

#include "video/ffmpeg_codec.h"
#include "video/ffmpeg_error.h"
#include "video/libav_input.h"

extern "C" {
#include <libavdevice/avdevice.h>
}

#include <algorithm>
#include <cerrno>
#include <condition_variable>
#include <mutex>

namespace leedswatch::video {
namespace {

constexpr std::chrono::milliseconds kSilence{3'000};
// A device is asked and never waited for: its driver's wait cannot be interrupted.
constexpr std::chrono::milliseconds kDeviceNap{5};

/// Of raw video, or another coding of single pictures that this FFmpeg decodes.
CodecContextHandle openDecoder(const AVStream& stream) {
    const AVCodec* codec = avcodec_find_decoder(stream.codecpar->codec_id);
    CodecContextHandle decoder{codec == nullptr ? nullptr : avcodec_alloc_context3(codec)};
    if (!decoder || avcodec_parameters_to_context(decoder.get(), stream.codecpar) < 0) {
        return nullptr;
    }
    decoder->thread_count = 1;
    return avcodec_open2(decoder.get(), codec, nullptr) < 0 ? nullptr : std::move(decoder);
}

class LibavDevice final : public DeviceSource {
public:
    LibavDevice(std::string path, const base::Clock& clock, std::stop_token stop)
        : m_path{std::move(path)}, m_patience{clock, std::move(stop)} {}

    base::Result<void> begin(const SourceSettings& settings) {
        quietFfmpeg();
        avdevice_register_all();
        m_patience.renew(kSilence);
        const AVInputFormat* kind = av_find_input_format(settings.deviceFormat.c_str());
        if (kind == nullptr) {
            return base::fail(base::ErrorCode::Unsupported,
                              "this FFmpeg knows no devices of the kind " + settings.deviceFormat);
        }
        AVFormatContext* context = avformat_alloc_context();
        context->interrupt_callback = m_patience.callback();
        context->flags |= AVFMT_FLAG_NONBLOCK;
        AVDictionary* options = nullptr;
        for (const auto& [name, value] : settings.deviceOptions) {
            av_dict_set(&options, name.c_str(), value.c_str(), 0);
        }
        const int answer = avformat_open_input(&context, m_path.c_str(), kind, &options);
        av_dict_free(&options);
        if (answer < 0) {
            return base::fail(openError(answer));
        }
        m_input.reset(context);
        m_packet.reset(av_packet_alloc());
        return chooseStream(settings.pictureEncoder);
    }

    base::Result<Packet> read() override {
        m_patience.renew(kSilence);
        while (true) {
            if (!m_encoder || !m_encoder->take(*m_packet)) {
                TRY(readOne());
            }
            if (m_encoder && m_packet->time_base.num == 0) {
                TRY(encode());
                continue;
            }
            Packet packet = m_packet->size > 0 ? m_track->convert(*m_packet, m_patience.clock()) : Packet{};
            av_packet_unref(m_packet.get());
            if (packet.bytes) {
                return packet;
            }
        }
    }

    SourceReport report() const override { return {"device", std::nullopt, m_track->mended(), std::nullopt}; }

private:
    base::Result<void> chooseStream(const MakePictureEncoder& makeEncoder) {
        for (unsigned i = 0; i < m_input->nb_streams; ++i) {
            AVStream& stream = *m_input->streams[i];
            const bool isVideo = stream.codecpar->codec_type == AVMEDIA_TYPE_VIDEO;
            if (isVideo && !codecFromFfmpeg(stream.codecpar->codec_id) && !m_encoder) {
                m_decoder = makeEncoder ? openDecoder(stream) : nullptr;
                if (!m_decoder) {
                    return base::fail(base::ErrorCode::Unsupported, m_path + ": its pictures (" +
                                                                        avcodec_get_name(stream.codecpar->codec_id) +
                                                                        ") cannot be encoded here");
                }
                m_encoder = makeEncoder();
                m_picture.reset(av_frame_alloc());
                // From here on the stream is what the encoder makes of it.
                stream.codecpar->codec_id = AV_CODEC_ID_H264;
                stream.codecpar->extradata_size = 0;
            }
        }
        TRY_ASSIGN(auto track, VideoTrack::choose(*m_input, m_path, "set the device to another format"));
        m_track.emplace(std::move(track));
        return {};
    }

    base::Result<void> encode() {
        const std::int64_t time = m_packet->pts != AV_NOPTS_VALUE ? m_packet->pts : m_packet->dts;
        const int sent = avcodec_send_packet(m_decoder.get(), m_packet.get());
        av_packet_unref(m_packet.get());
        if (sent < 0 || avcodec_receive_frame(m_decoder.get(), m_picture.get()) < 0) {
            return {};  // half a picture, as a device gives when a cable moves
        }
        m_picture->pts = time;
        const auto put = m_encoder->put(*m_picture, m_track->stream().time_base);
        av_frame_unref(m_picture.get());
        if (!put) {
            return base::fail(put.error().code, m_path + ": " + put.error().message);
        }
        return {};
    }

    base::Result<void> readOne() {
        while (true) {
            const int answer = av_read_frame(m_input.get(), m_packet.get());
            if (m_patience.isStopped()) {
                return base::fail(base::ErrorCode::Cancelled, "reading from " + m_path + " was stopped");
            }
            if (answer >= 0 && m_packet->stream_index == m_track->stream().index) {
                return {};
            }
            av_packet_unref(m_packet.get());
            if (answer < 0 && answer != AVERROR(EAGAIN)) {
                return base::fail(base::ErrorCode::Disconnected,
                                  m_path + " gives no more pictures; check whether it is still plugged in");
            }
            if (m_patience.isOver()) {
                return base::fail(base::ErrorCode::TimedOut, m_path + " gave no picture for " + inSeconds(kSilence) +
                                                                 "; check the cable of its camera");
            }
            std::mutex mutex;
            std::unique_lock lock{mutex};
            std::condition_variable_any nap;
            nap.wait_for(lock, m_patience.stopToken(), kDeviceNap, [] { return false; });
        }
    }

    base::Error openError(int answer) const {
        switch (answer) {
            case AVERROR(ENOENT):
            case AVERROR(ENODEV):
            case AVERROR(ENXIO):
                return {base::ErrorCode::NotFound,
                        "there is no device " + m_path + "; plug it in, or correct its name"};
            case AVERROR(EACCES):
            case AVERROR(EPERM):
                return {base::ErrorCode::NotFound,
                        "the station may not open " + m_path + "; put its user into the group 'video'"};
            case AVERROR(EBUSY): return {base::ErrorCode::Busy, m_path + " is used by another program; close that one"};
            default: break;
        }
        return {base::ErrorCode::Unsupported,
                errorFromFfmpeg(answer, "open the device " + m_path).message + "; is it a capture device?"};
    }

    const std::string m_path;
    // One thread only.
    Patience m_patience;
    InputHandle m_input;
    PacketHandle m_packet;
    // Only of a device that gives raw pictures.
    CodecContextHandle m_decoder;
    FrameHandle m_picture;
    std::unique_ptr<PictureEncoder> m_encoder;
    std::optional<VideoTrack> m_track;
};

}  // namespace

base::Result<std::unique_ptr<DeviceSource>> DeviceSource::open(const std::string& path, const SourceSettings& settings,
                                                               const base::Clock& clock, std::stop_token stop) {
    auto source = std::make_unique<LibavDevice>(path, clock, std::move(stop));
    TRY(source->begin(settings));
    return source;
}

}  // namespace leedswatch::video
