#include "video/segment_writer.h"

#include "base/local_time.h"
#include "video/ffmpeg_codec.h"
#include "video/ffmpeg_error.h"
#include "video/ffmpeg_handles.h"

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

class Mp4SegmentWriter final : public SegmentWriter {
public:
    explicit Mp4SegmentWriter(std::unique_ptr<ArchiveFile> file) : m_file{std::move(file)} {}

    base::Result<void> start(const StreamFormat& format, std::int64_t firstMediaTime, base::UtcTime begin) {
        m_contents.firstMediaTime = firstMediaTime;
        AVFormatContext* context = nullptr;
        if (const int answer = avformat_alloc_output_context2(&context, nullptr, "mp4", nullptr); answer < 0) {
            return base::fail(errorFromFfmpeg(answer, "make an MP4 file"));
        }
        m_muxer.reset(context);
        TRY(beginPart());
        m_muxer->flags |= AVFMT_FLAG_CUSTOM_IO | AVFMT_FLAG_BITEXACT;
        av_dict_set(&m_muxer->metadata, "creation_time", base::formatUtc(begin).c_str(), 0);
        describeStream(format);
        AVDictionary* options = nullptr;
        // No trailer: a file that was cut short is no different from one that was ended.
        av_dict_set(&options, "movflags", "empty_moov+default_base_moof+frag_custom+skip_trailer", 0);
        av_dict_set(&options, "avoid_negative_ts", "disabled", 0);
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
        TRY(beginPart());
        TRY(writePackets(gop));
        TRY(check(av_write_frame(m_muxer.get(), nullptr), "write a fragment"));
        TRY(finishPart());
        m_contents.frames += static_cast<std::int64_t>(gop.packets.size());
        m_contents.lastMediaTime = gop.packets.back().time;
        return {};
    }

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

    void describeStream(const StreamFormat& format) {
        m_stream = avformat_new_stream(m_muxer.get(), nullptr);
        m_stream->time_base = {1, kMediaTicksPerSecond};
        describeTo(*m_stream->codecpar, format);
    }

    base::Result<void> writePackets(const Gop& gop) {
        m_decodingTimes.clear();
        for (const Packet& packet : gop.packets) {
            m_decodingTimes.push_back(packet.time - m_contents.firstMediaTime);
        }
        std::ranges::sort(m_decodingTimes);
        if (m_contents.frames == 0) {
            for (std::size_t i = 0; i < gop.packets.size(); ++i) {
                m_delay = std::max(m_delay, m_decodingTimes[i] - (gop.packets[i].time - m_contents.firstMediaTime));
            }
        }
        for (std::size_t i = 0; i < gop.packets.size(); ++i) {
            const std::int64_t next = i + 1 < gop.packets.size() ? gop.packets[i + 1].time : gop.endTime;
            TRY(writePacket(gop.packets[i], m_decodingTimes[i], next));
        }
        return {};
    }

    // Pictures are shown in the order of their times and decoded in the order that they came in. The two differ only in
    // a stream that reorders pictures; then all are shown later by the delay that the first GOP needs.
    base::Result<void> writePacket(const Packet& packet, std::int64_t decodingTime, std::int64_t next) {
        const std::int64_t decoded = std::max(decodingTime, m_lastDecoded + 1);
        const std::int64_t shown = std::max(packet.time - m_contents.firstMediaTime + m_delay, decoded);
        m_lastDecoded = decoded;
        // The muxer copies what it is given; the bytes stay ours and are not changed.
        m_packet->data = reinterpret_cast<std::uint8_t*>(const_cast<std::byte*>(packet.bytes->data()));
        m_packet->size = static_cast<int>(packet.bytes->size());
        m_packet->pts = shown;
        m_packet->dts = decoded;
        m_packet->duration = std::max<std::int64_t>(next - packet.time, 1);
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
    std::int64_t m_lastDecoded = -1;
    std::int64_t m_delay = 0;
    std::vector<std::int64_t> m_decodingTimes;
    OutputHandle m_muxer;
    std::unique_ptr<AVIOContext, MemoryCloser> m_part;
    AVStream* m_stream = nullptr;
    PacketHandle m_packet;
};

}  // namespace

base::Result<std::unique_ptr<SegmentWriter>> SegmentWriter::create(std::unique_ptr<ArchiveFile> file, const Gop& first,
                                                                   base::UtcTime begin) {
    quietFfmpeg();
    auto writer = std::make_unique<Mp4SegmentWriter>(std::move(file));
    TRY(writer->start(*first.packets.front().format, first.packets.front().time, begin));
    return writer;
}

}  // namespace leedswatch::video
