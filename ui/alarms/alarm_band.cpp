#include "ui/alarms/alarm_band.h"

#include "ui/alarms/alarm_board.h"
#include "ui/alarms/alarm_mark.h"
#include "ui/common/elided_label.h"
#include "ui/common/palette.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

namespace leedswatch::ui {

namespace {

constexpr int bandHeight = 48;
constexpr int edgeWidth = 6;
/// Half of a blink: one blink a second, well under the three that can hurt people (WCAG 2.3.1).
constexpr int blinkEvery = 500;
constexpr int brightShare = 40;  ///< of 255
constexpr int dimShare = 18;

}  // namespace

AlarmBand::AlarmBand(ConsoleContext& context, AlarmBoard& board, QWidget* parent)
    : QWidget{parent},
      m_context{context},
      m_board{board},
      m_mark{new AlarmMark{this}},
      m_what{new QLabel{this}},
      m_where{new ElidedLabel{this}},
      m_age{new QLabel{this}},
      m_others{new QLabel{this}},
      m_take{new QPushButton{this}} {
    setObjectName(QStringLiteral("alarmBand"));
    setFixedHeight(bandHeight);
    m_what->setObjectName(QStringLiteral("alarmWhatLabel"));
    m_what->setFont(theme::font(theme::TextSize::Title, QFont::DemiBold));
    m_where->setObjectName(QStringLiteral("alarmWhereLabel"));
    m_age->setObjectName(QStringLiteral("alarmAgeLabel"));
    m_age->setFont(theme::numbers(15, QFont::DemiBold));
    m_others->setObjectName(QStringLiteral("otherAlarmsLabel"));
    theme::setLabelKind(*m_others, theme::LabelKind::Dim);
    m_take->setObjectName(QStringLiteral("takeAlarmPushButton"));
    // A digit that is typed next is a call-up's.
    m_take->setFocusPolicy(Qt::TabFocus);
    theme::setButtonKind(*m_take, theme::ButtonKind::Primary);
    auto* layout = new QHBoxLayout{this};
    layout->setContentsMargins(edgeWidth + 10, 0, 16, 0);
    layout->setSpacing(12);
    layout->addWidget(m_mark);
    layout->addWidget(m_what);
    layout->addWidget(m_where, 1);
    layout->addWidget(m_age);
    layout->addWidget(m_others);
    layout->addWidget(m_take, 0, Qt::AlignVCenter);
    m_second.setInterval(blinkEvery);
    connect(&m_second, &QTimer::timeout, this, &AlarmBand::showAge);
    connect(m_take, &QPushButton::clicked, this, &AlarmBand::takeRequested);
    connect(&board, &AlarmBoard::changed, this, &AlarmBand::showFirst);
    showFirst();
}

void AlarmBand::showFirst() {
    const auto& waiting = m_board.waiting();
    setVisible(!waiting.empty());
    if (waiting.empty()) {
        m_second.stop();
        return;
    }
    const response::Alarm& first = waiting.front();
    m_colour = colourOf(first);
    m_mark->setAlarm(first);
    m_what->setText(titleOf(first));
    m_where->setWholeText(QStringLiteral("%1  ·  %2").arg(toQt(first.place), toQt(first.what)));
    m_others->setText(othersText());
    m_take->setText(m_board.mayAnswer() ? QStringLiteral("Take it  (#)") : QStringLiteral("Show  (#)"));
    if (!m_second.isActive()) {
        m_second.start();
    }
    showAge();
}

void AlarmBand::showAge() {
    if (m_board.waiting().empty()) {
        return;
    }
    m_age->setText(ageText(m_context.clock.now() - m_board.waiting().front().raised));
    m_isBright = !m_isBright;
    update();
}

QString AlarmBand::othersText() const {
    const auto others = m_board.waiting().size() - 1;
    switch (others) {
        case 0: return {};
        case 1: return QStringLiteral("1 more waits");
        default: return QStringLiteral("%1 more wait").arg(withThousands(static_cast<qsizetype>(others)));
    }
}

void AlarmBand::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter{this};
    QColor ground = m_colour;
    ground.setAlpha(m_isBright ? brightShare : dimShare);
    painter.fillRect(rect(), palette::panel);
    painter.fillRect(rect(), ground);
    painter.fillRect(QRect{0, 0, edgeWidth, height()}, m_colour);
}

}  // namespace leedswatch::ui
