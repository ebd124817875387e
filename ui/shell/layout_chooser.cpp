#include "ui/shell/layout_chooser.h"

#include "ui/common/theme.h"
#include "ui/wall/layout_icon.h"
#include "ui/wall/wall_layout.h"

#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

namespace leedswatch::ui {

namespace {

constexpr int columns = 5;

}  // namespace

LayoutChooser::LayoutChooser(int current, QWidget* parent) : QWidget{parent, Qt::Popup}, m_hint{new QLabel{this}} {
    setObjectName(QStringLiteral("layoutChooser"));
    setAttribute(Qt::WA_StyledBackground);
    setAttribute(Qt::WA_DeleteOnClose);
    setFocusPolicy(Qt::StrongFocus);
    theme::setLabelKind(*m_hint, theme::LabelKind::Hint);
    makeButtons(current);
    showHint();
}

void LayoutChooser::makeButtons(int current) {
    auto* grid = new QGridLayout;
    grid->setSpacing(4);
    for (const WallLayout& layout : WallLayout::all()) {
        const int place = static_cast<int>(m_buttons.size());
        auto* button = new QToolButton{this};
        button->setIcon(layoutIcon(layout));
        button->setIconSize({40, 40});
        button->setText(QString::number(layout.tileCount()));
        button->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
        button->setToolTip(layout.what());
        button->setAccessibleName(layout.what());
        button->setCheckable(true);
        button->setFocusPolicy(Qt::NoFocus);
        button->setFixedSize(72, 72);
        connect(button, &QToolButton::clicked, this, [this, tiles = layout.tileCount()] { take(tiles); });
        grid->addWidget(button, place / columns, place % columns);
        m_buttons.push_back(button);
        if (layout.tileCount() == current) {
            m_marked = place;
        }
    }
    mark(m_marked);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(8);
    layout->addLayout(grid);
    layout->addWidget(m_hint);
}

void LayoutChooser::showUnder(const QWidget& anchor) {
    adjustSize();
    move(anchor.mapToGlobal(QPoint{0, anchor.height() + 4}));
    show();
    setFocus(Qt::PopupFocusReason);
}

void LayoutChooser::keyPressEvent(QKeyEvent* event) {
    const int last = static_cast<int>(m_buttons.size()) - 1;
    switch (event->key()) {
        case Qt::Key_Left: mark(std::max(m_marked - 1, 0)); return;
        case Qt::Key_Right: mark(std::min(m_marked + 1, last)); return;
        case Qt::Key_Up: mark(m_marked >= columns ? m_marked - columns : m_marked); return;
        case Qt::Key_Down: mark(m_marked + columns <= last ? m_marked + columns : m_marked); return;
        case Qt::Key_Backspace:
            m_digits.clear();
            showHint();
            return;
        case Qt::Key_Return:
        case Qt::Key_Enter: take(WallLayout::all()[static_cast<std::size_t>(m_marked)].tileCount()); return;
        default: break;
    }
    if (event->key() >= Qt::Key_0 && event->key() <= Qt::Key_9) {
        type(QLatin1Char{static_cast<char>('0' + event->key() - Qt::Key_0)});
        return;
    }
    QWidget::keyPressEvent(event);
}

void LayoutChooser::type(QChar digit) {
    m_digits += digit;
    std::vector<int> fitting;
    for (const WallLayout& layout : WallLayout::all()) {
        if (QString::number(layout.tileCount()).startsWith(m_digits)) {
            fitting.push_back(layout.tileCount());
        }
    }
    // At its last digit and not before: whoever types 36 must not leave the 6 in the call-up.
    if (fitting.size() == 1 && fitting.front() == m_digits.toInt()) {
        take(fitting.front());
        return;
    }
    if (fitting.empty()) {
        m_hint->setText(QStringLiteral("There is no layout of %1 tiles").arg(m_digits));
        m_digits.clear();
        return;
    }
    const auto& all = WallLayout::all();
    // The smallest comes first, and is the whole number where there is one.
    const auto first = std::find_if(all.begin(), all.end(),
                                    [&](const WallLayout& each) { return each.tileCount() == fitting.front(); });
    mark(static_cast<int>(first - all.begin()));
    m_hint->setText(QStringLiteral("%1_   Enter takes %2").arg(m_digits).arg(fitting.front()));
}

void LayoutChooser::mark(int place) {
    m_marked = place;
    for (std::size_t i = 0; i < m_buttons.size(); ++i) {
        m_buttons[i]->setChecked(static_cast<int>(i) == place);
    }
}

void LayoutChooser::take(int tiles) {
    close();
    Q_EMIT chosen(tiles);
}

void LayoutChooser::showHint() {
    m_hint->setText(QStringLiteral("Type the number of tiles, or use the arrows and Enter"));
}

}  // namespace leedswatch::ui
