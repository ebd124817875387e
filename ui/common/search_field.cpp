#include "ui/common/search_field.h"

#include "ui/common/icons.h"

#include <QAction>
#include <QKeyEvent>

namespace leedswatch::ui {

SearchField::SearchField(const QString& placeholder, QWidget* parent) : QLineEdit{parent} {
    setPlaceholderText(placeholder);
    addAction(icons::line(QStringLiteral("search"), palette::textDim), QLineEdit::LeadingPosition);
    auto* clear = new QAction{icons::line(QStringLiteral("close"), palette::textDim), QStringLiteral("Clear"), this};
    addAction(clear, QLineEdit::TrailingPosition);
    clear->setVisible(false);
    connect(clear, &QAction::triggered, this, &QLineEdit::clear);
    connect(this, &QLineEdit::textChanged, clear, [clear](const QString& text) { clear->setVisible(!text.isEmpty()); });
}

void SearchField::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape && !text().isEmpty()) {
        clear();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

}  // namespace leedswatch::ui
