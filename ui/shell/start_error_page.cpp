#include "ui/shell/start_error_page.h"

#include "ui/common/text.h"
#include "ui/common/theme.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace leedswatch::ui {

StartErrorPage::StartErrorPage(const base::Error& error, QWidget* parent) : CardPage{parent} {
    setObjectName(QStringLiteral("startErrorWindow"));
    setAttribute(Qt::WA_StyledBackground);
    setWindowTitle(QStringLiteral("Leedswatch"));
    setHeading(QStringLiteral("The console cannot start"), {});
    const auto addText = [this](const QString& text, theme::LabelKind kind) {
        auto* label = new QLabel{text, this};
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        theme::setLabelKind(*label, kind);
        body().addWidget(label);
    };
    addText(sentenceOf(error), theme::LabelKind::Body);
    if (const QString advice = whatToDo(error.code); !advice.isEmpty()) {
        body().addSpacing(8);
        addText(advice, theme::LabelKind::Dim);
    }
    QPushButton* close = addPrimaryButton(QStringLiteral("Close"));
    connect(close, &QPushButton::clicked, this, &StartErrorPage::closed);
    resize(720, 520);
    close->setFocus();
}

}  // namespace leedswatch::ui
