#include "video/player.h"

#include "base/local_time.h"

#include <algorithm>
#include <cmath>

namespace leedswatch::video {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t cacheBytes = 128U << 20U;
constexpr double fastestFull = 4;  // above it, only key frames
constexpr auto patience = 80ms;    // a picture that takes longer gives way to a newer order
constexpr auto tooLate = 500ms;    // then the pace starts anew instead of being caught up with
constexpr int mostDamagedInARow = 500;

}  // namespace

base::Result<std::unique_ptr<Player>> Player::create(SegmentIndex& index, const base::Clock& clock,
                                                     const access::Acting& acting, estate::CameraId camera,
                                                     Presentation presentation, std::function<void()> wake) {
    TRY(access::require(acting, access::Right::PlayRecorded));
    return std::unique_ptr<Player>{new Player{index, clock, camera, std::move(presentation), std::move(wake)}};
}

Player::Player(SegmentIndex& index, const base::Clock& clock, estate::CameraId camera, Presentation presentation,
               std::function<void()> wake)
    : m_clock{clock},
      m_wake{std::move(wake)},
      m_frames{m_wake},
      m_cursor{index, camera, cacheBytes},
      m_presentation{std::move(presentation)},
      m_thread{[this](const std::stop_token& stop) { run(stop); }} {}

Player::~Player() = default;

std::uint64_t Player::order(const std::function<void(Orders&)>& change) {
    const std::scoped_lock lock{m_mutex};
    change(m_orders);
    m_orders.number = ++m_ordersGiven;
    m_ordered.notify_all();
    return m_ordersGiven;
}

std::uint64_t Player::play() {
    return order([](Orders& orders) { orders.playing = true; });
}
std::uint64_t Player::pause() {
    return order([](Orders& orders) { orders.playing = false; });
}
std::uint64_t Player::seek(base::UtcTime time) {
    return order([time](Orders& orders) {
        orders.seek = time;
        orders.steps = 0;
    });
}
std::uint64_t Player::step(int pictures) {
    return order([pictures](Orders& orders) {
        orders.steps += pictures;
        orders.playing = false;
    });
}
std::uint64_t Player::setSpeed(double speed) {
    const auto nearest =
        std::ranges::min_element(playerSpeeds, {}, [speed](double known) { return std::abs(known - speed); });
    return order([chosen = *nearest](Orders& orders) { orders.speed = chosen; });
}
std::uint64_t Player::setPresentation(Presentation presentation) {
    presentation.box = {std::max(presentation.box.width, 16), std::max(presentation.box.height, 16)};
    return order([&](Orders& orders) { orders.presentation = std::move(presentation); });
}

base::Result<FullPicture> Player::fullPicture(const std::shared_ptr<const PrivacyMask>& mask) const {
    DecodedPicture picture;
    base::UtcTime time;
    {
        const std::scoped_lock lock{m_mutex};
        picture = m_newestPicture;
        time = m_newestTime;
    }
    if (!picture) {
        return base::fail(base::ErrorCode::NotFound, "no recorded picture is shown");
    }
    return fullPictureOf(*picture, mask, time);
}

PlayerState Player::state() const {
    const std::scoped_lock lock{m_mutex};
    return m_shownState;
}

void Player::run(const std::stop_token& stop) {
    m_stop = stop;
    while (!stop.stop_requested()) {
        if (const auto orders = waitForOrders(stop)) {
            carryOut(*orders);
        } else if (m_prepared && m_clock.steadyNow() >= m_prepared->due) {
            showPrepared();
        }
        if (m_state.playing && !m_prepared && !stop.stop_requested()) {
            prepareNext();
        }
    }
}

std::optional<Player::Orders> Player::waitForOrders(const std::stop_token& stop) {
    std::unique_lock lock{m_mutex};
    const auto given = [this] { return m_orders.number != 0; };
    if (m_prepared) {
        m_ordered.wait_for(lock, stop, m_prepared->due - m_clock.steadyNow(), given);
    } else {
        m_ordered.wait(lock, stop, given);
    }
    if (!given()) {
        return std::nullopt;
    }
    return std::exchange(m_orders, {});
}

