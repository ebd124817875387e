#include "ui/alarms/alarm_page.h"

#include "ui/alarms/alarm_board.h"
#include "ui/alarms/alarm_model.h"
#include "ui/alarms/alarm_pane.h"
#include "ui/alarms/alarm_pictures.h"
#include "ui/alarms/alarm_row_delegate.h"
#include "ui/common/icons.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QListView>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

namespace leedswatch::ui {

using response::AlarmState;

namespace {

constexpr int queueWidth = 260;
constexpr int picturesWidth = 300;

}  // namespace

AlarmPage::AlarmPage(ConsoleContext& context, AlarmBoard& board, WallHub* hub, QWidget* parent)
    : QWidget{parent},
      m_context{context},
      m_board{board},
      m_model{new AlarmModel{this}},
      m_splitter{new QSplitter{Qt::Horizontal, this}},
      m_counts{new QLabel{this}},
      m_empty{theme::makeText(theme::LabelKind::Dim, this,
                              QStringLiteral("No alarm is open.\n\nWhat arrives is shown across the whole desk and "
                                             "sounds until somebody takes it."))},
      m_list{new QListView{this}} {
    setObjectName(QStringLiteral("alarmPage"));
    makeList();
    m_splitter->addWidget(makeQueue());
    m_pane = new AlarmPane{context, board, m_splitter};
    m_splitter->addWidget(m_pane);
    if (hub != nullptr) {
        m_pictures = new AlarmPictures{*hub, m_splitter};
        m_pictures->setMinimumWidth(240);
        m_splitter->addWidget(m_pictures);
        connect(m_pane, &AlarmPane::loaded, this,
                [this](const response::Alarm& alarm, const std::vector<int>& cameras) {
                    m_pictures->show(alarm, cameras);
                });
    }
    m_splitter->setHandleWidth(1);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setStretchFactor(2, 1);
    m_splitter->setSizes({queueWidth, 400, picturesWidth});
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_splitter);
    connect(&board, &AlarmBoard::changed, this, &AlarmPage::follow);
    connect(m_pane, &AlarmPane::finished, this, [this] { m_list->setFocus(); });
    m_second.setInterval(1'000);
    connect(&m_second, &QTimer::timeout, m_list->viewport(), qOverload<>(&QWidget::update));
    follow();
}

void AlarmPage::makeList() {
    m_list->setObjectName(QStringLiteral("alarmsListView"));
    m_list->setAccessibleName(QStringLiteral("Open alarms"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new AlarmRowDelegate{m_context.clock, m_list});
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& index) {
        if (index.isValid()) {
            m_pane->show(m_model->alarm(index.row()).id);
        }
    });
    // By Enter and by a double click: neither is a shortcut, as while a number is typed Enter is call-up's.
    connect(m_list, &QListView::activated, this, [this] { m_pane->goOn(); });
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setContentsMargins(16, 0, 16, 0);
    m_empty->setObjectName(QStringLiteral("noAlarmsLabel"));
}

QWidget* AlarmPage::makeQueue() {
    auto* queue = new QWidget{m_splitter};
    queue->setMinimumWidth(220);
    auto* title = new QLabel{QStringLiteral("Alarms"), queue};
    theme::setLabelKind(*title, theme::LabelKind::Title);
    theme::setLabelKind(*m_counts, theme::LabelKind::Caption);
    m_counts->setObjectName(QStringLiteral("alarmCountsLabel"));
    auto* back = new QToolButton{queue};
    back->setObjectName(QStringLiteral("closeAlarmsToolButton"));
    back->setIcon(icons::line(QStringLiteral("close"), palette::textDim));
    back->setToolTip(QStringLiteral("Back to the wall (Esc)"));
    back->setFocusPolicy(Qt::TabFocus);
    theme::setButtonKind(*back, theme::ButtonKind::Quiet);
    connect(back, &QToolButton::clicked, this, &AlarmPage::closed);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(16, 10, 8, 0);
    head->addWidget(title, 1);
    head->addWidget(back);
    auto* layout = new QVBoxLayout{queue};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(head);
    m_counts->setContentsMargins(16, 0, 16, 4);
    layout->addWidget(m_counts);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_empty, 1);
    return queue;
}

void AlarmPage::follow() {
    const auto chosen = m_pane->alarm();
    m_model->setQueue(m_board.queue());
    // While nothing was chosen yet, what is first is shown.
    const int row = chosen ? m_model->rowOf(*chosen) : (isVisible() && m_model->rowCount() > 0 ? 0 : -1);
    if (row >= 0) {
        m_list->setCurrentIndex(m_model->index(row));
    }
    const bool isEmpty = m_model->rowCount() == 0;
    m_list->setVisible(!isEmpty);
    m_empty->setVisible(isEmpty);
    showCounts();
}

void AlarmPage::showCounts() {
    const auto& counts = m_board.queue().counts;
    QStringList parts;
    for (const auto& [state, words] : {std::pair{AlarmState::Waiting, "%1 waiting"},
                                       {AlarmState::InHand, "%1 in hand"},
                                       {AlarmState::Parked, "%1 put off"},
                                       {AlarmState::Held, "%1 held"}}) {
        if (const auto found = counts.find(state); found != counts.end() && found->second > 0) {
            const bool isMore = found->second >= response::mostCounted;
            parts << QString::fromLatin1(words).arg(withThousands(found->second) +
                                                    (isMore ? QStringLiteral("+") : QString{}));
        }
    }
    m_counts->setText(parts.join(QStringLiteral(" · ")));
}

void AlarmPage::choose(response::AlarmId alarm) {
    m_pane->show(alarm);
    const int row = m_model->rowOf(alarm);
    if (row >= 0) {
        m_list->setCurrentIndex(m_model->index(row));
    }
}

void AlarmPage::goOn() {
    if (!m_board.mine().empty()) {
        const auto id = m_board.mine().front().id;
        const bool isChosen = m_pane->alarm() && std::ranges::any_of(m_board.mine(), [this](const auto& mine) {
                                  return mine.id == *m_pane->alarm();
                              });
        if (!isChosen) {
            choose(id);
        }
        m_pane->takeFocusOnceLoaded();
        return;
    }
    if (m_board.waiting().empty() || !m_board.mayAnswer()) {
        takeFocus();
        return;
    }
    m_board.act([](response::AlarmQueue& queue, const access::Acting& acting) { return queue.acceptNext(acting); },
                [this](const base::Result<response::Alarm>& taken) {
                    if (taken) {
                        choose(taken->id);
                        m_pane->takeFocusOnceLoaded();
                    }
                });
}

void AlarmPage::takeFocus() {
    if (m_pane->alarm()) {
        m_pane->takeFocus();
    } else if (m_list->isVisible()) {
        m_list->setFocus();
        if (!m_list->currentIndex().isValid()) {
            m_list->setCurrentIndex(m_model->index(0));
        }
    } else {
        setFocus();
    }
}

void AlarmPage::showEvent(QShowEvent* /*event*/) {
    m_second.start();
}

void AlarmPage::hideEvent(QHideEvent* /*event*/) {
    m_second.stop();
}

void AlarmPage::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) {
        Q_EMIT closed();
    } else {
        QWidget::keyPressEvent(event);
    }
}

}  // namespace leedswatch::ui
