#include "walls_of_desk_test.h"

#include "desk.h"
#include "estate/wall_shelf.h"
#include "ui/cameras/camera_list_model.h"
#include "ui/common/wall_drag.h"
#include "ui/shell/call_up_display.h"
#include "ui/shell/layout_chooser.h"
#include "ui/shell/monitor_window.h"
#include "ui/shell/wall_desk.h"
#include "ui/wall/sequence_dialog.h"

#include <QApplication>
#include <QCheckBox>
#include <QDragEnterEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMimeData>
#include <QPushButton>
#include <QTest>
#include <memory>

using namespace leedswatch;
using leedswatch::tests::Desk;

namespace {

QWidget* dialogNamed(const char* name) {
    QWidget* dialog = nullptr;
    const bool isOpen = QTest::qWaitFor([&] {
        dialog = QApplication::activeModalWidget();
        return dialog != nullptr && dialog->objectName() == QLatin1String{name};
    });
    return isOpen ? dialog : nullptr;
}

template <typename Widget>
Widget* in(QWidget* dialog, const char* name) {
    return dialog->findChild<Widget*>(QString::fromLatin1(name));
}

QListView* listOf(Desk& desk, const char* name) {
    return desk.find<QListView>(name);
}

int monitorWindows() {
    int count = 0;
    const auto all = QApplication::topLevelWidgets();
    for (const QWidget* widget : all) {
        count += widget->objectName() == QStringLiteral("monitorWindow") ? 1 : 0;
    }
    return count;
}

}  // namespace

void WallsOfDeskTest::everyLayoutIsReachedByF12AndItsNumber() {
    Desk desk;
    QVERIFY(desk.isReady());
    for (const auto& [keys, tiles] : {std::pair{"6", 6},
                                      {"8", 8},
                                      {"10", 10},
                                      {"13", 13},
                                      {"16", 16},
                                      {"25", 25},
                                      {"36", 36},
                                      {"9", 9},
                                      {"4", 4}}) {
        QTest::keyClick(&desk.wall(), Qt::Key_F12);
        QWidget* chooser = nullptr;
        QVERIFY(QTest::qWaitFor([&] { return (chooser = QApplication::activePopupWidget()) != nullptr; }));
        QTest::keyClicks(chooser, QString::fromLatin1(keys));
        QCOMPARE(desk.wall().tileCount(), tiles);
        QTRY_VERIFY(QApplication::activePopupWidget() == nullptr);
    }
    // A 3 can only become 36, and still waits: the 6 that follows it out of habit would be a camera's number.
    QTest::keyClick(&desk.wall(), Qt::Key_F12);
    QVERIFY(QTest::qWaitFor([] { return QApplication::activePopupWidget() != nullptr; }));
    QTest::keyClicks(QApplication::activePopupWidget(), QStringLiteral("3"));
    QCOMPARE(desk.wall().tileCount(), 4);
    QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_Return);
    QCOMPARE(desk.wall().tileCount(), 36);
    // A 1 may be the beginning of 10; Enter takes it as it is, and so does Enter after arrows.
    QTest::keyClick(&desk.wall(), Qt::Key_F12);
    QVERIFY(QTest::qWaitFor([] { return QApplication::activePopupWidget() != nullptr; }));
    QTest::keyClicks(QApplication::activePopupWidget(), QStringLiteral("1"));
    QCOMPARE(desk.wall().tileCount(), 36);
    QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_Return);
    QCOMPARE(desk.wall().tileCount(), 1);
    QTest::keyClick(&desk.wall(), Qt::Key_F12);
    QVERIFY(QTest::qWaitFor([] { return QApplication::activePopupWidget() != nullptr; }));
    QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_Right);
    QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_Right);
    QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_Return);
    QCOMPARE(desk.wall().tileCount(), 6);
    // The digits went nowhere else.
    QCOMPARE(desk.callUp(), QStringLiteral("Call-up"));
}