void Player::carryOut(const Orders& orders) {
    if (m_prepared) {  // the cursor is one picture ahead of what is shown
        m_cursor.restore(m_prepared->before);
        m_prepared.reset();
    }
    m_state.commandsDone = orders.number;
    if (orders.presentation) {
        m_presentation = *orders.presentation;
        if (m_shownPicture && !orders.seek && orders.steps == 0) {
            show(m_shownPicture);
        }
    }
    if (orders.speed) {
        m_state.speed = *orders.speed;
    }
    if (orders.seek) {
        seekTo(*orders.seek);
    }
    if (orders.playing) {
        setPlaying(*orders.playing);
    }
    if (orders.steps != 0) {
        stepBy(orders.steps);
    }
    if (m_state.position) {
        anchorAt(*m_state.position);
    }
    publishState();
}

void Player::setPlaying(bool playing) {
    m_state.playing = playing && m_cursor.isOnPicture();
    if (m_state.playing) {
        m_state.atEnd = false;
        m_state.inGap.reset();
    }
}

void Player::seekTo(base::UtcTime time) {
    m_state.problem.clear();
    m_state.jumped.reset();
    m_state.inGap.reset();
    m_state.atBegin = m_state.atEnd = false;
    const auto landing = m_cursor.moveTo(time);
    noteMove();
    if (!landing) {
        failWith(landing.error());
        return;
    }
    switch (*landing) {
        case PictureCursor::Landing::Nothing:
            m_state.position.reset();
            m_state.playing = false;
            m_state.atBegin = m_state.atEnd = true;
            setShownPicture(nullptr);
            return;
        case PictureCursor::Landing::BeforeFirst: m_state.atBegin = true; break;
        case PictureCursor::Landing::AfterLast: m_state.atEnd = true; break;
        case PictureCursor::Landing::InGap: m_state.inGap = m_cursor.gap(); break;
        case PictureCursor::Landing::OnPicture: break;
    }
    DecodedPicture picture;
    if (decodeHere(-1, picture)) {
        m_state.position = m_cursor.time();
        show(picture);
    }
}

void Player::stepBy(std::int64_t pictures) {
    m_state.inGap.reset();
    m_state.atBegin = m_state.atEnd = false;
    const int direction = pictures > 0 ? 1 : -1;
    for (std::int64_t left = std::abs(pictures); left > 0; --left) {
        const auto moved = direction > 0 ? m_cursor.next() : m_cursor.previous();
        noteMove();
        if (!moved) {
            failWith(moved.error());
            return;
        }
        if (!*moved) {
            (direction > 0 ? m_state.atEnd : m_state.atBegin) = true;
            break;
        }
        if (m_cursor.gap()) {
            m_state.jumped = m_cursor.gap();
            ++m_state.jumps;
        }
    }
    DecodedPicture picture;
    if (m_cursor.isOnPicture() && decodeHere(direction, picture)) {
        m_state.position = m_cursor.time();
        show(picture);
    }
}

/// Decodes the picture that the cursor stands on; if it is damaged, the next one in that direction that is not.
bool Player::decodeHere(int direction, DecodedPicture& picture) {
    const auto began = m_clock.steadyNow();
    const auto interrupted = [&] {
        if (m_stop.stop_requested()) {
            return true;
        }
        if (m_clock.steadyNow() - began < patience) {
            return false;
        }
        const std::scoped_lock lock{m_mutex};
        return m_orders.seek.has_value();
    };
    for (int tries = 0; tries < mostDamagedInARow; ++tries) {
        auto decoded = m_cursor.decode(interrupted);
        if (decoded) {
            picture = std::move(*decoded);
            return true;
        }
        if (decoded.error().code == base::ErrorCode::Cancelled) {
            // The hand on the timeline has gone on; what is decoded by now is shown, with its own time.
            if (!m_cursor.settleForLastDecoded()) {
                return false;
            }
            continue;
        }
        failWith(decoded.error());
        const auto moved = direction > 0 ? m_cursor.next() : m_cursor.previous();
        noteMove();
        if (!moved || !*moved) {
            return false;
        }
    }
    return false;
}

