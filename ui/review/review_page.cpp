#include "ui/review/review_page.h"

#include "base/local_time.h"
#include "ui/common/icons.h"
#include "ui/common/palette.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"
#include "ui/review/export_panel.h"
#include "ui/review/recorded_view.h"
#include "ui/review/transport_bar.h"
#include "ui/review/typed_time.h"

#include <QDate>
#include <QHBoxLayout>
#include <QHideEvent>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

// Resources of a static library are linked in only if they are asked for, and this macro must stand outside a
// namespace.
static void initialiseReviewResources() {
    Q_INIT_RESOURCE(review);
}

namespace leedswatch::ui {
namespace {

using namespace std::chrono_literals;

constexpr auto firstLook = 30s;  // before the end of the recording, when a camera is opened
constexpr auto firstSpan = base::Microseconds{20min};
constexpr auto auditDistance = 10min;

ReviewCommands* makeCommands(QWidget* page) {
    initialiseReviewResources();
    return new ReviewCommands{page};
}

/// What was read before, with everything that has come since.
base::Result<std::shared_ptr<const video::RecordedTimeline>> readTimeline(
    video::SegmentIndex& index, estate::CameraId camera, base::UtcTime now,
    const std::shared_ptr<const video::RecordedTimeline>& known) {
    const video::TimeRange everything{base::UtcTime{}, now + 24h};
    if (!known || known->segments().size() < 500) {
        TRY_ASSIGN(auto timeline, video::RecordedTimeline::read(index, camera, everything));
        return std::make_shared<const video::RecordedTimeline>(std::move(timeline));
    }
    const auto& old = known->segments();
    const auto newestFinished =
        std::ranges::find_if(old.rbegin(), old.rend(), [](const auto& segment) { return !segment.isGrowing(); });
    const base::UtcTime since = newestFinished == old.rend() ? base::UtcTime{} : newestFinished->begin;
    TRY_ASSIGN(const auto added, video::RecordedTimeline::read(index, camera, {since, everything.end}));
    std::vector<video::RecordedSegment> segments;
    std::ranges::copy_if(old, std::back_inserter(segments), [&](const auto& segment) {
        return !segment.isGrowing() && segment.begin < since &&
               std::ranges::none_of(added.segments(), [&](const auto& newer) { return newer.file == segment.file; });
    });
    std::ranges::copy(added.segments(), std::back_inserter(segments));
    TRY_ASSIGN(const auto gaps, index.gaps(camera, everything));
    return std::make_shared<const video::RecordedTimeline>(
        video::RecordedTimeline::of(std::move(segments), everything, gaps));
}

QString dateText(base::UtcTime time) {
    const QDate date = QDate::fromString(toQt(base::formatLocal(time)).left(10), Qt::ISODate);
    return QLocale{QLocale::English, QLocale::UnitedKingdom}.toString(date, QStringLiteral("ddd d MMM yyyy"));
}

QString markText(base::UtcTime time) {
    return toQt(base::formatLocalTimeOfDayWithMilliseconds(time) + " " + base::localZoneAbbreviation(time));
}

}  // namespace

struct ReviewPage::Loaded {
    base::Result<estate::Camera> camera;
    base::Result<std::shared_ptr<const video::RecordedTimeline>> timeline;
};

ReviewPage::ReviewPage(ConsoleContext& context, QWidget* parent)
    : QWidget{parent},
      m_context{context},
      m_commands{makeCommands(this)},
      m_cameraLabel{new QLabel{this}},
      m_siteLabel{new QLabel{this}},
      m_dateLabel{new QLabel{this}},
      m_timeLabel{new QLabel{this}},
      m_markLabel{new QLabel{this}},
      m_view{new RecordedView{this}},
      m_timelineView{new TimelineView{this}},
      m_transport{new TransportBar{*m_commands, this}},
      m_export{new ExportPanel{context, this}},
      m_feed{context.feed, {"archive"}, nullptr},
      m_worker{*this} {
    setObjectName(QStringLiteral("reviewPage"));
    setFocusPolicy(Qt::StrongFocus);
    layOut();
    connectCommands();
    setFocusProxy(m_timelineView);
    m_export->hide();
    for (auto [timer, interval] : {std::pair{&m_reloadTimer, 1000}, {&m_auditTimer, 1500}, {&m_noticeTimer, 6000}}) {
        timer->setSingleShot(true);
        timer->setInterval(interval);
    }
    connect(&m_reloadTimer, &QTimer::timeout, this, &ReviewPage::reload);
    connect(&m_auditTimer, &QTimer::timeout, this, &ReviewPage::audit);
    connect(&m_noticeTimer, &QTimer::timeout, this, [this] {
        m_jumpNotice.clear();
        refresh();
    });
    connect(&m_feed, &FeedListener::changed, this, &ReviewPage::reloadSoon);
    m_view->setEmptyText(QStringLiteral("No camera chosen"),
                         QStringLiteral("Choose a camera in the list, then press F5."));
    showMarks();
    showTime(std::nullopt);
}

ReviewPage::~ReviewPage() = default;

QWidget* ReviewPage::makeHeader() {
    auto* header = new QWidget{this};
    auto* layout = new QHBoxLayout{header};
    layout->setContentsMargins(16, 8, 12, 8);
    layout->setSpacing(16);
    auto* names = new QVBoxLayout;
    names->setSpacing(0);
    m_cameraLabel->setObjectName(QStringLiteral("reviewCameraLabel"));
    m_cameraLabel->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    theme::setLabelKind(*m_cameraLabel, theme::LabelKind::Title);
    m_siteLabel->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    theme::setLabelKind(*m_siteLabel, theme::LabelKind::Dim);
    names->addWidget(m_cameraLabel);
    names->addWidget(m_siteLabel);
    layout->addLayout(names, 1);
    auto* times = new QVBoxLayout;
    times->setSpacing(0);
    m_timeLabel->setObjectName(QStringLiteral("reviewTimeLabel"));
    m_timeLabel->setFont(theme::numbers(24, QFont::DemiBold));
    m_timeLabel->setAlignment(Qt::AlignRight);
    m_dateLabel->setObjectName(QStringLiteral("reviewDateLabel"));
    m_dateLabel->setAlignment(Qt::AlignRight);
    theme::setLabelKind(*m_dateLabel, theme::LabelKind::Dim);
    times->addWidget(m_timeLabel);
    times->addWidget(m_dateLabel);
    layout->addLayout(times);
    auto* close = new QToolButton{this};
    close->setDefaultAction(&m_commands->action(ReviewCommand::Close));
    close->setFocusPolicy(Qt::TabFocus);
    theme::setButtonKind(*close, theme::ButtonKind::Quiet);
    layout->addWidget(close, 0, Qt::AlignTop);
    return header;
}

QWidget* ReviewPage::makeMarksBar() {
    auto* bar = new QWidget{this};
    auto* layout = new QHBoxLayout{bar};
    layout->setContentsMargins(12, 4, 12, 10);
    layout->setSpacing(4);
    for (const auto command : {ReviewCommand::MarkIn, ReviewCommand::MarkOut, ReviewCommand::ClearMarks}) {
        auto* button = new QToolButton{this};
        button->setDefaultAction(&m_commands->action(command));
        button->setFocusPolicy(Qt::TabFocus);
        layout->addWidget(button);
    }
    m_markLabel->setObjectName(QStringLiteral("marksLabel"));
    m_markLabel->setFont(theme::numbers(12));
    m_markLabel->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_markLabel->setContentsMargins(12, 0, 0, 0);
    layout->addWidget(m_markLabel, 1);
    auto* exporting = new QPushButton{icons::line(QStringLiteral("export")), QStringLiteral("Export"), this};
    exporting->setObjectName(QStringLiteral("exportButton"));
    exporting->setFocusPolicy(Qt::TabFocus);
    exporting->setToolTip(m_commands->action(ReviewCommand::Export).toolTip());
    connect(exporting, &QPushButton::clicked, &m_commands->action(ReviewCommand::Export), &QAction::trigger);
    layout->addWidget(exporting);
    return bar;
}

void ReviewPage::layOut() {
    auto* middle = new QHBoxLayout;
    middle->setSpacing(0);
    middle->addWidget(m_view, 1);
    middle->addWidget(m_export);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHeader());
    layout->addLayout(middle, 1);
    layout->addWidget(m_transport);
    layout->addWidget(m_timelineView);
    layout->addWidget(makeMarksBar());
    connect(m_view, &RecordedView::resized, this, [this](QSize size) {
        if (m_player) {
            m_player->setSize(size.width(), size.height());
        }
    });
    connect(m_timelineView, &TimelineView::scrubbed, this, &ReviewPage::seek);
    connect(m_timelineView, &TimelineView::marksMoved, this, &ReviewPage::setMarks);
    connect(m_transport, &TransportBar::timeTyped, this, &ReviewPage::goToTyped);
    connect(m_export, &ExportPanel::closeRequested, this, [this] { showExport(false); });
}

