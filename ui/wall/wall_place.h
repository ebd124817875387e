#pragma once

#include "ui/wall/camera_tile.h"
#include "ui/wall/sequence_player.h"
#include "ui/wall/wall_hub.h"

#include <memory>
#include <vector>

namespace leedswatch::ui {

using SpareFeeds = std::vector<std::unique_ptr<TileFeed>>;

/// One place of a wall: a tile, and what it is for: a camera, a sequence, the spot, or the memory of a camera that is
/// gone. Which camera is shown is always the feed's word. UI thread only.
class WallPlace {
public:
    WallPlace(WallHub& hub, CameraTile& tile) : m_hub{hub}, m_tile{tile} {}

    [[nodiscard]] CameraTile& tile() const { return m_tile; }
    /// 0: no camera is shown.
    [[nodiscard]] int cameraNumber() const;
    [[nodiscard]] bool isEmpty() const { return content() == estate::ViewTile{}; }
    [[nodiscard]] bool isSpot() const { return m_isSpot; }
    [[nodiscard]] bool hasSequence() const { return m_sequence.isValid(); }
    /// What a view would keep of it.
    [[nodiscard]] estate::ViewTile content() const;

    /// A feed of `spare` that shows the camera already is taken over as it runs.
    void setContent(const estate::ViewTile& content, SpareFeeds& spare);
    /// False, and said in the tile, if there is no such camera.
    bool showCamera(int number);
    void showSequence(estate::SequenceId id, std::size_t position = 0);
    /// What was here before the last change that a person made. False if nothing was.
    bool showPrevious();
    void forgetPrevious() { m_previous = {}; }
    /// What is here now is what `showPrevious` brings back.
    void keepAsPrevious();
    void setSpot(bool isSpot);
    /// All that is here for all that is there, as it runs; the places may belong to two walls.
    void exchange(WallPlace& other);
    void clear();
    [[nodiscard]] std::unique_ptr<TileFeed> takeFeed();

    void toggleSequencePause();
    void stepSequence(int steps);

    /// Runs what there is to run at the tile's size, or, for a tile that nobody sees, lets it go.
    void run(bool isSeen);
    /// Several times a second. True if a sequence has gone on to another camera.
    bool check();
    /// After any change of the estate, the stations's states or the library.
    void camerasChanged();
    void tellStatus();
    /// Said in the tile if it shows this camera.
    void tell(estate::CameraId camera, const QString& notice);
    void libraryChanged();

private:
    struct Before {
        estate::ViewTile content;
        std::size_t position = 0;
    };
    void drop();
    void take(SequencePlayer::Shown shown);
    void startSequence(std::size_t position);
    void showMark();
    [[nodiscard]] TileUse use() const { return m_isSpot ? TileUse::Spot : TileUse::Tile; }

    WallHub& m_hub;
    CameraTile& m_tile;
    estate::CameraRef m_gone;       ///< a camera that the place is kept for and the estate no longer has
    estate::SequenceId m_sequence;  ///< also while the library has not been read yet
    std::unique_ptr<SequencePlayer> m_player;
    bool m_isSpot = false;
    bool m_isSeen = false;
    Before m_previous;
};

}  // namespace leedswatch::ui
