#include "ui/motion/motion_picture.h"

#include "ui/common/palette.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"
#include "ui/common/zone_canvas.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPixmap>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

namespace leedswatch::ui {

namespace {

using analytics::LeastHeight;
using analytics::MotionZone;
using estate::ZonePoint;

constexpr ZonePoint nearFoot{9300, ZonePoint::whole};
constexpr ZonePoint farFoot{8600, 3000};
constexpr int leastLeastHeight = 50;

int heightAt(const LeastHeight& least, int row) {
    return least.atTop + (least.atBottom - least.atTop) * row / ZonePoint::whole;
}

/// The same colour and pattern as the zone has.
QIcon iconOf(const QColor& colour, Qt::BrushStyle pattern) {
    constexpr int size = 14;
    constexpr int gap = 6;  // to the words
    QPixmap picture{size + gap, size};
    picture.fill(Qt::transparent);
    QPainter painter{&picture};
    painter.setPen(QPen{colour, 2});
    painter.setBrush(QBrush{colour, pattern});
    painter.drawRect(QRect{1, 1, size - 2, size - 2});
    return QIcon{picture};
}

QString sentenceOfZones(const std::vector<MotionZone>& zones) {
    const auto counts = std::ranges::count(zones, MotionZone::Kind::Include, &MotionZone::kind);
    const auto ignored = static_cast<std::ptrdiff_t>(zones.size()) - counts;
    const auto zonesOf = [](std::ptrdiff_t number) {
        return number == 1 ? QStringLiteral("1 zone") : QStringLiteral("%1 zones").arg(number);
    };
    const QString rest = ignored == 0 ? QStringLiteral(".") : QStringLiteral(", except in %1.").arg(zonesOf(ignored));
    return counts == 0 ? QStringLiteral("The whole picture counts") + rest
                       : QStringLiteral("Only what moves in %1 counts").arg(zonesOf(counts)) + rest;
}

}  // namespace

MotionPicture::MotionPicture(QWidget* parent)
    : QWidget{parent},
      m_canvas{new ZoneCanvas{this}},
      m_count{new QPushButton{QStringLiteral("Draw what counts"), this}},
      m_ignore{new QPushButton{QStringLiteral("Draw what does not"), this}},
      m_remove{new QPushButton{QStringLiteral("Take the chosen zone away"), this}},
      m_state{theme::makeText(theme::LabelKind::Dim, this)},
      m_problem{theme::makeText(theme::LabelKind::Refusal, this)} {
    m_count->setObjectName(QStringLiteral("drawCountsPushButton"));
    m_ignore->setObjectName(QStringLiteral("drawIgnoredPushButton"));
    m_remove->setObjectName(QStringLiteral("removeZonePushButton"));
    m_problem->setObjectName(QStringLiteral("zonesProblemLabel"));
    m_count->setIcon(iconOf(palette::zoneCounts, Qt::SolidPattern));
    m_ignore->setIcon(iconOf(palette::zoneIgnored, Qt::BDiagPattern));
    m_canvas->setAccessibleName(QStringLiteral("Motion zones on a still picture"));
    layOut();
    const auto begin = [this](ZoneLook look) {
        m_canvas->beginZone(look);
        m_canvas->setFocus();
    };
    connect(m_count, &QPushButton::clicked, this, [begin] { begin(ZoneLook::Counts); });
    connect(m_ignore, &QPushButton::clicked, this, [begin] { begin(ZoneLook::Ignored); });
    connect(m_remove, &QPushButton::clicked, m_canvas, &ZoneCanvas::removeChosen);
    connect(m_canvas, &ZoneCanvas::zonesChanged, this, &MotionPicture::showState);
    connect(m_canvas, &ZoneCanvas::figureDragged, this, &MotionPicture::takeDraggedFigure);
    setZones({});
}

void MotionPicture::layOut() {
    m_canvas->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    auto* tools = new QHBoxLayout;
    tools->setSpacing(8);
    for (QPushButton* button : {m_count, m_ignore, m_remove}) {
        button->setAutoDefault(false);
        button->setIconSize({20, 14});
        tools->addWidget(button);
    }
    tools->insertStretch(2);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_canvas, 1);
    layout->addLayout(tools);
    // What is said is longer at times; the picture keeps its size.
    m_state->setMinimumHeight(2 * m_state->fontMetrics().lineSpacing());
    m_state->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    layout->addWidget(m_state);
    layout->addWidget(m_problem);
}

void MotionPicture::setZones(const std::vector<MotionZone>& zones) {
    std::vector<CanvasZone> drawn;
    for (const MotionZone& zone : zones) {
        drawn.push_back({zone.corners, zone.kind == MotionZone::Kind::Include ? ZoneLook::Counts : ZoneLook::Ignored});
    }
    m_canvas->setZones(std::move(drawn));
}

std::vector<MotionZone> MotionPicture::zones() const {
    std::vector<MotionZone> zones;
    for (const CanvasZone& zone : m_canvas->zones()) {
        zones.push_back(
            {zone.look == ZoneLook::Ignored ? MotionZone::Kind::Exclude : MotionZone::Kind::Include, zone.corners});
    }
    return zones;
}

void MotionPicture::setLeastHeight(const LeastHeight& leastHeight) {
    m_leastHeight = leastHeight;
    m_canvas->setFigures({{nearFoot, heightAt(leastHeight, nearFoot.y), QStringLiteral("near")},
                          {farFoot, heightAt(leastHeight, farFoot.y), QStringLiteral("far")}});
}

/// The far one does not stand at the very top, where nobody would fit: the height at the top is the one that makes it
/// as tall as it was dragged.
void MotionPicture::takeDraggedFigure(int figure, int height) {
    const auto limited = [](int wanted) { return std::clamp(wanted, leastLeastHeight, ZonePoint::whole); };
    LeastHeight least = m_leastHeight;
    if (figure == 0) {
        least.atBottom = limited(height);
    } else {
        const int shareOfBottom = least.atBottom * farFoot.y / ZonePoint::whole;
        least.atTop = limited((height - shareOfBottom) * ZonePoint::whole / (ZonePoint::whole - farFoot.y));
    }
    setLeastHeight(least);
    Q_EMIT leastHeightDragged(least);
}

void MotionPicture::showState() {
    const auto drawn = zones();
    if (m_canvas->isDrawing()) {
        m_state->setText(QStringLiteral(
            "Click to set its corners; a double-click or Enter closes the zone, Backspace takes its last corner away, "
            "Esc all of it."));
    } else if (m_canvas->isBeginning()) {
        m_state->setText(
            QStringLiteral("Click where its first corner is. By keyboard: the arrows move the cross, Space clicks."));
    } else {
        m_state->setText(sentenceOfZones(drawn) +
                         QStringLiteral(" The two people are as tall as the least thing that counts: drag their "
                                        "heads."));
    }
    const auto checked = analytics::checkMotionZones(drawn);
    m_isSound = checked.has_value() && !m_canvas->isDrawing();
    m_problem->setText(checked ? QString{} : sentenceOf(checked.error()));
    m_problem->setVisible(!checked);
    m_remove->setEnabled(m_canvas->chosen().has_value());
    Q_EMIT changed();
}

}  // namespace leedswatch::ui