void ReviewPage::connectCommands() {
    const auto on = [this](ReviewCommand command, auto function) {
        connect(&m_commands->action(command), &QAction::triggered, this, function);
    };
    on(ReviewCommand::PlayPause, [this] { togglePlaying(); });
    on(ReviewCommand::StepBack, [this] {
        if (m_player) {
            m_player->step(-1);
        }
    });
    on(ReviewCommand::StepForward, [this] {
        if (m_player) {
            m_player->step(1);
        }
    });
    on(ReviewCommand::Slower, [this] { changeSpeed(-1); });
    on(ReviewCommand::Faster, [this] { changeSpeed(1); });
    on(ReviewCommand::ToStart, [this] { goToEnd(false); });
    on(ReviewCommand::ToEnd, [this] { goToEnd(true); });
    on(ReviewCommand::PreviousGap, [this] { goToGap(false); });
    on(ReviewCommand::NextGap, [this] { goToGap(true); });
    on(ReviewCommand::MarkIn, [this] { markHere(true); });
    on(ReviewCommand::MarkOut, [this] { markHere(false); });
    on(ReviewCommand::ClearMarks, [this] { setMarks({}); });
    on(ReviewCommand::GoTo, [this] { m_transport->focusGoTo(); });
    on(ReviewCommand::ZoomIn, [this] { m_timelineView->zoomBy(0.5); });
    on(ReviewCommand::ZoomOut, [this] { m_timelineView->zoomBy(2); });
    on(ReviewCommand::Export, [this] { showExport(true); });
    on(ReviewCommand::Close, [this] { closeOrBack(); });
}

