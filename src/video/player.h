#pragma once

#include "access/person.h"
#include "base/clock.h"
#include "base/latest_slot.h"
#include "estate/camera.h"
#include "video/frame.h"
#include "video/full_picture.h"
#include "video/picture_cursor.h"
#include "video/picture_scaler.h"
#include "video/timeline.h"

#include <array>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>

namespace leedswatch::video {

/// What setSpeed takes. Above 4 only key frames are shown, so that any machine keeps up.
inline constexpr std::array<double, 8> playerSpeeds{0.125, 0.25, 0.5, 1, 2, 4, 8, 16};

struct PlayerState {
    std::uint64_t commandsDone = 0;         ///< the number of the last command whose effect this shows
    std::optional<base::UtcTime> position;  ///< when the picture that is shown was recorded; none: no picture
    bool playing = false;
    double speed = 1;
    bool atBegin = false;       ///< nothing older is recorded
    bool atEnd = false;         ///< nothing newer is recorded; playing has stopped
    std::optional<Gap> inGap;   ///< the instant that was asked for lies in it; the picture is the last one before it
    std::optional<Gap> jumped;  ///< the last gap that playing or stepping went over, since the last seek
    std::uint64_t jumps = 0;
    std::string problem;  ///< the last thing that could not be shown, a sentence; empty since the last seek if none
};

/// Plays what is recorded of one camera. A thread of its own decodes and paces on the steady clock; commands return at
/// once and are carried out in order, but of several seeks only the last. Each returns its number: it has taken effect
/// when state().commandsDone has reached it. Thread-safe.
///
/// A picture is published with the time at which it was recorded, never without it. Playing goes over gaps, and says
/// so; over damaged files, and says so; stops at the end of what is recorded, and says so.
class Player {
public:
    /// `wake` is called on the player's thread for a new picture or a new state; it must not block and must coalesce.
    /// Error: NotPermitted (the right PlayRecorded). The index and the clock must outlive the player.
    [[nodiscard]] static base::Result<std::unique_ptr<Player>> create(SegmentIndex& index, const base::Clock& clock,
                                                                      const access::Acting& acting,
                                                                      estate::CameraId camera,
                                                                      Presentation presentation,
                                                                      std::function<void()> wake);
    ~Player();
    Player(const Player&) = delete;
    Player& operator=(const Player&) = delete;

    std::uint64_t play();
    std::uint64_t pause();
    /// Shows the picture at or before that instant. Playing goes on from there if it was playing.
    std::uint64_t seek(base::UtcTime time);
    /// By so many pictures, back if negative. Pauses.
    std::uint64_t step(int pictures);
    /// To one of playerSpeeds; anything else to the nearest of them.
    std::uint64_t setSpeed(double speed);
    /// The picture that is shown is made anew. Without a mask no picture is given out at all.
    std::uint64_t setPresentation(Presentation presentation);

    /// The newest picture; null before the first.
    [[nodiscard]] std::shared_ptr<const Frame> frame() { return m_frames.take(); }
    /// The picture that is shown as it was decoded, but for what `mask` hides. Errors: NotFound (none is shown),
    /// NotPermitted (no mask), Unsupported. Takes as long as converting it.
    [[nodiscard]] base::Result<FullPicture> fullPicture(const std::shared_ptr<const PrivacyMask>& mask) const;
    [[nodiscard]] std::uint64_t framesPublished() const { return m_frames.published(); }
    [[nodiscard]] PlayerState state() const;

private:
    /// What was asked for since the thread last looked.
    struct Orders {
        std::uint64_t number = 0;
        std::optional<bool> playing;
        std::optional<base::UtcTime> seek;
        std::int64_t steps = 0;
        std::optional<double> speed;
        std::optional<Presentation> presentation;
    };

    Player(SegmentIndex& index, const base::Clock& clock, estate::CameraId camera, Presentation presentation,
           std::function<void()> wake);
    std::uint64_t order(const std::function<void(Orders&)>& change);
    void run(const std::stop_token& stop);
    [[nodiscard]] std::optional<Orders> waitForOrders(const std::stop_token& stop);
    void carryOut(const Orders& orders);
    void seekTo(base::UtcTime time);
    void stepBy(std::int64_t pictures);
    void setPlaying(bool playing);
    void prepareNext();
    void showPrepared();
    [[nodiscard]] bool decodeHere(int direction, DecodedPicture& picture);
    void show(const DecodedPicture& picture);
    void setShownPicture(DecodedPicture picture);
    void noteMove();
    void failWith(const base::Error& error);
    void publishState();
    [[nodiscard]] base::SteadyTime dueTime(base::UtcTime pictureTime) const;
    void anchorAt(base::UtcTime pictureTime);

    // Constant after construction.
    const base::Clock& m_clock;
    const std::function<void()> m_wake;

    // With locks of their own.
    base::LatestSlot<Frame> m_frames;

    mutable std::mutex m_mutex;
    std::condition_variable_any m_ordered;
    // Guarded by m_mutex.
    Orders m_orders;
    std::uint64_t m_ordersGiven = 0;
    PlayerState m_shownState;
    DecodedPicture m_newestPicture;  ///< the one that is shown, and when it was recorded
    base::UtcTime m_newestTime{};

    // Of the player's thread only.
    struct Prepared {
        DecodedPicture picture;
        base::SteadyTime due;
        PictureCursor::Place before;
    };
    std::stop_token m_stop;
    PictureCursor m_cursor;
    PictureScaler m_scaler;
    PlayerState m_state;
    std::optional<Prepared> m_prepared;
    DecodedPicture m_shownPicture;
    base::UtcTime m_anchorPicture{};
    base::SteadyTime m_anchorSteady{};
    Presentation m_presentation;
    std::int64_t m_framesShown = 0;

    std::jthread m_thread;
};

/// The audit row of a session of playing: once when a person opens recorded footage, not for every picture. Checks the
/// right PlayRecorded. Errors: NotPermitted, those of the store.
[[nodiscard]] base::Result<void> auditPlayback(store::Database& database, const access::Acting& acting,
                                               const estate::Camera& camera, base::UtcTime from);

}  // namespace leedswatch::video
