#pragma once

#include "response/alarm.h"
#include "ui/wall/camera_tile.h"

#include <QTimer>
#include <QWidget>
#include <optional>
#include <vector>

class QLabel;
class QPushButton;

namespace leedswatch::ui {

class WallHub;

/// The pictures of an alarm: of each of its first cameras the live picture, and under it, until it is over, what was
/// recorded from half a minute before the alarm to a minute after it, however long ago that is. Decodes only while it
/// is seen.
class AlarmPictures final : public QWidget {
    Q_OBJECT

public:
    AlarmPictures(WallHub& hub, QWidget* parent);
    ~AlarmPictures() override;

    /// Camera numbers, in their order. The same alarm with the same cameras again changes nothing.
    void show(const std::optional<response::Alarm>& alarm, const std::vector<int>& cameras);
    /// The half minute before the alarm once more, and the minute after it as far as it is over.
    void playAgain();
    [[nodiscard]] const std::vector<int>& cameras() const { return m_cameras; }

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void setTile(CameraTile& tile, int camera);
    void run();
    void check();

    WallHub& m_hub;
    std::optional<response::AlarmId> m_alarm;
    base::UtcTime m_raised{};
    std::vector<int> m_cameras;
    std::vector<CameraTile*> m_live;
    std::vector<CameraTile*> m_before;
    QLabel* m_empty;
    QPushButton* m_again;
    QTimer m_check;
};

}  // namespace leedswatch::ui
