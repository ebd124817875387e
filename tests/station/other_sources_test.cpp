#include "base/file.h"
#include "base/hash.h"
#include "hostile_server.h"
#include "live_support/test_camera.h"
#include "support/child_process.h"
#include "support/system_clock.h"
#include "support/temporary_folder.h"
#include "support/test_stream.h"
#include "tls_server.h"
#include "transcode/live_pictures.h"
#include "video/device_source.h"
#include "video/stream_source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/evp.h>

#include <array>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;
using base::ErrorCode;
using ::testing::HasSubstr;

base::Result<std::unique_ptr<video::StreamSource>> open(const std::string& url, const std::string& username = {},
                                                        const std::string& password = {},
                                                        const std::filesystem::path& authorities = {}) {
    video::SourceSettings settings;
    settings.timeouts = {2s, 2s};
    settings.cameraAuthorities = authorities;
    return video::openSource({url, username, password}, settings, kClock, {});
}

base::Error errorOf(const std::string& url, const std::filesystem::path& authorities = {}) {
    auto source = open(url, "", "", authorities);
    EXPECT_FALSE(source);
    return source ? base::Error{} : source.error();
}

/// Pictures from the source; fewer than `count` if it failed.
std::vector<video::Packet> packetsOf(video::StreamSource& source, int count) {
    std::vector<video::Packet> packets;
    while (static_cast<int>(packets.size()) < count) {
        auto packet = source.read();
        if (!packet) {
            ADD_FAILURE() << packet.error().message;
            break;
        }
        packets.push_back(std::move(*packet));
    }
    return packets;
}

void expectGrowingTimes(const std::vector<video::Packet>& packets) {
    for (std::size_t i = 1; i < packets.size(); ++i) {
        EXPECT_GT(packets[i].time, packets[i - 1].time) << "picture " << i;
    }
}

std::string md5(const std::string& text) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_md5(), nullptr);
    return base::toHex(std::as_bytes(std::span{digest}.first(size)));
}

std::string parameterOf(const std::string& request, const std::string& name) {
    const auto at = request.find(name + "=\"");
    const auto begin = at + name.size() + 2;
    return at == std::string::npos ? "" : request.substr(begin, request.find('"', begin) - begin);
}

/// Who asks without the right answer gets `challenge`.
HostileServer::Script mjpegCamera(const std::string& challenge,
                                  const std::function<bool(const std::string&)>& isRight) {
    return [=](HostileConnection& client) {
        if (const auto request = client.request(); !isRight(request)) {
            client.send("HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: " + challenge +
                        "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            return;
        }
        client.send("HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=cut\r\n\r\n");
        TestStream stream;
        stream.codec = video::VideoCodec::Mjpeg;
        for (const auto& packet : makePackets(stream, 20, {}, {})) {
            const std::string bytes{reinterpret_cast<const char*>(packet.bytes->data()), packet.bytes->size()};
            client.send("--cut\r\nContent-Type: image/jpeg\r\nContent-Length: " + std::to_string(bytes.size()) +
                        "\r\n\r\n" + bytes + "\r\n");
        }
        client.holdOn();
    };
}

bool anybody(const std::string&) {
    return true;
}

TEST(HttpMjpegSourceTest, PicturesComeBitForBitEachAKeyFrame) {
    const HostileServer camera{mjpegCamera("", anybody)};
    auto source = open(camera.url("http"));
    ASSERT_TRUE(source) << source.error().message;
    const auto received = packetsOf(**source, 20);
    TestStream stream;
    stream.codec = video::VideoCodec::Mjpeg;
    const auto sent = makePackets(stream, 20, {}, {});
    ASSERT_EQ(received.size(), sent.size());
    for (std::size_t i = 0; i < sent.size(); ++i) {
        EXPECT_EQ(*received[i].bytes, *sent[i].bytes);
        EXPECT_TRUE(received[i].isKey);
    }
    EXPECT_EQ(received.front().format->codec, video::VideoCodec::Mjpeg);
    EXPECT_EQ(received.front().format->width, 176);
    expectGrowingTimes(received);
    EXPECT_EQ((*source)->report().carrier, "http");
    EXPECT_FALSE((*source)->report().lostPackets);
}

TEST(HttpMjpegSourceTest, SignsInByBasicAndByDigestAndNeverTellsThePassword) {
    const HostileServer basic{mjpegCamera("Basic realm=\"camera\"", [](const std::string& request) {
        return request.find("Authorization: Basic YWRtIGluOnBAc3M6dy9yZA==") != std::string::npos;
    })};
    ASSERT_TRUE(open(basic.url("http"), "adm in", "p@ss:w/rd"));
    const HostileServer digest{mjpegCamera("Digest realm=\"camera\", nonce=\"once\"", [](const std::string& request) {
        const auto first = md5("adm in:camera:p@ss:w/rd");
        const auto second = md5("GET:" + parameterOf(request, "uri"));
        return parameterOf(request, "response") == md5(first + ":once:" + second);
    })};
    ASSERT_TRUE(open(digest.url("http"), "adm in", "p@ss:w/rd"));
    for (const auto* camera : {&basic, &digest}) {
        const auto refused = open(camera->url("http"), "adm in", "wrong-secret");
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, ErrorCode::SignInFailed) << refused.error().message;
        EXPECT_EQ(refused.error().message.find("wrong-secret"), std::string::npos);
    }
}

