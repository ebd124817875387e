#include "ui/review/review_page.h"

#include "ui/common/text.h"
#include "ui/privacy/lift_toggle.h"
#include "ui/privacy/privacy_guard.h"
#include "ui/review/export_panel.h"
#include "ui/review/hold_action.h"
#include "ui/review/marks_bar.h"
#include "ui/review/motion_finder.h"
#include "ui/review/playback_audit.h"
#include "ui/review/playback_notice.h"
#include "ui/review/recorded_view.h"
#include "ui/review/recording_loader.h"
#include "ui/review/recording_navigator.h"
#include "ui/review/review_commands.h"
#include "ui/review/review_header.h"
#include "ui/review/review_player.h"
#include "ui/review/transport_bar.h"
#include "ui/review/typed_time.h"
#include "ui/snapshot/snapshot_taker.h"
#include "ui/wall/tile_words.h"

#include <QHBoxLayout>
#include <QHideEvent>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

namespace leedswatch::ui {
namespace {

using namespace std::chrono_literals;

constexpr auto firstLook = 30s;  // before the end of the recording, when a camera is opened
constexpr auto firstSpan = base::Microseconds{20min};

}  // namespace

ReviewPage::ReviewPage(ConsoleContext& context, QWidget* parent)
    : QWidget{parent},
      m_context{context},
      m_commands{new ReviewCommands{this}},
      m_header{new ReviewHeader{*m_commands, this}},
      m_view{new RecordedView{this}},
      m_transport{new TransportBar{*m_commands, this}},
      m_timelineView{new TimelineView{this}},
      m_marksBar{new MarksBar{*m_commands, this}},
      m_export{new ExportPanel{context, this}},
      m_loader{new RecordingLoader{context, *this}},
      m_player{new ReviewPlayer{context, this}},
      m_notice{new PlaybackNotice{*m_view, this}},
      m_navigator{new RecordingNavigator{*m_loader, *m_player, *m_timelineView, *m_notice, this}},
      m_motion{new MotionFinder{context, *m_view, *m_timelineView, *m_navigator, *m_notice, *this}},
      m_audit{new PlaybackAudit{context, this}},
      m_snapshots{new SnapshotTaker{context, this}},
      m_hold{new HoldAction{context, this}} {
    setObjectName(QStringLiteral("reviewPage"));
    setFocusPolicy(Qt::StrongFocus);
    layOut();
    connectParts();
    connectWidgets();
    connectPlayingCommands();
    connectPageCommands();
    setFocusProxy(m_timelineView);
    m_export->hide();
    // How long the zones stay lifted counts down on a standing picture, too.
    connect(&m_privacyTimer, &QTimer::timeout, this, &ReviewPage::showPrivacy);
    m_privacyTimer.start(std::chrono::seconds{1});
    m_commands->action(ReviewCommand::Snapshot)
        .setEnabled(access::require(context.acting, access::Right::TakeSnapshots).has_value());
    m_commands->action(ReviewCommand::LiftZones)
        .setEnabled(access::require(context.acting, access::Right::LiftPrivacyZones).has_value());
    m_view->setEmptyText(QStringLiteral("No camera chosen"),
                         QStringLiteral("Choose a camera in the list, then press F5."));
}

void ReviewPage::layOut() {
    auto* middle = new QHBoxLayout;
    middle->setSpacing(0);
    middle->addWidget(m_view, 1);
    middle->addWidget(m_export);
    middle->addWidget(m_motion->panel());
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addLayout(middle, 1);
    layout->addWidget(m_transport);
    layout->addWidget(m_timelineView);
    layout->addWidget(m_marksBar);
}

void ReviewPage::connectParts() {
    connect(m_loader, &RecordingLoader::opened, this, &ReviewPage::showCamera);
    connect(m_loader, &RecordingLoader::extended, this, &ReviewPage::showExtended);
    connect(m_loader, &RecordingLoader::failed, this, &ReviewPage::showFailure);
    connect(m_player, &ReviewPlayer::changed, this, &ReviewPage::refresh);
    connect(m_player, &ReviewPlayer::sought, m_notice, &PlaybackNotice::forgetJump);
    connect(m_player, &ReviewPlayer::sought, m_audit, &PlaybackAudit::moved);
    connect(m_player, &ReviewPlayer::sought, m_motion, &MotionFinder::noteSought);
    connect(m_notice, &PlaybackNotice::jumpTold, this, &ReviewPage::refresh);
    connect(m_audit, &PlaybackAudit::failed, this, [this](const base::Error& error) {
        m_player->close();
        showFailure(error);
    });
}

void ReviewPage::connectWidgets() {
    connect(m_view, &RecordedView::resized, m_player, &ReviewPlayer::setSize);
    connect(m_timelineView, &TimelineView::scrubbed, m_player, &ReviewPlayer::seek);
    connect(m_timelineView, &TimelineView::marksMoved, this, &ReviewPage::setMarks);
    connect(m_hold, &HoldAction::heldChanged, m_timelineView, &TimelineView::setHeld);
    connect(m_transport, &TransportBar::timeTyped, this, &ReviewPage::goToTyped);
    connect(m_export, &ExportPanel::closeRequested, this, [this] { showExport(false); });
    connect(m_motion, &MotionFinder::closeRequested, this, [this] { showSearch(false); });
    connect(m_motion, &MotionFinder::playRequested, m_player, [this] {
        if (!m_player->state().playing) {
            m_player->togglePlaying();
        }
    });
}

void ReviewPage::connectPlayingCommands() {
    const auto on = [this](ReviewCommand command, auto function) {
        connect(&m_commands->action(command), &QAction::triggered, m_player, function);
    };
    on(ReviewCommand::PlayPause, &ReviewPlayer::togglePlaying);
    on(ReviewCommand::StepBack, [this] { m_player->step(-1); });
    on(ReviewCommand::StepForward, [this] { m_player->step(1); });
    on(ReviewCommand::Slower, &ReviewPlayer::slower);
    on(ReviewCommand::Faster, &ReviewPlayer::faster);
}

void ReviewPage::connectPageCommands() {
    const auto on = [this](ReviewCommand command, auto function) {
        connect(&m_commands->action(command), &QAction::triggered, this, function);
    };
    on(ReviewCommand::ToStart, [this] { m_navigator->goToStart(); });
    on(ReviewCommand::ToEnd, [this] { m_navigator->goToEnd(); });
    on(ReviewCommand::PreviousGap, [this] { m_navigator->goToPreviousGap(); });
    on(ReviewCommand::NextGap, [this] { m_navigator->goToNextGap(); });
    on(ReviewCommand::PreviousMotion, [this] { m_motion->goToPrevious(m_player->state().position); });
    on(ReviewCommand::NextMotion, [this] { m_motion->goToNext(m_player->state().position); });
    on(ReviewCommand::SearchMotion, [this] { showSearch(true); });
    on(ReviewCommand::MarkIn, [this] { markHere(MarkEnd::In); });
    on(ReviewCommand::MarkOut, [this] { markHere(MarkEnd::Out); });
    on(ReviewCommand::ClearMarks, [this] { setMarks({}); });
    on(ReviewCommand::GoTo, [this] { m_transport->focusGoTo(); });
    on(ReviewCommand::ZoomIn, [this] { m_timelineView->zoomBy(0.5); });
    on(ReviewCommand::ZoomOut, [this] { m_timelineView->zoomBy(2); });
    on(ReviewCommand::Export, [this] { showExport(true); });
    on(ReviewCommand::Snapshot, &ReviewPage::takeSnapshot);
    on(ReviewCommand::LiftZones, [this] {
        if (const auto& camera = m_audit->camera()) {
            if (const QString notice = toggleLift(m_context, *camera, window()); !notice.isEmpty()) {
                m_notice->say(notice, RecordedView::Tone::Plain);
            }
        }
    });
    on(ReviewCommand::Hold, [this] {
        if (const auto range = m_timelineView->marks().range()) {
            m_hold->ask(*range);
        }
    });
    on(ReviewCommand::Close, &ReviewPage::closeOrBack);
}

void ReviewPage::open(int cameraNumber, std::optional<base::UtcTime> at) {
    m_wanted = at;
    m_player->close();
    m_audit->begin(std::nullopt);
    m_hold->setCamera(std::nullopt);
    m_motion->setCamera(std::nullopt);
    m_notice->clear();
    m_view->setFrame(nullptr);
    m_view->setEmptyText(QStringLiteral("Looking into the archive…"), {});
    m_header->showNumber(cameraNumber);
    m_header->showTime(std::nullopt);
    m_timelineView->setTimeline(nullptr);
    m_timelineView->setPosition(std::nullopt);
    m_transport->showState({});
    setMarks({});
    m_timelineView->setFocus();
    m_loader->open(cameraNumber);
}

void ReviewPage::showCamera(const estate::Camera& camera) {
    m_header->showCamera(camera);
    m_export->setCamera(camera);
    m_audit->begin(camera);
    m_hold->setCamera(camera);
    m_motion->setCamera(camera);
    showTimeline();
    if (const auto opened = m_player->open(camera.id, m_view->size() * devicePixelRatioF()); !opened) {
        showFailure(opened.error());
    }
    showNewest();
}

void ReviewPage::showNewest() {
    if (!m_loader->hasRecordings()) {
        const base::UtcTime now = m_context.clock.now();
        m_timelineView->showRange({now - firstSpan, now});
        return;
    }
    const auto& recorded = m_loader->timeline()->recorded();
    const base::UtcTime begin = recorded.front().begin;
    const base::UtcTime end = recorded.back().end;
    m_timelineView->showRange({std::max(begin, end - firstSpan) - 10s, end + 10s});
    if (const auto wanted = std::exchange(m_wanted, std::nullopt)) {
        m_navigator->goTo(*wanted);
    } else {
        seek(std::max(begin, end - firstLook));
    }
}

void ReviewPage::showTimeline() {
    m_timelineView->setTimeline(m_loader->timeline());
    if (!m_loader->hasRecordings()) {
        m_view->setEmptyText(QStringLiteral("Nothing is recorded of this camera"),
                             QStringLiteral("As soon as the station records it, its pictures are here."));
    }
    m_export->setRange(m_timelineView->marks().range(), m_loader->timeline());
    const auto* recorded = m_loader->hasRecordings() ? &m_loader->timeline()->recorded() : nullptr;
    m_motion->setRecorded(recorded != nullptr
                              ? std::optional{video::TimeRange{recorded->front().begin, recorded->back().end}}
                              : std::nullopt);
    Q_EMIT refreshed();
}

void ReviewPage::showExtended(bool first) {
    showTimeline();
    if (first) {
        m_navigator->goTo(m_loader->timeline()->recorded().back().begin);
    }
}

void ReviewPage::showFailure(const base::Error& error) {
    m_view->setFrame(nullptr);
    m_view->setEmptyText(QStringLiteral("The recordings cannot be shown"),
                         sentenceOf(error) + QLatin1Char{' '} + whatToDo(error.code));
    Q_EMIT refreshed();
}

void ReviewPage::refresh() {
    if (!m_player->isOpen()) {
        return;
    }
    const video::PlayerState state = m_player->state();
    const auto frame = state.position ? m_player->frame() : nullptr;
    m_view->setFrame(frame);
    showPrivacy();
    m_transport->showState(state);
    m_timelineView->setPosition(state.position);
    m_motion->setPosition(state.position);
    if (state.playing && state.position) {
        m_timelineView->reveal(*state.position);
    }
    // The time beside the picture is the one of the picture that is painted.
    m_header->showTime(frame ? std::optional{frame->wallTime} : std::nullopt);
    m_notice->show(state);
    if (state.position) {
        m_audit->shows(*state.position);
    }
    Q_EMIT refreshed();
}

void ReviewPage::showPrivacy() {
    const auto& camera = m_audit->camera();
    if (!camera) {
        return;
    }
    const auto left = m_context.privacy.liftedFor(camera->id);
    m_view->setUnmasked(left ? QStringLiteral("UNMASKED %1 · U hides again").arg(minutesAndSeconds(*left)) : QString{});
    if (const QString problem = m_context.privacy.problem(camera->id); !problem.isEmpty()) {
        m_view->setEmptyText(QStringLiteral("No picture is shown"),
                             problem + QStringLiteral(" An administrator can draw the zones anew."));
    }
}

video::PlayerState ReviewPage::playerState() const {
    return m_player->state();
}

bool ReviewPage::isLoaded() const {
    return m_loader->timeline() != nullptr;
}

void ReviewPage::seek(base::UtcTime time) {
    m_player->seek(time);
}

void ReviewPage::goToTyped(const QString& text) {
    const base::UtcTime now = m_context.clock.now();
    const auto time = readTypedTime(text, m_player->state().position.value_or(now), now);
    if (!time) {
        m_transport->setRefusal(sentenceOf(time.error()));
        m_notice->say(sentenceOf(time.error()), RecordedView::Tone::Warning);
        return;
    }
    m_navigator->goTo(*time);
    m_timelineView->setFocus();
}

void ReviewPage::markHere(MarkEnd end) {
    const auto frame = m_view->frame();
    if (!frame) {
        return;
    }
    Marks marks = m_timelineView->marks();
    auto& here = end == MarkEnd::In ? marks.in : marks.out;
    auto& there = end == MarkEnd::In ? marks.out : marks.in;
    // The picture that is marked out is to be in the clip, and the range ends before its end.
    here = end == MarkEnd::In ? frame->wallTime : frame->wallTime + 1ms;
    if (marks.in && marks.out && *marks.in >= *marks.out) {
        there.reset();
    }
    setMarks(marks);
}

void ReviewPage::takeSnapshot() {
    const auto& camera = m_audit->camera();
    if (!camera || !m_player->isOpen() || !m_view->frame()) {
        return;
    }
    m_snapshots->take(
        {*camera, "RECORDED", evidence::SnapshotSource::Recording},
        [player = m_player->player(), mask = m_context.privacy.maskForKeeping(camera->id)] {
            return player->fullPicture(mask);
        },
        [this](const SnapshotTaker::Outcome& outcome) {
            m_notice->say(outcome.words, outcome.isTaken ? RecordedView::Tone::Plain : RecordedView::Tone::Warning);
        });
}

void ReviewPage::setMarks(const Marks& marks) {
    m_timelineView->setMarks(marks);
    m_export->setRange(marks.range(), m_loader->timeline());
    m_marksBar->showMarks(marks);
    m_motion->noteMarks();
}

// One of the two stands beside the picture.
void ReviewPage::showSearch(bool shown) {
    m_motion->showSearch(shown);
    if (shown) {
        m_export->hide();
    } else {
        m_timelineView->setFocus();
    }
}

void ReviewPage::showExport(bool shown) {
    if (shown) {
        m_motion->showSearch(false);
    }
    m_export->setVisible(shown);
    if (shown) {
        m_export->focusNext();
    } else {
        m_timelineView->setFocus();
    }
}

void ReviewPage::closeOrBack() {
    if (m_export->isVisible()) {
        showExport(false);
        return;
    }
    if (m_motion->isSearching()) {
        showSearch(false);
        return;
    }
    Q_EMIT closed();
}

void ReviewPage::hideEvent(QHideEvent* event) {
    m_player->pause();
    QWidget::hideEvent(event);
}

}  // namespace leedswatch::ui
