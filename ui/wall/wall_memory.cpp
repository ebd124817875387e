#include "ui/wall/wall_memory.h"

#include <QFile>
#include <QStringList>

namespace leedswatch::ui {

namespace {

QString fileOf(const std::filesystem::path& dataFolder, access::PersonId person) {
    return QFile::decodeName((dataFolder / "desk" / ("wall-" + std::to_string(person.value()) + ".ini")).c_str());
}

QString keyOf(int tileCount) {
    return QStringLiteral("cameras%1").arg(tileCount);
}

}  // namespace

WallMemory::WallMemory(const std::filesystem::path& dataFolder, access::PersonId person)
    : m_settings{fileOf(dataFolder, person), QSettings::IniFormat} {}

QList<int> WallMemory::cameras(int tileCount) const {
    QList<int> numbers;
    const QStringList words = m_settings.value(keyOf(tileCount)).toStringList();
    for (const QString& word : words) {
        numbers.append(word.toInt());
    }
    return numbers.size() <= tileCount ? numbers : numbers.first(tileCount);
}

void WallMemory::setCameras(int tileCount, const QList<int>& numbers) {
    QStringList words;
    for (const int number : numbers) {
        words.append(QString::number(number));
    }
    m_settings.setValue(keyOf(tileCount), words);
}

}  // namespace leedswatch::ui