TEST(HttpMjpegSourceTest, WhatIsNoStreamOfPicturesIsNamed) {
    const HostileServer single{[](HostileConnection& client) {
        std::ignore = client.request();
        client.send("HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\nContent-Length: 3\r\n\r\nabc");
    }};
    const auto picture = errorOf(single.url("http"));
    EXPECT_EQ(picture.code, ErrorCode::Unsupported);
    EXPECT_THAT(picture.message, HasSubstr("image/jpeg"));
    const HostileServer missing{[](HostileConnection& client) {
        std::ignore = client.request();
        client.send("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
    }};
    EXPECT_EQ(errorOf(missing.url("http")).code, ErrorCode::NotFound);
    EXPECT_EQ(errorOf("http" + closedPort().substr(4)).code, ErrorCode::Unreachable);
}

class TlsSourceTest : public testing::Test {
protected:
    TlsSourceTest() {
        m_certificate.writeTo(m_folder / "ours.pem");
        TestCertificate{}.writeTo(m_folder / "other.pem");
    }

    TemporaryFolder m_folder;
    TestCertificate m_certificate;
    TestCamera m_camera{{"admin", "secret"}};
    TlsServer m_server{m_certificate, m_camera.port()};
};

TEST_F(TlsSourceTest, ACameraInTlsIsReadAndSaysWhetherItsCertificateWasChecked) {
    {
        auto checked = open(m_server.url("rtsps"), "admin", "secret", m_folder / "ours.pem");
        ASSERT_TRUE(checked) << checked.error().message;
        EXPECT_EQ(packetsOf(**checked, 10).size(), 10U);
        EXPECT_EQ((*checked)->report().carrier, "tls");
    }
    auto unchecked = open(m_server.url("rtsps"), "admin", "secret", m_folder / "not-there.pem");
    ASSERT_TRUE(unchecked) << unchecked.error().message;
    EXPECT_EQ(packetsOf(**unchecked, 10).size(), 10U);
    EXPECT_EQ((*unchecked)->report().carrier, "tls-unverified");
}

TEST_F(TlsSourceTest, ACertificateThatNobodyVouchesForOrInAnotherNameIsRefused) {
    const auto stranger = errorOf(m_server.url("rtsps"), m_folder / "other.pem");
    EXPECT_EQ(stranger.code, ErrorCode::NotPermitted) << stranger.message;
    EXPECT_THAT(stranger.message, HasSubstr("other.pem does not vouch for"));
    const auto misnamed = errorOf(m_server.url("rtsps", "localhost"), m_folder / "ours.pem");
    EXPECT_EQ(misnamed.code, ErrorCode::NotPermitted) << misnamed.message;
    ASSERT_TRUE(base::replaceFile(m_folder / "empty.pem", "nothing"));
    EXPECT_EQ(errorOf(m_server.url("rtsps"), m_folder / "empty.pem").code, ErrorCode::NotFound);
}

TEST_F(TlsSourceTest, AServerThatSpeaksNoTlsIsNamed) {
    const auto plain = errorOf("rtsps" + m_camera.url().substr(4));
    EXPECT_EQ(plain.code, ErrorCode::Unsupported) << plain.message;
    EXPECT_THAT(plain.message, HasSubstr("not with TLS"));
}

TEST_F(TlsSourceTest, AWebCameraInTlsIsReadToo) {
    const HostileServer web{mjpegCamera("", anybody)};
    const TlsServer server{m_certificate, web.port()};
    auto source = open(server.url("https"), "", "", m_folder / "ours.pem");
    ASSERT_TRUE(source) << source.error().message;
    EXPECT_EQ(packetsOf(**source, 20).size(), 20U);
    EXPECT_EQ((*source)->report().carrier, "tls");
}

class FileSourceTest : public testing::Test {
protected:
    /// A file of `seconds` of a test picture at 25 a second.
    std::string make(const std::string& name, const std::vector<std::string>& coding, double seconds = 0.4) {
        const auto path = (m_folder / name).string();
        std::vector<std::string> command{"/usr/bin/ffmpeg",
                                         "-nostdin",
                                         "-loglevel",
                                         "error",
                                         "-f",
                                         "lavfi",
                                         "-i",
                                         "testsrc=size=160x120:rate=25:duration=" + std::to_string(seconds)};
        command.insert(command.end(), coding.begin(), coding.end());
        command.push_back(path);
        const auto finished = runProgram(command);
        EXPECT_EQ(finished.exitCode, 0) << finished.output;
        return path;
    }

    TemporaryFolder m_folder;
};

TEST_F(FileSourceTest, AFileIsShownAtItsPaceOverAndOver) {
    const auto path = make("clip.mp4", {"-c:v", "libx264", "-bf", "0", "-pix_fmt", "yuv420p"});
    auto source = open("file:" + path);
    ASSERT_TRUE(source) << source.error().message;
    const auto packets = packetsOf(**source, 25);
    ASSERT_EQ(packets.size(), 25U) << "the file has ten";
    for (std::size_t i = 1; i < packets.size(); ++i) {
        EXPECT_EQ(packets[i].time - packets[i - 1].time, 3600) << "picture " << i;
        EXPECT_EQ(packets[i].isKey, i % 10 == 0);
    }
    EXPECT_GT(packets.back().arrivedAt - packets.front().arrivedAt, 900ms);
    EXPECT_EQ(*packets[0].bytes, *packets[10].bytes);
    EXPECT_EQ((*source)->report().mended.total(), 0);
    EXPECT_EQ((*source)->report().carrier, "file");
}

TEST_F(FileSourceTest, EveryCodingThatIsCarriedIsShown) {
    const std::vector<std::pair<std::string, std::vector<std::string>>> files{
        {"h265.mkv", {"-c:v", "libx265", "-x265-params", "log-level=none:bframes=0", "-pix_fmt", "yuv420p"}},
        {"mjpeg.avi", {"-c:v", "mjpeg", "-pix_fmt", "yuvj420p"}},
        {"mpeg4.avi", {"-c:v", "mpeg4"}},
        {"reordered.mp4", {"-c:v", "libx264", "-bf", "2", "-pix_fmt", "yuv420p"}},
        {"raw.h264", {"-c:v", "libx264", "-bf", "0", "-pix_fmt", "yuv420p"}},
        {"transport.ts", {"-c:v", "libx264", "-bf", "0", "-pix_fmt", "yuv420p"}}};
    for (const auto& [name, coding] : files) {
        auto source = open("file:" + make(name, coding));
        ASSERT_TRUE(source) << name << ": " << source.error().message;
        const auto packets = packetsOf(**source, 15);
        ASSERT_EQ(packets.size(), 15U) << name;
        EXPECT_EQ(packets.front().format->width, 160) << name;
        EXPECT_TRUE(packets.front().isKey) << name;
    }
}

TEST_F(FileSourceTest, WhatCannotBeShownIsRefusedWithTheReason) {
    const auto vp9 = errorOf("file:" + make("clip.webm", {"-c:v", "libvpx-vp9", "-deadline", "realtime"}, 0.1));
    EXPECT_EQ(vp9.code, ErrorCode::Unsupported);
    EXPECT_THAT(vp9.message, HasSubstr("vp9"));
    ASSERT_TRUE(base::replaceFile(m_folder / "text.mp4", "no video at all"));
    EXPECT_EQ(errorOf("file:" + (m_folder / "text.mp4").string()).code, ErrorCode::Damaged);
    EXPECT_EQ(errorOf("file:" + (m_folder / "missing.mp4").string()).code, ErrorCode::NotFound);
    EXPECT_EQ(errorOf("file:" + m_folder.path().string()).code, ErrorCode::InvalidInput);
    const auto clip = make("clip.mp4", {"-c:v", "libx264"}, 0.1);
    ASSERT_TRUE(base::replaceFile(m_folder / "list.m3u8", "#EXTM3U\n#EXTINF:1,\nfile:" + clip + "\n#EXT-X-ENDLIST\n"));
    EXPECT_FALSE(open("file:" + (m_folder / "list.m3u8").string())) << "a list could name any address";
}

TEST_F(FileSourceTest, AStopEndsTheWaitForThePicture) {
    const auto path = make("slow.mp4", {"-r", "1", "-c:v", "libx264", "-bf", "0"}, 5);
    std::stop_source stop;
    auto source = video::openSource({"file:" + path, "", ""}, {}, kClock, stop.get_token());
    ASSERT_TRUE(source) << source.error().message;
    ASSERT_TRUE((*source)->read());
    std::jthread later{[&] {
        std::this_thread::yield();
        stop.request_stop();
    }};
    auto packet = (*source)->read();
    while (packet) {
        packet = (*source)->read();
    }
    EXPECT_EQ(packet.error().code, ErrorCode::Cancelled);
}

TEST_F(FileSourceTest, RecordingsOfRealCamerasAreShownOrRefusedInWords) {
    const std::filesystem::path footage{
        std::getenv("LEEDSWATCH_FOOTAGE") == nullptr ? "" : std::getenv("LEEDSWATCH_FOOTAGE")};
    if (!std::filesystem::exists(footage / "fate")) {
        GTEST_SKIP() << "There is no real footage here: LEEDSWATCH_FOOTAGE names no folder with fate in it.";
    }
    int shown = 0;
    for (const char* folder : {"fate", "cam"}) {
        for (const auto& entry : std::filesystem::recursive_directory_iterator{footage / folder}) {
            if (!entry.is_regular_file()) {
                continue;
            }
            auto source = open("file:" + entry.path().string());
            if (!source) {
                EXPECT_FALSE(source.error().message.empty());
                continue;
            }
            const auto packet = (*source)->read();
            EXPECT_TRUE(packet || !packet.error().message.empty());
            shown += packet ? 1 : 0;
        }
    }
    EXPECT_GT(shown, 5);
}

TEST(DeviceSourceTest, WhatADeviceGivesRawIsEncodedOnce) {
    video::SourceSettings settings;
    settings.deviceFormat = "lavfi";
    settings.pictureEncoder = [] {
        transcode::LiveTreatment treatment;
        treatment.order = transcode::FieldOrder::Progressive;
        return std::make_unique<transcode::LivePictures>(treatment);
    };
    auto source = video::DeviceSource::open("testsrc=size=160x120:rate=25", settings, kClock, {});
    ASSERT_TRUE(source) << source.error().message;
    const auto packets = packetsOf(**source, 60);
    ASSERT_EQ(packets.size(), 60U);
    EXPECT_EQ(packets.front().format->codec, video::VideoCodec::H264);
    EXPECT_EQ(packets.front().format->width, 160);
    for (std::size_t i = 0; i < packets.size(); ++i) {
        EXPECT_EQ(packets[i].isKey, i % 50 == 0) << "a key frame every two seconds";
    }
    EXPECT_EQ((*source)->report().carrier, "device");
}

TEST_F(FileSourceTest, WhatADeviceGivesEncodedIsPassedOn) {
    const auto path = make("device.mjpeg", {"-c:v", "mjpeg", "-pix_fmt", "yuvj420p"});
    video::SourceSettings settings;
    settings.deviceFormat = "mjpeg";
    auto source = video::DeviceSource::open(path, settings, kClock, {});
    ASSERT_TRUE(source) << source.error().message;
    const auto packets = packetsOf(**source, 10);
    ASSERT_EQ(packets.size(), 10U);
    EXPECT_EQ(packets.front().format->codec, video::VideoCodec::Mjpeg);
    EXPECT_EQ((*source)->read().error().code, ErrorCode::Disconnected) << "it was unplugged";
}

TEST(DeviceSourceTest, ADeviceThatIsNotThereIsNamed) {
    const auto error = errorOf("v4l2:/dev/video-none");
    EXPECT_EQ(error.code, ErrorCode::NotFound);
    EXPECT_THAT(error.message, HasSubstr("/dev/video-none"));
}

}  // namespace
}  // namespace leedswatch::tests
