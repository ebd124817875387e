#pragma once

#include "../support/room.h"
#include "access/two_person_authority.h"
#include "base/file.h"
#include "ui/privacy/privacy_guard.h"
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
    /// Draws a zone over all of the camera's picture and has it lifted by two people, for a minute.
    estate::CameraId liftZonesOf(int number) {
        auto& context = room.context();
        const estate::Camera camera = context.cameras.find(number).value();
        const estate::PrivacyZone all{{{0, 0}, {10'000, 0}, {10'000, 10'000}, {0, 10'000}}};
        Room::check(context.privacy.zones().set(access::Acting::commandLine(), camera, {all}));
        if (!QTest::qWaitFor([&] { return context.privacy.hasZones(camera.id); })) {
            throw std::runtime_error{"the zones did not come"};
        }
        room.addPerson("sue", access::Role::Supervisor);
        const auto grant = access::TwoPersonAuthority{context.people}.confirm(
            acting, "sue", knownPassword, estate::PrivacyLifts::rights(), "somebody calls for help");
        Room::check(grant);
        Room::check(context.privacy.lifts().lift(*grant, camera, std::chrono::minutes{1}));
        context.privacy.liftBegan();
        return camera.id;
    }
    std::int64_t auditEvents(const std::string& action) {
        return room.context()
            .database
            .read([&](soci::session& sql) -> base::Result<std::int64_t> {
                std::int64_t count = 0;
                sql << "SELECT count(*) FROM audit_event WHERE json_extract(CAST(body AS TEXT), '$.act') = :action",
                    soci::use(action, "action"), soci::into(count);
                return count;
            })
            .value();
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
