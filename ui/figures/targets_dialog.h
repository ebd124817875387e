#pragma once

#include "response/service_targets.h"
#include "ui/figures/edit_dialog.h"

class QComboBox;

namespace leedswatch::ui {

/// Sets the targets of one class after the other, from a time on.
class TargetsDialog final : public EditDialog {
    Q_OBJECT

public:
    TargetsDialog(ConsoleContext& context, QWidget* parent);

protected:
    [[nodiscard]] base::Result<Save> prepare(base::UtcTime holdsFrom) override;
    [[nodiscard]] std::vector<QWidget*> makeRow(int number) override;

private:
    void read();
    void showClass();
    [[nodiscard]] response::AlarmClass chosen() const;

    QComboBox* m_class;
    std::vector<response::ServiceTargetSet> m_history;
};

}  // namespace leedswatch::ui
