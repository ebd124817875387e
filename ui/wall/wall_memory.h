#pragma once

#include "access/person.h"

#include <QList>
#include <QSettings>
#include <filesystem>

namespace leedswatch::ui {

/// Which cameras a person had in which layout: a small file in the data folder, so that it follows the person.
class WallMemory {
public:
    WallMemory(const std::filesystem::path& dataFolder, access::PersonId person);

    /// Camera numbers tile by tile, 0 for an empty one; nothing if the layout was never used.
    [[nodiscard]] QList<int> cameras(int tileCount) const;
    void setCameras(int tileCount, const QList<int>& numbers);

private:
    QSettings m_settings;
};

}  // namespace leedswatch::ui
