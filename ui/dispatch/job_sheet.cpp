#include "ui/dispatch/job_sheet.h"

#include "base/local_time.h"
#include "ui/alarms/alarm_text.h"
#include "ui/common/palette.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"
#include "ui/dispatch/dispatch_text.h"

#include <QAbstractTextDocumentLayout>
#include <QBuffer>
#include <QPainter>
#include <QPdfWriter>
#include <QTextDocument>
#include <algorithm>

namespace leedswatch::ui {

namespace {

using dispatch::JobLine;
using dispatch::JobSheet;
using dispatch::TargetState;

constexpr int dotsPerInch = 300;
constexpr qreal millimetresOfInch = 25.4;
constexpr int pageMargin = 16;     // millimetres
constexpr int footHeight = 10;     // millimetres
constexpr int paperTextSize = 10;  // points

QString escaped(const std::string& text) {
    return toQt(text).toHtmlEscaped().replace(QLatin1Char('\n'), QStringLiteral("<br>"));
}

struct SheetStyle {
    QString dim;
    QString bad;
};

SheetStyle styleFor(SheetColours colours) {
    return colours == SheetColours::Screen ? SheetStyle{palette::textDim.name(), palette::red.name()}
                                           : SheetStyle{QStringLiteral("#555555"), QStringLiteral("#b00000")};
}

QString sheetRow(const SheetStyle& style, const QString& label, const QString& html) {
    return html.isEmpty() ? QString{}
                          : QStringLiteral("<tr><td style=\"color:%1\" width=\"110\">%2</td><td>%3</td></tr>")
                                .arg(style.dim, label, html);
}

QString timeRow(const SheetStyle& style, const JobSheet& sheet, const QString& label,
                const std::optional<base::UtcTime>& at) {
    if (!at) {
        return {};
    }
    const QString after = *at == sheet.job.created ? QString{}
                                                   : QStringLiteral("  <span style=\"color:%1\">after %2</span>")
                                                         .arg(style.dim, ageText(*at - sheet.job.created));
    return sheetRow(style, label, toQt(base::formatLocal(*at)) + after);
}

QString targetText(const SheetStyle& style, const dispatch::Job& job, base::UtcTime now) {
    const QString minutes = QStringLiteral("within %1 minutes").arg(job.target.count());
    switch (dispatch::targetOf(job, now)) {
        case TargetState::Open: return minutes;
        case TargetState::Met: return minutes + QStringLiteral(": <b>met</b>");
        case TargetState::Missed: return minutes + QStringLiteral(": <b style=\"color:%1\">NOT met</b>").arg(style.bad);
        case TargetState::None: return minutes + QStringLiteral(": called off before");
    }
    return minutes;
}

QString lineText(JobLine kind) {
    switch (kind) {
        case JobLine::Created: return QStringLiteral("Created");
        case JobLine::Assigned: return QStringLiteral("Given to");
        case JobLine::StoodDown: return QStringLiteral("Stood down");
        case JobLine::EnRoute: return QStringLiteral("On its way");
        case JobLine::OnScene: return QStringLiteral("On scene");
        case JobLine::Finished: return QStringLiteral("Finished");
        case JobLine::Cancelled: return QStringLiteral("Cancelled");
        case JobLine::Note: return QStringLiteral("Note");
        case JobLine::Keys: return QStringLiteral("Keys");
    }
    return {};
}

QString keysText(const JobSheet& sheet) {
    QStringList texts;
    for (const auto& bunch : sheet.keys) {
        texts << QStringLiteral("%1: %2 (%3)")
                     .arg(escaped(bunch.tag), escaped(bunch.opens),
                          bunch.state == dispatch::KeyState::Held ? escaped(bunch.hook) : toQt(nameOf(bunch.state)));
    }
    return texts.join(QStringLiteral("<br>"));
}

QString usedKeysText(const JobSheet& sheet) {
    QStringList texts;
    for (const auto& movement : sheet.movements) {
        texts << QStringLiteral("%1 %2 %3, %4")
                     .arg(escaped(movement.tag), toQt(nameOf(movement.kind)),
                          toQt(base::formatLocalTimeOfDay(movement.at).substr(0, 5)), escaped(movement.holder));
    }
    return texts.join(QStringLiteral("<br>"));
}

/// Who is in the unit now; of a job that is over, who was in it when it was sent.
QString unitOfSheet(const JobSheet& sheet) {
    if (!dispatch::isOpen(sheet.job.state)) {
        const auto sent = std::find_if(sheet.entries.rbegin(), sheet.entries.rend(),
                                       [](const dispatch::JobEntry& entry) { return entry.kind == JobLine::Assigned; });
        return sent == sheet.entries.rend() ? QString{} : escaped(sent->text);
    }
    if (sheet.unit) {
        return escaped(dispatch::unitText(*sheet.unit)) +
               (sheet.unit->vehicle.empty() ? QString{} : QStringLiteral(", ") + escaped(sheet.unit->vehicle));
    }
    return escaped(sheet.job.callSign);
}

QString secureText(const SheetStyle& style, const std::optional<bool>& isSecure) {
    if (!isSecure) {
        return {};
    }
    return *isSecure ? QStringLiteral("yes") : QStringLiteral("<b style=\"color:%1\">NO</b>").arg(style.bad);
}

QString recordRows(const SheetStyle& style, const JobSheet& sheet) {
    QString rows;
    for (const auto& entry : sheet.entries) {
        rows += QStringLiteral(
                    "<tr><td style=\"color:%1; white-space: pre\">%2&nbsp;&nbsp;</td><td style=\"white-space: "
                    "pre\">%3&nbsp;&nbsp;</td><td width=\"100%\">%4 <span "
                    "style=\"color:%1\">%5</span></td></tr>")
                    .arg(style.dim, toQt(base::formatLocal(entry.at)), lineText(entry.kind), escaped(entry.text),
                         escaped(entry.who));
    }
    return rows;
}

int millimetres(qreal length) {
    return qRound(length / millimetresOfInch * dotsPerInch);
}

/// The document page by page, each with its number at its foot.
void paintPages(QPdfWriter& writer, QTextDocument& document, const QString& foot) {
    const QSizeF page{static_cast<qreal>(writer.width()),
                      static_cast<qreal>(writer.height() - millimetres(footHeight))};
    document.documentLayout()->setPaintDevice(&writer);
    document.setDocumentMargin(0);
    document.setPageSize(page);
    QPainter painter{&writer};
    const int pages = document.pageCount();
    for (int index = 0; index < pages; ++index) {
        if (index > 0) {
            writer.newPage();
        }
        painter.save();
        painter.translate(0, -index * page.height());
        document.drawContents(&painter, QRectF{0, index * page.height(), page.width(), page.height()});
        painter.restore();
        QFont font = theme::font(theme::TextSize::Body);
        font.setPointSize(paperTextSize - 2);
        painter.setFont(font);
        painter.setPen(Qt::black);
        painter.drawText(QRectF{0, page.height(), page.width(), static_cast<qreal>(millimetres(footHeight))},
                         Qt::AlignLeft | Qt::AlignBottom,
                         QStringLiteral("%1 · page %2 of %3").arg(foot).arg(index + 1).arg(pages));
    }
}

}  // namespace

QString jobSheetAsHtml(const JobSheet& sheet, base::UtcTime now, SheetColours colours) {
    const SheetStyle style = styleFor(colours);
    const dispatch::Job& job = sheet.job;
    QString rows;
    rows += sheetRow(style, QStringLiteral("Where"),
                     escaped(job.place) + (sheet.premisesReference.empty()
                                               ? QString{}
                                               : QStringLiteral(" (%1)").arg(escaped(sheet.premisesReference))));
    rows += sheetRow(style, QStringLiteral("Why"), escaped(job.reason));
    rows += sheetRow(style, QStringLiteral("Instructions"), escaped(job.instructions));
    rows += sheetRow(style, QStringLiteral("Priority"),
                     QStringLiteral("%1%2")
                         .arg(job.priority)
                         .arg(job.alarm ? QStringLiteral(", for alarm %1").arg(*job.alarm) : QString{}));
    rows += sheetRow(style, QStringLiteral("Unit"), unitOfSheet(sheet));
    rows += sheetRow(style, QStringLiteral("Keys needed"), keysText(sheet));
    rows += timeRow(style, sheet, QStringLiteral("Created"), job.created);
    rows += timeRow(style, sheet, QStringLiteral("Given to a unit"), job.assigned);
    rows += timeRow(style, sheet, QStringLiteral("On its way"), job.enRoute);
    rows += timeRow(style, sheet, QStringLiteral("On scene"), job.onScene);
    rows += timeRow(style, sheet, QStringLiteral("Ended"), job.ended);
    rows += sheetRow(style, QStringLiteral("To be there"), targetText(style, job, now));
    rows += sheetRow(style, QStringLiteral("Found"), escaped(job.report.found));
    rows += sheetRow(style, QStringLiteral("Done"), escaped(job.report.actions));
    rows += sheetRow(style, QStringLiteral("Left secure"), secureText(style, job.report.leftSecure));
    rows += sheetRow(style, QStringLiteral("Handed to"), escaped(job.report.handedTo));
    rows += sheetRow(style, QStringLiteral("Keys used"), usedKeysText(sheet));
    return QStringLiteral(
               "<h3>Job %1: %2</h3><table cellspacing=\"0\" cellpadding=\"3\" width=\"100%\">%3</table>"
               "<h4>Record</h4><table cellspacing=\"0\" cellpadding=\"3\" width=\"100%\">%4</table>")
        .arg(job.id.value())
        .arg(stateOfJobText(job).toHtmlEscaped(), rows, recordRows(style, sheet));
}

QByteArray jobSheetAsPdf(const JobSheet& sheet, base::UtcTime now) {
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    {
        QPdfWriter writer{&buffer};
        writer.setResolution(dotsPerInch);
        writer.setPageSize(QPageSize{QPageSize::A4});
        writer.setPageMargins(QMarginsF{pageMargin, pageMargin, pageMargin, pageMargin}, QPageLayout::Millimeter);
        writer.setTitle(QStringLiteral("Job %1").arg(sheet.job.id.value()));
        writer.setCreator(QStringLiteral("Leedswatch"));
        QTextDocument document;
        QFont font = theme::font(theme::TextSize::Body);
        font.setPointSize(paperTextSize);
        document.setDefaultFont(font);
        // A page has no colour of its own: what is not said otherwise is black.
        document.setHtml(QStringLiteral("<body style=\"color:#000000\">%1</body>")
                             .arg(jobSheetAsHtml(sheet, now, SheetColours::Paper)));
        paintPages(writer, document,
                   QStringLiteral("Job %1 · printed %2").arg(sheet.job.id.value()).arg(toQt(base::formatLocal(now))));
    }
    return buffer.data();
}

}  // namespace leedswatch::ui
