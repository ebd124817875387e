#include "ui/dispatch/ask_form.h"

#include "ui/common/text.h"
#include "ui/common/theme.h"
#include "ui/dispatch/dispatch_text.h"

#include <QSpinBox>
#include <algorithm>

namespace leedswatch::ui {

using dispatch::Unit;

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
