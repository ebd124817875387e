#include "video/segment_writer.h"

#include "base/local_time.h"
#include "video/ffmpeg_codec.h"
#include "video/ffmpeg_error.h"
#include "video/ffmpeg_handles.h"
#include "video/sound_track.h"

extern "C" {
#include <libavutil/opt.h>
}

#include <algorithm>
#include <optional>

namespace leedswatch::video {
namespace {

struct MemoryCloser {
    void operator()(AVIOContext* memory) const {
        std::uint8_t* data = nullptr;
        avio_close_dyn_buf(memory, &data);
        av_free(data);
    }
};

std::span<const SoundPacket> lateSoundOf(const Gop& gop) {
    const auto end =
        std::ranges::find_if(gop.sound, [&](const SoundPacket& one) { return one.time >= gop.packets.front().time; });
    return {gop.sound.begin(), end};
}

class Mp4SegmentWriter final : public SegmentWriter {
public:
    explicit Mp4SegmentWriter(std::unique_ptr<ArchiveFile> file) : m_file{std::move(file)} {}

    base::Result<void> start(const Packet& first, std::shared_ptr<const SoundFormat> sound, base::UtcTime begin) {
        m_contents.firstMediaTime = first.time;
        const char* kind = SoundTrack::muxerFor(sound.get());
        AVFormatContext* context = nullptr;
        if (const int answer = avformat_alloc_output_context2(&context, nullptr, kind, nullptr); answer < 0) {
            return base::fail(errorFromFfmpeg(answer, "make an MP4 file"));
        }
        m_muxer.reset(context);
        TRY(beginPart());
        m_muxer->flags |= AVFMT_FLAG_CUSTOM_IO | AVFMT_FLAG_BITEXACT;
        av_dict_set(&m_muxer->metadata, "creation_time", base::formatUtc(begin).c_str(), 0);
        describeStream(*first.format);
        if (sound) {
            m_sound.emplace(*m_muxer, std::move(sound));
        }
        AVDictionary* options = nullptr;
        // No trailer: a file that was cut short is no different from one that was ended.
        av_dict_set(&options, "movflags", "empty_moov+default_base_moof+frag_custom+skip_trailer", 0);
        av_dict_set(&options, "avoid_negative_ts", "disabled", 0);
        if (m_sound) {
            // With one, frag_discont would shift reordered pictures once more by their delay.
            av_dict_set(&options, "use_editlist", "0", 0);
        }
        const int answer = avformat_write_header(m_muxer.get(), &options);
        av_dict_free(&options);
        TRY(check(answer, "write the head of an MP4 file"));
        m_packet.reset(av_packet_alloc());
        return finishPart();
    }

    base::Result<void> write(const Gop& gop) override {
        if (m_error) {
            return base::fail(*m_error);
        }
        TRY(beginFragment());
        arrange(gop);
        for (const Sample& sample : m_samples) {
            TRY(writeSample(gop, sample));
        }
        // What is heard before a file's first picture is the file's before it.
        const std::span<const SoundPacket> heard = gop.sound;
        writeSound(m_contents.frames == 0 ? heard.subspan(lateSoundOf(gop).size()) : heard);
        TRY(finishFragment());
        m_contents.frames += static_cast<std::int64_t>(m_samples.size());
        m_contents.lastMediaTime = m_decodingTimes.back();
        return {};
    }

    base::Result<void> writeLateSound(const Gop& next) override {
        const auto late = lateSoundOf(next);
        if (m_error || !m_sound || m_contents.frames == 0 || late.empty()) {
            return {};
        }
        TRY(beginFragment());
        writeSound(late);
        return finishFragment();
    }

    const SoundFormat* soundFormat() const override { return m_sound ? m_sound->format().get() : nullptr; }
    const SegmentContents& contents() const override { return m_contents; }
    std::unique_ptr<ArchiveFile> release() override { return std::move(m_file); }

private:
    // The muxer goes back and puts sizes into what it has written, and a file is only ever written forwards: so each
    // part is made in memory first.
    base::Result<void> beginPart() {
        AVIOContext* memory = nullptr;
        TRY(check(avio_open_dyn_buf(&memory), "make a part of an MP4 file"));
        m_part.reset(memory);
        m_muxer->pb = memory;
        return {};
    }

    // Where pictures are shown later by a delay, so is what is heard.
    void writeSound(std::span<const SoundPacket> sound) {
        if (m_sound) {
            m_sound->write(*m_muxer, sound, m_zero - m_delay);
        }
    }

    // Else the muxer lets a fragment's sound begin where the one before ended, whatever hole is between them.
    base::Result<void> beginFragment() {
        if (m_sound) {
            av_opt_set(m_muxer->priv_data, "movflags", "+frag_discont", 0);
        }
        return beginPart();
    }

    base::Result<void> finishFragment() {
        TRY(check(av_write_frame(m_muxer.get(), nullptr), "write a fragment"));
        return finishPart();
    }

    void describeStream(const StreamFormat& format) {
        m_stream = avformat_new_stream(m_muxer.get(), nullptr);
        m_stream->time_base = {1, kMediaTicksPerSecond};
        describeTo(*m_stream->codecpar, format);
    }

    /// A picture of a file, in its units.
    struct Sample {
        std::size_t first = 0;  // packet of the GOP
        std::size_t packets = 1;
        std::int64_t shown = 0;
        std::int64_t decoded = 0;
        std::int64_t duration = 0;
    };

