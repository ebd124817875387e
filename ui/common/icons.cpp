#include "ui/common/icons.h"

#include <QFile>
#include <QGuiApplication>
#include <QPainter>
#include <QPixmap>
#include <QSvgRenderer>

namespace leedswatch::ui::icons {

namespace {

/// The icons are drawn in this colour, which the style sheet can use as it is; in code it is replaced by the one
/// wanted.
const QByteArray& drawnColour() {
    static const QByteArray colour{"#a3adb6"};
    return colour;
}

QPixmap render(const QByteArray& drawing, int size, qreal devicePixelRatio) {
    QPixmap pixmap{QSize{size, size} * devicePixelRatio};
    pixmap.fill(Qt::transparent);
    QSvgRenderer renderer{drawing};
    QPainter painter{&pixmap};
    renderer.render(&painter);
    painter.end();
    pixmap.setDevicePixelRatio(devicePixelRatio);
    return pixmap;
}

QByteArray drawingOf(const QString& name, const QColor& colour) {
    QFile file{QStringLiteral(":/icons/%1.svg").arg(name)};
    if (!file.open(QIODevice::ReadOnly)) {
        return {};
    }
    return file.readAll().replace(drawnColour(), colour.name().toLatin1());
}

}  // namespace

QIcon line(const QString& name, const QColor& colour) {
    QIcon icon;
    const auto add = [&](const QColor& drawn, QIcon::Mode mode) {
        const QByteArray drawing = drawingOf(name, drawn);
        for (const int size : {20, 40}) {
            icon.addPixmap(render(drawing, size, 1.0), mode);
        }
    };
    add(colour, QIcon::Normal);
    add(palette::line.lighter(140), QIcon::Disabled);
    return icon;
}

QPixmap picture(const QString& name, int size, const QColor& colour, qreal devicePixelRatio) {
    return render(drawingOf(name, colour), size, devicePixelRatio);
}

QIcon application() {
    return QIcon{QStringLiteral(":/icons/leedswatch.svg")};
}

}  // namespace leedswatch::ui::icons
