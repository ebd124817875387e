#pragma once

#include "../support/room.h"
#include "base/file.h"
#include "ui/shell/desk_page.h"
#include "ui/wall/wall_page.h"

#include <QPlainTextEdit>
#include <QTest>

namespace leedswatch::tests {

/// The real window with an operator at the desk.
struct Desk {
    explicit Desk(access::Role role = access::Role::Operator) : room{20} {
        acting = room.addPerson("omarsden", role);
        room.window().resize(1280, 800);
        room.window().show();
        room.window().enter(acting);
        room.window().activateWindow();
    }

    bool isReady() {
        return QTest::qWaitForWindowActive(&room.window()) &&
               QTest::qWaitFor([this] { return room.console().directory().counts().cameras == 20; });
    }
    /// After a dialog: without a window manager nobody gives the window the keyboard back.
    bool isActiveAgain() {
        room.window().activateWindow();
        return QTest::qWaitForWindowActive(&room.window());
    }
    /// From then on a station seems to run, as far as its lock tells.
    base::FileLock standInForTheStation() {
        const auto run = room.context().dataFolder / "run";
        Room::check(base::createFolders(run));
        auto lock = base::FileLock::acquire(run / "station.lock");
        Room::check(lock);
        return std::move(*lock);
    }
    ui::DeskPage& page() { return *room.window().desk(); }
    template <typename Widget>
    Widget* find(const char* name) {
        return page().findChild<Widget*>(QString::fromLatin1(name));
    }
    /// The field of the log's entry, with the keyboard; null if it does not get it.
    QPlainTextEdit* beginEntry(const QString& text = {}) {
        auto* field = find<QPlainTextEdit>("entryTextPlainTextEdit");
        field->setFocus();
        if (!QTest::qWaitFor([&] { return field->hasFocus(); })) {
            return nullptr;
        }
        QTest::keyClicks(field, text);
        return field;
    }
    ui::WallPage& wall() { return *page().wall(); }
    QString callUp() { return find<QWidget>("callUpDisplay")->accessibleName(); }

    Room room;
    access::Acting acting;
};

}  // namespace leedswatch::tests