    // Pictures are shown in the order of their times and decoded in the order that they came in. The two differ only in
    // a stream that reorders pictures; then all are shown later by the delay that the first GOP needs.
    void arrange(const Gop& gop) {
        m_samples.clear();
        m_decodingTimes.clear();
        for (std::size_t i = 0; i < gop.packets.size(); ++i) {
            if (gop.packets[i].isSecondField && !m_samples.empty()) {
                ++m_samples.back().packets;
                continue;
            }
            m_samples.push_back({.first = i, .shown = gop.packets[i].time});
            m_decodingTimes.push_back(gop.packets[i].time);
        }
        std::ranges::sort(m_decodingTimes);
        if (m_contents.frames == 0) {
            m_zero = m_decodingTimes.front();
            for (std::size_t i = 0; i < m_samples.size(); ++i) {
                m_delay = std::max(m_delay, m_decodingTimes[i] - m_samples[i].shown);
            }
        }
        giveTimes(gop.endTime);
    }

    // The times of showing are the camera's. Those of decoding are ours: the same times in the order of decoding, but
    // nearer to one another where a later GOP reorders more than the first one did. The muxer takes no picture that
    // would be decoded before the one in front of it has lasted as long as was said.
    void giveTimes(std::int64_t endTime) {
        std::int64_t limit = INT64_MAX;
        for (std::size_t i = m_samples.size(); i-- > 0;) {
            m_reorders = m_reorders || m_samples[i].shown != m_decodingTimes[i];
            m_samples[i].shown += m_delay - m_zero;
            limit = std::min(limit - 1, m_samples[i].shown);
            m_samples[i].decoded = std::min(m_decodingTimes[i] - m_zero, limit);
        }
        for (Sample& sample : m_samples) {
            sample.decoded = std::max(sample.decoded, m_nextDecoded);
            sample.shown = std::max(sample.shown, sample.decoded);
            m_nextDecoded = sample.decoded + 1;
        }
        for (std::size_t i = 0; i + 1 < m_samples.size(); ++i) {
            m_samples[i].duration = m_samples[i + 1].decoded - m_samples[i].decoded;
        }
        Sample& last = m_samples.back();
        const std::int64_t left = std::max<std::int64_t>(endTime - m_zero - last.decoded, 1);
        // Pictures of the next GOP may be shown before its key frame: the last one here must not reach up to that.
        const bool isCutShort = m_reorders && m_samples.size() > 1;
        last.duration = isCutShort ? std::min(left, m_samples[m_samples.size() - 2].duration) : left;
        m_nextDecoded = last.decoded + last.duration;
    }

    base::Result<void> writeSample(const Gop& gop, const Sample& sample) {
        const Packet& packet = gop.packets[sample.first];
        const std::vector<std::byte>* bytes = packet.bytes.get();
        if (sample.packets > 1) {
            m_joined.clear();
            for (std::size_t i = 0; i < sample.packets; ++i) {
                const auto& field = *gop.packets[sample.first + i].bytes;
                m_joined.insert(m_joined.end(), field.begin(), field.end());
            }
            bytes = &m_joined;
        }
        // The muxer copies what it is given; the bytes stay ours and are not changed.
        m_packet->data = reinterpret_cast<std::uint8_t*>(const_cast<std::byte*>(bytes->data()));
        m_packet->size = static_cast<int>(bytes->size());
        m_packet->pts = sample.shown;
        m_packet->dts = sample.decoded;
        m_packet->duration = sample.duration;
        m_packet->flags = packet.isKey ? AV_PKT_FLAG_KEY : 0;
        m_packet->stream_index = 0;
        const int answer = av_write_frame(m_muxer.get(), m_packet.get());
        av_packet_unref(m_packet.get());
        return check(answer, "write a picture");
    }

    // The end of the head or of a fragment: once it is with the operating system, the file is whole as it is.
    base::Result<void> finishPart() {
        std::uint8_t* data = nullptr;
        const int size = avio_close_dyn_buf(m_part.release(), &data);
        m_muxer->pb = nullptr;
        const std::unique_ptr<std::uint8_t, FfmpegDeleter> owner{data};
        const auto bytes = std::as_bytes(std::span{data, static_cast<std::size_t>(std::max(size, 0))});
        if (auto written = m_file->write(bytes); !written) {
            m_error = written.error();
            return written;
        }
        m_hash.add(bytes);
        m_contents.bytes += bytes.size();
        m_contents.sha256 = m_hash.digest();
        return {};
    }

    base::Result<void> check(int answer, std::string_view what) {
        if (answer < 0 && !m_error) {
            m_error = errorFromFfmpeg(answer, what);
            m_error->code = base::ErrorCode::Internal;
        }
        if (m_error) {
            return base::fail(*m_error);
        }
        return {};
    }

    std::unique_ptr<ArchiveFile> m_file;
    std::optional<base::Error> m_error;
    base::Sha256 m_hash;
    SegmentContents m_contents;
    std::int64_t m_nextDecoded = 0;
    bool m_reorders = false;
    std::int64_t m_delay = 0;
    std::int64_t m_zero = 0;  // the media time that the file's times count from
    std::vector<Sample> m_samples;
    std::vector<std::int64_t> m_decodingTimes;
    std::vector<std::byte> m_joined;
    OutputHandle m_muxer;
    std::unique_ptr<AVIOContext, MemoryCloser> m_part;
    AVStream* m_stream = nullptr;
    PacketHandle m_packet;
    std::optional<SoundTrack> m_sound;
};

}  // namespace

base::Result<std::unique_ptr<SegmentWriter>> SegmentWriter::create(std::unique_ptr<ArchiveFile> file, const Gop& first,
                                                                   std::shared_ptr<const SoundFormat> sound,
                                                                   base::UtcTime begin) {
    quietFfmpeg();
    auto writer = std::make_unique<Mp4SegmentWriter>(std::move(file));
    TRY(writer->start(first.packets.front(), std::move(sound), begin));
    return writer;
}

}  // namespace leedswatch::video
