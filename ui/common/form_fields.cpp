#include "ui/common/form_fields.h"

#include "ui/common/theme.h"

#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>

namespace leedswatch::ui {

QWidget* makeForm(const std::vector<std::pair<QString, QWidget*>>& fields) {
    auto* form = new QWidget;
    auto* layout = new QFormLayout{form};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    for (const auto& [name, field] : fields) {
        auto* label = new QLabel{name};
        label->setBuddy(field);
        theme::setLabelKind(*label, theme::LabelKind::Dim);
        field->setAccessibleName(name);
        layout->addRow(label, field);
    }
    form->setFocusProxy(fields.front().second);
    return form;
}

QLineEdit* makeLine(const char* name, const QString& hint, int longest) {
    auto* line = new QLineEdit;
    line->setObjectName(QString::fromLatin1(name));
    line->setPlaceholderText(hint);
    line->setMaxLength(longest);
    return line;
}

}  // namespace leedswatch::ui
