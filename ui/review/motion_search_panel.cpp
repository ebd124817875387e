#include "ui/review/motion_search_panel.h"

#include "analytics/motion_plans.h"
#include "analytics/watched_times.h"
#include "base/local_time.h"
#include "ui/common/icons.h"
#include "ui/common/palette.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"
#include "ui/common/time_text.h"
#include "ui/review/motion_results.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

namespace leedswatch::ui {
namespace {

using namespace std::chrono_literals;
using analytics::ActivityGrid;
using analytics::MotionMoment;
using theme::LabelKind;

constexpr auto searchDelay = 150ms;
// A moment is shown from its begin; going on from there must not find the same one again.
constexpr auto besideMoment = 1s;

constexpr std::chrono::minutes leastUnwatched{2};  // the newest minute is not written down yet

enum class Period { Visible, Marked, DayBefore, Recorded };

}  // namespace

struct MotionSearchPanel::Answer {
    base::Result<analytics::MotionFound> found;
    bool isWatched = false;
    video::TimeRange period;
    base::Microseconds took{};
};

MotionSearchPanel::MotionSearchPanel(ConsoleContext& context, QWidget* parent)
    : QFrame{parent},
      m_context{context},
      m_region{theme::makeText(LabelKind::Body, this)},
      m_whole{new QPushButton{QStringLiteral("Whole picture"), this}},
      m_period{new QComboBox{this}},
      m_summary{theme::makeText(LabelKind::Body, this)},
      m_list{new MotionResultList{this}},
      m_results{new MotionResults{this}},
      m_fields{ActivityGrid{}.set()},
      m_worker{*this} {
    setObjectName(QStringLiteral("motionSearchPanel"));
    setFixedWidth(320);
    setAutoFillBackground(true);
    m_region->setObjectName(QStringLiteral("motionRegionLabel"));
    m_whole->setObjectName(QStringLiteral("wholePicturePushButton"));
    m_period->setObjectName(QStringLiteral("motionPeriodComboBox"));
    m_period->setAccessibleName(QStringLiteral("Period that is searched"));
    m_summary->setObjectName(QStringLiteral("motionSummaryLabel"));
    m_list->setModel(m_results);
    m_list->horizontalHeader()->setSectionResizeMode(MotionResults::When, QHeaderView::Stretch);
    m_list->horizontalHeader()->setSectionResizeMode(MotionResults::Length, QHeaderView::ResizeToContents);
    m_list->horizontalHeader()->setSectionResizeMode(MotionResults::Share, QHeaderView::ResizeToContents);
    m_period->addItem(QStringLiteral("What the timeline shows"), static_cast<int>(Period::Visible));
    m_period->addItem(QStringLiteral("What is marked"), static_cast<int>(Period::Marked));
    m_period->addItem(QStringLiteral("The 24 hours before the picture"), static_cast<int>(Period::DayBefore));
    m_period->addItem(QStringLiteral("All that is recorded"), static_cast<int>(Period::Recorded));
    m_soon.setSingleShot(true);
    m_soon.setInterval(searchDelay);
    layOut();
    connectParts();
    showRegion();
}

MotionSearchPanel::~MotionSearchPanel() {
    m_stop.request_stop();
}

void MotionSearchPanel::layOut() {
    auto* close = new QToolButton{this};
    close->setIcon(icons::line(QStringLiteral("close"), palette::textDim));
    close->setToolTip(QStringLiteral("Close the search (Esc)"));
    close->setFocusPolicy(Qt::TabFocus);
    theme::setButtonKind(*close, theme::ButtonKind::Quiet);
    connect(close, &QToolButton::clicked, this, &MotionSearchPanel::closeRequested);
    auto* head = new QHBoxLayout;
    head->addWidget(theme::makeText(LabelKind::Title, this, QStringLiteral("Search for motion")), 1);
    head->addWidget(close);
    auto* region = new QHBoxLayout;
    region->setSpacing(8);
    region->addWidget(m_region, 1);
    region->addWidget(m_whole, 0, Qt::AlignTop);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(8);
    layout->addLayout(head);
    layout->addWidget(theme::makeText(LabelKind::Dim, this, QStringLiteral("Where")));
    layout->addLayout(region);
    layout->addSpacing(4);
    layout->addWidget(theme::makeText(LabelKind::Dim, this, QStringLiteral("When")));
    layout->addWidget(m_period);
    layout->addSpacing(4);
    layout->addWidget(m_summary);
    layout->addWidget(m_list, 1);
}

void MotionSearchPanel::connectParts() {
    connect(&m_soon, &QTimer::timeout, this, &MotionSearchPanel::search);
    connect(m_whole, &QPushButton::clicked, this, &MotionSearchPanel::wholePictureRequested);
    connect(m_period, &QComboBox::currentIndexChanged, this, &MotionSearchPanel::searchSoon);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& row) {
        if (row.isValid()) {
            Q_EMIT momentChosen(moments()[static_cast<std::size_t>(row.row())].from);
        }
    });
    connect(m_list, &QTableView::activated, this, [this] { Q_EMIT playRequested(); });
}

