#include "video/segment_writer.h"

#include "base/local_time.h"
#include "video/ffmpeg_error.h"
#include "video/ffmpeg_handles.h"

#include <algorithm>
#include <cstring>
#include <optional>

namespace leedswatch::video {
namespace {

constexpr int kIoBuffer = 8 << 10;

class Mp4SegmentWriter final : public SegmentWriter {
public:
    explicit Mp4SegmentWriter(std::unique_ptr<ArchiveFile> file) : m_file{std::move(file)} {}

    base::Result<void> start(const StreamFormat& format, std::int64_t firstMediaTime, base::UtcTime begin) {
        m_contents.firstMediaTime = firstMediaTime;
        auto* buffer = static_cast<unsigned char*>(av_malloc(kIoBuffer));
        m_io.reset(avio_alloc_context(buffer, kIoBuffer, 1, this, nullptr, &Mp4SegmentWriter::writeBytes, nullptr));
        m_io->seekable = 0;
        m_io->direct = 1;  // a fragment's pictures go from the muxer's buffer to the file without one more copy
        AVFormatContext* context = nullptr;
        if (const int answer = avformat_alloc_output_context2(&context, nullptr, "mp4", nullptr); answer < 0) {
            return base::fail(errorFromFfmpeg(answer, "make an MP4 file"));
        }
        m_muxer.reset(context);
        m_muxer->pb = m_io.get();
        m_muxer->flags |= AVFMT_FLAG_CUSTOM_IO | AVFMT_FLAG_BITEXACT;
        av_dict_set(&m_muxer->metadata, "creation_time", base::formatUtc(begin).c_str(), 0);
        describeStream(format);
        AVDictionary* options = nullptr;
        // No trailer: a file that was cut short is no different from one that was ended.
        av_dict_set(&options, "movflags", "empty_moov+default_base_moof+frag_custom+skip_trailer+negative_cts_offsets",
                    0);
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
        for (std::size_t i = 0; i < gop.packets.size(); ++i) {
            const std::int64_t next = i + 1 < gop.packets.size() ? gop.packets[i + 1].time : gop.endTime;
            TRY(writePacket(gop.packets[i], next));
        }
        TRY(check(av_write_frame(m_muxer.get(), nullptr), "write a fragment"));
        TRY(finishPart());
        m_contents.frames += static_cast<std::int64_t>(gop.packets.size());
        m_contents.lastMediaTime = gop.packets.back().time;
        return {};
    }

    const SegmentContents& contents() const override { return m_contents; }
    std::unique_ptr<ArchiveFile> release() override { return std::move(m_file); }

private:
    static int writeBytes(void* self, std::uint8_t* data, int size) {
        auto& writer = *static_cast<Mp4SegmentWriter*>(self);
        const auto bytes = std::as_bytes(std::span{data, static_cast<std::size_t>(size)});
        if (!writer.m_error) {
            if (auto written = writer.m_file->write(bytes); !written) {
                writer.m_error = std::move(written).error();
            }
        }
        if (writer.m_error) {
            return AVERROR(EIO);
        }
        writer.m_hash.add(bytes);
        writer.m_written += bytes.size();
        return size;
    }

    void describeStream(const StreamFormat& format) {
        m_stream = avformat_new_stream(m_muxer.get(), nullptr);
        m_stream->time_base = {1, kMediaTicksPerSecond};
        AVCodecParameters* parameters = m_stream->codecpar;
        parameters->codec_type = AVMEDIA_TYPE_VIDEO;
        parameters->codec_id = AV_CODEC_ID_H264;
        parameters->width = format.width;
        parameters->height = format.height;
        const std::size_t size = format.avcRecord.size();
        parameters->extradata = static_cast<std::uint8_t*>(av_mallocz(size + AV_INPUT_BUFFER_PADDING_SIZE));
        std::memcpy(parameters->extradata, format.avcRecord.data(), size);
        parameters->extradata_size = static_cast<int>(size);
    }

    base::Result<void> writePacket(const Packet& packet, std::int64_t next) {
        const std::int64_t shown = packet.time - m_contents.firstMediaTime;
        // Decoding times must grow. They are the presentation times, but for a stream that reorders pictures.
        const std::int64_t decoded = m_lastDecoded ? std::max(*m_lastDecoded + 1, shown) : shown;
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

    // The end of the head or of a fragment: everything is with the operating system, and what the file now is, is
    // whole.
    base::Result<void> finishPart() {
        avio_flush(m_io.get());
        TRY(check(m_io->error, "write a fragment"));
        m_contents.bytes = m_written;
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
    std::uint64_t m_written = 0;
    SegmentContents m_contents;
    std::optional<std::int64_t> m_lastDecoded;
    IoHandle m_io;
    OutputHandle m_muxer;
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