void ReviewPage::open(int cameraNumber) {
    ++m_generation;
    m_player.reset();
    m_camera.reset();
    m_timeline.reset();
    m_audited.reset();
    m_jumpsTold = 0;
    m_jumpNotice.clear();
    m_view->setFrame(nullptr);
    m_view->setNotice({});
    m_view->setEmptyText(QStringLiteral("Looking into the archive…"), {});
    m_cameraLabel->setText(QStringLiteral("Camera %1").arg(cameraNumber));
    m_siteLabel->clear();
    m_timelineView->setTimeline(nullptr);
    m_timelineView->setPosition(std::nullopt);
    m_transport->showState({});
    showTime(std::nullopt);
    setMarks({});
    m_timelineView->setFocus();
    load(cameraNumber);
}

void ReviewPage::load(int cameraNumber) {
    if (const auto allowed = access::require(m_context.acting, access::Right::PlayRecorded); !allowed) {
        showFailure(allowed.error());
        return;
    }
    m_worker.run(
        [&context = m_context, cameraNumber] {
            auto camera = context.cameras.find(cameraNumber);
            auto timeline = camera ? readTimeline(context.archive, camera->id, context.clock.now(), nullptr)
                                   : base::fail(camera.error());
            return Loaded{std::move(camera), std::move(timeline)};
        },
        [this, generation = m_generation](Loaded loaded) {
            if (generation == m_generation) {
                showLoaded(std::move(loaded));
            }
        });
}

void ReviewPage::showLoaded(Loaded loaded) {
    if (!loaded.camera || !loaded.timeline) {
        showFailure(loaded.camera ? loaded.timeline.error() : loaded.camera.error());
        return;
    }
    m_camera = std::move(*loaded.camera);
    m_cameraLabel->setText(QStringLiteral("%1  %2").arg(m_camera->number).arg(toQt(m_camera->name)));
    m_siteLabel->setText(toQt(m_camera->site));
    m_cameraLabel->setToolTip(m_cameraLabel->text());
    m_export->setCamera(*m_camera);
    takeTimeline(std::move(*loaded.timeline));
    startPlayer();
    if (m_timeline->recorded().empty()) {
        const base::UtcTime now = m_context.clock.now();
        m_timelineView->showRange({now - firstSpan, now});
        return;
    }
    const base::UtcTime end = m_timeline->recorded().back().end;
    const base::UtcTime begin = m_timeline->recorded().front().begin;
    m_timelineView->showRange({std::max(begin, end - firstSpan) - 10s, end + 10s});
    seek(std::max(begin, end - firstLook));
}

void ReviewPage::showFailure(const base::Error& error) {
    m_view->setFrame(nullptr);
    m_view->setEmptyText(QStringLiteral("The recordings cannot be shown"),
                         sentenceOf(error) + QLatin1Char{' '} + whatToDo(error.code));
    Q_EMIT refreshed();
}

void ReviewPage::takeTimeline(std::shared_ptr<const video::RecordedTimeline> timeline) {
    m_timeline = std::move(timeline);
    m_timelineView->setTimeline(m_timeline);
    if (m_timeline->recorded().empty()) {
        m_view->setEmptyText(QStringLiteral("Nothing is recorded of this camera"),
                             QStringLiteral("As soon as the station records it, its pictures are here."));
    }
    m_export->setRange(m_timelineView->marks().range(), m_timeline);
    Q_EMIT refreshed();
}

