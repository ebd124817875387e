#include "video/recorded_decoder.h"

#include "video/ffmpeg_error.h"

#include <algorithm>

extern "C" {
#include <libavutil/imgutils.h>
}

namespace leedswatch::video {
namespace {

std::size_t bytesOf(const AVFrame& frame) {
    const int size = av_image_get_buffer_size(static_cast<AVPixelFormat>(frame.format), frame.width, frame.height, 32);
    return size > 0 ? static_cast<std::size_t>(size) : 0;
}

}  // namespace

base::Result<std::unique_ptr<RecordedDecoder>> RecordedDecoder::create(std::shared_ptr<const SegmentFile> file,
                                                                       std::size_t cacheBytes) {
    quietFfmpeg();
    const AVCodecParameters& parameters = file->parameters();
    const AVCodec* codec = avcodec_find_decoder(parameters.codec_id);
    if (codec == nullptr) {
        return base::fail(base::ErrorCode::Unsupported, "the recording " + file->path().filename().string() + " is " +
                                                            avcodec_get_name(parameters.codec_id) +
                                                            " video, for which there is no decoder");
    }
    CodecContextHandle context{avcodec_alloc_context3(codec)};
    avcodec_parameters_to_context(context.get(), &parameters);
    context->thread_count = 2;
    context->thread_type = FF_THREAD_SLICE;  // frame threads would hold pictures back
    if (const int answer = avcodec_open2(context.get(), codec, nullptr); answer < 0) {
        return base::fail(errorFromFfmpeg(answer, "open a decoder for " + file->path().filename().string()));
    }
    return std::unique_ptr<RecordedDecoder>{new RecordedDecoder{std::move(file), std::move(context), cacheBytes}};
}

base::Result<DecodedPicture> RecordedDecoder::picture(std::size_t shown, const std::function<bool()>& interrupted) {
    const auto damaged = [&] {
        return base::fail(base::ErrorCode::Damaged, "a picture of the recording " + m_file->path().filename().string() +
                                                        " is damaged and was left out");
    };
    m_lastOnTheWay = {};
    if (const auto cached = m_cache.find(shown); cached != m_cache.end()) {
        return cached->second;
    }
    const std::size_t stored = m_file->shown()[shown];
    const std::size_t key = m_file->keyFor(shown);
    const std::int64_t pts = m_file->pictures()[stored].pts;
    const bool onTheWay = m_running && m_startedAt <= key && key <= m_next && pts > m_newestPts;
    if (!onTheWay) {
        restartAt(key);
    }
    while (true) {
        if (takeDecoded(shown)) {
            return m_cache.at(shown);
        }
        const bool passed = m_lastOnTheWay.second && m_newestPts >= pts;
        if (passed || !m_running) {
            return damaged();
        }
        if (interrupted && interrupted()) {
            return base::fail(base::ErrorCode::Cancelled, "another picture was asked for");
        }
        TRY(feedOne());
    }
}

void RecordedDecoder::restartAt(std::size_t stored) {
    avcodec_flush_buffers(m_context.get());
    m_startedAt = stored;
    m_next = stored;
    m_running = true;
    m_newestPts = INT64_MIN;
}

base::Result<void> RecordedDecoder::feedOne() {
    if (m_next >= m_file->pictures().size()) {
        avcodec_send_packet(m_context.get(), nullptr);  // lets go of what waits for its turn
        m_running = false;
        return {};
    }
    TRY_ASSIGN(const PacketHandle packet, m_file->read(m_next));
    ++m_next;
    // A packet that the decoder refuses is a damaged picture; those after it may still be good.
    static_cast<void>(avcodec_send_packet(m_context.get(), packet.get()));
    return {};
}

bool RecordedDecoder::takeDecoded(std::size_t wanted) {
    const FrameHandle frame{av_frame_alloc()};
    bool found = false;
    while (avcodec_receive_frame(m_context.get(), frame.get()) >= 0) {
        const std::size_t place = m_file->shownWithPts(frame->pts);
        // What is shown before the key frame that decoding began at may rest on pictures that were never decoded.
        const bool restsOnUnknown = m_startedAt > 0 && frame->pts < m_file->pictures()[m_startedAt].pts;
        if (place >= m_file->shown().size() || restsOnUnknown) {
            continue;
        }
        m_newestPts = std::max(m_newestPts, frame->pts);
        m_lastOnTheWay = {place, referenceTo(*frame)};
        keep(place, m_lastOnTheWay.second, wanted);
        found = found || place == wanted;
    }
    return found;
}

void RecordedDecoder::keep(std::size_t shown, DecodedPicture picture, std::size_t wanted) {
    const std::size_t bytes = bytesOf(*picture);
    if (m_cache.emplace(shown, std::move(picture)).second) {
        m_cachedBytes += bytes;
    }
    const auto distance = [wanted](std::size_t place) { return place > wanted ? place - wanted : wanted - place; };
    while (m_cachedBytes > m_cacheLimit && m_cache.size() > 1) {
        const auto first = m_cache.begin();
        const auto last = std::prev(m_cache.end());
        const auto farthest = distance(first->first) >= distance(last->first) ? first : last;
        m_cachedBytes -= bytesOf(*farthest->second);
        m_cache.erase(farthest);
    }
}

}  // namespace leedswatch::video
