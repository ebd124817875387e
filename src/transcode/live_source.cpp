#include "transcode/live_source.h"

#include "estate/camera_address.h"
#include "transcode/live_pictures.h"
#include "video/decoder.h"
#include "video/stream_parser.h"

#include <fmt/format.h>

namespace leedswatch::transcode {
namespace {

using video::Packet;
using video::StreamSource;

constexpr std::chrono::seconds kSignalLook{1};

class ProgressiveSource final : public StreamSource {
public:
    ProgressiveSource(std::unique_ptr<StreamSource> source, const LiveTreatment& treatment)
        : m_source{std::move(source)}, m_pictures{treatment}, m_ready{av_packet_alloc()} {}

    base::Result<Packet> read() override {
        while (true) {
            while (m_pictures.take(*m_ready)) {
                if (Packet packet = convertReady(); packet.format && packet.bytes) {
                    return packet;
                }
            }
            TRY_ASSIGN(const Packet packet, m_source->read());
            TRY(put(packet));
        }
    }
    std::vector<video::SoundPacket> takeSound() override { return m_source->takeSound(); }
    video::SourceReport report() const override { return m_source->report(); }

private:
    base::Result<void> put(const Packet& packet) {
        m_arrival = packet.arrival;
        m_arrivedAt = packet.arrivedAt;
        if (!m_decoder || m_decoder->format() != *packet.format) {
            TRY_ASSIGN(m_decoder, video::Decoder::create(packet.format));
        }
        const AVFrame* picture = m_decoder->decode(packet);
        return picture == nullptr ? base::Result<void>{} : m_pictures.put(*picture, {1, video::kMediaTicksPerSecond});
    }

    Packet convertReady() {
        Packet packet =
            m_parser->convert(std::as_bytes(std::span{m_ready->data, static_cast<std::size_t>(m_ready->size)}));
        packet.time = m_ready->pts;
        packet.isKey = packet.isKey || (m_ready->flags & AV_PKT_FLAG_KEY) != 0;
        packet.arrival = m_arrival;
        packet.arrivedAt = m_arrivedAt;
        return packet;
    }

    const std::unique_ptr<StreamSource> m_source;
    LivePictures m_pictures;
    video::PacketHandle m_ready;
    std::unique_ptr<video::Decoder> m_decoder;
    const std::unique_ptr<video::StreamParser> m_parser = video::StreamParser::create(video::VideoCodec::H264);
    base::UtcTime m_arrival{};
    base::SteadyTime m_arrivedAt{};
};

base::Result<void> checkSignal(const std::string& path, const CaptureInput& input) {
    if (!input.hasSignal) {
        return base::fail(base::ErrorCode::Disconnected, path + " has no video signal at its input " + input.name +
                                                             "; check the cable and the camera's power");
    }
    if (!input.isLocked) {
        return base::fail(base::ErrorCode::Disconnected,
                          path + " finds no sync in the signal at its input " + input.name +
                              "; check the cable, and the television standard in the camera's address");
    }
    return {};
}

/// Asks the driver for the signal while pictures are read: some cards go on showing the last one, or a colour of
/// theirs.
class WatchedDevice final : public StreamSource {
public:
    WatchedDevice(std::unique_ptr<StreamSource> source, std::string path, int input, const CaptureCard& card,
                  const base::Clock& clock)
        : m_source{std::move(source)}, m_path{std::move(path)}, m_input{input}, m_card{card}, m_clock{clock} {}

    base::Result<Packet> read() override {
        if (m_clock.steadyNow() >= m_next) {
            m_next = m_clock.steadyNow() + kSignalLook;
            if (const auto seen = m_card.look(m_path, m_input)) {
                TRY(checkSignal(m_path, *seen));
            }
        }
        return m_source->read();
    }
    video::SourceReport report() const override { return m_source->report(); }

private:
    const std::unique_ptr<StreamSource> m_source;
    const std::string m_path;
    const int m_input;
    const CaptureCard& m_card;
    const base::Clock& m_clock;
    base::SteadyTime m_next{};
};

LiveTreatment treatmentFor(const LiveOptions& options, FieldOrder expected) {
    LiveTreatment treatment;
    treatment.rate = options.deinterlace == LiveOptions::Deinterlace::Half ? FieldRate::Half : FieldRate::Full;
    treatment.order = options.fields.value_or(expected);
    treatment.isOrderFixed = options.fields.has_value();
    treatment.isDenoised = options.isDenoised;
    treatment.isCropped = options.isCropped;
    if (options.deinterlace == LiveOptions::Deinterlace::Never) {
        treatment.order = FieldOrder::Progressive;
        treatment.isOrderFixed = true;
    }
    return treatment;
}

bool isAskedFor(const LiveOptions& options) {
    return options.deinterlace == LiveOptions::Deinterlace::Full ||
           options.deinterlace == LiveOptions::Deinterlace::Half;
}

base::Result<std::unique_ptr<StreamSource>> openDevice(const video::StreamAddress& address, const LiveOptions& options,
                                                       video::SourceSettings settings, const CaptureCard& card,
                                                       const base::Clock& clock, std::stop_token stop) {
    const std::string path = estate::readCameraAddress(options.url)->path();
    const auto seen = card.look(path, options.input);
    if (!seen && seen.error().code == base::ErrorCode::NotFound && options.input > 0) {
        return base::fail(seen.error());
    }
    const bool isAnalogue = options.standard || (seen && seen->isAnalogue);
    LiveTreatment treatment = treatmentFor(options, FieldOrder::Progressive);
    if (isAnalogue) {
        if (seen) {
            TRY(checkSignal(path, *seen));
        }
        const Standard standard = options.standard.value_or(seen && seen->detected ? *seen->detected : Standard::Pal);
        settings.deviceOptions.emplace_back("channel", std::to_string(options.input));
        settings.deviceOptions.emplace_back("standard", nameOf(standard));
        settings.deviceOptions.emplace_back("video_size", standard == Standard::Pal ? "720x576" : "720x480");
        treatment = treatmentFor(options, standard == Standard::Pal ? FieldOrder::TopFirst : FieldOrder::BottomFirst);
        treatment.watchesSignal = true;
    }
    settings.pictureEncoder = [treatment] { return std::make_unique<LivePictures>(treatment); };
    TRY_ASSIGN(auto source, video::openSource(address, settings, clock, std::move(stop)));
    source = std::make_unique<WatchedDevice>(std::move(source), path, options.input, card, clock);
    return source;
}

}  // namespace

std::unique_ptr<StreamSource> makeProgressive(std::unique_ptr<StreamSource> source, const LiveTreatment& treatment) {
    return std::make_unique<ProgressiveSource>(std::move(source), treatment);
}

base::Result<std::unique_ptr<StreamSource>> openSource(const video::StreamAddress& address,
                                                       const video::SourceSettings& settings, const CaptureCard& card,
                                                       const base::Clock& clock, std::stop_token stop) {
    TRY_ASSIGN(const LiveOptions options, readLiveOptions(address.url));
    video::StreamAddress plain = address;
    plain.url = options.url;
    const auto read = estate::readCameraAddress(options.url);
    if (read && read->kind == estate::AddressKind::Device) {
        return openDevice(plain, options, settings, card, clock, std::move(stop));
    }
    TRY_ASSIGN(auto source, video::openSource(plain, settings, clock, std::move(stop)));
    return isAskedFor(options) ? makeProgressive(std::move(source), treatmentFor(options, FieldOrder::TopFirst))
                               : std::move(source);
}

}  // namespace leedswatch::transcode
