#pragma once

#include "access/person.h"

#include <QList>
#include <QPoint>
#include <QRect>
#include <QSettings>
#include <QString>
#include <filesystem>
#include <optional>

namespace leedswatch::ui {

struct ScreenInfo {
    QString name;
    QRect geometry;
};

/// Where a wall's window stands. In full screen it fills the screen on which its geometry has its centre.
struct WindowPlace {
    QRect geometry;
    bool isFullScreen = false;

    bool operator==(const WindowPlace&) const = default;
};

/// The screens of this machine at this moment.
[[nodiscard]] QList<ScreenInfo> screensNow();
/// One text for each arrangement of screens, in whatever order they are listed.
[[nodiscard]] QString arrangementOf(QList<ScreenInfo> screens);
/// The place itself while its screen is there; else, of the same size if there is room, on the first screen, lower and
/// further right for each of the `strays` that came there before it.
[[nodiscard]] WindowPlace placeOn(const QList<ScreenInfo>& screens, const WindowPlace& wanted, int strays = 0);
/// For a window that was never open: full screen on a screen that has none of `taken` (the centres of the windows that
/// are open); if there is none, a window on the first screen, each a little lower than the one before.
[[nodiscard]] WindowPlace firstPlace(const QList<ScreenInfo>& screens, const QList<QPoint>& taken);

/// Which wall windows a person had open, and where, for each arrangement of screens: a small file in the data folder.
class WindowMemory {
public:
    WindowMemory(const std::filesystem::path& dataFolder, access::PersonId person);

    [[nodiscard]] QList<int> openMonitors(const QString& arrangement) const;
    [[nodiscard]] std::optional<WindowPlace> place(const QString& arrangement, int monitor) const;
    void setOpen(const QString& arrangement, int monitor, bool isOpen);
    void setPlace(const QString& arrangement, int monitor, const WindowPlace& place);

private:
    QSettings m_settings;
};

}  // namespace leedswatch::ui
