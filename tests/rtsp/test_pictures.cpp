#include "rtsp/test_pictures.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavutil/opt.h>
}

#include <cstring>
#include <stdexcept>

namespace leedswatch::tests {
namespace {

void require(bool isGood, const char* what) {
    if (!isGood) {
        throw std::runtime_error{what};
    }
}

/// Start codes replaced by lengths; parameter sets left out, they are in the record.
std::vector<std::byte> toAvc(const std::uint8_t* data, std::size_t size, std::vector<std::vector<std::byte>>& sets) {
    std::vector<std::byte> out;
    std::size_t i = 0;
    const auto isStart = [&](std::size_t at) {
        return at + 3 <= size && data[at] == 0 && data[at + 1] == 0 && data[at + 2] == 1;
    };
    while (i < size && !isStart(i)) {
        ++i;
    }
    while (i < size) {
        const std::size_t begin = i + 3;
        std::size_t end = begin;
        while (end < size && !isStart(end)) {
            ++end;
        }
        i = end;
        while (end < size && end > begin && data[end - 1] == 0) {
            --end;
        }
        const auto* bytes = reinterpret_cast<const std::byte*>(data);
        const unsigned type = data[begin] & 31U;
        if (type == 7 || type == 8) {
            sets.emplace_back(bytes + begin, bytes + end);
        } else if (type == 1 || type == 5) {
            const std::size_t length = end - begin;
            for (const unsigned shift : {24U, 16U, 8U, 0U}) {
                out.push_back(static_cast<std::byte>(length >> shift));
            }
            out.insert(out.end(), bytes + begin, bytes + end);
        }
    }
    return out;
}

std::vector<std::byte> makeRecord(const std::vector<std::vector<std::byte>>& sets) {
    const auto& sps = sets.at(0);
    const auto& pps = sets.at(1);
    std::vector<std::byte> record{std::byte{1}, sps.at(1), sps.at(2), sps.at(3), std::byte{0xff}, std::byte{0xe1}};
    const auto add = [&](const std::vector<std::byte>& set) {
        record.push_back(static_cast<std::byte>(set.size() >> 8U));
        record.push_back(static_cast<std::byte>(set.size()));
        record.insert(record.end(), set.begin(), set.end());
    };
    add(sps);
    record.push_back(std::byte{1});
    add(pps);
    return record;
}

void drawBars(AVFrame& frame, int number) {
    for (int y = 0; y < frame.height; ++y) {
        for (int x = 0; x < frame.width; ++x) {
            frame.data[0][y * frame.linesize[0] + x] = static_cast<std::uint8_t>((x * 3 + number * 8 + y) & 255);
        }
    }
    for (int y = 0; y < frame.height / 2; ++y) {
        std::memset(frame.data[1] + y * frame.linesize[1], 100, static_cast<std::size_t>(frame.width / 2));
        std::memset(frame.data[2] + y * frame.linesize[2], 150, static_cast<std::size_t>(frame.width / 2));
    }
}

}  // namespace

TestPictures encodeTestPictures(int width, int height, int count, int gop) {
    const AVCodec* codec = avcodec_find_encoder_by_name("libx264");
    require(codec != nullptr, "libx264");
    AVCodecContext* context = avcodec_alloc_context3(codec);
    context->width = width;
    context->height = height;
    context->time_base = {1, 25};
    context->pix_fmt = AV_PIX_FMT_YUV420P;
    context->gop_size = gop;
    context->max_b_frames = 0;
    context->thread_count = 1;
    av_opt_set(context->priv_data, "preset", "ultrafast", 0);
    av_opt_set(context->priv_data, "tune", "zerolatency", 0);
    require(avcodec_open2(context, codec, nullptr) == 0, "open the encoder");
    AVFrame* frame = av_frame_alloc();
    frame->width = width;
    frame->height = height;
    frame->format = AV_PIX_FMT_YUV420P;
    require(av_frame_get_buffer(frame, 0) == 0, "allocate a picture");
    AVPacket* packet = av_packet_alloc();

    TestPictures pictures;
    std::vector<std::vector<std::byte>> sets;
    for (int i = 0; i < count; ++i) {
        require(av_frame_make_writable(frame) == 0, "write a picture");
        drawBars(*frame, i);
        frame->pts = i;
        require(avcodec_send_frame(context, frame) == 0, "encode");
        while (avcodec_receive_packet(context, packet) == 0) {
            auto bytes = std::make_shared<const std::vector<std::byte>>(
                toAvc(packet->data, static_cast<std::size_t>(packet->size), sets));
            pictures.units.push_back({bytes, packet->pts * ticksAPicture, (packet->flags & AV_PKT_FLAG_KEY) != 0});
            av_packet_unref(packet);
        }
    }
    pictures.format = {makeRecord(sets), width, height};
    av_packet_free(&packet);
    av_frame_free(&frame);
    avcodec_free_context(&context);
    return pictures;
}

rtsp::AccessUnit at(const rtsp::AccessUnit& unit, std::int64_t time) {
    return {unit.bytes, time, unit.isKey};
}

}  // namespace leedswatch::tests
