#include "video/segment_file.h"

#include "video/ffmpeg_codec.h"
#include "video/ffmpeg_error.h"
#include "video/h265.h"
#include "video/mp4_boxes.h"
#include "video/stream_parser.h"

#include <algorithm>
#include <cstring>

namespace leedswatch::video {
namespace {

constexpr std::size_t ioBlock = 256U << 10U;
constexpr std::size_t mostPictures = 2'000'000;
// Media times beyond this are damage; sums and conversions of those below it cannot overflow. (AV_NOPTS_VALUE is
// beyond.)
constexpr std::int64_t farthestTime = std::int64_t{1} << 40;

/// What libavformat reads the table from: the bytes [0, size) of a descriptor.
struct Window {
    int descriptor = -1;
    std::int64_t size = 0;
    std::int64_t position = 0;
};

int readWindow(void* opaque, std::uint8_t* buffer, int count) {
    auto& window = *static_cast<Window*>(opaque);
    const std::int64_t wanted = std::min<std::int64_t>(count, window.size - window.position);
    if (wanted <= 0) {
        return AVERROR_EOF;
    }
    const auto bytes = std::as_writable_bytes(std::span{buffer, static_cast<std::size_t>(wanted)});
    if (!readerOf(window.descriptor)(static_cast<std::uint64_t>(window.position), bytes)) {
        return AVERROR(EIO);
    }
    window.position += wanted;
    return static_cast<int>(wanted);
}

std::int64_t seekWindow(void* opaque, std::int64_t offset, int whence) {
    auto& window = *static_cast<Window*>(opaque);
    if ((whence & AVSEEK_SIZE) != 0) {
        return window.size;
    }
    const std::int64_t from = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? window.position : window.size;
    if (from + offset < 0) {
        return AVERROR(EINVAL);
    }
    window.position = from + offset;
    return window.position;
}

/// libavformat over a window. It is closed before what it reads through.
struct Demuxing {
    Window window;
    IoHandle io;
    InputHandle input;

