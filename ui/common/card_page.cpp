#include "ui/common/card_page.h"

#include "ui/common/icons.h"
#include "ui/common/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace leedswatch::ui {

namespace {

constexpr int cardWidth = 440;
constexpr int markSize = 40;

QWidget* makeMark(QWidget* parent) {
    auto* mark = new QWidget{parent};
    auto* picture = new QLabel{mark};
    picture->setPixmap(icons::application().pixmap(QSize{markSize, markSize}, picture->devicePixelRatioF()));
    auto* name = new QLabel{QStringLiteral("Leedswatch"), mark};
    name->setFont(theme::font(theme::TextSize::Heading, QFont::DemiBold));
    auto* layout = new QHBoxLayout{mark};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    layout->addStretch();
    layout->addWidget(picture);
    layout->addWidget(name);
    layout->addStretch();
    return mark;
}

}  // namespace

CardPage::CardPage(QWidget* parent)
    : QWidget{parent}, m_heading{new QLabel{this}}, m_sentence{new QLabel{this}}, m_body{new QVBoxLayout} {
    auto* card = new QWidget{this};
    card->setObjectName(QStringLiteral("card"));
    card->setAttribute(Qt::WA_StyledBackground);
    card->setFixedWidth(cardWidth);
    theme::setLabelKind(*m_heading, theme::LabelKind::Heading);
    theme::setLabelKind(*m_sentence, theme::LabelKind::Dim);
    m_sentence->setWordWrap(true);
    m_body->setSpacing(4);

    auto* inner = new QVBoxLayout{card};
    inner->setContentsMargins(40, 32, 40, 40);
    inner->setSpacing(8);
    inner->addWidget(m_heading);
    inner->addWidget(m_sentence);
    inner->addSpacing(8);
    inner->addLayout(m_body);

    auto* outer = new QVBoxLayout{this};
    outer->setContentsMargins(24, 24, 24, 24);
    outer->addStretch(2);
    outer->addWidget(makeMark(this));
    outer->addSpacing(24);
    // Not by an alignment: that would give the card its size hint, which knows nothing of wrapped lines.
    auto* row = new QHBoxLayout;
    row->addStretch();
    row->addWidget(card);
    row->addStretch();
    outer->addLayout(row);
    outer->addStretch(3);
}

void CardPage::setHeading(const QString& heading, const QString& sentence) {
    m_heading->setText(heading);
    m_sentence->setText(sentence);
    m_sentence->setVisible(!sentence.isEmpty());
}

void CardPage::addField(const QString& label, QLineEdit& field) {
    auto* caption = new QLabel{label, this};
    caption->setBuddy(&field);
    QString plain = label;
    field.setAccessibleName(plain.remove(QLatin1Char('&')));
    theme::setStyleProperty(field, "large", true);
    m_body->addSpacing(8);
    m_body->addWidget(caption);
    m_body->addWidget(&field);
}

QLabel* CardPage::addMessage() {
    auto* message = new QLabel{this};
    message->setWordWrap(true);
    theme::setLabelKind(*message, theme::LabelKind::Refusal);
    message->hide();
    m_body->addSpacing(4);
    m_body->addWidget(message);
    return message;
}

QPushButton* CardPage::addPrimaryButton(const QString& text) {
    auto* button = new QPushButton{text, this};
    theme::setButtonKind(*button, theme::ButtonKind::Primary);
    theme::setStyleProperty(*button, "large", true);
    button->setDefault(true);
    button->setAutoDefault(true);
    m_body->addSpacing(16);
    m_body->addWidget(button);
    return button;
}

}  // namespace leedswatch::ui
