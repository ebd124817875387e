#include "ui/wall/library_panel.h"

#include "ui/common/search_field.h"
#include "ui/common/theme.h"
#include "ui/wall/library_row_delegate.h"

#include <QKeyEvent>
#include <QLabel>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QVBoxLayout>

namespace leedswatch::ui {

namespace {

QListView* makeList(QAbstractItemModel* model, const QString& name, QWidget* parent) {
    auto* list = new QListView{parent};
    list->setModel(model);
    list->setItemDelegate(new LibraryRowDelegate{list});
    list->setUniformItemSizes(true);
    list->setMouseTracking(true);
    list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    list->setDragDropMode(QAbstractItemView::DragOnly);
    list->setContextMenuPolicy(Qt::CustomContextMenu);
    list->setAccessibleName(name);
    return list;
}

}  // namespace

LibraryPanel::LibraryPanel(WallLibrary& library, LibraryKind kind, QWidget* parent)
    : QWidget{parent},
      m_library{library},
      m_kind{kind},
      m_model{new LibraryModel{kind, this}},
      m_filter{new QSortFilterProxyModel{this}},
      m_search{new SearchField{QStringLiteral("Name"), this}},
      m_empty{new QLabel{this}},
      m_problem{new QLabel{this}},
      m_make{new QPushButton{this}} {
    const bool isViews = kind == LibraryKind::Views;
    setObjectName(QStringLiteral("sidePanel"));
    setAttribute(Qt::WA_StyledBackground);
    m_filter->setSourceModel(m_model);
    m_filter->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_list = makeList(m_filter, isViews ? QStringLiteral("Views") : QStringLiteral("Sequences"), this);
    m_list->setObjectName(isViews ? QStringLiteral("viewsListView") : QStringLiteral("sequencesListView"));
    m_search->setObjectName(isViews ? QStringLiteral("viewSearchLineEdit") : QStringLiteral("sequenceSearchLineEdit"));
    m_make->setText(isViews ? QStringLiteral("Save this wall…") : QStringLiteral("New sequence…"));
    m_make->setToolTip(isViews ? QStringLiteral("Save the wall as a view (Ctrl+S)") : QString{});
    layOut();
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_filter->setFilterFixedString(text.trimmed());
        showState();
    });
    connect(m_list, &QListView::doubleClicked, this, &LibraryPanel::choose);
    connect(m_list, &QListView::customContextMenuRequested, this, &LibraryPanel::showMenu);
    connect(m_make, &QPushButton::clicked, this, &LibraryPanel::makeRequested);
    connect(&library, &WallLibrary::changed, this, &LibraryPanel::take);
    connect(&library, &WallLibrary::failed, this, &LibraryPanel::showProblem);
    take();
}

void LibraryPanel::layOut() {
    m_search->installEventFilter(this);
    m_list->installEventFilter(this);
    m_empty->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    m_empty->setWordWrap(true);
    m_empty->setObjectName(QStringLiteral("emptyState"));
    theme::setLabelKind(*m_empty, theme::LabelKind::Dim);
    m_problem->setWordWrap(true);
    m_problem->hide();
    theme::setLabelKind(*m_problem, theme::LabelKind::Refusal);
    auto* top = new QVBoxLayout;
    top->setContentsMargins(16, 12, 16, 8);
    top->addWidget(m_search);
    auto* foot = new QVBoxLayout;
    foot->setContentsMargins(16, 8, 16, 12);
    foot->setSpacing(8);
    foot->addWidget(m_problem);
    foot->addWidget(m_make);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(top);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_empty, 1);
    layout->addLayout(foot);
}

void LibraryPanel::focusSearch() {
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void LibraryPanel::showProblem(const QString& sentence) {
    m_problem->setText(sentence);
    m_problem->setVisible(!sentence.isEmpty());
}

bool LibraryPanel::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::KeyPress) {
        return QWidget::eventFilter(watched, event);
    }
    const int key = static_cast<QKeyEvent*>(event)->key();
    const bool isEnter = key == Qt::Key_Return || key == Qt::Key_Enter;
    const QModelIndex current = m_list->currentIndex();
    if (isEnter) {
        choose(watched == m_search ? m_filter->index(0, 0) : current);
        return true;
    }
    if (watched == m_search && key == Qt::Key_Down && m_filter->rowCount() > 0) {
        m_list->setFocus(Qt::OtherFocusReason);
        m_list->setCurrentIndex(m_filter->index(0, 0));
        return true;
    }
    if (watched == m_list && key == Qt::Key_Delete && current.isValid()) {
        Q_EMIT removeRequested(current.data(LibraryModel::IdRole).toLongLong());
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void LibraryPanel::take() {
    // The same row stays marked, although the rows are made anew.
    const QVariant marked = m_list->currentIndex().data(LibraryModel::IdRole);
    m_model->take(m_library);
    for (int row = 0; marked.isValid() && row < m_filter->rowCount(); ++row) {
        if (m_filter->index(row, 0).data(LibraryModel::IdRole) == marked) {
            m_list->setCurrentIndex(m_filter->index(row, 0));
        }
    }
    showProblem({});
    showState();
}

void LibraryPanel::showState() {
    const bool isViews = m_kind == LibraryKind::Views;
    const bool isEmpty = m_filter->rowCount() == 0;
    m_list->setVisible(!isEmpty);
    m_empty->setVisible(isEmpty);
    if (!m_library.isLoaded()) {
        m_empty->setText(QStringLiteral("Reading…"));
    } else if (m_model->rowCount() > 0) {
        m_empty->setText(QStringLiteral("None fits.\n\nEsc clears the search."));
    } else if (isViews) {
        m_empty->setText(
            QStringLiteral("There are no views yet.\n\nCtrl+S saves the wall as it is now: its layout and its "
                           "cameras."));
    } else {
        m_empty->setText(
            QStringLiteral("There are no sequences yet.\n\nA sequence shows cameras in turn in one tile."));
    }
}

void LibraryPanel::choose(const QModelIndex& index) {
    if (index.isValid()) {
        Q_EMIT chosen(index.data(LibraryModel::IdRole).toLongLong());
    }
}

void LibraryPanel::showMenu(const QPoint& position) {
    const QModelIndex index = m_list->indexAt(position);
    if (!index.isValid()) {
        return;
    }
    const qint64 id = index.data(LibraryModel::IdRole).toLongLong();
    const bool isViews = m_kind == LibraryKind::Views;
    const bool mayChange = !index.data(LibraryModel::SharedRole).toBool() || m_library.mayShare();
    auto* menu = new QMenu{this};
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(isViews ? QStringLiteral("Open") : QStringLiteral("Run in the selected tile"), this,
                    [this, id] { Q_EMIT chosen(id); });
    menu->addSeparator();
    const auto add = [&](const QString& text, auto signal) {
        menu->addAction(text, this, [this, id, signal] { Q_EMIT(this->*signal)(id); })->setEnabled(mayChange);
    };
    add(isViews ? QStringLiteral("Replace by this wall…") : QStringLiteral("Edit…"), &LibraryPanel::replaceRequested);
    add(QStringLiteral("Rename…"), &LibraryPanel::renameRequested);
    add(QStringLiteral("Delete…"), &LibraryPanel::removeRequested);
    if (!mayChange) {
        menu->addSection(QStringLiteral("Shared: a supervisor changes it"));
    }
    menu->popup(m_list->viewport()->mapToGlobal(position));
}

}  // namespace leedswatch::ui
