#include "ui/health/quality_pane.h"

#include "base/local_time.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"
#include "ui/health/quality_chart.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>
#include <array>

namespace leedswatch::ui {
namespace {

struct Period {
    const char* name;
    int days;
};
constexpr std::array periods{Period{"Day", 1}, Period{"Week", 7}, Period{"31 days", 31}};

}  // namespace

QualityPane::QualityPane(ConsoleContext& context, const estate::Camera& camera, QWidget* parent)
    : QWidget{parent},
      m_context{context},
      m_camera{camera},
      m_feed{context.feed, {"picture_quality"}, nullptr},
      m_periods{new QButtonGroup{this}},
      m_when{new QLabel{this}},
      m_chart{new QualityChart{this}},
      m_worker{*this} {
    layOut();
    connect(&m_feed, &FeedListener::changed, this, &QualityPane::read);
    connect(m_periods, &QButtonGroup::idClicked, this, &QualityPane::read);
    connect(m_chart, &QualityChart::cursorMoved, this, &QualityPane::showWhen);
    m_chart->showText(QStringLiteral("Reading…"));
    read();
}

void QualityPane::layOut() {
    auto* head = new QHBoxLayout;
    head->setSpacing(4);
    for (const Period& period : periods) {
        auto* button = new QToolButton{this};
        button->setText(QString::fromLatin1(period.name));
        button->setObjectName(QStringLiteral("period%1ToolButton").arg(period.days));
        button->setCheckable(true);
        theme::setButtonKind(*button, theme::ButtonKind::Quiet);
        m_periods->addButton(button, period.days);
        head->addWidget(button);
    }
    m_periods->button(periods.back().days)->setChecked(true);
    head->addStretch();
    head->addWidget(m_when);
    m_when->setObjectName(QStringLiteral("readingTimeLabel"));
    theme::setLabelKind(*m_when, theme::LabelKind::Dim);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    layout->addLayout(head);
    layout->addWidget(m_chart, 1);
}

void QualityPane::read() {
    const base::UtcTime until = m_context.clock.now();
    const base::UtcTime from = until - std::chrono::days{m_periods->checkedId()};
    m_worker.run([&database = m_context.database, camera = m_camera.id, from,
                  until] { return analytics::QualityHistory{database}.of(camera, from, until); },
                 [this, from, until,
                  generation = ++m_generation](base::Result<std::vector<analytics::QualityReading>> readings) {
                     if (generation == m_generation) {
                         take(std::move(readings), from, until);
                     }
                 });
}

void QualityPane::take(base::Result<std::vector<analytics::QualityReading>> readings, base::UtcTime from,
                       base::UtcTime until) {
    if (readings) {
        m_chart->show(std::move(*readings), {from, until});
    } else {
        m_chart->showText(sentenceOf(readings.error()));
    }
    showWhen();
}

void QualityPane::showWhen() {
    const auto& readings = m_chart->readings();
    if (readings.empty()) {
        m_when->clear();
        return;
    }
    const auto cursor = m_chart->cursor();
    const auto time = toQt(base::formatLocal(cursor ? readings[*cursor].time : readings.back().time));
    m_when->setText((cursor ? QStringLiteral("Read at %1") : QStringLiteral("Last read at %1")).arg(time));
}

}  // namespace leedswatch::ui
