#pragma once

#include "ui/cameras/camera_directory.h"
#include "ui/cameras/camera_list_model.h"

#include <QWidget>

class QLabel;
class QListView;
class QStackedWidget;
class QToolButton;

namespace leedswatch::ui {

class SearchField;

/// The camera list with its search field. Rows, several at a time, can be dragged onto a wall. Enter or a double click
/// asks for the camera; Enter in the search field takes the first row that fits.
class CameraPanel final : public QWidget {
    Q_OBJECT

public:
    explicit CameraPanel(CameraDirectory& directory, QWidget* parent = nullptr);

    void focusSearch();
    /// Marks the row of the camera that the selected tile shows, without asking for it.
    void setCurrentCamera(int number);

Q_SIGNALS:
    void cameraChosen(int number);
    /// A person has gone to its row, by the mouse or the arrows.
    void cameraPicked(int number);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void takeCameras();
    void takeStatuses();
    void filter();
    void choose(const QModelIndex& index);
    void showCounts();

    CameraDirectory& m_directory;
    CameraListModel* m_model;
    CameraFilterModel* m_filter;
    QLabel* m_count;
    SearchField* m_search;
    QToolButton* m_notLive;
    QStackedWidget* m_middle;  ///< the list, or why it is empty: one of them, in all of the room
    QListView* m_list;
    QLabel* m_empty;
};

}  // namespace leedswatch::ui