void WallsOfDeskTest::aNumberGoesToTheWallThatIsActiveAndOneSeesWhichThatIs() {
    Desk desk;
    QVERIFY(desk.isReady());
    desk.page().showCamera(3);
    QTest::keyClick(&desk.wall(), Qt::Key_2, Qt::AltModifier);
    ui::MonitorWindow* second = desk.page().walls()->windows().window(2);
    QVERIFY(second != nullptr && second->isVisible());
    QVERIFY(QTest::qWaitForWindowActive(second));
    QVERIFY(second->wall().isActive() && !desk.wall().isActive());
    QVERIFY(second->wall().tile(0).isSelected());
    QVERIFY(!desk.wall().tile(desk.wall().selectedTile()).isSelected());
    QCOMPARE(second->findChild<QLabel*>(QStringLiteral("callUpTarget"))->text(), QStringLiteral("CALL-UPS COME HERE"));
    QTest::keyClicks(&second->wall(), QStringLiteral("12"));
    QCOMPARE(desk.callUp(), QStringLiteral("Camera 12, Street 12"));
    QTest::keyClick(&second->wall(), Qt::Key_Return);
    QCOMPARE(second->wall().cameraNumber(0), 12);
    QCOMPARE(desk.wall().cameraNumber(desk.wall().selectedTile()), 3);
    QCOMPARE(desk.find<QLineEdit>("entryCameraLineEdit")->text(), QStringLiteral("12"));
    // The main window's keys go there too, until somebody turns to its wall.
    QTest::keyClick(&second->wall(), Qt::Key_F3);
    QCOMPARE(second->wall().tileCount(), 9);
    QTest::mouseClick(&desk.wall().tile(1), Qt::LeftButton);
    QVERIFY(desk.wall().isActive() && !second->wall().isActive());
    desk.page().showCamera(7);
    QCOMPARE(desk.wall().cameraNumber(1), 7);
    // Closing the active one makes the main wall the active one.
    desk.page().walls()->windows().turnTo(2);
    second->close();
    QVERIFY(desk.wall().isActive());
    QTRY_VERIFY(desk.page().walls()->windows().window(2) == nullptr);
}

void WallsOfDeskTest::aLockedDeskShowsNoPictureOnAnyMonitor() {
    Desk desk;
    QVERIFY(desk.isReady());
    auto& windows = desk.page().walls()->windows();
    windows.turnTo(2);
    windows.turnTo(3);
    desk.room.window().lock();
    QVERIFY(!windows.window(2)->isVisible());
    QVERIFY(!windows.window(3)->isVisible());
    QVERIFY(!desk.wall().isVisible());
    // No key opens one behind the lock.
    windows.turnTo(4);
    QVERIFY(!windows.window(4)->isVisible());
    desk.room.window().enter(desk.acting);
    desk.page().walls()->windows().turnTo(2);
    QVERIFY(desk.page().walls()->windows().window(2)->isVisible());
    desk.room.window().signOut();
    QCOMPARE(monitorWindows(), 0);
}

void WallsOfDeskTest::aMonitorComesBackToItsPersonWithItsCameras() {
    Desk desk;
    QVERIFY(desk.isReady());
    desk.page().walls()->windows().turnTo(2);
    ui::MonitorWindow* second = desk.page().walls()->windows().window(2);
    second->setPlace({QRect{40, 50, 700, 500}, false});
    second->wall().setTileCount(6);
    second->wall().selectTile(5);
    desk.page().showCamera(9);
    QCOMPARE(second->wall().cameraNumber(5), 9);
    desk.room.window().signOut();
    desk.room.window().enter(desk.acting);
    second = desk.page().walls()->windows().window(2);
    QVERIFY(second != nullptr && second->isVisible());
    QCOMPARE(second->wall().tileCount(), 6);
    QCOMPARE(second->wall().cameraNumber(5), 9);
    QCOMPARE(second->geometry().size(), QSize(700, 500));
    second->close();
    QTRY_VERIFY(desk.page().walls()->windows().window(2) == nullptr);
    desk.room.window().signOut();
    desk.room.window().enter(desk.acting);
    QVERIFY(desk.page().walls()->windows().window(2) == nullptr);
    desk.page().walls()->windows().turnTo(2);
    QCOMPARE(desk.page().walls()->windows().window(2)->wall().cameraNumber(5), 9);
    // Another person has other windows.
    const access::Acting other = desk.room.addPerson("phirst", access::Role::Operator);
    desk.room.window().enter(other);
    QCOMPARE(monitorWindows(), 0);
}

