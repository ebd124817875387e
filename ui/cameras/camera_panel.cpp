#include "ui/cameras/camera_panel.h"

#include "ui/cameras/camera_row_delegate.h"
#include "ui/common/search_field.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QListView>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace leedswatch::ui {

namespace {

QListView* makeList(QAbstractItemModel* model, QWidget* parent) {
    auto* list = new QListView{parent};
    list->setObjectName(QStringLiteral("cameraListView"));
    list->setModel(model);
    list->setItemDelegate(new CameraRowDelegate{list});
    list->setUniformItemSizes(true);
    list->setMouseTracking(true);
    list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    list->setDragDropMode(QAbstractItemView::DragOnly);
    list->setDragEnabled(true);
    list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    list->setAccessibleName(QStringLiteral("Cameras"));
    return list;
}

}  // namespace

CameraPanel::CameraPanel(CameraDirectory& directory, QWidget* parent)
    : QWidget{parent},
      m_directory{directory},
      m_model{new CameraListModel{this}},
      m_filter{new CameraFilterModel{this}},
      m_count{new QLabel{this}},
      m_search{new SearchField{QStringLiteral("Number, name or site"), this}},
      m_notLive{new QToolButton{this}},
      m_middle{new QStackedWidget{this}},
      m_empty{new QLabel{this}} {
    setObjectName(QStringLiteral("sidePanel"));
    setAttribute(Qt::WA_StyledBackground);
    m_filter->setSourceModel(m_model);
    m_list = makeList(m_filter, this);

    auto* title = new QLabel{QStringLiteral("Cameras"), this};
    theme::setLabelKind(*title, theme::LabelKind::Title);
    theme::setLabelKind(*m_count, theme::LabelKind::Dim);
    m_notLive->setObjectName(QStringLiteral("filterChip"));
    m_notLive->setCheckable(true);
    m_notLive->setToolTip(QStringLiteral("Show only cameras that are not live"));
    m_search->setObjectName(QStringLiteral("cameraSearchLineEdit"));
    m_search->setToolTip(QStringLiteral("Search the cameras (F6)"));
    m_search->installEventFilter(this);
    m_list->installEventFilter(this);
    m_empty->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    m_empty->setWordWrap(true);
    m_empty->setObjectName(QStringLiteral("emptyState"));
    theme::setLabelKind(*m_empty, theme::LabelKind::Dim);

    auto* header = new QHBoxLayout;
    header->setSpacing(8);
    header->addWidget(title);
    header->addWidget(m_count);
    header->addStretch();
    header->addWidget(m_notLive);
    auto* top = new QVBoxLayout;
    top->setContentsMargins(16, 12, 16, 8);
    top->setSpacing(12);
    top->addLayout(header);
    top->addWidget(m_search);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(top);
    m_middle->addWidget(m_list);
    m_middle->addWidget(m_empty);
    layout->addWidget(m_middle, 1);

    connect(m_search, &QLineEdit::textChanged, this, &CameraPanel::filter);
    connect(m_notLive, &QToolButton::toggled, this, &CameraPanel::filter);
    connect(m_list, &QListView::doubleClicked, this, &CameraPanel::choose);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& index) {
        if (m_list->hasFocus() && index.isValid()) {
            Q_EMIT cameraPicked(index.data(CameraListModel::NumberRole).toInt());
        }
    });
    connect(&m_directory, &CameraDirectory::camerasChanged, this, &CameraPanel::takeCameras);
    connect(&m_directory, &CameraDirectory::statusesChanged, this, &CameraPanel::takeStatuses);
    takeCameras();
    takeStatuses();
}

void CameraPanel::focusSearch() {
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void CameraPanel::setCurrentCamera(int number) {
    // Whoever is choosing rows is not disturbed by a sequence that goes on.
    if (m_list->hasFocus()) {
        return;
    }
    for (int row = 0; row < m_filter->rowCount(); ++row) {
        const QModelIndex index = m_filter->index(row, 0);
        if (index.data(CameraListModel::NumberRole).toInt() == number) {
            // Whatever keys are held: this is not the person's choice of rows.
            m_list->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect);
            m_list->scrollTo(index);
            return;
        }
    }
    m_list->selectionModel()->setCurrentIndex({}, QItemSelectionModel::Clear);
}

bool CameraPanel::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::KeyPress) {
        return QWidget::eventFilter(watched, event);
    }
    const int key = static_cast<QKeyEvent*>(event)->key();
    const bool isEnter = key == Qt::Key_Return || key == Qt::Key_Enter;
    if (watched == m_list && isEnter) {
        choose(m_list->currentIndex());
        return true;
    }
    if (watched == m_search && isEnter) {
        choose(m_filter->index(0, 0));
        return true;
    }
    if (watched == m_search && key == Qt::Key_Down && m_filter->rowCount() > 0) {
        m_list->setFocus(Qt::OtherFocusReason);
        m_list->setCurrentIndex(m_filter->index(0, 0));
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void CameraPanel::takeCameras() {
    m_model->setCameras(m_directory.cameras());
    m_model->setStatuses(m_directory);
    showCounts();
}

void CameraPanel::takeStatuses() {
    m_model->setStatuses(m_directory);
    showCounts();
}

void CameraPanel::filter() {
    m_filter->setWords(m_search->text());
    m_filter->setOnlyNotLive(m_notLive->isChecked());
    m_list->scrollToTop();
    showCounts();
}

void CameraPanel::choose(const QModelIndex& index) {
    if (index.isValid()) {
        Q_EMIT cameraChosen(index.data(CameraListModel::NumberRole).toInt());
    }
}

void CameraPanel::showCounts() {
    const CameraDirectory::Counts counts = m_directory.counts();
    const int shown = m_filter->rowCount();
    m_count->setText(withThousands(shown));
    m_count->setToolTip(QStringLiteral("%1 of %2 cameras").arg(withThousands(shown), withThousands(counts.cameras)));
    m_notLive->setText(QStringLiteral("%1 not live").arg(withThousands(counts.notLive)));
    // Without a station nobody knows which are live: a count would be a claim.
    const bool isKnown = m_directory.isStationRunning() && counts.notLive > 0;
    m_notLive->setVisible(isKnown || m_notLive->isChecked());
    m_middle->setCurrentWidget(shown > 0 ? static_cast<QWidget*>(m_list) : m_empty);
    if (!m_directory.isLoaded()) {
        m_empty->setText(QStringLiteral("Reading the estate…"));
    } else if (counts.cameras == 0) {
        m_empty->setText(QStringLiteral(
            "There are no cameras yet.\n\nAn administrator imports them with\nleedswatchctl cameras import FILE.csv"));
    } else if (m_search->text().trimmed().isEmpty()) {
        m_empty->setText(QStringLiteral("Every camera is live.\n\nThe button above shows them all."));
    } else {
        m_empty->setText(QStringLiteral("No camera fits.\n\nEsc clears the search."));
    }
}

}  // namespace leedswatch::ui
