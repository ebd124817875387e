#pragma once

#include "access/person.h"

#include <QByteArray>
#include <QSettings>
#include <filesystem>

namespace leedswatch::ui {

/// How a person likes the desk: where the splitter stands, which panels. Kept in the data folder, a
/// small file a person, so that it follows the person from session to session.
class DeskMemory {
public:
    DeskMemory(const std::filesystem::path& dataFolder, access::PersonId person);

    [[nodiscard]] QByteArray splitter() const;
    void setSplitter(const QByteArray& state);
    [[nodiscard]] bool showsCameras() const;
    void setShowsCameras(bool shows);
    [[nodiscard]] bool showsLog() const;
    void setShowsLog(bool shows);

private:
    QSettings m_settings;
};

}  // namespace leedswatch::ui