void WallsOfDeskTest::aWindowWhoseScreenHasGoneComesToOneThatIsThere() {
    const ui::ScreenInfo left{QStringLiteral("DP-1"), {0, 0, 1920, 1080}};
    const ui::ScreenInfo right{QStringLiteral("DP-2"), {1920, 0, 1920, 1080}};
    const ui::WindowPlace full{right.geometry, true};
    QCOMPARE(ui::placeOn({left, right}, full), full);
    const ui::WindowPlace moved = ui::placeOn({left}, full);
    QVERIFY(left.geometry.contains(moved.geometry));
    QVERIFY(!moved.isFullScreen);
    const ui::WindowPlace small{{2500, 300, 800, 600}, false};
    QCOMPARE(ui::placeOn({left}, small).geometry.size(), QSize(800, 600));
    QVERIFY(left.geometry.contains(ui::placeOn({left}, small).geometry));
    // The arrangement is the same in whatever order the screens are listed, and another one without one of them.
    QCOMPARE(ui::arrangementOf({left, right}), ui::arrangementOf({right, left}));
    QVERIFY(ui::arrangementOf({left, right}) != ui::arrangementOf({left}));
    const tests::TemporaryFolder folder;
    ui::WindowMemory memory{folder.path(), access::PersonId{1}};
    memory.setPlace(ui::arrangementOf({left, right}), 2, full);
    memory.setOpen(ui::arrangementOf({left, right}), 2, true);
    QVERIFY(!memory.place(ui::arrangementOf({left}), 2));
    QVERIFY(memory.openMonitors(ui::arrangementOf({left})).isEmpty());
    QCOMPARE(memory.place(ui::arrangementOf({right, left}), 2), full);
    QCOMPARE(memory.openMonitors(ui::arrangementOf({right, left})), QList<int>{2});
}

void WallsOfDeskTest::anUnpluggedScreenBringsNothingDownAndItIsSaid() {
    const ui::ScreenInfo left{QStringLiteral("DP-1"), {0, 0, 1920, 1080}};
    const ui::ScreenInfo right{QStringLiteral("DP-2"), {1920, 0, 1920, 1080}};
    Desk desk;
    QVERIFY(desk.isReady());
    auto& windows = desk.page().walls()->windows();
    const ui::ScreenInfo third{QStringLiteral("DP-3"), {3840, 0, 1920, 1080}};
    windows.takeScreens({left, right, third});
    for (const int monitor : {2, 3}) {
        windows.turnTo(monitor);
        desk.page().showCamera(monitor);
    }
    windows.takeScreens({left});
    QList<QPoint> corners;
    for (const int monitor : {2, 3}) {
        const ui::MonitorWindow* window = windows.window(monitor);
        QVERIFY(window != nullptr && window->isVisible());
        QVERIFY(left.geometry.contains(window->geometry()));
        QCOMPARE(window->wall().cameraNumber(0), monitor);
        QVERIFY(window->wall().tile(0).notice().contains(QStringLiteral("its own screen is gone")));
        corners.append(window->geometry().topLeft());
    }
    QVERIFY2(corners[0] != corners[1], "one would hide the other");
    QVERIFY(desk.wall().tile(0).notice().contains(QStringLiteral("came to this one")));
    // Call-ups go on where they went.
    QVERIFY(windows.window(3)->wall().isActive());
    desk.page().showCamera(9);
    QCOMPARE(windows.window(3)->wall().cameraNumber(0), 9);
    // No screen at all for a moment, and both again.
    windows.takeScreens({});
    windows.takeScreens({left, right, third});
    QVERIFY(windows.window(2)->isVisible() && windows.window(3)->isVisible());
    QVERIFY(right.geometry.contains(windows.window(2)->geometry().center()));
}

