#include "ui/dispatch/ask_form.h"

#include "ui/common/text.h"
#include "ui/common/theme.h"
#include "ui/dispatch/dispatch_text.h"

#include <QFormLayout>
#include <QLabel>
#include <QSpinBox>
#include <algorithm>

namespace leedswatch::ui {

using dispatch::Unit;

QWidget* makeForm(std::initializer_list<std::pair<QString, QWidget*>> fields) {
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
    form->setFocusProxy(fields.begin()->second);
    return form;
}

QLineEdit* makeLine(const char* name, const QString& hint, int longest) {
    auto* line = new QLineEdit;
    line->setObjectName(QString::fromLatin1(name));
    line->setPlaceholderText(hint);
    line->setMaxLength(longest);
    return line;
}

QSpinBox* makeMinutes(const char* name, int usual, int most) {
    auto* minutes = new QSpinBox;
    minutes->setObjectName(QString::fromLatin1(name));
    minutes->setRange(1, most);
    minutes->setValue(usual);
    minutes->setSuffix(QStringLiteral(" minutes"));
    return minutes;
}

QComboBox* makeUnitChoice(const DispatchSnapshot& snapshot, const QString& none) {
    auto* choice = new QComboBox;
    choice->setObjectName(QStringLiteral("unitComboBox"));
    std::vector<const Unit*> units;
    for (const Unit& unit : snapshot.units) {
        if (dispatch::canBeSent(unit.status)) {
            units.push_back(&unit);
        }
    }
    std::ranges::stable_sort(units, {}, [](const Unit* unit) { return nearnessOf(unit->status); });
    if (!none.isEmpty()) {
        choice->addItem(none, qint64{0});
    }
    for (const Unit* unit : units) {
        choice->addItem(QStringLiteral("%1, %2").arg(toQt(unit->callSign), statusText(unit->status).toLower()),
                        static_cast<qint64>(unit->id.value()));
    }
    if (choice->count() == 0) {
        choice->addItem(QStringLiteral("No unit is on duty"), qint64{0});
    }
    return choice;
}

AskDialog* openForm(ConsoleContext& context, const AskDialog::Words& words, QWidget* form,
                    std::function<DispatchWork()> prepare, QWidget* parent) {
    auto* dialog = new AskDialog{words, form,
                                 [&context, prepare = std::move(prepare)]() -> std::function<base::Result<QString>()> {
                                     return [&context, work = prepare()]() -> base::Result<QString> {
                                         DispatchDesk desk{context};
                                         TRY(work(desk));
                                         return QStringLiteral("Done.");
                                     };
                                 },
                                 parent};
    QObject::connect(dialog, &AskDialog::answered, dialog, [dialog](bool done) {
        if (done) {
            dialog->accept();
        }
    });
    dialog->open();
    form->setFocus();
    return dialog;
}

}  // namespace leedswatch::ui
