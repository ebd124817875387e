#include "ui/health/tamper_pane.h"

#include "base/local_time.h"
#include "ui/common/plain_table.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"
#include "ui/health/still_view.h"
#include "ui/health/tamper_events.h"
#include "ui/health/tamper_text.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTableView>
#include <QVBoxLayout>
#include <array>
#include <utility>

namespace leedswatch::ui {
namespace {

using namespace std::chrono_literals;
using analytics::RecordedTamper;

constexpr auto reach = std::chrono::days{31};
constexpr auto beforeIt = 10s;   // playing begins so much before it began
constexpr int listHeight = 224;  // a header and seven rows
constexpr std::array columnWidths{220, 240, 120};

QImage imageOf(const cv::Mat& still) {
    return QImage{still.data, still.cols, still.rows, static_cast<qsizetype>(still.step), QImage::Format_BGR888}.copy();
}

void showIn(StillView& view, const base::Result<cv::Mat>& still, const QString& none) {
    if (still) {
        view.showStill(imageOf(*still));
    } else {
        view.showText(still.error().code == base::ErrorCode::NotFound ? none : sentenceOf(still.error()));
    }
}

}  // namespace

TamperPane::TamperPane(ConsoleContext& context, const estate::Camera& camera, QWidget* parent)
    : QWidget{parent},
      m_context{context},
      m_camera{camera},
      m_feed{context.feed, {"tamper_events", "tamper_views"}, nullptr},
      m_zones{context.feed, {"privacy_zones"}, nullptr},
      m_events{new TamperEvents{this}},
      m_status{theme::makeText(theme::LabelKind::Body, this)},
      m_list{new QTableView{this}},
      m_before{new StillView{QStringLiteral("Before"), this}},
      m_after{new StillView{QStringLiteral("When it was certain"), this}},
      m_message{theme::makeText(theme::LabelKind::Refusal, this)},
      m_isWatched{new QCheckBox{QStringLiteral("Watch this camera's view for tamper"), this}},
      m_play{new QPushButton{QStringLiteral("Recording from then"), this}},
      m_accept{new QPushButton{QStringLiteral("The view is right"), this}},
      m_worker{*this} {
    nameParts();
    layOut();
    connectParts();
    showState();
    read();
}

void TamperPane::nameParts() {
    m_status->setObjectName(QStringLiteral("tamperStatusLabel"));
    m_list->setObjectName(QStringLiteral("tamperTableView"));
    m_list->setAccessibleName(QStringLiteral("What kept it from seeing"));
    m_before->setObjectName(QStringLiteral("beforeStillView"));
    m_after->setObjectName(QStringLiteral("afterStillView"));
    m_message->setObjectName(QStringLiteral("tamperMessageLabel"));
    m_isWatched->setObjectName(QStringLiteral("tamperWatchedCheckBox"));
    m_isWatched->setToolTip(QStringLiteral("Leave out a camera that is turned by hand or on a tour."));
    m_play->setObjectName(QStringLiteral("playFromPushButton"));
    m_accept->setObjectName(QStringLiteral("acceptViewPushButton"));
    const bool mayChange = access::require(m_context.acting, access::Right::ManageCameras).has_value();
    m_accept->setToolTip(mayChange ? QStringLiteral("What lasts is over, and the present view is learnt anew.")
                                   : QStringLiteral("Engineers and administrators say that a view is right."));
}

void TamperPane::layOut() {
    m_list->setModel(m_events);
    makePlainTable(*m_list);
    m_list->setFixedHeight(listHeight);
    m_list->horizontalHeader()->setStretchLastSection(true);
    for (int column = 0; column < static_cast<int>(columnWidths.size()); ++column) {
        m_list->setColumnWidth(column, columnWidths[static_cast<std::size_t>(column)]);
    }
    auto* stills = new QHBoxLayout;
    stills->setSpacing(16);
    stills->addWidget(m_before, 1);
    stills->addWidget(m_after, 1);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    layout->addWidget(m_status);
    layout->addLayout(stills, 1);
    layout->addWidget(m_list);
    layout->addWidget(m_message);
    layout->addWidget(makeFoot());
    m_message->hide();
}

QWidget* TamperPane::makeFoot() {
    auto* foot = new QWidget{this};
    for (QPushButton* button : {m_play, m_accept}) {
        button->setAutoDefault(false);
    }
    auto* layout = new QHBoxLayout{foot};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_isWatched);
    layout->addStretch();
    layout->addWidget(m_play);
    layout->addWidget(m_accept);
    return foot;
}

void TamperPane::connectParts() {
    connect(&m_feed, &FeedListener::changed, this, &TamperPane::read);
    // What somebody hides now must not stand here any longer.
    connect(&m_zones, &FeedListener::changed, this, [this] {
        m_shown = 0;
        showSelected();
    });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &TamperPane::showSelected);
    connect(m_play, &QPushButton::clicked, this, [this] {
        if (const RecordedTamper* event = selected()) {
            Q_EMIT recordingRequested(event->from - beforeIt);
        }
    });
    connect(m_accept, &QPushButton::clicked, this, [this] {
        act([&context = m_context, camera = m_camera](analytics::TamperViews& views) {
            return views.accept(context.acting, camera);
        });
    });
    connect(m_isWatched, &QCheckBox::clicked, this, [this](bool isWatched) {
        act([&context = m_context, camera = m_camera, isWatched](analytics::TamperViews& views) {
            return views.setWatched(context.acting, camera, isWatched);
        });
    });
}