void WallsOfDeskTest::theFirstPlaceOfAMonitorIsAScreenOfItsOwn() {
    const ui::ScreenInfo left{QStringLiteral("DP-1"), {0, 0, 1920, 1080}};
    const ui::ScreenInfo right{QStringLiteral("DP-2"), {1920, 0, 1920, 1080}};
    QCOMPARE(ui::firstPlace({left, right}, {{900, 500}}), (ui::WindowPlace{right.geometry, true}));
    const ui::WindowPlace third = ui::firstPlace({left, right}, {{900, 500}, {2900, 500}});
    QVERIFY(!third.isFullScreen);
    QVERIFY(left.geometry.contains(third.geometry.center()));
    QVERIFY(!ui::firstPlace({}, {}).geometry.isEmpty());
}

void WallsOfDeskTest::aViewIsSavedFoundOpenedAndReplaced() {
    Desk desk;
    QVERIFY(desk.isReady());
    desk.page().setTileCount(6);
    desk.page().showCamera(4);
    QTest::keyClick(&desk.wall(), Qt::Key_S, Qt::ControlModifier);
    QWidget* dialog = dialogNamed("nameDialog");
    QVERIFY(dialog != nullptr);
    QVERIFY2(!in<QCheckBox>(dialog, "sharedCheckBox")->isEnabled(), "an operator shares nothing");
    QTest::keyClicks(in<QLineEdit>(dialog, "nameLineEdit"), QStringLiteral("Match day"));
    QTest::keyClick(dialog, Qt::Key_Return);
    QTRY_VERIFY(QApplication::activeModalWidget() == nullptr);
    QVERIFY(desk.isActiveAgain());
    QTRY_COMPARE(listOf(desk, "viewsListView")->model()->rowCount(), 1);
    desk.page().setTileCount(4);
    QTest::keyClick(&desk.wall(), Qt::Key_O, Qt::ControlModifier);
    auto* search = desk.find<QLineEdit>("viewSearchLineEdit");
    QTRY_VERIFY(search->hasFocus());
    QTest::keyClicks(search, QStringLiteral("match"));
    QTest::keyClick(search, Qt::Key_Return);
    QCOMPARE(desk.wall().tileCount(), 6);
    QCOMPARE(desk.wall().cameraNumber(0), 4);
    QTRY_VERIFY(desk.wall().hasFocus());
    // The same name again: it is said what will be replaced, and by whom it was changed last.
    desk.page().showCamera(8);
    QTest::keyClick(&desk.wall(), Qt::Key_S, Qt::ControlModifier);
    dialog = dialogNamed("nameDialog");
    QTest::keyClicks(in<QLineEdit>(dialog, "nameLineEdit"), QStringLiteral("match DAY"));
    QVERIFY(in<QLabel>(dialog, "hintLabel")->text().contains(QStringLiteral("omarsden")));
    QCOMPARE(in<QPushButton>(dialog, "confirmPushButton")->text(), QStringLiteral("Replace"));
    QTest::keyClick(dialog, Qt::Key_Return);
    QTRY_VERIFY(QApplication::activeModalWidget() == nullptr);
    estate::SavedViews views{desk.room.context().database};
    const auto kept = views.list(desk.acting).value();
    QCOMPARE(kept.size(), 1U);
    QCOMPARE(kept[0].content.tiles[0].camera.number, 8);
    // Deleting asks first, and the keyboard stands on Cancel.
    auto* list = listOf(desk, "viewsListView");
    list->setCurrentIndex(list->model()->index(0, 0));
    QTest::keyClick(list, Qt::Key_Delete);
    dialog = dialogNamed("questionDialog");
    QVERIFY(dialog != nullptr);
    QTest::keyClick(dialog, Qt::Key_Return);
    QTRY_VERIFY(QApplication::activeModalWidget() == nullptr);
    QCOMPARE(views.list(desk.acting)->size(), 1U);
    QTest::keyClick(list, Qt::Key_Delete);
    dialog = dialogNamed("questionDialog");
    QTest::mouseClick(in<QPushButton>(dialog, "yesPushButton"), Qt::LeftButton);
    QTRY_COMPARE(list->model()->rowCount(), 0);
}

