#pragma once

#include "estate/wall_shelf.h"
#include "ui/wall/sequence_run.h"
#include "ui/wall/wall_hub.h"

#include <QString>
#include <memory>
#include <optional>

namespace leedswatch::ui {

/// A sequence at work for one tile: it connects to the next camera some seconds ahead and gives its feed over when the
/// dwell is over and the picture is there, so that nothing is black in between. A camera that is not live by three
/// seconds after its turn is shown as it is, or passed over, as the sequence says. UI thread only.
class SequencePlayer {
public:
    /// What the tile is to show from now on. No feed: the estate no longer has the camera.
    struct Shown {
        std::unique_ptr<TileFeed> feed;
        estate::CameraRef camera;
    };

    SequencePlayer(WallHub& hub, const estate::Sequence& sequence);

    [[nodiscard]] estate::SequenceId id() const { return m_id; }
    [[nodiscard]] std::size_t position() const { return m_run.position(); }
    /// Goes to a step at once.
    [[nodiscard]] Shown goTo(std::size_t position);
    [[nodiscard]] Shown goBy(int steps);
    /// To be called several times a second while the tile is seen, with the room for its picture.
    [[nodiscard]] std::optional<Shown> check(QSize room, TileUse use);
    /// Nobody sees the tile: nothing is connected ahead, and the dwell begins anew when it is seen again.
    void hold();
    void setPaused(bool paused);
    [[nodiscard]] bool isPaused() const { return m_run.isPaused(); }
    /// The sequence was edited or renamed.
    void change(const estate::Sequence& sequence);
    /// "SEQUENCE Town centre 2/5 · 7 s".
    [[nodiscard]] QString mark() const;

private:
    struct Prepared {
        std::size_t position = 0;
        std::unique_ptr<TileFeed> feed;
        base::SteadyTime since;
    };
    [[nodiscard]] std::unique_ptr<TileFeed> makeFeed(std::size_t position) const;
    [[nodiscard]] Shown show(std::size_t position, std::unique_ptr<TileFeed> feed);
    void prepare(std::size_t position);
    [[nodiscard]] bool isPassedOver(std::size_t position) const;
    [[nodiscard]] std::optional<Shown> takeNext(base::SteadyTime now);

    WallHub& m_hub;
    const estate::SequenceId m_id;
    QString m_name;
    SequenceRun m_run;
    std::optional<Prepared> m_next;
    bool m_isHeld = false;
};

}  // namespace leedswatch::ui
