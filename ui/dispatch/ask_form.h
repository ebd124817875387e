#pragma once

#include "ui/common/ask_dialog.h"
#include "ui/common/form_fields.h"
#include "ui/dispatch/dispatch_board.h"

#include <QComboBox>
#include <QLineEdit>
#include <QString>

class QSpinBox;

namespace leedswatch::ui {

/// "20 minutes".
[[nodiscard]] QSpinBox* makeMinutes(const char* name, int usual, int most);
/// The units that can be sent, available ones first, with their status; data: the id.
[[nodiscard]] QComboBox* makeUnitChoice(const DispatchSnapshot& snapshot, const QString& none);

/// Asks, does it on the dialog's worker, and goes by itself when it is done. `prepare` is called on the UI thread and
/// reads the fields; what it gives is done with the services.
using DispatchWork = std::function<base::Result<void>(DispatchDesk&)>;
AskDialog* openForm(ConsoleContext& context, const AskDialog::Words& words, QWidget* form,
                    std::function<DispatchWork()> prepare, QWidget* parent);

}  // namespace leedswatch::ui
