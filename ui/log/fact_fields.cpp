#include "ui/log/fact_fields.h"

#include "ui/common/text.h"
#include "ui/common/theme.h"

#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>

namespace leedswatch::ui {

namespace {

constexpr int columns = 2;
constexpr int longestFactTyped = 300;

}  // namespace

FactFields::FactFields(QWidget* parent) : QWidget{parent}, m_layout{new QGridLayout{this}} {
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setHorizontalSpacing(8);
    m_layout->setVerticalSpacing(4);
    hide();
}

void FactFields::setBook(incident::Book book) {
    const auto typed = facts();
    m_fields.clear();
    while (QLayoutItem* item = m_layout->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    int index = 0;
    for (const incident::BookField& field : incident::fieldsOf(book)) {
        auto* line = new QLineEdit{this};
        line->setObjectName(toQt(field.code) + QStringLiteral("FactLineEdit"));
        line->setAccessibleName(toQt(field.name));
        line->setMaxLength(longestFactTyped);
        line->setPlaceholderText(field.isNeeded ? QString{} : QStringLiteral("None"));
        auto* label = new QLabel{toQt(field.name), this};
        label->setBuddy(line);
        theme::setLabelKind(*label, theme::LabelKind::Caption);
        const int row = index / columns * 2;
        m_layout->addWidget(label, row, index % columns);
        m_layout->addWidget(line, row + 1, index % columns);
        connect(line, &QLineEdit::textChanged, this, &FactFields::edited);
        m_fields.emplace(field.code, line);
        ++index;
    }
    setFacts(typed);
    setVisible(index > 0);
}

std::map<std::string, std::string> FactFields::facts() const {
    std::map<std::string, std::string> facts;
    for (const auto& [code, line] : m_fields) {
        if (const QString words = line->text().simplified(); !words.isEmpty()) {
            facts[code] = fromQt(words);
        }
    }
    return facts;
}

void FactFields::setFacts(const std::map<std::string, std::string>& facts) {
    for (const auto& [code, line] : m_fields) {
        const auto words = facts.find(code);
        line->setText(words == facts.end() ? QString{} : toQt(words->second));
    }
}

}  // namespace leedswatch::ui