void ReviewPage::reloadSoon() {
    if (isVisible() && m_camera && !m_reloadTimer.isActive()) {
        m_reloadTimer.start();
    }
}

void ReviewPage::reload() {
    if (!m_camera) {
        return;
    }
    m_worker.run(
        [&context = m_context, camera = m_camera->id, known = m_timeline] {
            return readTimeline(context.archive, camera, context.clock.now(), known);
        },
        [this, generation = m_generation](base::Result<std::shared_ptr<const video::RecordedTimeline>> timeline) {
            if (generation != m_generation || !timeline) {
                return;
            }
            const bool wasEmpty = !m_timeline || m_timeline->recorded().empty();
            takeTimeline(std::move(*timeline));
            if (wasEmpty && !m_timeline->recorded().empty()) {
                seek(m_timeline->recorded().back().begin);
                m_timelineView->reveal(m_timeline->recorded().back().begin);
            }
        });
}

void ReviewPage::startPlayer() {
    auto player = video::Player::create(m_context.archive, m_context.clock, m_context.acting, m_camera->id,
                                        [this] { wakeFromPlayer(); });
    if (!player) {
        showFailure(player.error());
        return;
    }
    m_player = std::move(*player);
    const QSize size = m_view->size() * devicePixelRatioF();
    m_player->setSize(size.width(), size.height());
}

void ReviewPage::wakeFromPlayer() {
    if (!m_wakePending.exchange(true)) {
        QMetaObject::invokeMethod(this, &ReviewPage::refresh, Qt::QueuedConnection);
    }
}

void ReviewPage::refresh() {
    m_wakePending = false;
    if (!m_player) {
        return;
    }
    const video::PlayerState state = m_player->state();
    const auto frame = state.position ? m_player->frame() : nullptr;
    m_view->setFrame(frame);
    m_transport->showState(state);
    m_timelineView->setPosition(state.position);
    if (state.playing && state.position) {
        m_timelineView->reveal(*state.position);
    }
    // The time beside the picture is the one of the picture that is painted.
    showTime(frame ? std::optional{frame->wallTime} : std::nullopt);
    showNotice(state);
    if (state.position && !m_audited) {
        audit();
    }
    Q_EMIT refreshed();
}

void ReviewPage::showTime(std::optional<base::UtcTime> time) {
    m_timeLabel->setText(
        time ? toQt(base::formatLocalTimeOfDayWithMilliseconds(*time) + " " + base::localZoneAbbreviation(*time))
             : QStringLiteral("–"));
    m_dateLabel->setText(time ? dateText(*time) : QString{});
}

void ReviewPage::showNotice(const video::PlayerState& state) {
    if (state.jumps > m_jumpsTold && state.jumped) {
        m_jumpsTold = state.jumps;
        const auto& gap = *state.jumped;
        m_jumpNotice = QStringLiteral("Jumped over %1 without a recording: %2.")
                           .arg(durationText(gap.range.end - gap.range.begin), toQt(gap.cause));
        m_noticeTimer.start();
    }
    using Tone = RecordedView::Tone;
    if (state.inGap) {
        const auto& gap = *state.inGap;
        m_view->setNotice(QStringLiteral("No recording from %1 to %2: %3. This is the last picture before it.")
                              .arg(toQt(base::formatLocalTimeOfDay(gap.range.begin)),
                                   toQt(base::formatLocalTimeOfDay(gap.range.end)), toQt(gap.cause)),
                          Tone::Warning);
    } else if (!state.problem.empty()) {
        m_view->setNotice(sentenceOf({base::ErrorCode::Damaged, state.problem}), Tone::Warning);
    } else if (!m_jumpNotice.isEmpty()) {
        m_view->setNotice(m_jumpNotice, Tone::Warning);
    } else if (state.atEnd) {
        m_view->setNotice(QStringLiteral("End of what is recorded."));
    } else if (state.atBegin) {
        m_view->setNotice(QStringLiteral("Beginning of what is recorded."));
    } else {
        m_view->setNotice({});
    }
}

video::PlayerState ReviewPage::playerState() const {
    return m_player ? m_player->state() : video::PlayerState{};
}

void ReviewPage::seek(base::UtcTime time) {
    if (m_player) {
        m_jumpNotice.clear();
        m_player->seek(time);
        auditSoon();
    }
}

