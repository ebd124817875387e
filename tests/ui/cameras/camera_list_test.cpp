#include "../support/room.h"
#include "ui/cameras/camera_list_model.h"
#include "ui/cameras/camera_panel.h"
#include "ui/common/theme.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QSignalSpy>
#include <QTest>

using namespace leedswatch;

namespace {

std::vector<estate::Camera> someCameras() {
    const auto make = [](int id, const char* name, const char* site) {
        estate::Camera camera;
        camera.id = estate::CameraId{id};
        camera.number = id;
        camera.name = name;
        camera.site = site;
        return camera;
    };
    return {make(4, "Briggate / Boar Lane", "City centre"), make(10, "Stand 14", "Bus station"),
            make(104, "City Square", "Station quarter"), make(1040, "Level 4", "Car park")};
}

QList<int> numbersIn(const QAbstractItemModel& model) {
    QList<int> numbers;
    for (int row = 0; row < model.rowCount(); ++row) {
        numbers.append(model.index(row, 0).data(ui::CameraListModel::NumberRole).toInt());
    }
    return numbers;
}

}  // namespace

class CameraListTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theModelsKeepTheRulesOfModels() {
        ui::CameraListModel model;
        ui::CameraFilterModel filter;
        filter.setSourceModel(&model);
        const QAbstractItemModelTester modelTester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};
        const QAbstractItemModelTester filterTester{&filter, QAbstractItemModelTester::FailureReportingMode::QtTest};
        model.setCameras(someCameras());
        filter.setWords(QStringLiteral("city"));
        filter.setWords({});
        filter.setOnlyNotLive(true);
        model.setCameras({});
    }

    void everyWordMustOccurInNumberNameOrSite() {
        ui::CameraListModel model;
        ui::CameraFilterModel filter;
        filter.setSourceModel(&model);
        model.setCameras(someCameras());
        filter.setWords(QStringLiteral("city"));
        QCOMPARE(numbersIn(filter), (QList<int>{4, 104}));
        filter.setWords(QStringLiteral("CITY sq"));
        QCOMPARE(numbersIn(filter), QList<int>{104});
    }

    void digitsAreANumberFirstAndThatNumberComesFirst() {
        ui::CameraListModel model;
        ui::CameraFilterModel filter;
        filter.setSourceModel(&model);
        model.setCameras(someCameras());
        filter.setWords(QStringLiteral("4"));
        QCOMPARE(numbersIn(filter), (QList<int>{4, 10, 104, 1040}));
        filter.setWords(QStringLiteral("104"));
        QCOMPARE(numbersIn(filter), (QList<int>{104, 1040}));
    }

    void statesAreUnknownWhileTheStationDoesNotRun() {
        tests::Room room{2};
        auto& directory = room.console().directory();
        QTRY_VERIFY(directory.isLoaded());
        const auto cameras = room.context().cameras.list();
        estate::CameraStatus status;
        status.camera = cameras->front().id;
        status.state = estate::CameraState::Live;
        tests::Room::check(room.context().cameras.setStatuses({status}));
        directory.setStationRunning(true);
        QTRY_COMPARE(directory.counts().live, 1);
        directory.setStationRunning(false);
        QCOMPARE(directory.counts().live, 0);
        QVERIFY(directory.statusOf(status.camera) == nullptr);
    }

    void theRowsHaveAllTheRoomAsSoonAsTheyAreThere() {
        tests::Room room{20};
        ui::CameraPanel panel{room.console().directory()};
        panel.resize(280, 800);
        panel.show();
        auto* list = panel.findChild<QListView*>(QStringLiteral("cameraListView"));
        QTRY_COMPARE(list->model()->rowCount(), 20);
        // Not one turn of the event loop later, in which a row would be scrolled to in half of the room.
        panel.setCurrentCamera(12);
        QVERIFY(list->height() > 600);
        QVERIFY(list->visualRect(list->model()->index(0, 0)).top() >= 0);
        const QModelIndex below = list->indexAt({40, list->viewport()->height() - 20});
        QVERIFY(below.isValid() && below.row() > 11);
    }

    void aSearchThatFindsNothingSaysHowToGoOn() {
        tests::Room room{3};
        ui::CameraPanel panel{room.console().directory()};
        panel.resize(280, 800);
        panel.show();
        auto* list = panel.findChild<QListView*>(QStringLiteral("cameraListView"));
        auto* search = panel.findChild<QLineEdit*>(QStringLiteral("cameraSearchLineEdit"));
        auto* empty = panel.findChild<QLabel*>(QStringLiteral("emptyState"));
        QTRY_COMPARE(list->model()->rowCount(), 3);
        QVERIFY(list->isVisible() && !empty->isVisible());
        QTest::keyClicks(search, QStringLiteral("zoo"));
        QVERIFY(!list->isVisible() && empty->isVisible());
        QVERIFY(empty->text().contains(QStringLiteral("Esc")));
        QTest::keyClick(search, Qt::Key_Escape);
        QVERIFY(list->isVisible());
    }

    void enterAndDoubleClickAskForTheCamera() {
        tests::Room room{1688};
        ui::CameraPanel panel{room.console().directory()};
        panel.resize(280, 800);
        panel.show();
        auto* list = panel.findChild<QListView*>(QStringLiteral("cameraListView"));
        auto* search = panel.findChild<QLineEdit*>(QStringLiteral("cameraSearchLineEdit"));
        QTRY_COMPARE(list->model()->rowCount(), 1688);
        QSignalSpy chosen{&panel, &ui::CameraPanel::cameraChosen};
        QTest::keyClicks(search, QStringLiteral("street 1200"));
        QTRY_COMPARE(list->model()->rowCount(), 1);
        QTest::keyClick(search, Qt::Key_Return);
        QCOMPARE(chosen.takeFirst().first().toInt(), 1200);
        QTest::keyClick(search, Qt::Key_Escape);
        QCOMPARE(list->model()->rowCount(), 1688);
        const QPoint third = list->visualRect(list->model()->index(2, 0)).center();
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, third);
        QTest::mouseDClick(list->viewport(), Qt::LeftButton, {}, third);
        QCOMPARE(chosen.takeFirst().first().toInt(), 3);
    }
};

int main(int argc, char** argv) {
    QApplication application{argc, argv};
    ui::theme::apply(application);
    CameraListTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "camera_list_test.moc"