void Player::prepareNext() {
    const auto before = m_cursor.place();
    const auto moved = m_state.speed > fastestFull ? m_cursor.nextKey() : m_cursor.next();
    noteMove();
    if (!moved || !*moved) {
        if (!moved) {
            failWith(moved.error());
        }
        m_state.playing = false;
        m_state.atEnd = moved.has_value();
        publishState();
        return;
    }
    const auto gap = m_cursor.gap();
    DecodedPicture picture;
    if (!decodeHere(1, picture)) {
        m_cursor.restore(before);
        m_state.playing = false;
        publishState();
        return;
    }
    if (gap) {
        m_state.jumped = gap;
        ++m_state.jumps;
        anchorAt(m_cursor.time());
    }
    m_prepared = Prepared{std::move(picture), dueTime(m_cursor.time()), before};
}

void Player::showPrepared() {
    const Prepared prepared = std::move(*m_prepared);
    m_prepared.reset();
    const auto late = m_clock.steadyNow() - prepared.due;
    m_state.position = m_cursor.time();
    m_state.atBegin = false;
    if (late > tooLate) {
        anchorAt(*m_state.position);
    }
    // A machine that is behind decodes every picture but paints only some.
    const bool behind = late > 50ms && late <= tooLate;
    if (!behind || ++m_framesShown % 4 == 0) {
        show(prepared.picture);
    }
    publishState();
}

void Player::setShownPicture(DecodedPicture picture) {
    m_shownPicture = picture;
    const std::scoped_lock lock{m_mutex};
    m_newestPicture = std::move(picture);
    m_newestTime = m_state.position.value_or(base::UtcTime{});
}

void Player::show(const DecodedPicture& picture) {
    setShownPicture(picture);
    if (m_presentation.mask == nullptr) {
        return;
    }
    auto frame = m_scaler.present(*picture, m_presentation);
    if (!frame) {
        failWith(frame.error());
        return;
    }
    (*frame)->wallTime = m_state.position.value_or(base::UtcTime{});
    (*frame)->decodedAt = m_clock.steadyNow();
    (*frame)->number = ++m_framesShown;
    m_frames.publish(std::move(*frame));
}

void Player::noteMove() {
    for (auto& problem : m_cursor.takeProblems()) {
        m_state.problem = std::move(problem);
    }
}

void Player::failWith(const base::Error& error) {
    m_state.problem = error.message;
}

void Player::publishState() {
    {
        const std::scoped_lock lock{m_mutex};
        m_shownState = m_state;
    }
    if (m_wake) {
        m_wake();
    }
}

base::SteadyTime Player::dueTime(base::UtcTime pictureTime) const {
    const double microseconds = static_cast<double>((pictureTime - m_anchorPicture).count()) / m_state.speed;
    return m_anchorSteady + base::Microseconds{std::llround(microseconds)};
}

void Player::anchorAt(base::UtcTime pictureTime) {
    m_anchorPicture = pictureTime;
    m_anchorSteady = m_clock.steadyNow();
}

base::Result<void> auditPlayback(store::Database& database, const access::Acting& acting, const estate::Camera& camera,
                                 base::UtcTime from) {
    TRY(access::require(acting, access::Right::PlayRecorded));
    return database.write([&](store::Transaction& transaction) -> base::Result<void> {
        store::AuditEvent event;
        event.who = acting.username;
        event.workstation = acting.workstation;
        event.action = "footage.played";
        event.object = "camera " + std::to_string(camera.number);
        event.details = {{"camera", camera.number}, {"from", base::formatUtc(from)}};
        transaction.audit(event);
        return {};
    });
}

}  // namespace leedswatch::video