void MotionSearchPanel::setCamera(const std::optional<estate::Camera>& camera) {
    m_camera = camera;
    m_fields.set();
    showRegion();
    searchSoon();
}

void MotionSearchPanel::setRegion(const ActivityGrid& region) {
    m_fields = region;
    showRegion();
    searchSoon();
}

void MotionSearchPanel::setPeriods(const SearchPeriods& periods) {
    const video::TimeRange before = period();
    m_periods = periods;
    // The picture that is shown moves with each moment that is looked at; the day before it does not, until asked anew.
    const bool isDay = m_period->currentData().toInt() == static_cast<int>(Period::DayBefore);
    if (!isDay && period() != before) {
        searchSoon();
    }
}

void MotionSearchPanel::setActive(bool active) {
    if (m_isActive == active) {
        return;
    }
    m_isActive = active;
    if (active) {
        searchSoon();
        return;
    }
    ++m_generation;
    m_stop.request_stop();
    m_soon.stop();
    m_results->show({}, 1, false);
    Q_EMIT foundChanged();
}

void MotionSearchPanel::focusResults() {
    m_list->setFocus();
}

const std::vector<MotionMoment>& MotionSearchPanel::moments() const {
    return m_results->moments();
}

bool MotionSearchPanel::chooseAfter(base::UtcTime time) {
    const auto next = std::ranges::upper_bound(moments(), time + besideMoment, {}, &MotionMoment::from);
    return choose(next - moments().begin());
}

bool MotionSearchPanel::chooseBefore(base::UtcTime time) {
    const auto next = std::ranges::lower_bound(moments(), time - besideMoment, {}, &MotionMoment::from);
    return choose(next - moments().begin() - 1);
}

bool MotionSearchPanel::choose(std::ptrdiff_t row) {
    const QModelIndex index = m_results->index(static_cast<int>(row), 0);
    if (!index.isValid()) {
        return false;
    }
    // The one that is chosen already is gone back to as well.
    m_list->selectionModel()->clearCurrentIndex();
    m_list->setCurrentIndex(index);
    return true;
}

video::TimeRange MotionSearchPanel::period() const {
    switch (static_cast<Period>(m_period->currentData().toInt())) {
        case Period::Marked:
            if (m_periods.marked) {
                return *m_periods.marked;
            }
            break;
        case Period::DayBefore:
            if (m_periods.position) {
                return {*m_periods.position - 24h, *m_periods.position};
            }
            break;
        case Period::Recorded:
            if (m_periods.recorded) {
                return *m_periods.recorded;
            }
            break;
        case Period::Visible: break;
    }
    return m_periods.visible;
}

void MotionSearchPanel::searchSoon() {
    if (m_isActive && m_camera) {
        m_soon.start();
    }
}

