#include "ui/common/page_parts.h"

#include "ui/common/theme.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace leedswatch::ui {

QPushButton* makeBarButton(QAction& action, QWidget* parent) {
    auto* button = new QPushButton{action.text(), parent};
    button->setObjectName(action.objectName() + QStringLiteral("PushButton"));
    button->setToolTip(action.toolTip());
    button->setAutoDefault(false);
    button->setEnabled(action.isEnabled());
    theme::setStyleProperty(*button, "inBar", true);
    QObject::connect(button, &QPushButton::clicked, &action, &QAction::trigger);
    QObject::connect(&action, &QAction::changed, button, [button, &action] {
        button->setEnabled(action.isEnabled());
        button->setText(action.text());
    });
    return button;
}

QWidget* makeSectionHead(const QString& title, QLabel* counts, QWidget* parent) {
    auto* head = new QWidget{parent};
    auto* heading = new QLabel{title, head};
    theme::setLabelKind(*heading, theme::LabelKind::Title);
    theme::setLabelKind(*counts, theme::LabelKind::Caption);
    auto* layout = new QHBoxLayout{head};
    layout->setContentsMargins(pageMargins, 10, pageMargins, 2);
    layout->addWidget(heading);
    layout->addStretch(1);
    layout->addWidget(counts);
    return head;
}

QLabel* makeEmptyText(const char* name, const QString& text, QWidget* parent) {
    auto* label = theme::makeText(theme::LabelKind::Dim, parent, text);
    label->setObjectName(QString::fromLatin1(name));
    label->setAlignment(Qt::AlignCenter);
    label->setContentsMargins(pageMargins, 12, pageMargins, 12);
    label->hide();
    return label;
}

QWidget* makeBar(std::initializer_list<QAction*> actions, QWidget* parent) {
    auto* bar = new QWidget{parent};
    auto* layout = new QHBoxLayout{bar};
    layout->setContentsMargins(pageMargins, 4, pageMargins, 8);
    layout->setSpacing(4);
    for (QAction* action : actions) {
        layout->addWidget(makeBarButton(*action, bar));
    }
    layout->addStretch(1);
    return bar;
}

}  // namespace leedswatch::ui
