#include "ui/review/typed_time.h"

#include "base/local_time.h"
#include "ui/common/text.h"

#include <QDate>
#include <QLocale>
#include <QRegularExpression>
#include <QTime>

namespace leedswatch::ui {
namespace {

QDate localDate(base::UtcTime time) {
    return QDate::fromString(toQt(base::formatLocal(time)).left(10), Qt::ISODate);
}

QTime takeTime(QString& text) {
    static const QRegularExpression colons{
        QStringLiteral(R"((?:^|\s|T)(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,](\d{1,3}))?)?(?=\s|$))")};
    static const QRegularExpression digits{QStringLiteral(R"((?:^|\s)(\d{2})(\d{2})(\d{2})?(?=\s|$))")};
    for (const auto& pattern : {colons, digits}) {
        const auto match = pattern.match(text);
        if (match.hasMatch()) {
            const int milliseconds = match.captured(4).leftJustified(3, QLatin1Char{'0'}).toInt();
            text.replace(match.capturedStart(), match.capturedLength(), QStringLiteral(" "));
            return {match.captured(1).toInt(), match.captured(2).toInt(), match.captured(3).toInt(), milliseconds};
        }
    }
    return {};
}

QString takeZone(QString& text) {
    static const QRegularExpression zone{QStringLiteral(R"(\b(BST|GMT|UTC|Z)$)"),
                                         QRegularExpression::CaseInsensitiveOption};
    const auto match = zone.match(text);
    if (!match.hasMatch()) {
        return {};
    }
    text.truncate(match.capturedStart());
    text = text.trimmed();
    return match.captured(1).compare(QStringLiteral("BST"), Qt::CaseInsensitive) == 0 ? QStringLiteral("+01:00")
                                                                                      : QStringLiteral("+00:00");
}

QDate readDate(const QString& text, base::UtcTime shown, base::UtcTime now) {
    if (text.isEmpty()) {
        return localDate(shown);
    }
    if (text.compare(QStringLiteral("today"), Qt::CaseInsensitive) == 0) {
        return localDate(now);
    }
    if (text.compare(QStringLiteral("yesterday"), Qt::CaseInsensitive) == 0) {
        return localDate(now).addDays(-1);
    }
    const QLocale english{QLocale::English, QLocale::UnitedKingdom};
    for (const char* format : {"yyyy-MM-dd", "d/M/yyyy", "d.M.yyyy", "d-M-yyyy", "d MMM yyyy", "d MMMM yyyy"}) {
        const QDate date = english.toDate(text, QLatin1String{format});
        if (date.isValid()) {
            return date;
        }
    }
    for (const char* format : {"d/M", "d.M.", "d MMM", "d MMMM"}) {
        const QDate date = english.toDate(text + QStringLiteral(" %1").arg(localDate(now).year()),
                                          QLatin1String{format} + QStringLiteral(" yyyy"));
        if (date.isValid()) {
            return date > localDate(now) ? date.addYears(-1) : date;
        }
    }
    return {};
}

}  // namespace

base::Result<base::UtcTime> readTypedTime(const QString& typed, base::UtcTime shown, base::UtcTime now) {
    if (const auto exact = base::parseTime(fromQt(typed.trimmed()))) {
        return exact;
    }
    QString rest = typed.simplified();
    rest.replace(QStringLiteral(", "), QStringLiteral(" "));
    const QString zone = takeZone(rest);
    const QTime time = takeTime(rest);
    const QDate date = readDate(rest.simplified(), shown, now);
    if (!time.isValid() || !date.isValid()) {
        return base::fail(base::ErrorCode::InvalidInput,
                          "'" + fromQt(typed.left(40)) + "' is not a time: type 14:05, 14:05:30, or 21/11/2026 14:05");
    }
    const QString iso = date.toString(Qt::ISODate) + QLatin1Char{'T'} + time.toString(QStringLiteral("HH:mm:ss.zzz"));
    auto read = base::parseTime(fromQt(iso + zone));
    if (!read && zone.isEmpty() && base::parseTime(fromQt(iso) + "+01:00") &&
        read.error().message.find("twice") != std::string::npos) {
        const std::string spoken =
            fromQt(time.toString(time.second() == 0 ? QStringLiteral("HH:mm") : QStringLiteral("HH:mm:ss")));
        return base::fail(base::ErrorCode::InvalidInput,
                          spoken + " is there twice that night, because the clocks go back: type " + spoken +
                              " BST for the first or " + spoken + " GMT for the second");
    }
    return read;
}

}  // namespace leedswatch::ui
