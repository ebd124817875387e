#pragma once

#include "base/time.h"
#include "estate/camera.h"

#include <QWidget>
#include <optional>

class QLabel;
class QVBoxLayout;

namespace leedswatch::ui {

class ReviewCommands;

/// Above the picture: whose it is and when it was recorded.
class ReviewHeader final : public QWidget {
    Q_OBJECT

public:
    ReviewHeader(const ReviewCommands& commands, QWidget* parent);

    /// As long as no more is known of the camera.
    void showNumber(int cameraNumber);
    void showCamera(const estate::Camera& camera);
    /// When the picture that is painted was recorded; none: no picture.
    void showTime(std::optional<base::UtcTime> time);

private:
    [[nodiscard]] QVBoxLayout* layOutNames();
    [[nodiscard]] QVBoxLayout* layOutTimes();

    QLabel* m_camera;
    QLabel* m_site;
    QLabel* m_time;
    QLabel* m_date;
};

}  // namespace leedswatch::ui
