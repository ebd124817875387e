#include "ui/shell/record_now.h"

#include "base/local_time.h"
#include "estate/station_lock.h"
#include "ui/common/ask_dialog.h"
#include "ui/common/text.h"
#include "video/recording_plans.h"

#include <QPointer>
#include <QSpinBox>

namespace leedswatch::ui {
namespace {

constexpr int usualMinutes = 10;
constexpr int mostMinutes = 240;

QString answerOf(const ConsoleContext& context, int camera, base::UtcTime until) {
    const QString time = toQt(base::formatLocal(until));
    if (!estate::runningStation(context.dataFolder)) {
        return QStringLiteral(
                   "Written down for camera %1 until %2, but the station does not run and NOTHING is recorded. Start "
                   "it "
                   "in the bar at the bottom.")
            .arg(camera)
            .arg(time);
    }
    return QStringLiteral("Camera %1 is recorded until %2.").arg(camera).arg(time);
}

AskDialog::Words wordsOf(const estate::Camera& camera, std::optional<base::UtcTime> until) {
    const QString name = QStringLiteral("Camera %1 %2").arg(camera.number).arg(toQt(camera.name));
    if (until) {
        return {QStringLiteral("Record now"),
                QStringLiteral("%1 is recorded by hand until %2. It can be recorded for longer, or as its plan says "
                               "from now on.")
                    .arg(name, toQt(base::formatLocal(*until))),
                QStringLiteral("From now on, for"), QStringLiteral("Record"), QStringLiteral("Stop now")};
    }
    return {QStringLiteral("Record now"),
            QStringLiteral("%1 is recorded from now on, even if its plan leaves it out at this time.").arg(name),
            QStringLiteral("For"),
            QStringLiteral("Record"),
            {}};
}

base::Result<QString> stop(ConsoleContext& context, const estate::Camera& camera) {
    TRY_ASSIGN(const bool isStopped, video::RecordingPlans{context.database}.stopNow(context.acting, camera));
    return (isStopped ? QStringLiteral("Camera %1 is no longer recorded by hand.")
                      : QStringLiteral("Camera %1 was no longer recorded by hand."))
        .arg(camera.number);
}

}  // namespace

void askToRecordNow(ConsoleContext& context, const estate::Camera& camera, std::optional<base::UtcTime> until,
                    const QWidget* tile, QWidget* parent) {
    auto* minutes = new QSpinBox;
    minutes->setObjectName(QStringLiteral("minutesSpinBox"));
    minutes->setRange(1, mostMinutes);
    minutes->setValue(usualMinutes);
    minutes->setSuffix(QStringLiteral(" minutes"));
    auto* dialog =
        new AskDialog{wordsOf(camera, until), minutes,
                      [&context, minutes, camera] {
                          return [&context, camera, length = std::chrono::seconds{60} * minutes->value()] {
                              return video::RecordingPlans{context.database}
                                  .recordNow(context.acting, camera, length)
                                  .map([&](base::UtcTime end) { return answerOf(context, camera.number, end); });
                          };
                      },
                      parent};
    dialog->onOther([&context, camera] { return [&context, camera] { return stop(context, camera); }; });
    QObject::connect(dialog, &AskDialog::answered, dialog, [&context, dialog, tile = QPointer{tile}](bool isDone) {
        if (isDone && tile && tile->isVisible() && estate::runningStation(context.dataFolder)) {
            dialog->close();
        }
    });
    dialog->open();
    minutes->selectAll();
}

}  // namespace leedswatch::ui
