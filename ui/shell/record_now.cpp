#include "ui/shell/record_now.h"

#include "base/local_time.h"
#include "ui/common/ask_dialog.h"
#include "ui/common/text.h"
#include "video/recording_plans.h"

#include <QSpinBox>

namespace leedswatch::ui {
namespace {

constexpr int usualMinutes = 10;
constexpr int mostMinutes = 240;

}  // namespace

void askToRecordNow(ConsoleContext& context, const estate::Camera& camera, QWidget* parent) {
    auto* minutes = new QSpinBox;
    minutes->setObjectName(QStringLiteral("minutesSpinBox"));
    minutes->setRange(1, mostMinutes);
    minutes->setValue(usualMinutes);
    minutes->setSuffix(QStringLiteral(" minutes"));
    const AskDialog::Words words{
        QStringLiteral("Record now"),
        QStringLiteral("Camera %1 %2 is recorded from now on, even if its plan leaves it out at this time.")
            .arg(camera.number)
            .arg(toQt(camera.name)),
        QStringLiteral("For"), QStringLiteral("Record")};
    auto* dialog = new AskDialog{words, minutes,
                                 [&context, minutes, camera] {
                                     return [&context, camera, length = std::chrono::seconds{60} * minutes->value()] {
                                         return video::RecordingPlans{context.database}
                                             .recordNow(context.acting, camera, length)
                                             .map([&camera](base::UtcTime until) {
                                                 return QStringLiteral("Camera %1 is recorded until %2.")
                                                     .arg(camera.number)
                                                     .arg(toQt(base::formatLocal(until)));
                                             });
                                     };
                                 },
                                 parent};
    dialog->open();
}

}  // namespace leedswatch::ui