void WallsOfDeskTest::aNameThatIsRefusedIsSaidAndStaysTyped() {
    Desk desk{access::Role::Supervisor};
    QVERIFY(desk.isReady());
    estate::SavedViews views{desk.room.context().database};
    const auto id = views.add(desk.acting, "One", true, {1, {}});
    QVERIFY(id && views.add(desk.acting, "Two", true, {1, {}}));
    auto* list = listOf(desk, "viewsListView");
    QTRY_COMPARE(list->model()->rowCount(), 2);
    Q_EMIT desk.page().walls()->library().views().renameRequested(id->value());
    QWidget* dialog = dialogNamed("nameDialog");
    QVERIFY(dialog != nullptr);
    auto* name = in<QLineEdit>(dialog, "nameLineEdit");
    name->setText(QStringLiteral("two"));
    QTest::keyClick(dialog, Qt::Key_Return);
    QTRY_VERIFY(in<QLabel>(dialog, "hintLabel")->text().contains(QStringLiteral("named 'two' already")));
    QCOMPARE(name->text(), QStringLiteral("two"));
    name->setText(QStringLiteral("Three"));
    QTest::keyClick(dialog, Qt::Key_Return);
    QTRY_VERIFY(QApplication::activeModalWidget() == nullptr);
    QTRY_COMPARE(list->model()->index(0, 0).data().toString(), QStringLiteral("Three"));
}

void WallsOfDeskTest::aSharedViewThatIsChangedElsewhereIsThereAtOnce() {
    Desk desk;
    QVERIFY(desk.isReady());
    const access::Acting sara = desk.room.addPerson("sara", access::Role::Supervisor);
    // Another process with the same data folder: another desk.
    const auto elsewhere = store::Database::open(desk.room.context().dataFolder, desk.room.clock());
    QVERIFY(elsewhere.has_value());
    estate::SavedViews views{**elsewhere};
    auto* model = listOf(desk, "viewsListView")->model();
    const auto id = views.add(sara, "Derby", true, {4, {}});
    QVERIFY(id.has_value());
    QTRY_COMPARE(model->rowCount(), 1);
    QVERIFY(views.rename(sara, *id, "Cup final").has_value());
    QTRY_COMPARE(model->index(0, 0).data().toString(), QStringLiteral("Cup final"));
    QVERIFY(views.remove(sara, *id).has_value());
    QTRY_COMPARE(model->rowCount(), 0);
}

