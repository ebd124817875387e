#include "ui/common/button_bar.h"

#include <QAction>
#include <QHBoxLayout>
#include <QPushButton>

namespace leedswatch::ui {

ButtonBar::ButtonBar(QWidget* parent) : QWidget{parent}, m_layout{new QHBoxLayout{this}} {
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(8);
}

QPushButton* ButtonBar::add(const char* name, const char* text, const char* keys, const std::function<void()>& does) {
    auto* button = new QPushButton{QString::fromUtf8(text), this};
    button->setObjectName(QString::fromLatin1(name));
    button->setAutoDefault(false);
    connect(button, &QPushButton::clicked, this, does);
    if (*keys != '\0') {
        auto* action = new QAction{this};
        action->setShortcut(QKeySequence{QString::fromLatin1(keys)});
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        // Through the button: what cannot be done now is not done by its key either.
        connect(action, &QAction::triggered, button, &QPushButton::click);
        parentWidget()->addAction(action);
    }
    m_layout->addWidget(button);
    return button;
}

void ButtonBar::addStretch() {
    m_layout->addStretch();
}

}  // namespace leedswatch::ui
