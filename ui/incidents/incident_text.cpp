#include "ui/incidents/incident_text.h"

#include "base/local_time.h"
#include "ui/alarms/alarm_text.h"
#include "ui/common/palette.h"
#include "ui/common/text.h"
#include "ui/log/incident_type_list.h"

namespace leedswatch::ui {

using incident::Incident;
using incident::IncidentSheet;
using incident::SpineLine;

namespace {

QString asHtml(const std::string& text) {
    return toQt(text).toHtmlEscaped().replace(QLatin1Char('\n'), QStringLiteral("<br>"));
}

QString fact(const QString& label, const QString& html) {
    return html.isEmpty() ? QString{}
                          : QStringLiteral("<tr><td style=\"color:%1\" width=\"110\">%2</td><td>%3</td></tr>")
                                .arg(palette::textDim.name(), label, html);
}

QColor colourOf(const Incident& one) {
    if (!one.isOpen()) {
        return palette::textDim;
    }
    return one.said.priority == 1 ? palette::red : one.said.priority == 2 ? palette::amber : palette::accent;
}

QString lineHead(const SpineLine& line) {
    QString head =
        QStringLiteral("%1 %2").arg(toQt(base::formatLocalDate(line.at)), toQt(base::formatLocalTimeOfDay(line.at)));
    head += QStringLiteral("  ·  ") + toQt(line.who).toHtmlEscaped();
    if (!line.from.empty()) {
        head += QStringLiteral("  ·  ") + toQt(line.from).toHtmlEscaped();
    }
    if (line.line) {
        const auto& logged = *line.line;
        if (logged.book != incident::Book::Occurrence) {
            head += QStringLiteral("  ·  ") + bookName(logged.book);
        }
        for (const auto& [code, words] : logged.facts) {
            head += QStringLiteral("  ·  ") + toQt(words).toHtmlEscaped();
        }
        if (logged.refersTo) {
            head += QStringLiteral("  ·  %1 line %2")
                        .arg(logged.kind == incident::LineKind::Correction ? QStringLiteral("corrects")
                                                                           : QStringLiteral("goes on from"))
                        .arg(logged.refersTo->value());
        }
        if (logged.happened) {
            head += QStringLiteral("  ·  written %1").arg(toQt(base::formatLocalTimeOfDay(logged.at)));
        }
    }
    return head;
}

/// What an incident notes of itself is dimmer than what somebody wrote.
bool isNote(const SpineLine& line) {
    if (!line.line) {
        return false;
    }
    const auto kind = line.line->kind;
    return kind == incident::LineKind::Changed || kind == incident::LineKind::Linked ||
           kind == incident::LineKind::Unlinked;
}

QString spineHtml(const std::vector<SpineLine>& spine) {
    QString html;
    for (const SpineLine& line : spine) {
        const bool isErased = line.line && line.line->isErased;
        const QString text =
            isErased ? QStringLiteral("<i>erased when it had been kept long enough</i>") : asHtml(line.text);
        html += QStringLiteral(
                    "<p style=\"margin-top:8px;margin-bottom:0\"><span style=\"color:%1\">%2</span><br>"
                    "<span style=\"color:%3\">%4</span></p>")
                    .arg(palette::textDim.name(), lineHead(line),
                         isNote(line) ? palette::textDim.name() : palette::text.name(), text);
    }
    return html;
}

}  // namespace

QString priorityName(int priority) {
    switch (priority) {
        case 1: return QStringLiteral("1 At once");
        case 2: return QStringLiteral("2 Soon");
        case 3: return QStringLiteral("3 Routine");
        default: return QStringLiteral("4 Information");
    }
}

QString sourceName(incident::Source source) {
    switch (source) {
        case incident::Source::Observation: return QStringLiteral("Own observation");
        case incident::Source::PoliceRadio: return QStringLiteral("Police radio");
        case incident::Source::ShopRadio: return QStringLiteral("Shop radio");
        case incident::Source::Telephone: return QStringLiteral("Telephone");
        case incident::Source::Alarm: return QStringLiteral("Alarm");
        case incident::Source::Public: return QStringLiteral("Member of the public");
        case incident::Source::Partner: return QStringLiteral("Partner");
    }
    return {};
}

QString bookName(incident::Book book) {
    switch (book) {
        case incident::Book::Occurrence: return QStringLiteral("Occurrences");
        case incident::Book::Airwave: return QStringLiteral("Police radio");
        case incident::Book::ShopRadio: return QStringLiteral("Shop radio");
        case incident::Book::Visitor: return QStringLiteral("Visitors");
        case incident::Book::Viewing: return QStringLiteral("Viewings");
        case incident::Book::Briefing: return QStringLiteral("Briefings");
    }
    return {};
}

Card cardOf(const Incident& one, const IncidentTypeList& types, base::UtcTime now) {
    Card card;
    card.id = one.id.value();
    card.title = types.nameOf(one.said.type);
    card.line = toQt(one.said.place);
    card.foot =
        toQt(one.reference) +
        (one.said.policeReference.empty() ? QString{} : QStringLiteral("  ·  ") + toQt(one.said.policeReference));
    card.mark = colourOf(one);
    card.isHollow = !one.isOpen();
    if (one.isOpen()) {
        card.right = ageText(now - one.opened);
        card.rightColour = one.said.priority <= 2 ? colourOf(one) : palette::textDim;
    } else {
        card.right = toQt(base::formatLocalDate(*one.closed));
        card.foot += QStringLiteral("  ·  ") + toQt(incident::outcomeName(one.outcome));
        card.rightColour = palette::textDim;
    }
    card.lineColour = palette::text;
    card.footColour = palette::textDim;
    return card;
}

QString incidentAsHtml(const IncidentSheet& sheet, const IncidentTypeList& types, const QString& ward) {
    const Incident& one = sheet.incident;
    const incident::Said& said = one.said;
    QString html = QStringLiteral("<h2>%1 &nbsp; %2</h2><table cellspacing=\"0\" cellpadding=\"2\">")
                       .arg(asHtml(one.reference), types.nameOf(said.type).toHtmlEscaped());
    html += fact(
        QStringLiteral("State"),
        one.isOpen()
            ? QStringLiteral("open, opened %1 by %2").arg(toQt(base::formatLocal(one.opened)), asHtml(one.openedBy))
            : QStringLiteral("closed %1 by %2: <b>%3</b>")
                  .arg(toQt(base::formatLocal(*one.closed)), asHtml(one.changedBy),
                       toQt(incident::outcomeName(one.outcome)).toHtmlEscaped()));
    html += fact(QStringLiteral("Priority"), priorityName(said.priority));
    html += fact(QStringLiteral("Source"), sourceName(said.source) + (said.isProactive ? QStringLiteral(", proactive")
                                                                                       : QStringLiteral(", reactive")));
    html += fact(QStringLiteral("Place"),
                 asHtml(said.place) + (ward.isEmpty() ? QString{} : QStringLiteral(", ") + ward.toHtmlEscaped()));
    html += fact(QStringLiteral("Police log"), asHtml(said.policeReference));
    QStringList persons;
    for (const auto& person : sheet.persons) {
        persons.append(asHtml(incident::textOf(person)));
    }
    html += fact(QStringLiteral("Persons"), persons.join(QStringLiteral("<br>")));
    QStringList links;
    for (const auto& link : sheet.links) {
        const bool isCamera = link.kind == "camera";
        links.append(isCamera ? QStringLiteral("camera %1 %2").arg(link.key).arg(asHtml(link.label))
                              : asHtml(link.label));
    }
    html += fact(QStringLiteral("Belongs here"), links.join(QStringLiteral("<br>")));
    return html + QStringLiteral("</table><h3>What happened</h3>") + spineHtml(sheet.spine);
}

}  // namespace leedswatch::ui
