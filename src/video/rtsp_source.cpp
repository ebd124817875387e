#include "video/rtsp_source.h"

#include "base/log.h"
#include "estate/camera_address.h"
#include "rtsp/client.h"
#include "video/clock_offset_meter.h"
#include "video/media_clock.h"
#include "video/rtsp_sound.h"
#include "video/stream_parser.h"

namespace leedswatch::video {
namespace {

std::optional<VideoCodec> codecOf(std::string_view encoding) {
    if (encoding == "H264") {
        return VideoCodec::H264;
    }
    if (encoding == "H265") {
        return VideoCodec::H265;
    }
    if (encoding == "JPEG") {
        return VideoCodec::Mjpeg;
    }
    if (encoding == "MP4V-ES") {
        return VideoCodec::Mpeg4;
    }
    return std::nullopt;
}

std::vector<rtsp::Transport> transportsOf(estate::Transport transport) {
    switch (transport) {
        case estate::Transport::Automatic: return {rtsp::Transport::Tcp, rtsp::Transport::Udp};
        case estate::Transport::Tcp: return {rtsp::Transport::Tcp};
        case estate::Transport::Udp: return {rtsp::Transport::Udp};
        case estate::Transport::Multicast: return {rtsp::Transport::Multicast};
    }
    return {rtsp::Transport::Tcp};
}

std::string_view nameOf(rtsp::Transport transport) {
    switch (transport) {
        case rtsp::Transport::Tcp: return "tcp";
        case rtsp::Transport::Udp: return "udp";
        case rtsp::Transport::Multicast: return "multicast";
    }
    return "tcp";
}

class ClientSource final : public RtspSource {
public:
    ClientSource(std::unique_ptr<rtsp::Client> client, std::unique_ptr<StreamParser> parser, std::string carrier,
                 bool canLose)
        : m_carrier{std::move(carrier)}, m_canLose{canLose}, m_client{std::move(client)}, m_parser{std::move(parser)} {
        m_parser->describe(m_client->video().parameters);
        if (m_client->sound() != nullptr) {
            m_sound.emplace(*m_client->sound());
        }
    }

    base::Result<Packet> read() override {
        while (true) {
            TRY_ASSIGN(const rtsp::StreamPicture picture, m_client->read());
            Packet packet = m_parser->convert(picture.bytes);
            if (!packet.format || !packet.bytes || packet.bytes->empty()) {
                continue;
            }
            packet.arrival = picture.arrival;
            packet.arrivedAt = picture.arrivedAt;
            const std::int64_t said =
                std::int64_t{picture.timestamp} * kMediaTicksPerSecond / m_client->video().clockRate;
            packet.time = m_times.mend(said, picture.arrivedAt);
            if (picture.cameraTime) {
                m_clock.add(*picture.cameraTime, picture.arrival, picture.arrivedAt);
            }
            if (m_sound) {
                m_sound->picture(packet.time, picture.cameraTime, picture.arrivedAt);
            }
            return packet;
        }
    }

    std::vector<SoundPacket> takeSound() override {
        return m_sound ? m_sound->convert(m_client->takeSound()) : std::vector<SoundPacket>{};
    }

    SourceReport report() const override {
        return {m_carrier,
                m_canLose ? std::optional{m_client->lostPackets()} : std::nullopt,
                m_times.mended(),
                m_clock.offset(),
                m_sound ? std::string{m_sound->name()} : std::string{},
                m_client->soundRefusal()};
    }

private:
    const std::string m_carrier;
    const bool m_canLose;
    // One thread only.
    const std::unique_ptr<rtsp::Client> m_client;
    const std::unique_ptr<StreamParser> m_parser;
    MediaClock m_times;
    ClockOffsetMeter m_clock;
    std::optional<RtspSound> m_sound;
};

}  // namespace

base::Result<std::unique_ptr<RtspSource>> RtspSource::open(const StreamAddress& address, const base::Clock& clock,
                                                           std::stop_token stop, SourceTimeouts timeouts,
                                                           const std::filesystem::path& authorities) {
    const auto read = estate::readCameraAddress(address.url);
    const bool isEncrypted = read && read->kind == estate::AddressKind::Rtsps;
    if (!read || (read->kind != estate::AddressKind::Rtsp && !isEncrypted)) {
        return base::fail(base::ErrorCode::InvalidInput,
                          "'" + base::withoutCredentials(address.url) + "' is not an rtsp:// address");
    }
    const rtsp::ClientSettings settings{
        read->url,
        {address.username, address.password},
        isEncrypted ? std::vector{rtsp::Transport::Tcp} : transportsOf(address.transport),
        authorities,
        timeouts.connect,
        timeouts.silence,
        address.wantsSound};
    TRY_ASSIGN(auto client, rtsp::Client::open(settings, clock, std::move(stop)));
    const auto codec = codecOf(client->video().encoding);
    if (!codec) {
        return base::fail(base::ErrorCode::Internal, client->video().encoding + " video has no parser");
    }
    const auto transport = client->transport();
    std::string carrier =
        isEncrypted ? (authorities.empty() ? "tls-unverified" : "tls") : std::string{nameOf(transport)};
    return std::make_unique<ClientSource>(std::move(client), StreamParser::create(*codec), std::move(carrier),
                                          transport != rtsp::Transport::Tcp);
}

}  // namespace leedswatch::video
