#include "ui/shell/desk_memory.h"

#include "ui/common/desk_file.h"

namespace leedswatch::ui {

DeskMemory::DeskMemory(const std::filesystem::path& dataFolder, access::PersonId person)
    : m_settings{deskFile(dataFolder, "person", person), QSettings::IniFormat} {}

QByteArray DeskMemory::splitter() const {
    return m_settings.value(QStringLiteral("splitter")).toByteArray();
}

void DeskMemory::setSplitter(const QByteArray& state) {
    m_settings.setValue(QStringLiteral("splitter"), state);
}

bool DeskMemory::showsCameras() const {
    return m_settings.value(QStringLiteral("cameras"), true).toBool();
}

void DeskMemory::setShowsCameras(bool shows) {
    m_settings.setValue(QStringLiteral("cameras"), shows);
}

bool DeskMemory::showsLog() const {
    return m_settings.value(QStringLiteral("log"), true).toBool();
}

void DeskMemory::setShowsLog(bool shows) {
    m_settings.setValue(QStringLiteral("log"), shows);
}

}  // namespace leedswatch::ui
