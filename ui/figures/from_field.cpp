#include "ui/figures/from_field.h"

#include "base/local_time.h"
#include "ui/common/text.h"

namespace leedswatch::ui {

FromField::FromField(QWidget* parent) : QLineEdit{parent} {
    setObjectName(QStringLiteral("holdsFromLineEdit"));
    setAccessibleName(QStringLiteral("Holds from"));
    setPlaceholderText(QStringLiteral("now, or 2026-12-01 07:00"));
    setToolTip(QStringLiteral("A time to come, in Europe/London. What has passed stays judged as it was."));
}

base::Result<base::UtcTime> FromField::time(base::UtcTime now) const {
    const QString typed = text().trimmed();
    if (typed.isEmpty()) {
        return now;
    }
    return base::parseTime(fromQt(typed));
}

}  // namespace leedswatch::ui
