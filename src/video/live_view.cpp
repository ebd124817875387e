#include "video/live_view.h"

#include "video/decoder.h"
#include "video/live_edge.h"
#include "video/live_picture_change.h"

#include <algorithm>
#include <deque>

namespace leedswatch::video {
namespace {

using namespace std::chrono_literals;

constexpr auto firstRetry = 100ms;
constexpr auto longestRetry = 2000ms;
// The picture is compared a few times a second: enough to see a change within 3 s, and a fifth of the work.
constexpr auto compareEvery = 180ms;
// While an older past is caught up with, it is seen to run; each picture more that is scaled for that makes the present
// come later (a quarter of the time of a call-up of 1920x1080, at 25 a second).
constexpr auto showPastEvery = 120ms;
// More than libavcodec holds back for the order of showing (16) and for its threads.
constexpr std::size_t mostDelayed = 32;
constexpr SourceTimeouts timeouts{.connect = 5s, .silence = 8s};

}  // namespace

/// One connection.
class LiveView::Session {
    struct Arrival {
        std::int64_t time;  ///< the packet's, 90 kHz
        base::UtcTime wall;
        base::SteadyTime at;
    };

public:
    Session(LiveView& view, std::unique_ptr<StreamSource> source) : m_view{view}, m_source{std::move(source)} {}

    /// Until it ends; why.
    base::Error run() {
        while (true) {
            if (auto result = step(); !result) {
                return std::move(result).error();
            }
        }
    }

private:
    base::Result<void> step() {
        const base::SteadyTime before = m_view.m_clock.steadyNow();
        TRY_ASSIGN(const Packet packet, m_source->read());
        const base::SteadyTime now = m_view.m_clock.steadyNow();
        const bool atEdge = m_edge.arrived(now, now - before, packet.time);
        {
            const std::scoped_lock lock{m_view.m_mutex};
            m_view.m_liveness.packetArrived(atEdge);
        }
        noteArrival(packet);
        if (needsDecoder(packet, atEdge)) {
            const auto pace = m_decoder || atEdge ? Decoder::Pace::Live : Decoder::Pace::CatchingUp;
            TRY_ASSIGN(m_decoder, Decoder::create(packet.format, &m_view.m_hardware, pace));
        }
        m_format = packet.format;
        const std::int64_t refusedBefore = m_decoder->refused();
        const AVFrame* picture = m_decoder->decode(packet);
        noteMeasure(packet, now);
        {
            const std::scoped_lock lock{m_view.m_mutex};
            m_view.m_status.refused += m_decoder->refused() - refusedBefore;
            m_view.m_status.decodedBy = m_view.m_hardware.inUse();
        }
        if (picture == nullptr) {
            return {};
        }
        return show(*picture, atEdge);
    }

    // Parameter sets that change between key pictures are in the pictures themselves.
    bool needsDecoder(const Packet& packet, bool atEdge) const {
        if (!m_decoder || !packet.isKey) {
            return !m_decoder;
        }
        const bool isOther = m_format != packet.format && *packet.format != m_decoder->format();
        return isOther || (atEdge && m_decoder->isDelayed());
    }

    void noteArrival(const Packet& packet) {
        if (m_arrivals.size() >= mostDelayed) {
            m_arrivals.pop_front();
        }
        m_arrivals.push_back({packet.time, packet.arrival, packet.arrivedAt});
    }

    /// Of the packet that this picture was, which need not be the newest.
    Arrival arrivalOf(const AVFrame& picture) const {
        const auto found = std::ranges::find(m_arrivals, picture.pts, &Arrival::time);
        return found == m_arrivals.end() ? m_arrivals.back() : *found;
    }

    void noteMeasure(const Packet& packet, base::SteadyTime before) {
        const std::scoped_lock lock{m_view.m_mutex};
        if (m_view.m_meter) {
            m_view.m_meter->note(packet.format->codec, packet.arrivedAt, packet.bytes->size(),
                                 m_view.m_clock.steadyNow() - before);
        }
    }

    base::Result<void> show(const AVFrame& picture, bool atEdge) {
        const base::SteadyTime now = m_view.m_clock.steadyNow();
        const bool changed = hasChanged(picture, now);
        bool stateChanged = false;
        std::int64_t number = 0;
        {
            const std::scoped_lock lock{m_view.m_mutex};
            m_view.m_liveness.pictureDecoded(changed);
            LiveStatus& status = m_view.m_status;
            status.problem.reset();
            status.sourceWidth = picture.width;
            status.sourceHeight = picture.height;
            number = ++status.pictures;
            if (!status.firstPictureAfter) {
                status.firstPictureAfter = std::chrono::duration_cast<std::chrono::milliseconds>(now - m_view.m_madeAt);
            }
            const LiveState state = m_view.m_liveness.verdict().state;
            stateChanged = std::exchange(m_state, state) != state;
        }
        if (atEdge || !m_shownAt || now - *m_shownAt >= showPastEvery || stateChanged) {
            TRY(publish(picture, now, number));
        }
        return {};
    }

    bool hasChanged(const AVFrame& picture, base::SteadyTime now) {
        // Until a change has been seen every picture counts, for a view becomes live by it.
        if (m_changeSeen && now - m_comparedAt < compareEvery) {
            return false;
        }
        m_comparedAt = now;
        const bool changed = m_change.compare({picture.data[0], picture.width, picture.height, picture.linesize[0]});
        m_changeSeen = m_changeSeen || changed;
        return changed;
    }

    base::Result<void> publish(const AVFrame& picture, base::SteadyTime now, std::int64_t number) {
        m_shownAt = now;
        const Arrival arrival = arrivalOf(picture);
        return m_view.show({referenceTo(picture), arrival.wall, arrival.at, now, number});
    }

