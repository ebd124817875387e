#include "rtsp/client.h"

#include "base/hash.h"
#include "rtsp/session.h"
#include "rtsp/sound_depacketizer.h"

#include <poll.h>

#include <cstring>

namespace leedswatch::rtsp {
namespace {

using namespace std::chrono_literals;

constexpr auto kReportEvery = 5s;
constexpr auto kWritePatience = 5s;
/// A packet that is missing is given up after 60 ms, though nothing more may come.
constexpr auto kLookForLate = 20ms;
/// Pictures may be three seconds apart; G.711 comes in packets of 10 ms at the shortest.
constexpr std::size_t kMostSound = 512;
/// Of the time to connect: a camera that does not answer for its sound leaves enough to be asked again without.
constexpr int kSoundShare = 3;

class PlayingClient final : public Client {
public:
    PlayingClient(const ClientSettings& settings, const base::Clock& clock, const std::stop_token& stop)
        : m_settings{settings},
          m_clock{clock},
          m_stop{stop},
          m_session{m_settings, clock, stop, [this](const InterleavedFrame& frame) { takeFrame(frame); }} {}

    base::Result<void> connect(const network::Patience& patience) {
        TRY_ASSIGN(const SessionDescription description, m_session.describe(patience));
        TRY(chooseVideo(description));
        TRY_ASSIGN(m_transport, m_session.setUp(*m_video, m_settings.transports, patience));
        if (m_settings.wantsSound) {
            TRY(addSound(description, patience));
        }
        TRY(m_session.play(m_sound ? patience.within(m_settings.connect / kSoundShare) : patience));
        m_heardAt = m_clock.steadyNow();
        m_reportAt = m_heardAt + kReportEvery;
        return {};
    }

    /// Whether the server was asked for sound, so that it may be what an attempt failed by.
    [[nodiscard]] bool askedForSound() const { return m_askedForSound; }
    void goOnWithoutSound(const std::string& why) { m_soundRefusal = why; }

    const MediaDescription& video() const override { return m_video->media(); }
    const MediaDescription* sound() const override { return m_sound ? &m_sound->media() : nullptr; }
    const std::string& soundRefusal() const override { return m_soundRefusal; }
    Transport transport() const override { return m_transport; }
    std::int64_t lostPackets() const override { return m_video ? m_video->lostPackets() : 0; }
    std::vector<StreamSound> takeSound() override { return std::exchange(m_heard, {}); }

    base::Result<StreamPicture> read() override {
        while (true) {
            if (auto picture = m_pictures->take()) {
                return withTimes(std::move(*picture));
            }
            if (auto pumped = m_video->ports() != nullptr ? pumpDatagrams() : pumpConversation(); !pumped) {
                return base::fail(m_session.words().ofReading(std::move(pumped).error()));
            }
            keepAlive();
        }
    }

private:
    base::Result<void> chooseVideo(const SessionDescription& session) {
        std::string refused;
        for (const MediaDescription& media : session.media) {
            if (media.kind != MediaKind::Video) {
                continue;
            }
            m_pictures = Depacketizer::create(media.encoding);
            if (m_pictures) {
                m_video.emplace(media, [this](const RtpPacket& packet, bool afterGap) {
                    m_heardAt = m_clock.steadyNow();
                    m_pictures->add(packet, afterGap);
                });
                return {};
            }
            refused = media.encoding.empty() ? "video in a coding that is not known" : media.encoding + " video";
        }
        return base::fail(
            base::ErrorCode::Unsupported,
            m_session.host() + " sends " + (refused.empty() ? "no video" : refused) + "; set it to H.264");
    }

    /// In the way of the pictures. What the server answers is never an error; that it does not is.
    base::Result<void> addSound(const SessionDescription& session, const network::Patience& patience) {
        m_soundRefusal = "the camera offers none";
        for (const MediaDescription& media : session.media) {
            if (media.kind != MediaKind::Sound) {
                continue;
            }
            m_sounds = SoundDepacketizer::create(media);
            if (!m_sounds) {
                m_soundRefusal = (media.encoding.empty() ? "its coding" : media.encoding) +
                                 " is not carried; set the camera's sound to AAC or G.711";
                continue;
            }
            m_askedForSound = true;
            m_sound.emplace(media, [this](const RtpPacket& packet, bool afterGap) { takeSound(packet, afterGap); });
            const auto done =
                m_session.setUp(*m_sound, {m_transport}, patience.within(m_settings.connect / kSoundShare));
            if (done) {
                m_soundRefusal.clear();
                return {};
            }
            m_sound.reset();
            if (done.error().code == base::ErrorCode::TimedOut || done.error().code == base::ErrorCode::Cancelled) {
                return base::fail(done.error());
            }
            m_soundRefusal = done.error().message;
        }
        return {};
    }

