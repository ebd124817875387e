#pragma once

#include "estate/camera.h"
#include "video/timeline.h"

#include <QString>
#include <QWidget>
#include <cstdint>
#include <optional>
#include <vector>

class QLabel;

namespace leedswatch::ui {

/// What is marked for an export, line by line: camera, from, to, what of it is there, what is missing and why, and how
/// large it will be.
class ExportSummary final : public QWidget {
    Q_OBJECT

public:
    explicit ExportSummary(QWidget* parent);

    void setCamera(const estate::Camera& camera);
    /// `timeline` is of the whole archive of the camera; null while it is being read.
    void showRange(const std::optional<video::TimeRange>& range, const video::RecordedTimeline* timeline);
    /// Whether anything of the range is recorded.
    [[nodiscard]] bool hasFootage() const { return m_hasFootage; }

private:
    void showMissing(const std::vector<video::Gap>& missing);

    QLabel* m_camera;
    QLabel* m_from;
    QLabel* m_to;
    QLabel* m_covered;
    QLabel* m_missing;
    QLabel* m_size;
    bool m_hasFootage = false;
};

/// The parts of a range that no run of the timeline covers.
[[nodiscard]] std::vector<video::Gap> missingIn(const video::RecordedTimeline& timeline, video::TimeRange range);
/// "12 kB", "3.4 MB".
[[nodiscard]] QString sizeText(std::uint64_t bytes);

}  // namespace leedswatch::ui
