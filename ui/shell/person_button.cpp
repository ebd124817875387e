#include "ui/shell/person_button.h"

#include "ui/common/palette.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"

#include <QPainter>
#include <algorithm>

namespace leedswatch::ui {

namespace {

constexpr int buttonHeight = 40;
constexpr int badge = 32;
constexpr int mostTextWidth = 160;

}  // namespace

PersonButton::PersonButton(const access::Acting& acting, QWidget* parent)
    : QToolButton{parent},
      m_initials{initialsOf(toQt(acting.fullName))},
      m_name{toQt(acting.fullName)},
      m_role{roleName(acting.role)} {
    setObjectName(QStringLiteral("personToolButton"));
    setPopupMode(QToolButton::InstantPopup);
    setFocusPolicy(Qt::TabFocus);
    setFixedHeight(buttonHeight);
    setAccessibleName(QStringLiteral("Signed in: %1, %2").arg(m_name, m_role));
    setToolTip(QStringLiteral("%1 (%2), %3 at %4")
                   .arg(m_name, toQt(acting.username), m_role.toLower(), toQt(acting.workstation)));
}

QSize PersonButton::sizeHint() const {
    const int name = QFontMetrics{theme::font(theme::TextSize::Body, QFont::DemiBold)}.horizontalAdvance(m_name);
    const int role = QFontMetrics{theme::font(theme::TextSize::Caption)}.horizontalAdvance(m_role);
    return {4 + badge + 8 + std::min(std::max(name, role) + 2, mostTextWidth) + 8, buttonHeight};
}

void PersonButton::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter{this};
    painter.setRenderHint(QPainter::Antialiasing);
    if (underMouse() || hasFocus()) {
        painter.setPen(hasFocus() ? QPen{palette::accent, 2} : QPen{Qt::NoPen});
        painter.setBrush(palette::raised);
        painter.drawRoundedRect(QRectF{rect()}.adjusted(1, 1, -1, -1), 8, 8);
    }
    const QRect circle{4, (buttonHeight - badge) / 2, badge, badge};
    painter.setPen(Qt::NoPen);
    painter.setBrush(palette::line);
    painter.drawEllipse(circle);
    painter.setPen(palette::text);
    painter.setFont(theme::font(theme::TextSize::Body, QFont::DemiBold));
    painter.drawText(circle, Qt::AlignCenter, m_initials);

    const QRect text{circle.right() + 9, 3, width() - circle.right() - 17, buttonHeight - 6};
    painter.drawText(QRect{text.left(), text.top(), text.width(), 18}, Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(m_name, Qt::ElideRight, text.width()));
    painter.setFont(theme::font(theme::TextSize::Caption));
    painter.setPen(palette::textDim);
    painter.drawText(QRect{text.left(), text.top() + 18, text.width(), 14}, Qt::AlignLeft | Qt::AlignVCenter, m_role);
}

}  // namespace leedswatch::ui
