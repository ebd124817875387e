#pragma once

#include "access/person.h"
#include "estate/wall_content.h"

#include <QSettings>
#include <filesystem>
#include <optional>

namespace leedswatch::ui {

/// What a person had on a wall: the layout, and in each layout the cameras. A small file in the data folder, so that it
/// follows the person. The wall of the main window is number 1.
class WallMemory {
public:
    WallMemory(const std::filesystem::path& dataFolder, access::PersonId person, int wall);

    /// How many tiles the wall had last; 4 at first.
    [[nodiscard]] int layout() const;
    void setLayout(int tiles);
    /// Nothing if the layout was never used.
    [[nodiscard]] std::optional<estate::ViewContent> content(int layout) const;
    void setContent(const estate::ViewContent& content);

private:
    [[nodiscard]] QString key(const QString& name) const;

    const int m_wall;
    QSettings m_settings;
};

}  // namespace leedswatch::ui
