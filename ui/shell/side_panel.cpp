#include "ui/shell/side_panel.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace leedswatch::ui {

SidePanel::SidePanel(QWidget* parent)
    : QWidget{parent},
      m_bar{new QWidget{this}},
      m_barLayout{new QHBoxLayout{m_bar}},
      m_buttons{new QButtonGroup{this}},
      m_lists{new QStackedWidget{this}} {
    setObjectName(QStringLiteral("sidePanel"));
    setAttribute(Qt::WA_StyledBackground);
    m_bar->setObjectName(QStringLiteral("segments"));
    m_bar->setAttribute(Qt::WA_StyledBackground);
    m_bar->setFixedHeight(36);
    m_bar->hide();
    m_barLayout->setContentsMargins(3, 3, 3, 3);
    m_barLayout->setSpacing(2);
    auto* margin = new QHBoxLayout;
    margin->setContentsMargins(12, 12, 12, 0);
    margin->addWidget(m_bar);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(margin);
    layout->addWidget(m_lists, 1);
    connect(m_buttons, &QButtonGroup::idClicked, m_lists, &QStackedWidget::setCurrentIndex);
}

void SidePanel::addList(QWidget* list, const QString& title, const QString& toolTip) {
    const int index = m_lists->addWidget(list);
    auto* button = new QToolButton{m_bar};
    button->setText(title);
    button->setToolTip(toolTip);
    button->setCheckable(true);
    button->setChecked(index == 0);
    button->setFocusPolicy(Qt::TabFocus);
    button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    m_buttons->addButton(button, index);
    m_barLayout->addWidget(button);
    m_bar->setVisible(m_lists->count() > 1);
}

void SidePanel::showList(QWidget* list) {
    m_lists->setCurrentWidget(list);
    m_buttons->button(m_lists->currentIndex())->setChecked(true);
}

}  // namespace leedswatch::ui
