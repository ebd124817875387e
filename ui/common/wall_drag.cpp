#include "ui/common/wall_drag.h"

#include <QDropEvent>
#include <QMimeData>
#include <QWidget>
#include <array>
#include <utility>

namespace leedswatch::ui {

namespace {

using Kind = WallDrag::Kind;

const std::array<std::pair<Kind, QString>, 4>& formats() {
    static const std::array<std::pair<Kind, QString>, 4> all{{
        {Kind::Tile, QStringLiteral("application/x-leedswatch-tile")},
        {Kind::Cameras, QStringLiteral("application/x-leedswatch-cameras")},
        {Kind::View, QStringLiteral("application/x-leedswatch-view")},
        {Kind::Sequence, QStringLiteral("application/x-leedswatch-sequence")},
    }};
    return all;
}

QMimeData* mimeOf(Kind kind, const QByteArray& content) {
    auto* data = new QMimeData;
    data->setData(formats().at(static_cast<std::size_t>(kind)).second, content);
    return data;
}

}  // namespace

QMimeData* mimeOfTile() {
    return mimeOf(Kind::Tile, {});
}

QMimeData* mimeOfCameras(const QList<int>& numbers) {
    QByteArrayList words;
    for (const int number : numbers) {
        words.append(QByteArray::number(number));
    }
    return mimeOf(Kind::Cameras, words.join(' '));
}

QMimeData* mimeOfView(qint64 id) {
    return mimeOf(Kind::View, QByteArray::number(id));
}

QMimeData* mimeOfSequence(qint64 id) {
    return mimeOf(Kind::Sequence, QByteArray::number(id));
}

QStringList camerasMimeTypes() {
    return {formats().at(static_cast<std::size_t>(Kind::Cameras)).second};
}

bool isWallDrag(const QDropEvent& event) {
    // Another program's drag has no source here.
    return event.source() != nullptr && std::any_of(formats().begin(), formats().end(), [&](const auto& format) {
               return event.mimeData()->hasFormat(format.second);
           });
}

WallDrag wallDragOf(const QDropEvent& event) {
    WallDrag drag;
    drag.from = qobject_cast<QWidget*>(event.source());
    drag.isCopy = event.modifiers().testFlag(Qt::ControlModifier);
    for (const auto& [kind, format] : formats()) {
        if (event.mimeData()->hasFormat(format)) {
            drag.kind = kind;
            const QByteArray content = event.mimeData()->data(format);
            drag.id = content.toLongLong();
            for (const QByteArray& word : content.split(' ')) {
                if (const int number = word.toInt(); kind == Kind::Cameras && number > 0) {
                    drag.cameras.append(number);
                }
            }
            return drag;
        }
    }
    return drag;
}

}  // namespace leedswatch::ui
