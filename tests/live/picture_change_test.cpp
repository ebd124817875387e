#include "video/ffmpeg_handles.h"
#include "video/live_picture_change.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <random>
#include <string>

namespace leedswatch::video {
namespace {

/// A street at rest: shop fronts of hard edges and textures, the same at every call.
class Scene {
public:
    static constexpr int width = 352;
    static constexpr int height = 288;

    Scene() : m_pixels(static_cast<std::size_t>(width * height)) {
        std::mt19937 random{7};
        for (int y = 0; y < height; ++y) {
            for (int x = 0; x < width; ++x) {
                const int bricks = (x / 12 + y / 6) % 2 * 24;
                const int texture = static_cast<int>(random() % 17U);
                at(x, y) = static_cast<std::uint8_t>(60 + bricks + texture + x / 8);
            }
        }
    }

    std::uint8_t& at(int x, int y) { return m_pixels[static_cast<std::size_t>(y * width + x)]; }
    [[nodiscard]] LumaPlane plane() const { return {m_pixels.data(), width, height, width}; }
    void fill(int left, int top, int side, std::uint8_t level) {
        for (int y = top; y < top + side; ++y) {
            std::fill_n(&at(left, y), side, level);
        }
    }
    /// As a sensor in the dark: every pixel moves by itself.
    void addNoise(std::mt19937& random, double sigma) {
        std::normal_distribution<double> noise{0, sigma};
        for (std::uint8_t& pixel : m_pixels) {
            pixel = static_cast<std::uint8_t>(std::clamp(pixel + noise(random), 0.0, 255.0));
        }
    }

private:
    std::vector<std::uint8_t> m_pixels;
};

TEST(PictureChange, ARepeatedPictureDoesNotChange) {
    PictureChange change;
    const Scene scene;
    for (int picture = 0; picture < 10; ++picture) {
        EXPECT_FALSE(change.compare(scene.plane()));
    }
}

TEST(PictureChange, ADigitOfAClockIsAChange) {
    PictureChange change;
    Scene scene;
    change.compare(scene.plane());
    scene.fill(20, 20, 4, 235);
    EXPECT_TRUE(change.compare(scene.plane()));
    EXPECT_FALSE(change.compare(scene.plane()));
}

TEST(PictureChange, TheNoiseOfASensorInTheDarkIsAChange) {
    PictureChange change;
    std::mt19937 random{1};
    int changes = 0;
    for (int picture = 0; picture < 20; ++picture) {
        Scene scene;
        scene.addNoise(random, 3);
        changes += change.compare(scene.plane()) ? 1 : 0;
    }
    EXPECT_GE(changes, 15);
}

TEST(PictureChange, SlowDawnAddsUp) {
    PictureChange change;
    Scene scene;
    change.compare(scene.plane());
    scene.fill(0, 0, 288, 100);
    ASSERT_TRUE(change.compare(scene.plane()));
    scene.fill(0, 0, 288, 101);
    EXPECT_FALSE(change.compare(scene.plane()));
    scene.fill(0, 0, 288, 102);
    EXPECT_TRUE(change.compare(scene.plane()));
}

TEST(PictureChange, BlackIsAPictureThatDoesNotChange) {
    PictureChange change;
    Scene scene;
    change.compare(scene.plane());
    scene.fill(0, 0, 288, 16);
    EXPECT_TRUE(change.compare(scene.plane()));
    EXPECT_FALSE(change.compare(scene.plane()));
}

TEST(PictureChange, AnotherSizeBeginsAnew) {
    PictureChange change;
    const Scene scene;
    change.compare(scene.plane());
    LumaPlane smaller = scene.plane();
    smaller.height = 144;
    EXPECT_FALSE(change.compare(smaller));
    EXPECT_FALSE(change.compare(smaller));
}

/// x264 as in a camera: one GOP of `gop` pictures after the other, each scene decoded again and given to `look`.
void encodeAndDecode(const char* options, int gop, int pictures, const std::function<const Scene&(int)>& scene,
                     const std::function<void(int, const AVFrame&)>& look) {
    const AVCodec* encoder = avcodec_find_encoder_by_name("libx264");
    ASSERT_NE(encoder, nullptr);
    CodecContextHandle in{avcodec_alloc_context3(encoder)};
    in->width = Scene::width;
    in->height = Scene::height;
    in->pix_fmt = AV_PIX_FMT_YUV420P;
    in->time_base = {1, 25};
    in->gop_size = gop;
    in->max_b_frames = 0;
    in->thread_count = 1;
    AVDictionary* values = nullptr;
    av_dict_parse_string(&values, options, "=", ":", 0);
    av_dict_set(&values, "preset", "veryfast", 0);
    av_dict_set(&values, "tune", "zerolatency", 0);
    ASSERT_GE(avcodec_open2(in.get(), encoder, &values), 0);
    av_dict_free(&values);
    const AVCodec* codec = avcodec_find_decoder(AV_CODEC_ID_H264);
    CodecContextHandle out{avcodec_alloc_context3(codec)};
    out->thread_count = 1;
    out->flags |= AV_CODEC_FLAG_LOW_DELAY;
    ASSERT_GE(avcodec_open2(out.get(), codec, nullptr), 0);
    FrameHandle source{av_frame_alloc()};
    source->width = Scene::width;
    source->height = Scene::height;
    source->format = AV_PIX_FMT_YUV420P;
    ASSERT_GE(av_frame_get_buffer(source.get(), 0), 0);
    const FrameHandle decoded{av_frame_alloc()};
    const PacketHandle packet{av_packet_alloc()};
    for (int i = 0; i < pictures; ++i) {
        ASSERT_GE(av_frame_make_writable(source.get()), 0);
        const LumaPlane luma = scene(i).plane();
        for (int y = 0; y < Scene::height; ++y) {
            std::copy_n(luma.data + y * luma.stride, Scene::width, source->data[0] + y * source->linesize[0]);
        }
        for (const int plane : {1, 2}) {
            std::fill_n(source->data[plane], source->linesize[plane] * Scene::height / 2, std::uint8_t{128});
        }
        source->pts = i;
        ASSERT_GE(avcodec_send_frame(in.get(), source.get()), 0);
        while (avcodec_receive_packet(in.get(), packet.get()) >= 0) {
            ASSERT_GE(avcodec_send_packet(out.get(), packet.get()), 0);
            av_packet_unref(packet.get());
            while (avcodec_receive_frame(out.get(), decoded.get()) >= 0) {
                look(i, *decoded);
            }
        }
    }
}

constexpr int comparedEvery = 5;
constexpr int picturesUntilFrozen = 63;  // 2.5 s

/// After how many pictures of one frozen scene it is called frozen.
int picturesUntilFound(const char* options, int gop) {
    Scene scene;
    std::mt19937 random{3};
    constexpr int frozenAt = 50;
    PictureChange change;
    int lastChange = 0;
    int found = -1;
    encodeAndDecode(
        options, gop, 300,
        [&](int i) -> const Scene& {
            if (i < frozenAt) {
                scene = Scene{};
                scene.addNoise(random, 3);
                scene.fill(i * 4, 200, 40, 30);
            }
            return scene;
        },
        [&](int i, const AVFrame& frame) {
            if (i % comparedEvery == 0 &&
                change.compare({frame.data[0], frame.width, frame.height, frame.linesize[0]})) {
                lastChange = i;
            }
            if (found < 0 && i - lastChange >= picturesUntilFrozen) {
                found = i - frozenAt;
            }
        });
    return found;
}

TEST(PictureChange, AFreezeBehindAnEncoderOfConstantQualityIsFoundInThreeSecondsAndAGop) {
    const int pictures = picturesUntilFound("crf=23", 50);
    ASSERT_GT(pictures, 0);
    EXPECT_LE(pictures, 75 + 50);
}

TEST(PictureChange, AFreezeBehindAnEncoderOfConstantQuantiserIsFoundInThreeSeconds) {
    const int pictures = picturesUntilFound("qp=30", 25);
    ASSERT_GT(pictures, 0);
    EXPECT_LE(pictures, 75);
}

TEST(PictureChange, AFreezeBehindAnEncoderOfConstantRateIsFoundInThreeSecondsAndAGop) {
    const int pictures = picturesUntilFound("b=1M:maxrate=1M:bufsize=1M", 50);
    ASSERT_GT(pictures, 0);
    EXPECT_LE(pictures, 75 + 50);
}

TEST(PictureChange, AClockOverAStillSceneIsSeenBehindEveryEncoder) {
    for (const char* options : {"crf=23", "crf=35", "b=250k:maxrate=250k:bufsize=250k"}) {
        Scene scene;
        PictureChange change;
        int lastChange = 0;
        encodeAndDecode(
            options, 50, 250,
            [&](int i) -> const Scene& {
                scene.fill(24, 24, 6, static_cast<std::uint8_t>(i / 25 % 2 == 0 ? 235 : 20));
                return scene;
            },
            [&](int i, const AVFrame& frame) {
                if (i % comparedEvery == 0 &&
                    change.compare({frame.data[0], frame.width, frame.height, frame.linesize[0]})) {
                    lastChange = i;
                }
                ASSERT_LT(i - lastChange, picturesUntilFrozen) << options << ", picture " << i;
            });
    }
}

/// Real cameras: never called frozen at any point of the clip.
class RealFootage : public ::testing::TestWithParam<const char*> {};

std::filesystem::path footage() {
    const char* folder = std::getenv("LEEDSWATCH_FOOTAGE");
    return folder != nullptr ? std::filesystem::path{folder} : std::filesystem::path{"../shared/footage"};
}

TEST_P(RealFootage, IsNeverFrozen) {
    const auto file = footage() / "cam" / GetParam();
    if (!std::filesystem::exists(file)) {
        GTEST_SKIP() << file << " is not there; set LEEDSWATCH_FOOTAGE to the folder of real footage";
    }
    AVFormatContext* context = nullptr;
    ASSERT_GE(avformat_open_input(&context, file.c_str(), nullptr, nullptr), 0);
    const InputHandle input{context};
    ASSERT_GE(avformat_find_stream_info(input.get(), nullptr), 0);
    const int index = av_find_best_stream(input.get(), AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
    ASSERT_GE(index, 0);
    const AVStream& stream = *input->streams[index];
    const AVCodec* codec = avcodec_find_decoder(stream.codecpar->codec_id);
    CodecContextHandle decoder{avcodec_alloc_context3(codec)};
    avcodec_parameters_to_context(decoder.get(), stream.codecpar);
    ASSERT_GE(avcodec_open2(decoder.get(), codec, nullptr), 0);
    const double rate = av_q2d(stream.avg_frame_rate);
    const PacketHandle packet{av_packet_alloc()};
    const FrameHandle frame{av_frame_alloc()};
    PictureChange change;
    int picture = 0;
    int lastChange = 0;
    double longest = 0;
    while (av_read_frame(input.get(), packet.get()) >= 0) {
        if (packet->stream_index == index && avcodec_send_packet(decoder.get(), packet.get()) >= 0) {
            while (avcodec_receive_frame(decoder.get(), frame.get()) >= 0) {
                if (picture % std::max(1, static_cast<int>(rate / 5)) == 0 &&
                    change.compare({frame->data[0], frame->width, frame->height, frame->linesize[0]})) {
                    lastChange = picture;
                }
                longest = std::max(longest, (picture - lastChange) / rate);
                ++picture;
            }
        }
        av_packet_unref(packet.get());
    }
    ASSERT_GT(picture, 20);
    RecordProperty("longest_unchanged_ms", static_cast<int>(longest * 1000));
    EXPECT_LT(longest, 2.0);
}

INSTANTIATE_TEST_SUITE_P(PictureChange, RealFootage,
                         ::testing::Values("intel/car-detection.mp4", "pjunhyuk/test_video_01f.mov",
                                           "lrs/escalator.avi", "bgslib/video02.avi", "dvrscan/traffic_camera.mp4",
                                           "dvrscan/issue53_brightness_change.avi", "intel/bottle-detection.mp4"));

}  // namespace
}  // namespace leedswatch::video
