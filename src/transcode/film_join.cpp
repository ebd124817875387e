#include "transcode/film_join.h"

#include "transcode/film_reader.h"
#include "transcode/film_sound.h"
#include "video/film_file.h"

#include <algorithm>
#include <deque>

namespace leedswatch::transcode {
namespace {

/// The packets of all pieces in turn, with the times of showing that they had before they were shifted. NUT keeps no
/// times of decoding: a picture is decoded when that one is shown which is as many before it as pictures are reordered.
class PieceReader {
public:
    PieceReader(const std::vector<std::filesystem::path>& files, AVRational pictureRate)
        : m_files{files}, m_pictureRate{pictureRate} {}

    /// Null at the end of the last piece.
    base::Result<video::PacketHandle> next() {
        if (m_packets.empty() && m_next < m_files.size()) {
            TRY(openNext());
        }
        if (m_packets.empty()) {
            return video::PacketHandle{};
        }
        auto packet = std::move(m_packets.front());
        m_packets.pop_front();
        packet->dts = m_shown.front();
        m_shown.pop_front();
        return packet;
    }

    base::Result<void> openNext() {
        TRY_ASSIGN(m_input, video::openFilm(m_files[m_next]));
        ++m_next;
        if (m_input->nb_streams != 1) {
            return base::fail(base::ErrorCode::Damaged, m_files[m_next - 1].string() + " is not as it was written");
        }
        const std::int64_t shift = av_rescale_q(kPieceShiftSeconds, {1, 1}, timeBase());
        std::vector<std::int64_t> times;
        for (video::PacketHandle packet{av_packet_alloc()}; av_read_frame(m_input.get(), packet.get()) >= 0;
             packet.reset(av_packet_alloc())) {
            packet->pts -= shift;
            packet->duration = step();
            times.push_back(packet->pts);
            m_packets.push_back(std::move(packet));
        }
        std::ranges::sort(times);
        if (m_next == 1 && !times.empty()) {
            for (std::int64_t early = stream().codecpar->video_delay; early > 0; --early) {
                m_shown.push_back(times.front() - early * step());
            }
        }
        m_shown.insert(m_shown.end(), times.begin(), times.end());
        return {};
    }
    AVRational timeBase() const { return m_input->streams[0]->time_base; }
    const AVStream& stream() const { return *m_input->streams[0]; }
    /// From picture to picture.
    std::int64_t step() const { return av_rescale_q(1, av_inv_q(m_pictureRate), timeBase()); }

private:
    const std::vector<std::filesystem::path>& m_files;
    const AVRational m_pictureRate;
    std::size_t m_next = 0;
    video::InputHandle m_input;
    std::deque<video::PacketHandle> m_packets;  ///< of one piece
    std::deque<std::int64_t> m_shown;           ///< when pictures are shown, in that order
};

/// Writes pictures, and before each one the sound that is heard until then.
class Joiner {
public:
    Joiner(PieceReader& pieces, std::optional<FilmSound>& sound, FilmFile& file)
        : m_pieces{pieces}, m_sound{sound}, m_file{file} {}

    base::Result<void> begin(AVRational pictureRate) {
        m_pieceTimeBase = m_pieces.timeBase();
        TRY_ASSIGN(m_video, m_file.add(*m_pieces.stream().codecpar, m_pieceTimeBase));
        m_video->avg_frame_rate = pictureRate;
        if (m_sound) {
            TRY_ASSIGN(m_audio, m_file.add(m_sound->parameters(), m_sound->timeBase()));
            TRY_ASSIGN(m_heard, m_sound->next());
        }
        return m_file.begin();
    }

    base::Result<std::int64_t> writeAll(const std::stop_token& stop, const std::function<void(double)>& told) {
        std::int64_t pictures = 0;
        while (true) {
            TRY_ASSIGN(auto packet, m_pieces.next());
            if (stop.stop_requested()) {
                return base::fail(base::ErrorCode::Cancelled, "stopped while the pieces were joined");
            }
            if (!packet) {
                break;
            }
            TRY(writeSoundUntil(packet->dts));
            av_packet_rescale_ts(packet.get(), m_pieceTimeBase, m_video->time_base);
            packet->stream_index = m_video->index;
            m_end = packet->pts + packet->duration;
            told(static_cast<double>(m_end) * av_q2d(m_video->time_base));
            TRY(m_file.write(*packet));
            ++pictures;
        }
        TRY(writeSoundUntil(av_rescale_q(m_end, m_video->time_base, m_pieceTimeBase)));
        return pictures;
    }

private:
    base::Result<void> writeSoundUntil(std::int64_t time) {
        while (m_heard && av_compare_ts(m_heard->dts, m_sound->timeBase(), time, m_pieceTimeBase) <= 0) {
            av_packet_rescale_ts(m_heard.get(), m_sound->timeBase(), m_audio->time_base);
            m_heard->stream_index = m_audio->index;
            TRY(m_file.write(*m_heard));
            TRY_ASSIGN(m_heard, m_sound->next());
        }
        return {};
    }

    PieceReader& m_pieces;
    std::optional<FilmSound>& m_sound;
    FilmFile& m_file;
    AVStream* m_video = nullptr;
    AVStream* m_audio = nullptr;
    AVRational m_pieceTimeBase{1, 1};
    video::PacketHandle m_heard;
    std::int64_t m_end = 0;
};

}  // namespace

base::Result<Joined> joinFilm(const JoinOrder& order, const std::stop_token& stop,
                              const std::function<void(double)>& told) {
    PieceReader pieces{order.pieces, order.pictureRate};
    TRY(pieces.openNext());
    TRY_ASSIGN(auto sound, FilmSound::open(order.source, order.begin, order.sourceTimeBase));
    TRY_ASSIGN(auto file, FilmFile::create(order.result, "mp4"));
    Joiner joiner{pieces, sound, file};
    TRY(joiner.begin(order.pictureRate));
    TRY_ASSIGN(const auto pictures, joiner.writeAll(stop, told));
    TRY(file.close());
    return Joined{pictures, sound ? sound->description() : ""};
}

base::Result<std::int64_t> countPictures(const std::filesystem::path& file, const std::stop_token& stop,
                                         const BytesTold& told) {
    TRY_ASSIGN(const auto input, video::openFilm(file));
    const int stream = av_find_best_stream(input.get(), AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
    if (stream < 0) {
        return base::fail(base::ErrorCode::Damaged, "there is no video in " + file.string());
    }
    const video::PacketHandle packet{av_packet_alloc()};
    std::int64_t pictures = 0;
    while (av_read_frame(input.get(), packet.get()) >= 0) {
        pictures += packet->stream_index == stream ? 1 : 0;
        av_packet_unref(packet.get());
        if (stop.stop_requested()) {
            return base::fail(base::ErrorCode::Cancelled, "stopped while counting the pictures of " + file.string());
        }
        told(static_cast<std::uint64_t>(std::max<std::int64_t>(0, avio_tell(input->pb))));
    }
    return pictures;
}

}  // namespace leedswatch::transcode
