#pragma once

#include "analytics/motion_search.h"
#include "estate/camera.h"
#include "ui/common/console_context.h"
#include "ui/common/worker.h"

#include <QFrame>
#include <QTimer>
#include <optional>
#include <stop_token>
#include <vector>

class QComboBox;
class QLabel;
class QPushButton;

namespace leedswatch::ui {

class MotionResultList;
class MotionResults;

/// What a search for motion may be asked for; what is not known is not offered.
struct SearchPeriods {
    video::TimeRange visible;  ///< on the timeline
    std::optional<video::TimeRange> marked;
    std::optional<base::UtcTime> position;  ///< of the picture
    std::optional<video::TimeRange> recorded;
    bool operator==(const SearchPeriods&) const = default;
};

/// Beside the picture: when something moved in a part of it. There is nothing to start: the search runs anew as soon as
/// the part or the period is another one, and a search that is not wanted any more is stopped.
class MotionSearchPanel final : public QFrame {
    Q_OBJECT

public:
    MotionSearchPanel(ConsoleContext& context, QWidget* parent);
    ~MotionSearchPanel() override;

    /// The whole picture, and nothing found.
    void setCamera(const std::optional<estate::Camera>& camera);
    void setRegion(const analytics::ActivityGrid& region);
    void setPeriods(const SearchPeriods& periods);
    /// It searches while it is active, and forgets what it found when it is not.
    void setActive(bool active);
    void focusResults();

    [[nodiscard]] const std::vector<analytics::MotionMoment>& moments() const;
    /// Chooses the moment behind or before that time. False: there is none.
    bool chooseAfter(base::UtcTime time);
    bool chooseBefore(base::UtcTime time);

Q_SIGNALS:
    void foundChanged();
    void momentChosen(leedswatch::base::UtcTime from);
    /// It is to be played from there.
    void playRequested();
    void wholePictureRequested();
    void closeRequested();

private:
    struct Answer;

    void layOut();
    void connectParts();
    bool choose(std::ptrdiff_t row);
    [[nodiscard]] video::TimeRange period() const;
    void searchSoon();
    void search();
    void take(Answer answer);
    void showRegion();
    [[nodiscard]] QString summaryOf(const Answer& answer) const;
    [[nodiscard]] static QString countOf(const analytics::MotionFound& found);
    [[nodiscard]] QString unwatchedText(const Answer& answer) const;

    ConsoleContext& m_context;
    QLabel* m_region;
    QPushButton* m_whole;
    QComboBox* m_period;
    QLabel* m_summary;
    MotionResultList* m_list;
    MotionResults* m_results;
    QTimer m_soon;
    std::optional<estate::Camera> m_camera;
    analytics::ActivityGrid m_fields;
    SearchPeriods m_periods;
    bool m_isActive = false;
    int m_generation = 0;  ///< counts searches: the answer to an earlier one is dropped
    std::stop_source m_stop;
    Worker m_worker;
};

}  // namespace leedswatch::ui
