#include "ui/common/text.h"

#include <QFile>
#include <QLocale>
#include <QStringList>

namespace leedswatch::ui {

QString pathText(const std::filesystem::path& path) {
    return QFile::decodeName(path.c_str());
}

QString sentenceOf(const base::Error& error) {
    QString sentence = toQt(error.message).trimmed();
    if (sentence.isEmpty()) {
        return QStringLiteral("Something went wrong, and it did not say what.");
    }
    sentence[0] = sentence[0].toUpper();
    if (!sentence.endsWith(QLatin1Char('.')) && !sentence.endsWith(QLatin1Char('?'))) {
        sentence += QLatin1Char('.');
    }
    return sentence;
}

QString whatToDo(base::ErrorCode code) {
    using base::ErrorCode;
    switch (code) {
        case ErrorCode::StorageFull:
            return QStringLiteral("Free some space on that disk, then start the console again. Nothing was lost.");
        case ErrorCode::StorageFailed:
            return QStringLiteral(
                "Check that the folder exists, that its disk is mounted and that your account may write to it.");
        case ErrorCode::Damaged:
            return QStringLiteral(
                "Do not delete anything. Call the administrator: the last backup can be restored beside this folder.");
        case ErrorCode::NewerVersion:
            return QStringLiteral("Install the version of Leedswatch that made this folder, or a later one.");
        case ErrorCode::Busy: return QStringLiteral("Wait a moment and try again; another program is holding it.");
        case ErrorCode::NotPermitted: return QStringLiteral("Ask somebody whose role allows it.");
        case ErrorCode::Internal:
            return QStringLiteral("This is a fault of the program. Please report it with the technical log.");
        case ErrorCode::NotFound:
        case ErrorCode::AlreadyExists:
        case ErrorCode::InvalidInput:
        case ErrorCode::SignInFailed:
        case ErrorCode::Unreachable:
        case ErrorCode::TimedOut:
        case ErrorCode::Disconnected:
        case ErrorCode::Unsupported:
        case ErrorCode::Cancelled: return {};
    }
    return {};
}

QString roleName(access::Role role) {
    QString name = toQt(access::nameOf(role));
    if (!name.isEmpty()) {
        name[0] = name[0].toUpper();
    }
    return name;
}

QString initialsOf(const QString& fullName) {
    const QStringList words = fullName.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    if (words.isEmpty()) {
        return QStringLiteral("?");
    }
    QString initials{words.first().at(0)};
    if (words.size() > 1) {
        initials += words.last().at(0);
    }
    return initials.toUpper();
}

QString withThousands(qsizetype number) {
    return QLocale{QLocale::English, QLocale::UnitedKingdom}.toString(number);
}

}  // namespace leedswatch::ui