void TamperPane::read() {
    const base::UtcTime now = m_context.clock.now();
    m_worker.run(
        [&database = m_context.database, camera = m_camera.id, now] {
            auto view = [&]() -> base::Result<analytics::TamperView> {
                TRY_ASSIGN(const auto views, analytics::TamperViews{database}.all());
                const auto found = views.find(camera);
                return found == views.end() ? analytics::TamperView{} : found->second;
            };
            return State{analytics::TamperJournal{database}.events(camera, now - reach, now + 24h), view()};
        },
        [this](State state) { take(std::move(state)); });
}

void TamperPane::take(State state) {
    if (!state.events || !state.view) {
        say(sentenceOf(state.events ? state.view.error() : state.events.error()));
        m_hasReadFailed = true;
        showState();
    } else {
        if (std::exchange(m_hasReadFailed, false)) {
            say({});
        }
        const RecordedTamper* before = selected();
        const std::int64_t chosen = before != nullptr ? before->id : 0;
        m_view = *state.view;
        {
            const QSignalBlocker quiet{m_list->selectionModel()};
            m_events->show(std::move(*state.events));
        }
        select(chosen);
        showState();
    }
}

/// Its row, or the newest.
void TamperPane::select(std::int64_t event) {
    m_list->setCurrentIndex(m_events->index(m_events->rowOf(event).value_or(0), 0));
    showSelected();
}

const RecordedTamper* TamperPane::selected() const {
    return m_events->at(m_list->currentIndex().row());
}

void TamperPane::showSelected() {
    const RecordedTamper* event = selected();
    m_play->setEnabled(event != nullptr && access::require(m_context.acting, access::Right::PlayRecorded));
    if (event == nullptr) {
        m_shown = 0;
        m_before->showText({});
        m_after->showText({});
        return;
    }
    if (event->id == m_shown) {
        return;
    }
    m_shown = event->id;
    m_before->setCaption(QStringLiteral("Before %1").arg(toQt(base::formatLocal(event->from))));
    m_after->setCaption(QStringLiteral("%1, when it was certain").arg(tamperKindText(event->kind)));
    m_before->showText({});
    m_after->showText({});
    m_worker.run(
        [&context = m_context, camera = m_camera, event = *event] {
            return analytics::seeTamperStills(context.acting, context.database, camera, event);
        },
        [this, id = event->id](const base::Result<analytics::TamperStills>& stills) {
            if (id == m_shown) {
                takeStills(stills);
            }
        });
}

void TamperPane::takeStills(const base::Result<analytics::TamperStills>& stills) {
    if (stills) {
        const QString none = QStringLiteral("There is no still: it could not be kept, or it is no longer kept.");
        showIn(*m_before, stills->before, none);
        showIn(*m_after, stills->after, none);
    } else {
        m_before->showText(sentenceOf(stills.error()));
        m_after->showText(sentenceOf(stills.error()));
    }
}

void TamperPane::showState() {
    const bool mayChange = access::require(m_context.acting, access::Right::ManageCameras).has_value();
    const bool isWatched = m_view && m_view->isWatched;
    m_isWatched->setChecked(isWatched);
    m_isWatched->setEnabled(m_view && mayChange && !m_isActing);
    m_accept->setEnabled(isWatched && mayChange && !m_isActing);
    const RecordedTamper* newest = m_events->at(0);
    QString status;
    if (!m_view) {
        status = m_hasReadFailed ? QStringLiteral("What is known of this camera's view cannot be read.")
                                 : QStringLiteral("Reading…");
    } else if (!isWatched) {
        status = QStringLiteral("This camera's view is not watched: nobody is told when it is covered or turned.");
    } else if (newest != nullptr && !newest->until) {
        status =
            QStringLiteral("%1 since %2.").arg(tamperKindText(newest->kind), toQt(base::formatLocal(newest->from)));
    } else if (newest != nullptr) {
        status = QStringLiteral("Nothing keeps it from seeing now.");
    } else {
        status = QStringLiteral("Nothing has kept this camera from seeing in the last 31 days.");
    }
    if (isWatched && !m_view->acceptedBy.empty()) {
        status += QStringLiteral(" %1 said at %2 that its view is right.")
                      .arg(toQt(m_view->acceptedBy), toQt(base::formatLocal(m_view->acceptedAt)));
    }
    m_status->setText(status);
}

void TamperPane::say(const QString& text) {
    m_message->setText(text);
    m_message->setVisible(!text.isEmpty());
}

void TamperPane::act(std::function<base::Result<void>(analytics::TamperViews&)> change) {
    // Greying the button that was pressed sends the focus to the first tab: it goes back, unless somebody moved it on.
    const QPointer<QWidget> focused = window()->focusWidget();
    m_isActing = true;
    say({});
    showState();
    const QPointer<QWidget> sentTo = window()->focusWidget();
    m_worker.run(
        [&database = m_context.database, change = std::move(change)] {
            analytics::TamperViews views{database};
            return change(views);
        },
        [this, focused, sentTo](const base::Result<void>& done) {
            m_isActing = false;
            if (!done) {
                say(sentenceOf(done.error()));
            }
            showState();
            if (focused != nullptr && window()->focusWidget() == sentTo) {
                focused->setFocus();
            }
            read();
        });
}

}  // namespace leedswatch::ui
