#include "evidence/clip_writer.h"

#include "base/local_time.h"
#include "video/ffmpeg_codec.h"
#include "video/ffmpeg_error.h"
#include "video/mp4_boxes.h"
#include "video/sound_track.h"

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
    const video::SoundFormat* sound = first.sound().format().get();
    avformat_alloc_output_context2(&output, nullptr, video::SoundTrack::muxerFor(sound), nullptr);
    m_output.reset(output);
    output->pb = m_io.get();
    output->avoid_negative_ts = 0;  // the negative times are what the edit list is made of
    AVStream* stream = avformat_new_stream(output, nullptr);
    avcodec_parameters_copy(stream->codecpar, &first.parameters());
    stream->codecpar->codec_tag = 0;
    stream->time_base = mediaClock;
    if (sound != nullptr) {
        addSoundTrack(*sound);
    }
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

void ClipWriter::addSoundTrack(const video::SoundFormat& format) {
    m_output->flags &= ~AVFMT_FLAG_AUTO_BSF;
    AVStream* stream = avformat_new_stream(m_output.get(), nullptr);
    video::describeTo(*stream->codecpar, format);
    stream->time_base = {1, format.sampleRate};
    m_sound.emplace(format.sampleRate);
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

std::int64_t ClipWriter::heardTime(std::int64_t samples) const {
    const int rate = m_part->sound().format()->sampleRate;
    const std::int64_t zero = m_part->toMedia90k(m_partZero);
    return m_partStart + av_rescale(samples, mediaClock.den, rate) - zero - m_origin;
}

base::Result<bool> ClipWriter::addSound(video::PacketHandle packet) {
    const std::int64_t at = heardTime(packet->pts);
    const auto place = m_sound ? m_sound->place(at, packet->duration) : std::nullopt;
    if (!place) {
        return false;
    }
    m_soundEnd = at + av_rescale_q(packet->duration, packet->time_base, mediaClock);
    packet->pts = *place;
    packet->dts = *place;
    packet->stream_index = 1;
    const int answer = av_write_frame(m_output.get(), packet.get());
    if (m_writeError) {
        return base::fail(errorOf(answer));
    }
    return answer >= 0;
}

base::Result<void> ClipWriter::finish(std::int64_t shownLength) {
    const int answer = av_write_trailer(m_output.get());
    avio_flush(m_io.get());
    if (answer < 0 || m_writeError || m_io->error < 0) {
        return base::fail(errorOf(answer));
    }
    if (shownLength < std::max(m_lastEnd, m_soundEnd)) {
        TRY(trimEditLists(m_file, shownLength));
    }
    return m_file.sync();
}

namespace {

base::Error noEditList(const base::File& file) {
    return {base::ErrorCode::Internal, "there is no edit list in " + file.path().filename().string()};
}

/// The boxes of that type within a box.
base::Result<std::vector<video::Mp4Box>> boxesOfType(const video::ReadExactly& read, const video::Mp4Box& inside,
                                                     std::uint32_t type) {
    TRY_ASSIGN(auto boxes, video::boxesWithin(read, inside.payload(), inside.end()));
    std::erase_if(boxes, [type](const video::Mp4Box& box) { return box.type != type; });
    return boxes;
}

std::int64_t numberIn(std::span<const std::byte> bytes) {
    std::int64_t value = 0;
    for (const std::byte byte : bytes) {
        value = value << 8U | std::to_integer<std::int64_t>(byte);
    }
    return value;
}

/// One edit list: what is empty in front of the track counts too.
base::Result<void> trimEditList(base::File& file, const video::ReadExactly& read, const video::Mp4Box& list,
                                std::int64_t shownLength) {
    std::array<std::byte, 8> head{};
    TRY(read(list.payload(), head));
    const std::size_t width = head[0] == std::byte{1} ? 8 : 4;
    const std::uint64_t entry = 2 * width + 4;
    const auto entries = static_cast<std::uint64_t>(numberIn(std::span{head}.subspan(4)));
    // The muxer writes one entry, and an empty one before it for a track that begins late.
    if (entries < 1 || entries > 2) {
        return base::fail(noEditList(file));
    }
    std::array<std::byte, 8> bytes{};
    const auto number = std::span{bytes}.first(width);
    std::int64_t left = shownLength;
    if (entries == 2) {
        TRY(read(list.payload() + 8, number));
        left = std::max<std::int64_t>(left - numberIn(number), 0);
    }
    const std::uint64_t at = list.payload() + 8 + (entries - 1) * entry;
    TRY(read(at, number));
    left = std::min(left, numberIn(number));
    for (std::size_t i = 0; i < width; ++i) {
        bytes[i] = static_cast<std::byte>((left >> (8 * (width - 1 - i))) & 0xff);
    }
    if (::pwrite(file.descriptor(), bytes.data(), width, static_cast<off_t>(at)) != static_cast<ssize_t>(width)) {
        return base::fail(base::errorFromErrno(errno, "write " + file.path().string()));
    }
    return {};
}

}  // namespace

base::Result<void> trimEditLists(base::File& file, std::int64_t shownLength) {
    TRY_ASSIGN(auto reading, base::File::openForReading(file.path()));
    const auto read = video::readerOf(reading.descriptor());
    TRY_ASSIGN(const std::uint64_t size, reading.size());
    std::vector<video::Mp4Box> inside{{0, 0, 0, size}};
    for (const std::uint32_t type :
         {video::boxType("moov"), video::boxType("trak"), video::boxType("edts"), video::boxType("elst")}) {
        std::vector<video::Mp4Box> within;
        for (const video::Mp4Box& box : inside) {
            TRY_ASSIGN(const auto found, boxesOfType(read, box, type));
            within.insert(within.end(), found.begin(), found.end());
        }
        inside = std::move(within);
    }
    if (inside.empty()) {
        return base::fail(noEditList(file));
    }
    for (const video::Mp4Box& list : inside) {
        TRY(trimEditList(file, read, list, shownLength));
    }
    return {};
}

}  // namespace leedswatch::evidence
