#include "ui/alarms/record_text.h"

#include "base/local_time.h"
#include "ui/alarms/alarm_text.h"
#include "ui/alarms/step_words.h"
#include "ui/common/palette.h"
#include "ui/common/text.h"

namespace leedswatch::ui {

namespace {

QString dim(const QString& html) {
    return QStringLiteral("<span style=\"color:%1\">%2</span>").arg(palette::textDim.name(), html);
}

QString stepMark(const response::AlarmStep& step, bool isNext) {
    switch (step.state) {
        case response::StepState::Done: return QStringLiteral("✓");
        case response::StepState::Skipped: return QStringLiteral("–");
        case response::StepState::Open: return isNext ? QStringLiteral("▸") : QStringLiteral("○");
    }
    return {};
}

QString stepRow(const response::AlarmStep& step, bool isNext) {
    QString words = isNext ? QStringLiteral("<b>%1</b>").arg(nameOfStep(step.step.kind)) : nameOfStep(step.step.kind);
    if (step.state != response::StepState::Open) {
        words +=
            QStringLiteral("  ") + dim(QStringLiteral("%1 · %2 %3")
                                           .arg(toQt(step.result).toHtmlEscaped(), toQt(step.doneBy).toHtmlEscaped(),
                                                step.doneAt ? minuteText(*step.doneAt) : QString{}));
    } else if (!step.step.isRequired) {
        words += QStringLiteral("  ") + dim(QStringLiteral("if it helps"));
    }
    return QStringLiteral("<tr><td width=\"20\">%1</td><td>%2</td></tr>")
        .arg(isNext ? QStringLiteral("<span style=\"color:%1\">%2</span>")
                          .arg(palette::accent.name(), stepMark(step, isNext))
                    : stepMark(step, isNext),
             words);
}

}  // namespace

std::vector<const response::AlarmStep*> stepsToShow(const response::AlarmRecord& record) {
    std::vector<const response::AlarmStep*> shown;
    for (const response::AlarmStep& step : record.steps) {
        if (step.state != response::StepState::Open || response::appliesTo(step, record.alarm)) {
            shown.push_back(&step);
        }
    }
    return shown;
}

QString stepsAsHtml(const response::AlarmRecord& record) {
    const auto* next = response::nextStep(record.steps, record.alarm);
    QString rows;
    for (const response::AlarmStep* step : stepsToShow(record)) {
        rows += stepRow(*step, step == next);
    }
    return QStringLiteral("<table cellspacing=\"0\" cellpadding=\"2\">%1</table>").arg(rows);
}

QString recordAsHtml(const std::vector<response::AlarmEntry>& entries) {
    QString rows;
    for (const response::AlarmEntry& entry : entries) {
        const QString who = entry.who == "station" ? QString{} : toQt(entry.who).toHtmlEscaped();
        const QString head =
            QStringLiteral("%1%2").arg(kindText(entry.kind), who.isEmpty() ? QString{} : QStringLiteral(", ") + who);
        const QString text = entryText(entry).toHtmlEscaped();
        rows += QStringLiteral("<tr><td>%1&nbsp;&nbsp;</td><td>%2%3</td></tr>")
                    .arg(dim(toQt(base::formatLocalTimeOfDay(entry.at))), dim(head),
                         text.isEmpty() ? QString{} : QStringLiteral("<br>") + text);
    }
    return QStringLiteral("<table cellspacing=\"0\" cellpadding=\"3\">%1</table>").arg(rows);
}

}  // namespace leedswatch::ui
