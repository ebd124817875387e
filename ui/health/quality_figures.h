#pragma once

#include "analytics/quality_history.h"

#include <QString>
#include <array>
#include <functional>
#include <vector>

// How the readings of a camera's picture are put before an engineer.

namespace leedswatch::ui {

struct QualityFigure {
    QString name;
    QString meaning;                                                ///< one sentence
    double top;                                                     ///< of the scale, unless a reading is higher
    std::function<double(const analytics::PictureQuality&)> value;  ///< 0 and more
    std::function<QString(const analytics::PictureQuality&)> text;  ///< with its unit
};

/// Sharpness, exposure, contrast, noise, colour cast.
[[nodiscard]] const std::array<QualityFigure, 5>& qualityFigures();

/// The middle one of a figure's values, by its reading, so that it can be told with its unit. The readings must not be
/// empty.
[[nodiscard]] const analytics::PictureQuality& middleReading(const std::vector<analytics::QualityReading>& readings,
                                                             const QualityFigure& figure);

}  // namespace leedswatch::ui
