#pragma once

#include "base/time.h"

#include <QObject>
#include <QString>

namespace leedswatch::video {
struct Gap;
}

namespace leedswatch::ui {

class PlaybackNotice;
class RecordingLoader;
class ReviewPlayer;
class TimelineView;

/// Goes to places of the recording: finds them in what is recorded, has the player seek them and the timeline show
/// them.
class RecordingNavigator final : public QObject {
    Q_OBJECT

public:
    RecordingNavigator(const RecordingLoader& loader, ReviewPlayer& player, TimelineView& timeline,
                       PlaybackNotice& notice, QObject* parent);

    void goTo(base::UtcTime time);
    void goToStart();
    void goToEnd();
    void goToNextGap();
    void goToPreviousGap();

private:
    /// Null: there is none, and `refusal` is said.
    void goToGap(const video::Gap* gap, const QString& refusal);

    const RecordingLoader& m_loader;
    ReviewPlayer& m_player;
    TimelineView& m_timeline;
    PlaybackNotice& m_notice;
};

}  // namespace leedswatch::ui