void ReviewPage::togglePlaying() {
    if (m_player) {
        m_player->state().playing ? m_player->pause() : m_player->play();
    }
}

void ReviewPage::changeSpeed(int by) {
    if (!m_player) {
        return;
    }
    const auto& speeds = video::playerSpeeds;
    const auto now = std::ranges::find(speeds, m_player->state().speed) - speeds.begin();
    const auto wanted = std::clamp<std::ptrdiff_t>(now + by, 0, static_cast<std::ptrdiff_t>(speeds.size()) - 1);
    m_player->setSpeed(speeds[static_cast<std::size_t>(wanted)]);
}

void ReviewPage::goToEnd(bool last) {
    if (!m_timeline || m_timeline->recorded().empty()) {
        return;
    }
    // Behind the last picture that is known of: the player knows the newest one.
    const base::UtcTime time = last ? m_timeline->recorded().back().end + 1h : m_timeline->recorded().front().begin;
    seek(time);
    m_timelineView->reveal(last ? m_timeline->recorded().back().end : time);
}

void ReviewPage::goToGap(bool next) {
    const auto position = playerState().position;
    if (!m_timeline || !position) {
        return;
    }
    const video::Gap* found = nullptr;
    for (const video::Gap& gap : m_timeline->gaps()) {
        // The picture just before a gap stands for it; going on from there must not find the same gap again.
        if (next ? gap.range.begin > *position + 1s : gap.range.begin < *position - 1s) {
            found = &gap;
            if (next) {
                break;
            }
        }
    }
    if (found == nullptr) {
        m_view->setNotice(next ? QStringLiteral("No gap follows.") : QStringLiteral("There is no gap before this."));
        return;
    }
    seek(found->range.begin);
    m_timelineView->reveal(found->range.begin);
}

void ReviewPage::goToTyped(const QString& text) {
    const base::UtcTime now = m_context.clock.now();
    const auto time = readTypedTime(text, playerState().position.value_or(now), now);
    if (!time) {
        m_transport->setRefusal(sentenceOf(time.error()));
        m_view->setNotice(sentenceOf(time.error()), RecordedView::Tone::Warning);
        return;
    }
    seek(*time);
    m_timelineView->reveal(*time);
    m_timelineView->setFocus();
}

void ReviewPage::markHere(bool in) {
    const auto frame = m_view->frame();
    if (!frame) {
        return;
    }
    Marks marks = m_timelineView->marks();
    // The picture that is marked out is to be in the clip, and the range ends before its end.
    (in ? marks.in : marks.out) = in ? frame->wallTime : frame->wallTime + 1ms;
    if (marks.in && marks.out && *marks.in >= *marks.out) {
        (in ? marks.out : marks.in).reset();
    }
    setMarks(marks);
}

void ReviewPage::setMarks(const Marks& marks) {
    m_timelineView->setMarks(marks);
    m_export->setRange(marks.range(), m_timeline);
    showMarks();
}

void ReviewPage::showMarks() {
    const Marks& marks = m_timelineView->marks();
    QString text = QStringLiteral("Press I and O to mark a clip");
    if (const auto range = marks.range()) {
        text = QStringLiteral("%1 to %2   %3")
                   .arg(markText(range->begin), markText(range->end), durationText(range->end - range->begin));
    } else if (marks.in) {
        text = QStringLiteral("From %1. Press O at its end").arg(markText(*marks.in));
    } else if (marks.out) {
        text = QStringLiteral("Until %1. Press I at its beginning").arg(markText(*marks.out));
    }
    m_markLabel->setText(text);
    m_markLabel->setToolTip(text);
    m_commands->action(ReviewCommand::ClearMarks).setEnabled(marks.in || marks.out);
}

void ReviewPage::showExport(bool shown) {
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
    Q_EMIT closed();
}

void ReviewPage::hideEvent(QHideEvent* event) {
    if (m_player) {
        m_player->pause();
    }
    QWidget::hideEvent(event);
}

void ReviewPage::auditSoon() {
    m_auditTimer.start();
}

void ReviewPage::audit() {
    const auto position = playerState().position;
    const bool near = m_audited && position && std::chrono::abs(*position - *m_audited) < auditDistance;
    if (!m_camera || !position || near) {
        return;
    }
    m_audited = position;
    m_worker.run([&context = m_context, camera = *m_camera,
                  from = *position] { return video::auditPlayback(context.database, context.acting, camera, from); },
                 [this](const base::Result<void>& audited) {
                     if (!audited) {
                         // Footage is not shown without a name in the log.
                         m_player.reset();
                         showFailure(audited.error());
                     }
                 });
}

}  // namespace leedswatch::ui
