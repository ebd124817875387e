#pragma once

#include "analytics/quality_history.h"
#include "estate/camera.h"
#include "ui/common/console_context.h"
#include "ui/common/feed_listener.h"
#include "ui/common/worker.h"

#include <QWidget>

class QButtonGroup;
class QLabel;

namespace leedswatch::ui {

class QualityChart;

/// How good one camera's picture was, hour by hour, over a day, a week or a month.
class QualityPane final : public QWidget {
    Q_OBJECT

public:
    QualityPane(ConsoleContext& context, const estate::Camera& camera, QWidget* parent);

    [[nodiscard]] QualityChart& chart() const { return *m_chart; }

private:
    void layOut();
    void read();
    void take(base::Result<std::vector<analytics::QualityReading>> readings, base::UtcTime from, base::UtcTime until);
    void showWhen();

    ConsoleContext& m_context;
    const estate::Camera m_camera;
    FeedListener m_feed;
    QButtonGroup* m_periods;
    QLabel* m_when;
    QualityChart* m_chart;
    int m_generation = 0;  ///< counts readings of the store: an older one that comes late is dropped
    Worker m_worker;
};

}  // namespace leedswatch::ui
