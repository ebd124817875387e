#include "ui/wall/wall_memory.h"

#include "ui/common/desk_file.h"
#include "ui/common/text.h"
#include "ui/wall/wall_layout.h"

namespace leedswatch::ui {

namespace {

constexpr int usualLayout = 4;

}  // namespace

WallMemory::WallMemory(const std::filesystem::path& dataFolder, access::PersonId person, int wall)
    : m_wall{wall}, m_settings{deskFile(dataFolder, "wall", person), QSettings::IniFormat} {}

QString WallMemory::key(const QString& name) const {
    return QStringLiteral("wall%1/%2").arg(m_wall).arg(name);
}

int WallMemory::layout() const {
    const int tiles = m_settings.value(key(QStringLiteral("layout")), usualLayout).toInt();
    return WallLayout::find(tiles) == nullptr ? usualLayout : tiles;
}

void WallMemory::setLayout(int tiles) {
    m_settings.setValue(key(QStringLiteral("layout")), tiles);
}

std::optional<estate::ViewContent> WallMemory::content(int layout) const {
    const QVariant kept = m_settings.value(key(QStringLiteral("tiles%1").arg(layout)));
    estate::ViewContent content;
    // A file that somebody has damaged is as good as none.
    if (!kept.isValid() || !estate::decode(fromQt(kept.toString()), content) || content.layout != layout) {
        return std::nullopt;
    }
    return content;
}

void WallMemory::setContent(const estate::ViewContent& content) {
    m_settings.setValue(key(QStringLiteral("tiles%1").arg(content.layout)), toQt(estate::encode(content)));
}

}  // namespace leedswatch::ui