void MotionSearchPanel::search() {
    if (!m_isActive || !m_camera) {
        return;
    }
    m_stop.request_stop();
    m_stop = {};
    analytics::MotionQuery query;
    query.camera = m_camera->id;
    query.region = m_fields;
    query.period = period();
    m_worker.run(
        [&context = m_context, query, stop = m_stop.get_token()] {
            const auto begin = context.clock.steadyNow();
            auto found = analytics::searchMotion(context.database, context.acting, query, stop);
            const auto plan = analytics::MotionPlans{context.database}.of(query.camera);
            const bool isWatched = plan && *plan && (*plan)->isOn;
            return Answer{std::move(found), isWatched, query.period,
                          std::chrono::duration_cast<base::Microseconds>(context.clock.steadyNow() - begin)};
        },
        [this, generation = ++m_generation](Answer answer) {
            if (generation == m_generation) {
                take(std::move(answer));
            }
        });
}

void MotionSearchPanel::take(Answer answer) {
    m_summary->setText(summaryOf(answer));
    auto moments = answer.found ? std::move(answer.found->moments) : std::vector<MotionMoment>{};
    const bool withDays =
        toQt(base::formatLocal(answer.period.begin)).left(10) != toQt(base::formatLocal(answer.period.end)).left(10);
    m_list->setVisible(!moments.empty());
    m_results->show(std::move(moments), static_cast<int>(m_fields.count()), withDays);
    Q_EMIT foundChanged();
}

QString MotionSearchPanel::summaryOf(const Answer& answer) const {
    if (!answer.found) {
        return sentenceOf(answer.found.error()) + QLatin1Char{' '} + whatToDo(answer.found.error().code);
    }
    const auto& moments = answer.found->moments;
    if (moments.empty() && answer.found->watched.empty()) {
        return answer.isWatched ? QStringLiteral("The camera was not watched for motion in that time.")
                                : QStringLiteral(
                                      "This camera is not watched for motion. An engineer or administrator "
                                      "can have it watched, in the menu of its tile.");
    }
    return (moments.empty() ? QStringLiteral("Nothing moved there that was seen.") : countOf(*answer.found)) +
           unwatchedText(answer);
}

QString MotionSearchPanel::countOf(const analytics::MotionFound& found) {
    const QString count = found.moments.size() == 1 ? QStringLiteral("1 moment")
                                                    : withThousands(static_cast<qsizetype>(found.moments.size())) +
                                                          QStringLiteral(" moments");
    if (found.isCut) {
        return QStringLiteral("The first %1. There are more: take a smaller part or less time.").arg(count);
    }
    base::Microseconds moving{};
    for (const MotionMoment& moment : found.moments) {
        moving += moment.until - moment.from;
    }
    return QStringLiteral("%1. Things moved for %2.").arg(count, durationText(moving));
}

/// That there is a time of which nothing is known, if it is worth a word. What has not happened yet is none.
QString MotionSearchPanel::unwatchedText(const Answer& answer) const {
    const base::UtcTime end = std::min(answer.period.end, m_context.clock.now());
    const base::Microseconds asked = end - answer.period.begin;
    const base::Microseconds unwatched = asked - analytics::lengthOf(answer.found->watched);
    if (unwatched < std::max<base::Microseconds>(leastUnwatched, asked / 100)) {
        return {};
    }
    return QStringLiteral(" For %1 of the %2 the camera was not watched.")
        .arg(durationText(unwatched), durationText(asked));
}

void MotionSearchPanel::showRegion() {
    m_region->setText(m_fields.all()
                          ? QStringLiteral("The whole picture. Draw over a part of it to search there.")
                          : QStringLiteral("%1 % of the picture")
                                .arg(std::max<std::size_t>(
                                    1, m_fields.count() * 100 / static_cast<std::size_t>(analytics::activityCells))));
    m_whole->setVisible(!m_fields.all());
}

}  // namespace leedswatch::ui
