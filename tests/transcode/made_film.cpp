#include "made_film.h"

#include "transcode/film_reader.h"
#include "transcode/piece_file.h"

#include <cmath>
#include <random>
#include <stdexcept>

namespace leedswatch::tests {
namespace {

using transcode::FilmFile;

template <typename T>
T require(base::Result<T> result) {
    if (!result) {
        throw std::runtime_error{"a made film: " + result.error().message};
    }
    if constexpr (!std::is_void_v<T>) {
        return std::move(*result);
    }
}

void drain(AVCodecContext& encoder, FilmFile& file, AVStream& stream) {
    const video::PacketHandle packet{av_packet_alloc()};
    while (avcodec_receive_packet(&encoder, packet.get()) >= 0) {
        packet->duration = packet->duration > 0 ? packet->duration : 1;
        av_packet_rescale_ts(packet.get(), encoder.time_base, stream.time_base);
        packet->stream_index = stream.index;
        require(file.write(*packet));
    }
}

video::CodecContextHandle openVideo(const MadeFilm& film, const AVFrame& first) {
    const AVCodec* codec = avcodec_find_encoder_by_name(film.codec.c_str());
    video::CodecContextHandle encoder{codec == nullptr ? nullptr : avcodec_alloc_context3(codec)};
    if (!encoder) {
        throw std::runtime_error{"there is no " + film.codec};
    }
    encoder->width = first.width;
    encoder->height = first.height;
    encoder->pix_fmt = static_cast<AVPixelFormat>(first.format);
    encoder->sample_aspect_ratio = first.sample_aspect_ratio;
    encoder->time_base = {1, 25};
    encoder->framerate = {25, 1};
    encoder->bit_rate = 8'000'000;
    encoder->gop_size = 12;
    encoder->thread_count = 1;
    encoder->strict_std_compliance = FF_COMPLIANCE_UNOFFICIAL;
    if (film.isFlaggedInterlaced) {
        encoder->flags |= AV_CODEC_FLAG_INTERLACED_DCT | AV_CODEC_FLAG_INTERLACED_ME;
        encoder->field_order = AV_FIELD_TT;
    }
    if (avcodec_open2(encoder.get(), codec, nullptr) < 0) {
        throw std::runtime_error{film.codec + " does not open"};
    }
    return encoder;
}

video::CodecParametersHandle parametersOf(const AVCodecContext& encoder) {
    video::CodecParametersHandle parameters{avcodec_parameters_alloc()};
    avcodec_parameters_from_context(parameters.get(), &encoder);
    return parameters;
}

constexpr int kSoundRate = 8'000;

video::CodecParametersHandle soundParameters() {
    video::CodecParametersHandle parameters{avcodec_parameters_alloc()};
    parameters->codec_type = AVMEDIA_TYPE_AUDIO;
    parameters->codec_id = AV_CODEC_ID_PCM_S16LE;
    parameters->format = AV_SAMPLE_FMT_S16;
    parameters->sample_rate = kSoundRate;
    parameters->bits_per_coded_sample = 16;
    parameters->block_align = 2;
    av_channel_layout_default(&parameters->ch_layout, 1);
    return parameters;
}

void writeSound(FilmFile& file, const AVStream& stream, int picture) {
    const int samples = kSoundRate / 25;
    const video::PacketHandle packet{av_packet_alloc()};
    av_new_packet(packet.get(), samples * 2);
    for (int i = 0; i < samples; ++i) {
        const auto value = static_cast<std::int16_t>(8'000 * std::sin(0.3 * (picture * samples + i)));
        packet->data[2 * i] = static_cast<std::uint8_t>(value & 255);
        packet->data[2 * i + 1] = static_cast<std::uint8_t>(value >> 8);
    }
    packet->pts = packet->dts = av_rescale_q(picture, {1, 25}, stream.time_base);
    packet->duration = av_rescale_q(1, {1, 25}, stream.time_base);
    packet->stream_index = stream.index;
    require(file.write(*packet));
}

}  // namespace

int MadeScene::at(int x, int y, int moment) const {
    const int ground = 70 + (x * 3 + y * 2) % 40 + (((x / 24) + (y / 20)) % 2) * 30;
    for (int i = 0; i < movers; ++i) {
        const int left = (20 + i * 90 + moment * speed) % (width + 60) - 60;
        const int top = 30 + i * 70;
        if (x >= left && x < left + 60 && y >= top && y < top + 50) {
            return 40 + ((x - left) / 7) * ((x - left) / 7) * 89 % 190;  // no stripe is like the next one
        }
    }
    return ground;
}

video::FrameHandle drawPicture(const MadeScene& scene, Fields fields, int number) {
    video::FrameHandle picture{av_frame_alloc()};
    picture->format = AV_PIX_FMT_YUV420P;
    picture->width = scene.width;
    picture->height = scene.height;
    picture->sample_aspect_ratio = {1, 1};
    picture->pts = number;
    if (av_frame_get_buffer(picture.get(), 0) < 0) {
        throw std::runtime_error{"no memory for a picture"};
    }
    std::minstd_rand random{scene.seed + static_cast<unsigned>(number) * 7919U};
    std::uniform_int_distribution<int> noise{-scene.noise, scene.noise};
    for (int y = 0; y < scene.height; ++y) {
        const bool isTop = y % 2 == 0;
        const bool isLater = fields == Fields::TopFirst ? !isTop : fields == Fields::BottomFirst && isTop;
        for (int x = 0; x < scene.width; ++x) {
            picture->data[0][y * picture->linesize[0] + x] =
                static_cast<std::uint8_t>(scene.at(x, y, 2 * number + (isLater ? 1 : 0)) + noise(random));
        }
    }
    for (int plane = 1; plane <= 2; ++plane) {
        for (int y = 0; y < scene.height / 2; ++y) {
            std::fill_n(picture->data[plane] + y * picture->linesize[plane], scene.width / 2, std::uint8_t{128});
        }
    }
    return picture;
}

transcode::Luma drawLuma(const MadeScene& scene, Fields fields, int number) {
    transcode::LumaReader reader;
    return require(reader.read(*drawPicture(scene, fields, number)));
}

void writeFilm(const std::filesystem::path& file, const MadeFilm& film) {
    auto out = require(FilmFile::create(file, film.format.c_str()));
    video::CodecContextHandle encoder;
    AVStream* pictures = nullptr;
    AVStream* sound = nullptr;
    for (int i = 0; i < film.pictures; ++i) {
        const auto picture = film.draw(i);
        if (!encoder) {
            encoder = openVideo(film, *picture);
            pictures = require(out.add(*parametersOf(*encoder), encoder->time_base));
            sound = film.hasSound ? require(out.add(*soundParameters(), {1, kSoundRate})) : nullptr;
            require(out.begin());
        }
        picture->interlaced_frame = film.isFlaggedInterlaced ? 1 : 0;
        picture->top_field_first = picture->interlaced_frame;
        avcodec_send_frame(encoder.get(), picture.get());
        drain(*encoder, out, *pictures);
        if (sound != nullptr) {
            writeSound(out, *sound, i);
        }
    }
    avcodec_send_frame(encoder.get(), nullptr);
    drain(*encoder, out, *pictures);
    require(out.close());
}

std::vector<video::FrameHandle> readFilm(const std::filesystem::path& file) {
    auto reader = require(transcode::FilmReader::open(file));
    std::vector<video::FrameHandle> pictures;
    while (const AVFrame* picture = require(reader.next())) {
        pictures.emplace_back(av_frame_clone(picture));
    }
    return pictures;
}

}  // namespace leedswatch::tests
