#pragma once

#include "base/result.h"
#include "base/time.h"

#include <QLineEdit>

namespace leedswatch::ui {

/// From when on something holds: a time in Europe/London, or empty for now.
class FromField final : public QLineEdit {
    Q_OBJECT

public:
    explicit FromField(QWidget* parent);
    /// Error: InvalidInput, as base::parseTime.
    [[nodiscard]] base::Result<base::UtcTime> time(base::UtcTime now) const;
};

}  // namespace leedswatch::ui
