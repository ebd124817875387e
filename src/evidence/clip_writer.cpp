#include "evidence/clip_writer.h"

#include "base/local_time.h"
#include "video/ffmpeg_error.h"
#include "video/mp4_boxes.h"

#include <unistd.h>

#include <algorithm>
#include <array>

namespace leedswatch::evidence {
namespace {

constexpr int ioBlock = 1 << 20;
constexpr AVRational mediaClock{1, 90'000};

}  // namespace

base::Result<std::unique_ptr<ClipWriter>> ClipWriter::create(const std::filesystem::path& path, ClipStorage& storage,
                                                             const video::SegmentFile& first, std::size_t firstShown,
                                                             base::UtcTime firstShownTime) {
    video::quietFfmpeg();
    TRY_ASSIGN(auto file, base::File::create(path));
    std::unique_ptr<ClipWriter> writer{new ClipWriter{std::move(file), storage}};
    writer->beginPart(first, base::Microseconds{0});
    writer->m_origin = writer->outputTime(first.pictures()[first.shown()[firstShown]].pts);
    TRY(writer->writeHeader(first, firstShownTime));
    return writer;
}

ClipWriter::~ClipWriter() = default;

int ClipWriter::writeBlock(void* opaque, std::uint8_t* bytes, int count) {
    auto& writer = *static_cast<ClipWriter*>(opaque);
    const auto block = std::as_bytes(std::span{bytes, static_cast<std::size_t>(count)});
    if (auto written = writer.m_storage.write(writer.m_file, block); !written) {
        writer.m_writeError = std::move(written).error();
        return AVERROR(EIO);
    }
    return count;
}

std::int64_t ClipWriter::seek(void* opaque, std::int64_t offset, int whence) {
    const auto& writer = *static_cast<ClipWriter*>(opaque);
    if ((whence & AVSEEK_SIZE) != 0) {
        const auto size = writer.m_file.size();
        return size ? static_cast<std::int64_t>(*size) : AVERROR(EIO);
    }
    const off_t position = ::lseek(writer.m_file.descriptor(), offset, whence & 3);
    return position < 0 ? AVERROR(errno) : position;
}

base::Error ClipWriter::errorOf(int answer) const {
    return m_writeError ? *m_writeError : video::errorFromFfmpeg(answer, "write " + m_file.path().filename().string());
}

base::Result<void> ClipWriter::writeHeader(const video::SegmentFile& first, base::UtcTime firstShownTime) {
    m_io.reset(avio_alloc_context(static_cast<unsigned char*>(av_malloc(ioBlock)), ioBlock, 1, this, nullptr,
                                  writeBlock, seek));
    AVFormatContext* output = nullptr;
    avformat_alloc_output_context2(&output, nullptr, "mp4", nullptr);
    m_output.reset(output);
    output->pb = m_io.get();
    output->avoid_negative_ts = 0;  // the negative times are what the edit list is made of
    AVStream* stream = avformat_new_stream(output, nullptr);
    avcodec_parameters_copy(stream->codecpar, &first.parameters());
    stream->codecpar->codec_tag = 0;
    stream->time_base = mediaClock;
    av_dict_set(&output->metadata, "creation_time", base::formatUtc(firstShownTime).c_str(), 0);
    AVDictionary* options = nullptr;
    av_dict_set(&options, "movie_timescale", "90000", 0);  // so that the edit list is not rounded to milliseconds
    av_dict_set(&options, "use_editlist", "1", 0);
    const int answer = avformat_write_header(output, &options);
    av_dict_free(&options);
    if (answer < 0) {
        return base::fail(errorOf(answer));
    }
    return {};
}

void ClipWriter::beginPart(const video::SegmentFile& file, base::Microseconds start) {
    m_part = &file;
    m_partZero = file.pictures()[file.shown()[0]].pts;
    m_partStart = av_rescale_q(start.count(), AVRational{1, 1'000'000}, mediaClock);
}

std::int64_t ClipWriter::outputTime(std::int64_t mediaTime) const {
    return m_partStart + m_part->toMedia90k(mediaTime - m_partZero) - m_origin;
}

base::Result<void> ClipWriter::add(video::PacketHandle packet) {
    const std::int64_t pts = outputTime(packet->pts);
    // Where two files meet the clocks may disagree by a hair; the order of decoding must not.
    const std::int64_t dts =
        m_lastDts == INT64_MIN ? outputTime(packet->dts) : std::max(outputTime(packet->dts), m_lastDts + 1);
    packet->pts = std::max(pts, dts);
    packet->dts = dts;
    packet->duration = m_part->toMedia90k(packet->duration);
    packet->stream_index = 0;
    packet->time_base = mediaClock;
    m_lastDts = dts;
    m_lastEnd = std::max(m_lastEnd, packet->pts + packet->duration);
    const int answer = av_write_frame(m_output.get(), packet.get());
    if (answer < 0 || m_writeError) {
        return base::fail(errorOf(answer));
    }
    return {};
}

base::Result<void> ClipWriter::finish(std::int64_t shownLength) {
    const int answer = av_write_trailer(m_output.get());
    avio_flush(m_io.get());
    if (answer < 0 || m_writeError || m_io->error < 0) {
        return base::fail(errorOf(answer));
    }
    if (shownLength < m_lastEnd) {
        TRY(trimEditList(m_file, shownLength));
    }
    return m_file.sync();
}

base::Result<void> trimEditList(base::File& file, std::int64_t shownLength) {
    const auto damaged = [&] {
        return base::fail(base::ErrorCode::Internal, "there is no edit list in " + file.path().filename().string());
    };
    TRY_ASSIGN(auto reading, base::File::openForReading(file.path()));
    const auto read = video::readerOf(reading.descriptor());
    TRY_ASSIGN(const std::uint64_t size, reading.size());
    video::Mp4Box inside{0, 0, 0, size};
    for (const std::uint32_t type :
         {video::boxType("moov"), video::boxType("trak"), video::boxType("edts"), video::boxType("elst")}) {
        TRY_ASSIGN(const auto boxes, video::boxesWithin(read, inside.payload(), inside.end()));
        const auto found = std::ranges::find(boxes, type, &video::Mp4Box::type);
        if (found == boxes.end()) {
            return damaged();
        }
        inside = *found;
    }
    std::array<std::byte, 8> head{};
    TRY(read(inside.payload(), head));
    const bool wide = head[0] == std::byte{1};
    const std::size_t width = wide ? 8 : 4;
    // The muxer writes one entry; it may put an empty one before it if the pictures begin late, and ours begin at 0.
    if (head[7] != std::byte{1}) {
        return damaged();
    }
    std::array<std::byte, 8> bytes{};
    for (std::size_t i = 0; i < width; ++i) {
        bytes[i] = static_cast<std::byte>((shownLength >> (8 * (width - 1 - i))) & 0xff);
    }
    if (::pwrite(file.descriptor(), bytes.data(), width, static_cast<off_t>(inside.payload() + 8)) !=
        static_cast<ssize_t>(width)) {
        return base::fail(base::errorFromErrno(errno, "write " + file.path().string()));
    }
    return {};
}

}  // namespace leedswatch::evidence
