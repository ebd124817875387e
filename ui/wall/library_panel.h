#pragma once

#include "ui/wall/library_model.h"

#include <QWidget>

class QLabel;
class QListView;
class QPushButton;
class QSortFilterProxyModel;

namespace leedswatch::ui {

class SearchField;

/// The list of views or of sequences with its search field. Enter or a double click asks for one; Enter in the search
/// field takes the first that fits. What can be done to one is in its menu.
class LibraryPanel final : public QWidget {
    Q_OBJECT

public:
    LibraryPanel(WallLibrary& library, LibraryKind kind, QWidget* parent);

    void focusSearch();
    /// A sentence under the list until the next change; empty clears it.
    void showProblem(const QString& sentence);

Q_SIGNALS:
    void chosen(qint64 id);
    /// Save the wall as a view; make a sequence.
    void makeRequested();
    /// Put the wall of now in its place; edit the sequence.
    void replaceRequested(qint64 id);
    void renameRequested(qint64 id);
    void removeRequested(qint64 id);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void layOut();
    void take();
    void showState();
    void choose(const QModelIndex& index);
    void showMenu(const QPoint& position);

    WallLibrary& m_library;
    const LibraryKind m_kind;
    LibraryModel* m_model;
    QSortFilterProxyModel* m_filter;
    SearchField* m_search;
    QListView* m_list;
    QLabel* m_empty;
    QLabel* m_problem;
    QPushButton* m_make;
};

}  // namespace leedswatch::ui
