#include "ui/shell/window_places.h"

#include "ui/common/desk_file.h"

#include <QCryptographicHash>
#include <QGuiApplication>
#include <QScreen>
#include <QStringList>
#include <algorithm>

namespace leedswatch::ui {

namespace {

constexpr QSize usualSize{960, 640};
constexpr int stagger = 40;

QString keyOf(const QString& arrangement, int monitor, const char* name) {
    // The text of an arrangement has characters that a settings key may not have.
    const auto digest = QCryptographicHash::hash(arrangement.toUtf8(), QCryptographicHash::Sha256).toHex().left(16);
    return QStringLiteral("%1/monitor%2-%3").arg(QString::fromLatin1(digest)).arg(monitor).arg(QLatin1String{name});
}

}  // namespace

QList<ScreenInfo> screensNow() {
    QList<ScreenInfo> screens;
    const auto all = QGuiApplication::screens();
    for (const QScreen* screen : all) {
        screens.append({screen->name(), screen->geometry()});
    }
    return screens;
}

QString arrangementOf(QList<ScreenInfo> screens) {
    QStringList texts;
    for (const ScreenInfo& screen : std::as_const(screens)) {
        const QRect& area = screen.geometry;
        texts.append(QStringLiteral("%1 %2x%3+%4+%5")
                         .arg(screen.name)
                         .arg(area.width())
                         .arg(area.height())
                         .arg(area.x())
                         .arg(area.y()));
    }
    texts.sort();
    return texts.join(QStringLiteral(", "));
}

WindowPlace placeOn(const QList<ScreenInfo>& screens, const WindowPlace& wanted, int strays) {
    const bool isThere = std::any_of(screens.begin(), screens.end(), [&](const ScreenInfo& screen) {
        return screen.geometry.contains(wanted.geometry.center());
    });
    if (isThere || screens.isEmpty()) {
        return wanted;
    }
    // Never full screen over the screen that is left: that may be the one with the log.
    const QRect& screen = screens.first().geometry;
    const QSize full = wanted.isFullScreen ? usualSize : wanted.geometry.size();
    const int step = stagger * (1 + strays);
    const QSize size = full.boundedTo(screen.size() - QSize{stagger + step, stagger + step});
    return {QRect{screen.topLeft() + QPoint{step, step}, size}, false};
}

WindowPlace firstPlace(const QList<ScreenInfo>& screens, const QList<QPoint>& taken) {
    for (const ScreenInfo& screen : screens) {
        const bool isFree = std::none_of(taken.begin(), taken.end(),
                                         [&](const QPoint& centre) { return screen.geometry.contains(centre); });
        if (isFree) {
            return {screen.geometry, true};
        }
    }
    const QRect screen = screens.isEmpty() ? QRect{QPoint{}, usualSize} : screens.first().geometry;
    const int step = stagger * static_cast<int>(taken.size());
    return {QRect{screen.topLeft() + QPoint{step, step}, usualSize}, false};
}

WindowMemory::WindowMemory(const std::filesystem::path& dataFolder, access::PersonId person)
    : m_settings{deskFile(dataFolder, "windows", person), QSettings::IniFormat} {}

QList<int> WindowMemory::openMonitors(const QString& arrangement) const {
    QList<int> open;
    for (int monitor = 2; monitor <= 4; ++monitor) {
        if (m_settings.value(keyOf(arrangement, monitor, "open")).toBool()) {
            open.append(monitor);
        }
    }
    return open;
}

std::optional<WindowPlace> WindowMemory::place(const QString& arrangement, int monitor) const {
    const QRect geometry = m_settings.value(keyOf(arrangement, monitor, "geometry")).toRect();
    if (geometry.isEmpty()) {
        return std::nullopt;
    }
    return WindowPlace{geometry, m_settings.value(keyOf(arrangement, monitor, "fullScreen")).toBool()};
}

void WindowMemory::setOpen(const QString& arrangement, int monitor, bool isOpen) {
    m_settings.setValue(keyOf(arrangement, monitor, "open"), isOpen);
}

void WindowMemory::setPlace(const QString& arrangement, int monitor, const WindowPlace& place) {
    m_settings.setValue(keyOf(arrangement, monitor, "geometry"), place.geometry);
    m_settings.setValue(keyOf(arrangement, monitor, "fullScreen"), place.isFullScreen);
}

}  // namespace leedswatch::ui