    [[nodiscard]] bool open() {
        auto* buffer = static_cast<unsigned char*>(av_malloc(ioBlock));
        io.reset(avio_alloc_context(buffer, ioBlock, 0, &window, readWindow, nullptr, seekWindow));
        AVFormatContext* context = avformat_alloc_context();
        context->pb = io.get();
        // The table is as it is stored; guesses at times, and what a parser thinks of the pictures, are not wanted.
        context->flags |= AVFMT_FLAG_NOFILLIN | AVFMT_FLAG_NOPARSE;
        AVDictionary* options = nullptr;
        // The table is of what is stored; what an edit list hides is stored too.
        av_dict_set(&options, "ignore_editlist", "1", 0);
        const int answer = avformat_open_input(&context, nullptr, av_find_input_format("mov"), &options);
        av_dict_free(&options);
        input.reset(answer >= 0 ? context : nullptr);  // a failed open has freed it
        return answer >= 0;
    }
};

bool isBelievable(std::int64_t mediaTime) {
    return -farthestTime < mediaTime && mediaTime < farthestTime;
}

AVStream* videoStreamOf(AVFormatContext& context) {
    for (unsigned i = 0; i < context.nb_streams; ++i) {
        if (context.streams[i]->codecpar->codec_type == AVMEDIA_TYPE_VIDEO) {
            return context.streams[i];
        }
    }
    return nullptr;
}

}  // namespace

base::Result<std::shared_ptr<const SegmentFile>> SegmentFile::open(const std::filesystem::path& path, Extent extent) {
    TRY_ASSIGN(auto file, base::File::openForReading(path));
    std::shared_ptr<SegmentFile> segment{new SegmentFile{std::move(file)}};
    TRY_ASSIGN(segment->m_bytes, segment->m_file.size());
    if (extent == Extent::Growing) {
        TRY_ASSIGN(segment->m_bytes, lengthOfWholeFragments(readerOf(segment->m_file.descriptor()), segment->m_bytes));
    }
    TRY(segment->readTable());
    return std::shared_ptr<const SegmentFile>{std::move(segment)};
}

base::Result<void> SegmentFile::readTable() {
    const auto damaged = [this](const std::string& how) {
        return base::fail(base::ErrorCode::Damaged,
                          "the recording " + path().filename().string() + " is damaged: " + how);
    };
    quietFfmpeg();
    Demuxing demuxing{Window{m_file.descriptor(), static_cast<std::int64_t>(m_bytes), 0}, nullptr, nullptr};
    if (!demuxing.open()) {
        return damaged("it has no readable header");
    }
    AVStream* stream = videoStreamOf(*demuxing.input);
    if (stream == nullptr) {
        return base::fail(base::ErrorCode::Unsupported,
                          "the recording " + path().filename().string() + " has no video in it");
    }
    m_sound = SegmentSound{*demuxing.input};
    PacketHandle packet{av_packet_alloc()};
    int answer = 0;
    while (m_pictures.size() < mostPictures && (answer = av_read_frame(demuxing.input.get(), packet.get())) >= 0) {
        const bool cut = (packet->flags & AV_PKT_FLAG_CORRUPT) != 0;
        const std::int64_t pts = packet->pts == AV_NOPTS_VALUE ? packet->dts : packet->pts;
        const bool believable = isBelievable(packet->dts) && isBelievable(pts);
        if (packet->stream_index == stream->index && packet->size > 0 && packet->pos >= 0 && !cut && believable) {
            m_pictures.push_back(
                {pts, packet->dts, 0, packet->pos, packet->size, (packet->flags & AV_PKT_FLAG_KEY) != 0});
        } else if (!cut && believable) {
            m_sound.note(*packet);
        }
        if (cut || !believable) {
            m_damage = "a part of the recording " + path().filename().string() + " is damaged";
        }
        av_packet_unref(packet.get());
    }
    if (answer != AVERROR_EOF) {
        m_damage = "a part of the recording " + path().filename().string() + " cannot be read";
    }
    // libavformat gives fragments' pictures no durations: each lasts until the next is decoded, the last one until the
    // track ends.
    for (std::size_t n = 0; n < m_pictures.size(); ++n) {
        const std::int64_t next = n + 1 < m_pictures.size() ? m_pictures[n + 1].dts : stream->duration;
        m_pictures[n].duration = isBelievable(next) ? std::max<std::int64_t>(next - m_pictures[n].dts, 0) : 0;
    }
    // Nothing can be decoded before the first key frame.
    m_pictures.erase(m_pictures.begin(), std::ranges::find_if(m_pictures, &StoredPicture::key));
    if (m_pictures.empty()) {
        return damaged("there is no whole picture in it");
    }
    m_parameters.reset(avcodec_parameters_alloc());
    avcodec_parameters_copy(m_parameters.get(), stream->codecpar);
    if (m_parameters->width <= 0 || m_parameters->height <= 0) {
        TRY(learnSize());
    }
    m_timeBaseNumerator = stream->time_base.num;
    m_timeBaseDenominator = stream->time_base.den;
    return orderForShowing();
}

// libavformat leaves the size of MPEG-4 to the decoder; but whoever copies it must know it too.
base::Result<void> SegmentFile::learnSize() {
    const auto codec = codecFromFfmpeg(m_parameters->codec_id);
    if (!codec) {
        return {};
    }
    const auto parser = StreamParser::create(*codec);
    const auto size = static_cast<std::size_t>(m_parameters->extradata_size);
    parser->describe(std::as_bytes(std::span{m_parameters->extradata, size}));
    if (!parser->format()) {
        TRY_ASSIGN(const auto packet, read(0));
        (void)parser->convert(std::as_bytes(std::span{packet->data, static_cast<std::size_t>(packet->size)}));
    }
    if (parser->format()) {
        m_parameters->width = parser->format()->width;
        m_parameters->height = parser->format()->height;
    }
    return {};
}

base::Result<void> SegmentFile::orderForShowing() {
    m_shown.clear();
    m_shown.reserve(m_pictures.size());
    for (std::size_t n = 0; n < m_pictures.size(); ++n) {
        bool shown = m_pictures[n].pts >= m_pictures.front().pts;
        if (!shown) {
            TRY_ASSIGN(shown, isDecodable(n));
        }
        if (shown) {
            m_shown.push_back(n);
        }
    }
    std::ranges::stable_sort(m_shown, {}, [this](std::size_t n) { return m_pictures[n].pts; });
    return {};
}

// Of a picture that is shown before the key frame in front of it. H.265 says whether it rests on that key frame alone;
// in the other codecs none does.
base::Result<bool> SegmentFile::isDecodable(std::size_t picture) const {
    if (m_parameters->codec_id != AV_CODEC_ID_HEVC) {
        return false;
    }
    TRY_ASSIGN(const auto packet, read(picture));
    const auto kind = h265PictureOf(std::as_bytes(std::span{packet->data, static_cast<std::size_t>(packet->size)}));
    return kind == H265Picture::Usual;
}

base::Microseconds SegmentFile::toMicroseconds(std::int64_t mediaTime) const {
    return base::Microseconds{
        av_rescale_q(mediaTime, AVRational{m_timeBaseNumerator, m_timeBaseDenominator}, AVRational{1, 1'000'000})};
}

std::int64_t SegmentFile::toMedia90k(std::int64_t mediaTime) const {
    return av_rescale_q(mediaTime, AVRational{m_timeBaseNumerator, m_timeBaseDenominator}, AVRational{1, 90'000});
}

base::Microseconds SegmentFile::timeOfShown(std::size_t n) const {
    return toMicroseconds(m_pictures[m_shown[n]].pts - m_pictures[m_shown[0]].pts);
}

base::Microseconds SegmentFile::length() const {
    const StoredPicture& last = m_pictures[m_shown.back()];
    std::int64_t duration = last.duration;
    if (duration <= 0 && m_shown.size() > 1) {
        duration = last.pts - m_pictures[m_shown[m_shown.size() - 2]].pts;
    }
    return toMicroseconds(last.pts - m_pictures[m_shown[0]].pts + std::max<std::int64_t>(duration, 0));
}

std::size_t SegmentFile::shownWithPts(std::int64_t pts) const {
    const auto found = std::ranges::lower_bound(m_shown, pts, {}, [this](std::size_t n) { return m_pictures[n].pts; });
    const bool exact = found != m_shown.end() && m_pictures[*found].pts == pts;
    return exact ? static_cast<std::size_t>(found - m_shown.begin()) : m_shown.size();
}

std::size_t SegmentFile::keyFor(std::size_t shownIndex) const {
    const StoredPicture& wanted = m_pictures[m_shown[shownIndex]];
    for (std::size_t n = m_shown[shownIndex] + 1; n-- > 0;) {
        if (m_pictures[n].key && m_pictures[n].pts <= wanted.pts) {
            return n;
        }
    }
    return 0;
}

base::Result<PacketHandle> SegmentFile::readBytes(std::int64_t position, std::int32_t size) const {
    PacketHandle packet{av_packet_alloc()};
    if (!packet || av_new_packet(packet.get(), size) < 0) {
        return base::fail(base::ErrorCode::Internal, "no memory for " + std::to_string(size) + " bytes of a recording");
    }
    TRY(readerOf(m_file.descriptor())(static_cast<std::uint64_t>(position),
                                      std::as_writable_bytes(std::span{packet->data, static_cast<std::size_t>(size)})));
    return packet;
}

base::Result<PacketHandle> SegmentFile::read(std::size_t picture) const {
    const StoredPicture& stored = m_pictures[picture];
    TRY_ASSIGN(PacketHandle packet, readBytes(stored.position, stored.size));
    packet->pts = stored.pts;
    packet->dts = stored.dts;
    packet->duration = stored.duration;
    packet->time_base = AVRational{m_timeBaseNumerator, m_timeBaseDenominator};
    packet->flags = stored.key ? AV_PKT_FLAG_KEY : 0;
    return packet;
}

base::Result<PacketHandle> SegmentFile::readSound(std::size_t piece) const {
    const StoredSound& stored = m_sound.pieces()[piece];
    TRY_ASSIGN(PacketHandle packet, readBytes(stored.position, stored.size));
    packet->pts = stored.time;
    packet->dts = stored.time;
    packet->duration = stored.samples;
    packet->time_base = AVRational{1, m_sound.format()->sampleRate};
    packet->flags = AV_PKT_FLAG_KEY;
    return packet;
}

bool SegmentFile::sameFormat(const SegmentFile& other) const {
    const AVCodecParameters& a = *m_parameters;
    const AVCodecParameters& b = *other.m_parameters;
    const SoundFormat* heard = m_sound.format().get();
    const SoundFormat* otherHeard = other.m_sound.format().get();
    const bool soundsAlike = heard == nullptr ? otherHeard == nullptr : otherHeard != nullptr && *heard == *otherHeard;
    return soundsAlike && a.codec_id == b.codec_id && a.width == b.width && a.height == b.height &&
           a.extradata_size == b.extradata_size &&
           (a.extradata_size == 0 ||
            std::memcmp(a.extradata, b.extradata, static_cast<std::size_t>(a.extradata_size)) == 0);
}

base::Result<base::Sha256Digest> SegmentFile::hash() const {
    base::Sha256 hash;
    std::vector<std::byte> block(1U << 20U);
    const auto read = readerOf(m_file.descriptor());
    for (std::uint64_t at = 0; at < m_bytes;) {
        const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(block.size(), m_bytes - at));
        TRY(read(at, std::span{block}.first(count)));
        hash.add(std::span<const std::byte>{block}.first(count));
        at += count;
    }
    return hash.digest();
}

}  // namespace leedswatch::video