    [[nodiscard]] network::Patience silencePatience() const {
        const auto left = m_heardAt + m_settings.silence - m_clock.steadyNow();
        return {m_clock, m_stop, left};
    }

    base::Result<void> pumpConversation() {
        TRY_ASSIGN(const bool anything, m_session.conversation().takeWhatIsThere(silencePatience()));
        return anything ? checkSilence() : m_session.conversation().readMore(silencePatience());
    }

    /// Messages alone, or another stream's packets, are no life of this one.
    [[nodiscard]] base::Result<void> checkSilence() const {
        if (silencePatience().isOver()) {
            return base::fail(m_stop.stop_requested() ? base::ErrorCode::Cancelled : base::ErrorCode::TimedOut,
                              "no packets of the stream");
        }
        return {};
    }

    base::Result<void> pumpDatagrams() {
        bool anything = false;
        for (auto* medium : {&m_video, &m_sound}) {
            anything = (*medium && (*medium)->takeDatagrams(m_clock.steadyNow())) || anything;
        }
        // The connection says when the camera ends the session.
        TRY(m_session.conversation().readAvailable());
        TRY(m_session.conversation().takeWhatIsThere(silencePatience()));
        TRY(checkSilence());
        return anything ? base::Result<void>{} : waitForDatagrams();
    }

    base::Result<void> waitForDatagrams() {
        std::vector<pollfd> waiting{{m_session.conversation().channel().descriptor(), POLLIN, 0}};
        for (auto* medium : {&m_video, &m_sound}) {
            if (const UdpPorts* ports = *medium ? (*medium)->ports() : nullptr) {
                waiting.push_back({ports->rtp(), POLLIN, 0});
                waiting.push_back({ports->rtcp(), POLLIN, 0});
            }
        }
        const auto waited = silencePatience().within(kLookForLate).waitForAny(waiting.data(), waiting.size());
        return waited || waited.error().code == base::ErrorCode::TimedOut ? base::Result<void>{} : waited;
    }

    void takeFrame(const InterleavedFrame& frame) {
        for (auto* medium : {&m_video, &m_sound}) {
            if (*medium) {
                (*medium)->take(frame, m_clock.steadyNow());
            }
        }
    }

    void takeSound(const RtpPacket& packet, bool afterGap) {
        m_sounds->add(packet, afterGap);
        while (auto sound = m_sounds->take()) {
            if (m_heard.size() >= kMostSound) {
                m_heard.erase(m_heard.begin());
            }
            m_heard.push_back({std::move(sound->bytes), sound->timestamp, sound->duration, m_clock.steadyNow(),
                               m_sound->senderTime(sound->timestamp)});
        }
    }

    StreamPicture withTimes(ReceivedPicture picture) {
        return {std::move(picture.bytes), picture.isWhole,
                picture.timestamp,        m_clock.now(),
                m_clock.steadyNow(),      m_video->senderTime(picture.timestamp)};
    }

    void keepAlive() {
        const auto now = m_clock.steadyNow();
        if (now >= m_reportAt) {
            m_reportAt = now + kReportEvery;
            for (auto* medium : {&m_video, &m_sound}) {
                if (*medium) {
                    (*medium)->sendReport(m_session.conversation(), m_self,
                                          network::Patience{m_clock, m_stop, kWritePatience});
                }
            }
        }
        m_session.keepAlive();
    }

    const ClientSettings m_settings;
    const base::Clock& m_clock;
    const std::stop_token m_stop;
    const std::uint32_t m_self = [] {
        std::uint32_t number = 0;
        std::memcpy(&number, base::randomBytes(sizeof number).data(), sizeof number);
        return number;
    }();

    Session m_session;
    Transport m_transport = Transport::Tcp;
    std::unique_ptr<Depacketizer> m_pictures;
    std::optional<MediaReceiver> m_video;
    std::unique_ptr<SoundDepacketizer> m_sounds;
    std::optional<MediaReceiver> m_sound;
    bool m_askedForSound = false;
    std::string m_soundRefusal;
    std::vector<StreamSound> m_heard;
    base::SteadyTime m_heardAt{};  // of the pictures
    base::SteadyTime m_reportAt{};
};

}  // namespace

base::Result<std::unique_ptr<Client>> Client::open(const ClientSettings& settings, const base::Clock& clock,
                                                   std::stop_token stop) {
    const network::Patience patience{clock, stop, settings.connect};
    auto client = std::make_unique<PlayingClient>(settings, clock, stop);
    auto connected = client->connect(patience);
    if (!connected && client->askedForSound() && !patience.isOver()) {
        // Pictures come first: what fails with its sound may well play without.
        ClientSettings silent = settings;
        silent.wantsSound = false;
        client = std::make_unique<PlayingClient>(silent, clock, stop);
        client->goOnWithoutSound("the camera does not play with it");
        connected = client->connect(patience);
    }
    TRY(connected);
    return client;
}

}  // namespace leedswatch::rtsp
