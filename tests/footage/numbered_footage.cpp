#include "footage/numbered_footage.h"

#include "base/file.h"
#include "base/hash.h"
#include "support/test_encoder.h"
#include "video/segment_writer.h"
#include "video/stream_parser.h"

#include <date/date.h>

#include <array>
#include <cstring>
#include <span>
#include <stdexcept>

namespace leedswatch::tests {
namespace {

constexpr int columns = 4;
constexpr int rows = 4;
constexpr std::uint8_t dark = 40;
constexpr std::uint8_t light = 210;

void require(bool good, const std::string& what) {
    if (!good) {
        throw std::runtime_error{"test footage: " + what};
    }
}

void drawNumber(AVFrame& picture, int number) {
    for (int y = 0; y < picture.height; ++y) {
        for (int x = 0; x < picture.width; ++x) {
            const int bit = (y * rows / picture.height) * columns + x * columns / picture.width;
            picture.data[0][y * picture.linesize[0] + x] = ((number >> bit) & 1) != 0 ? light : dark;
        }
    }
    for (int plane = 1; plane <= 2; ++plane) {
        for (int y = 0; y < picture.height / 2; ++y) {
            std::memset(picture.data[plane] + y * picture.linesize[plane], 128,
                        static_cast<std::size_t>(picture.width / 2));
        }
    }
}

template <typename LumaAt>
int readNumber(int width, int height, const LumaAt& lumaAt) {
    int number = 0;
    for (int bit = 0; bit < rows * columns; ++bit) {
        const int x = (2 * (bit % columns) + 1) * width / (2 * columns);
        const int y = (2 * (bit / columns) + 1) * height / (2 * rows);
        number |= (lumaAt(x, y) > (dark + light) / 2 ? 1 : 0) << bit;
    }
    return number;
}

EncoderSettings settingsFor(const FootageFormat& format) {
    const std::string gop = std::to_string(format.gop);
    EncoderSettings settings{.codec = format.codec,
                             .width = format.width,
                             .height = format.height,
                             .picturesPerSecond = format.picturesPerSecond,
                             .gop = format.gop,
                             .bFrames = format.bFrames};
    switch (format.codec) {
        case video::VideoCodec::H264: settings.x264 = "b-adapt=0:log-level=none:qp=18:keyint=" + gop; break;
        case video::VideoCodec::H265: settings.x264 = "b-adapt=0:qp=18"; break;
        case video::VideoCodec::Mjpeg:
        case video::VideoCodec::Mpeg4: settings.options = {{"b", "4000000"}}; break;
    }
    if (!format.encoder.empty()) {
        settings.x264 += ":" + format.encoder;
    }
    return settings;
}

}  // namespace

std::vector<std::byte> soundOf(int number) {
    return std::vector<std::byte>(320, static_cast<std::byte>(number % 251));
}

void encodeNumbered(const std::filesystem::path& file, int first, int count, const FootageFormat& format) {
    const auto encoder = openEncoder(settingsFor(format));
    const auto parser = video::StreamParser::create(format.codec);
    video::GopCollector collector;
    std::vector<video::Gop> gops;
    const auto sound = format.hasSound ? video::g711Format(video::SoundCodec::MuLaw, 8'000, 1) : nullptr;
    const auto hear = [&](std::int64_t number) {
        collector.addSound({sound,
                            std::make_shared<const std::vector<std::byte>>(soundOf(first + static_cast<int>(number))),
                            number * video::kMediaTicksPerSecond / format.picturesPerSecond});
    };
    encodePictures(
        *encoder, count, [first](AVFrame& picture, int n) { drawNumber(picture, first + n); },
        [&](const AVPacket& encoded) {
            video::Packet packet = parser->convert(bytesOf(encoded));
            packet.time = encoded.pts * video::kMediaTicksPerSecond / format.picturesPerSecond;
            if (auto gop = collector.add(std::move(packet))) {
                gops.push_back(std::move(*gop));
            }
            if (sound) {
                hear(encoded.pts);
            }
        });
    gops.push_back(collector.flush().value());
    auto created = video::DiskArchiveFiles{}.create(file);
    require(created.has_value(), "cannot write " + file.string());
    auto writer = video::SegmentWriter::create(std::move(*created), gops.front(), sound, {});
    require(writer.has_value(), "no header");
    for (const video::Gop& gop : gops) {
        require((*writer)->write(gop).has_value(), "a GOP is not written");
    }
}

int numberIn(const AVFrame& picture) {
    return readNumber(picture.width, picture.height,
                      [&](int x, int y) { return picture.data[0][y * picture.linesize[0] + x]; });
}

int numberIn(const video::Frame& picture) {
    return readNumber(picture.width, picture.height, [&](int x, int y) {
        return std::to_integer<int>(picture.pixels[static_cast<std::size_t>(y * picture.stride + x * 4 + 1)]);
    });
}

estate::Camera addCamera(store::Database& database, int number, const std::string& name) {
    estate::CameraRegistry cameras{database};
    const std::string row =
        std::to_string(number) + "," + name + ",City centre,rtsp://127.0.0.1:9/" + std::to_string(number);
    const auto added = cameras.importCsv(access::Acting::commandLine(), "number,name,site,main_url\n" + row + "\n");
    require(added.has_value(), added ? "" : added.error().message);
    return cameras.find(number).value();
}

std::filesystem::path NumberedArchive::newFile(base::UtcTime begin) {
    const auto milliseconds = std::chrono::floor<std::chrono::milliseconds>(begin);
    const std::string camera = std::to_string(m_camera.value());
    const std::filesystem::path file = std::filesystem::path{camera} / date::format("%F", begin) /
                                       (date::format("%Y%m%dT%H%M%S", milliseconds) + "Z.mp4");
    std::filesystem::create_directories(pathOf(file).parent_path());
    return file;
}

video::Segment NumberedArchive::describe(const video::OpenSegment& open, int pictures, const FootageFormat& format) {
    video::Segment segment;
    segment.camera = m_camera;
    segment.folder = m_index.archiveFolder();
    segment.file = open.file;
    segment.begin = open.begin;
    const std::int64_t length = std::int64_t{pictures} * 1'000'000 / format.picturesPerSecond;
    segment.end = open.begin + base::Microseconds{length};
    segment.firstMediaTime = m_mediaTime;
    segment.lastMediaTime = m_mediaTime + std::int64_t{pictures - 1} * 90'000 / format.picturesPerSecond;
    segment.frames = pictures;
    segment.bytes = static_cast<std::int64_t>(std::filesystem::file_size(pathOf(open.file)));
    segment.sha256 = base::sha256OfFile(pathOf(open.file)).value();
    m_mediaTime += length * 9 / 100;
    m_end = segment.end;
    return segment;
}

video::Segment NumberedArchive::add(base::UtcTime begin, int pictures, const FootageFormat& format,
                                    video::SegmentEnd cause) {
    return addWithEnd(begin, pictures, format, cause, std::nullopt);
}

video::Segment NumberedArchive::addDrifting(base::UtcTime begin, int pictures, base::Microseconds wallLength,
                                            const FootageFormat& format) {
    return addWithEnd(begin, pictures, format, video::SegmentEnd::Full, wallLength);
}

video::Segment NumberedArchive::addWithEnd(base::UtcTime begin, int pictures, const FootageFormat& format,
                                           video::SegmentEnd cause, std::optional<base::Microseconds> wallLength) {
    const video::OpenSegment open{m_camera, newFile(begin), begin};
    require(m_index.addOpen(open).has_value(), "no open row");
    encodeNumbered(pathOf(open.file), m_nextNumber, pictures, format);
    m_nextNumber += pictures;
    auto segment = describe(open, pictures, format);
    segment.cause = cause;
    if (wallLength) {
        segment.end = m_end = begin + *wallLength;
    }
    require(m_index.finish({segment}).has_value(), "no finished row");
    return segment;
}

video::Segment NumberedArchive::addNext(int pictures, const FootageFormat& format, video::SegmentEnd cause) {
    return add(m_end, pictures, format, cause);
}

std::filesystem::path NumberedArchive::addGrowing(base::UtcTime begin, int pictures, const FootageFormat& format) {
    m_growing = {m_camera, newFile(begin), begin};
    m_growingPictures = pictures;
    m_growingFormat = format;
    require(m_index.addOpen(m_growing).has_value(), "no open row");
    encodeNumbered(pathOf(m_growing.file), m_nextNumber, pictures, format);
    m_nextNumber += pictures;
    return m_growing.file;
}

video::Segment NumberedArchive::finishGrowing() {
    auto segment = describe(m_growing, m_growingPictures, m_growingFormat);
    require(m_index.finish({segment}).has_value(), "no finished row");
    return segment;
}

}  // namespace leedswatch::tests
