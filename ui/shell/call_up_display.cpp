#include "ui/shell/call_up_display.h"

#include "ui/common/palette.h"
#include "ui/common/theme.h"

#include <QPainter>

namespace leedswatch::ui {

namespace {

constexpr int fieldHeight = 40;
constexpr int padding = 12;
constexpr int numberSize = 20;

}  // namespace

CallUpDisplay::CallUpDisplay(CallUp& callUp, QWidget* parent) : QWidget{parent}, m_callUp{callUp} {
    setObjectName(QStringLiteral("callUpDisplay"));
    setFocusPolicy(Qt::StrongFocus);
    setFixedHeight(fieldHeight);
    setMinimumWidth(280);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setToolTip(QStringLiteral("Type a camera number anywhere, then Enter. From a text field: F9"));
    connect(&m_callUp, &CallUp::changed, this, &CallUpDisplay::take);
    take();
}

QSize CallUpDisplay::sizeHint() const {
    return {420, fieldHeight};
}

void CallUpDisplay::setTarget(int monitor) {
    m_target = monitor;
    update();
}

void CallUpDisplay::take() {
    setAccessibleName(m_callUp.isEmpty() ? QStringLiteral("Call-up")
                                         : QStringLiteral("Camera %1, %2").arg(m_callUp.digits(), words().first));
    update();
}

std::pair<QString, QColor> CallUpDisplay::words() const {
    if (m_callUp.isEmpty()) {
        return {m_target == 0 ? QStringLiteral("Type a camera number, then Enter")
                              : QStringLiteral("A number and Enter: on monitor %1").arg(m_target),
                palette::textDim};
    }
    if (m_callUp.isRefused()) {
        return {QStringLiteral("There is no camera %1").arg(m_callUp.digits()), palette::red};
    }
    const QString name = m_callUp.name();
    return {name.isEmpty() ? QStringLiteral("no camera with this number yet") : name,
            name.isEmpty() ? palette::textDim : palette::text};
}

void CallUpDisplay::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter{this};
    painter.setRenderHint(QPainter::Antialiasing);
    const bool active = hasFocus() || !m_callUp.isEmpty();
    painter.setPen(m_callUp.isRefused() ? QPen{palette::red, 2}
                                        : (active ? QPen{palette::accent, 2} : QPen{palette::line, 1}));
    painter.setBrush(palette::window);
    painter.drawRoundedRect(QRectF{rect()}.adjusted(1, 1, -1, -1), 8, 8);

    QRect area = rect().adjusted(padding, 0, -padding, 0);
    const auto write = [&](const QString& text, const QFont& font, const QColor& colour, int space) {
        painter.setFont(font);
        painter.setPen(colour);
        const QFontMetrics metrics{font};
        painter.drawText(area, Qt::AlignLeft | Qt::AlignVCenter,
                         metrics.elidedText(text, Qt::ElideRight, area.width()));
        area.setLeft(area.left() + metrics.horizontalAdvance(text) + space);
    };
    write(QStringLiteral("Camera"), theme::font(theme::TextSize::Body), palette::textDim, 8);
    if (active) {
        const QString cursor = m_callUp.isRefused() ? QString{} : QStringLiteral("_");
        write(m_callUp.digits() + cursor, theme::numbers(numberSize, QFont::Bold), palette::text, 12);
    } else {
        area.setLeft(area.left() + 4);
    }
    const auto [text, colour] = words();
    write(text, theme::font(theme::TextSize::Body, m_callUp.isEmpty() ? QFont::Normal : QFont::Medium), colour, 0);
}

}  // namespace leedswatch::ui