void WallsOfDeskTest::aSequenceIsMadeFromNumbersAndRun() {
    Desk desk{access::Role::Supervisor};
    QVERIFY(desk.isReady());
    Q_EMIT desk.page().walls()->library().sequences().makeRequested();
    QWidget* dialog = dialogNamed("sequenceDialog");
    QVERIFY(dialog != nullptr);
    auto* numbers = in<QLineEdit>(dialog, "numbersLineEdit");
    QTest::keyClicks(in<QLineEdit>(dialog, "nameLineEdit"), QStringLiteral("Night"));
    QTest::keyClicks(numbers, QStringLiteral("3 99"));
    QTest::keyClick(numbers, Qt::Key_Return);
    QVERIFY(in<QLabel>(dialog, "problemLabel")->text().contains(QStringLiteral("99")));
    QVERIFY(!in<QPushButton>(dialog, "confirmPushButton")->isEnabled());
    numbers->setText(QStringLiteral("3, 5-7"));
    QTest::keyClick(numbers, Qt::Key_Return);
    in<QCheckBox>(dialog, "sharedCheckBox")->setChecked(true);
    in<QCheckBox>(dialog, "passesOverCheckBox")->setChecked(true);
    QTest::mouseClick(in<QPushButton>(dialog, "confirmPushButton"), Qt::LeftButton);
    QTRY_VERIFY(QApplication::activeModalWidget() == nullptr);
    estate::Sequences sequences{desk.room.context().database};
    const auto kept = sequences.list(desk.acting).value();
    QCOMPARE(kept.size(), 1U);
    QVERIFY(kept[0].isShared && kept[0].content.passesOverOffline);
    QCOMPARE(kept[0].content.steps.size(), 4U);
    QCOMPARE(kept[0].content.steps[3].camera.number, 7);
    QTRY_COMPARE(listOf(desk, "sequencesListView")->model()->rowCount(), 1);
    QVERIFY(desk.isActiveAgain());
    QTest::keyClick(&desk.wall(), Qt::Key_T, Qt::ControlModifier);
    auto* search = desk.find<QLineEdit>("sequenceSearchLineEdit");
    QTRY_VERIFY(search->hasFocus());
    QTest::keyClick(search, Qt::Key_Return);
    QCOMPARE(desk.wall().cameraNumber(desk.wall().selectedTile()), 3);
    // Its keys are the wall's while that has the keyboard.
    QTRY_VERIFY(desk.wall().hasFocus());
    QTest::keyClick(&desk.wall(), Qt::Key_PageDown);
    QCOMPARE(desk.wall().cameraNumber(desk.wall().selectedTile()), 5);
    QTest::keyClick(&desk.wall(), Qt::Key_Space);
    QVERIFY(desk.wall().tile(desk.wall().selectedTile()).mark().endsWith(QStringLiteral("PAUSED")));
    QTest::keyClick(&desk.wall(), Qt::Key_Asterisk);
    QVERIFY(desk.wall().place(desk.wall().selectedTile()).isSpot());
    QVERIFY(!ui::cameraNumbersOf(QStringLiteral("7-5")));
    QVERIFY(!ui::cameraNumbersOf(QStringLiteral("1-99999")));
    QVERIFY(!ui::cameraNumbersOf(QStringLiteral("twelve")));
    QCOMPARE(*ui::cameraNumbersOf(QStringLiteral(" 12,14;  20-22 ")), (std::vector<int>{12, 14, 20, 21, 22}));
}

void WallsOfDeskTest::whatAnotherProgramDragsIsNotTaken() {
    Desk desk;
    QVERIFY(desk.isReady());
    const std::unique_ptr<QMimeData> data{ui::mimeOfCameras({4, 5})};
    QDragEnterEvent enter{{10, 10}, Qt::CopyAction, data.get(), Qt::LeftButton, Qt::NoModifier};
    enter.ignore();
    QApplication::sendEvent(&desk.wall().tile(0), &enter);
    QVERIFY(!enter.isAccepted());
    QDropEvent drop{{10, 10}, Qt::CopyAction, data.get(), Qt::LeftButton, Qt::NoModifier};
    QApplication::sendEvent(&desk.wall().tile(0), &drop);
    QCOMPARE(desk.wall().cameraNumber(0), 0);
}

void WallsOfDeskTest::rowsOfTheCameraListAreDraggedInTheirOrder() {
    Desk desk;
    QVERIFY(desk.isReady());
    auto* model = listOf(desk, "cameraListView")->model();
    const std::unique_ptr<QMimeData> data{
        model->mimeData({model->index(6, 0), model->index(2, 0), model->index(4, 0)})};
    const QDropEvent drop{{10, 10}, Qt::CopyAction, data.get(), Qt::LeftButton, Qt::ControlModifier};
    const ui::WallDrag drag = ui::wallDragOf(drop);
    QCOMPARE(drag.kind, ui::WallDrag::Kind::Cameras);
    QCOMPARE(drag.cameras, (QList<int>{3, 5, 7}));
    QVERIFY(drag.isCopy);
    desk.wall().drop(0, drag);
    QCOMPARE(desk.wall().cameraNumber(2), 7);
}
