#include "ui/common/wall_drag.h"
#include "ui/wall/wall_page.h"

#include <QKeyEvent>
#include <QMenu>
#include <algorithm>

// What the hand does on a wall: keys, the menu of a tile, and what is dropped on one.

namespace leedswatch::ui {

void WallPage::keyPressEvent(QKeyEvent* event) {
    if (const auto step = m_layout->step(m_cell, event->key())) {
        selectTile(step->tile);
        m_cell = step->cell;
    } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        setMaximised(!m_maximised);
    } else if (event->key() == Qt::Key_Escape && m_maximised) {
        setMaximised(false);
    } else if (event->key() == Qt::Key_Delete) {
        clearTile();
    } else {
        QWidget::keyPressEvent(event);
    }
}

void WallPage::focusInEvent(QFocusEvent* event) {
    Q_EMIT activated();
    QWidget::focusInEvent(event);
}

void WallPage::mousePressEvent(QMouseEvent* event) {
    Q_EMIT activated();
    QWidget::mousePressEvent(event);
}

void WallPage::drop(int index, const WallDrag& drag) {
    if (index < 0 || index >= tileCount()) {
        return;
    }
    Q_EMIT activated();
    switch (drag.kind) {
        case WallDrag::Kind::Tile: dropTile(index, drag); break;
        case WallDrag::Kind::Cameras: dropCameras(index, drag.cameras); break;
        case WallDrag::Kind::View:
            if (const auto* view = m_hub.library().find(estate::WallViewId{drag.id}); view && !view->isDamaged) {
                open(view->content);
            } else {
                tile(index).showNotice(view ? QStringLiteral("The view cannot be read: save it again or delete it")
                                            : QStringLiteral("The view has been deleted"));
            }
            break;
        case WallDrag::Kind::Sequence:
            selectTile(index);
            showSequence(estate::SequenceId{drag.id});
            break;
    }
}

void WallPage::dropTile(int index, const WallDrag& drag) {
    auto* wall = drag.from == nullptr ? nullptr : qobject_cast<WallPage*>(drag.from->parentWidget());
    if (wall == nullptr) {
        return;
    }
    const auto from = std::find(wall->m_tiles.begin(), wall->m_tiles.end(), drag.from) - wall->m_tiles.begin();
    if (from >= wall->tileCount() || (wall == this && from == index)) {
        return;
    }
    WallPlace& source = wall->at(static_cast<int>(from));
    if (drag.isCopy) {
        SpareFeeds none;
        auto copy = source.content();
        copy.isSpot = false;
        at(index).keepAsPrevious();
        at(index).setContent(copy, none);
        runViews();
    } else {
        source.exchange(at(index));
        wall->settle();
    }
    selectTile(index);
    settle();
}

void WallPage::dropCameras(int index, const QList<int>& numbers) {
    const int room = std::min<int>(static_cast<int>(numbers.size()), tileCount() - index);
    selectTile(index);
    for (int i = 0; i < room; ++i) {
        at(index + i).showCamera(numbers[i]);
    }
    settle();
    if (const auto left = numbers.size() - room; left > 0) {
        tile(index).showNotice(
            QStringLiteral("No tile was left for %1 of the %2 cameras").arg(left).arg(numbers.size()));
    }
}

void WallPage::showMenu(const QPoint& globalPosition) {
    auto* menu = new QMenu{this};
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (const int number = cameraNumber(m_selected); number != 0) {
        menu->addAction(QStringLiteral("Recordings of camera %1").arg(number), this,
                        [this, number] { Q_EMIT playbackRequested(number); })
            ->setEnabled(access::mayDo(m_hub.context().acting.role, access::Right::PlayRecorded));
        if (tileCount() > 1) {
            menu->addAction(m_maximised ? QStringLiteral("Back to the wall") : QStringLiteral("Enlarge"), this,
                            [this] { setMaximised(!m_maximised); });
        }
        Q_EMIT cameraMenuOpens(*menu);
    }
    m_tileCommands->addTo(*menu);
    addSequenceActions(*menu);
    menu->addAction(selected().isSpot() ? QStringLiteral("No longer the spot") : QStringLiteral("Make this the spot"),
                    this, &WallPage::toggleSpot);
    menu->addAction(QStringLiteral("Empty this tile"), this, &WallPage::clearTile)->setEnabled(!selected().isEmpty());
    menu->popup(globalPosition);
}

void WallPage::addSequenceActions(QMenu& menu) {
    if (selected().hasSequence()) {
        menu.addAction(QStringLiteral("Pause the sequence, go on"), this, &WallPage::toggleSequencePause);
        menu.addAction(QStringLiteral("Next camera of the sequence"), this, [this] { stepSequence(1); });
        menu.addAction(QStringLiteral("Previous camera of the sequence"), this, [this] { stepSequence(-1); });
    }
    QMenu* sequences = menu.addMenu(QStringLiteral("Run a sequence"));
    for (const estate::Sequence& sequence : m_hub.library().sequences()) {
        sequences->addAction(QString::fromStdString(sequence.name), this,
                             [this, id = sequence.id] { showSequence(id); });
    }
    sequences->setEnabled(!sequences->isEmpty());
}

}  // namespace leedswatch::ui