    LiveView& m_view;
    const std::unique_ptr<StreamSource> m_source;
    std::deque<Arrival> m_arrivals;  ///< of the newest packets; not empty once there was one
    LiveEdge m_edge;
    std::shared_ptr<const StreamFormat> m_format;
    std::unique_ptr<Decoder> m_decoder;
    PictureChange m_change;
    bool m_changeSeen = false;
    base::SteadyTime m_comparedAt{};
    std::optional<base::SteadyTime> m_shownAt;
    LiveState m_state = LiveState::Connecting;
};

LiveView::LiveView(const base::Clock& clock, AddressSource address, Presentation presentation,
                   std::function<void()> wake, std::shared_ptr<HardwareExperience> hardware)
    : m_clock{clock},
      m_address{std::move(address)},
      m_wake{std::move(wake)},
      m_madeAt{clock.steadyNow()},
      m_hardware{std::move(hardware)},
      m_slot{nullptr},
      m_presentation{std::move(presentation)},
      m_liveness{clock},
      m_thread{[this](const std::stop_token& stop) { run(stop); }} {}

LiveView::~LiveView() = default;

void LiveView::setPresentation(Presentation presentation) {
    const std::scoped_lock lock{m_pictureMutex};
    m_presentation = std::move(presentation);
}

base::Result<void> LiveView::show(Newest newest) {
    {
        const std::scoped_lock lock{m_pictureMutex};
        m_newest = std::move(newest);
        TRY(present());
    }
    m_wake();
    return {};
}

void LiveView::presentAgain() {
    {
        const std::scoped_lock lock{m_pictureMutex};
        if (!m_newest.picture || !present()) {
            return;
        }
    }
    m_wake();
}

/// With m_pictureMutex held, so that what is published last was made last.
base::Result<void> LiveView::present() {
    if (m_presentation.mask == nullptr) {
        return {};
    }
    TRY_ASSIGN(auto frame, m_scaler.present(*m_newest.picture, m_presentation));
    frame->wallTime = m_newest.wallTime;
    frame->arrivedAt = m_newest.arrivedAt;
    frame->decodedAt = m_newest.decodedAt;
    frame->number = m_newest.number;
    m_slot.publish(std::move(frame));
    return {};
}

base::Result<FullPicture> LiveView::fullPicture(const std::shared_ptr<const PrivacyMask>& mask) const {
    Newest newest;
    {
        const std::scoped_lock lock{m_pictureMutex};
        newest = m_newest;
    }
    if (!newest.picture) {
        return base::fail(base::ErrorCode::NotFound, "there is no picture of this camera yet");
    }
    return fullPictureOf(*newest.picture, mask, newest.wallTime);
}

std::shared_ptr<const Frame> LiveView::takePicture() {
    return m_slot.take();
}

LiveStatus LiveView::status() const {
    const std::scoped_lock lock{m_mutex};
    LiveStatus status = m_status;
    status.verdict = m_liveness.verdict();
    return status;
}

void LiveView::setMeasured(bool measured) {
    const std::scoped_lock lock{m_mutex};
    if (measured != m_meter.has_value()) {
        m_meter = measured ? std::optional{StreamMeter{}} : std::nullopt;
    }
}

std::optional<StreamMeasure> LiveView::measure() const {
    const base::SteadyTime now = m_clock.steadyNow();
    const std::scoped_lock lock{m_mutex};
    return m_meter ? m_meter->measure(now) : std::nullopt;
}

void LiveView::requestStop() {
    m_thread.request_stop();
}

void LiveView::run(const std::stop_token& stop) {
    std::chrono::milliseconds delay = firstRetry;
    while (!stop.stop_requested()) {
        const LiveStatus before = status();
        const base::Error error = runOnce(stop);
        if (stop.stop_requested()) {
            return;
        }
        const LiveStatus after = status();
        delay = after.pictures > before.pictures ? firstRetry : std::min(delay * 2, longestRetry);
        attemptEnded(error, after.connections > before.connections);
        waitBeforeRetry(delay, stop);
    }
}

base::Error LiveView::runOnce(const std::stop_token& stop) {
    auto address = m_address();
    if (!address) {
        return std::move(address).error();
    }
    auto source = RtspSource::open(*address, m_clock, stop, timeouts);
    if (!source) {
        return std::move(source).error();
    }
    {
        const std::scoped_lock lock{m_mutex};
        m_liveness.connected();
        ++m_status.connections;
    }
    return Session{*this, std::move(*source)}.run();
}

void LiveView::attemptEnded(const base::Error& error, bool wasConnected) {
    {
        const std::scoped_lock lock{m_mutex};
        m_status.problem = error;
        if (wasConnected) {
            m_liveness.disconnected();
        } else {
            m_liveness.connectionFailed();
        }
    }
    m_wake();
}

void LiveView::waitBeforeRetry(std::chrono::milliseconds delay, const std::stop_token& stop) {
    std::unique_lock lock{m_mutex};
    m_retry.wait_for(lock, stop, delay, [] { return false; });
}

LiveView::AddressSource relayAddressSource(std::filesystem::path dataFolder, int cameraNumber, StreamKind kind) {
    return [folder = std::move(dataFolder), cameraNumber, kind]() -> base::Result<StreamAddress> {
        const auto relay = readRelayAddress(folder);
        if (!relay && relay.error().code == base::ErrorCode::NotFound) {
            return base::fail(base::ErrorCode::Unreachable, "no station has run in " + folder.string());
        }
        if (!relay) {
            return base::fail(relay.error());
        }
        return StreamAddress{relay->url(cameraNumber, kind), relay->username, relay->password};
    };
}

}  // namespace leedswatch::video
