#pragma once

#include "response/shift_patterns.h"
#include "ui/figures/edit_dialog.h"

namespace leedswatch::ui {

/// Sets when the room's shifts begin, from a time on.
class ShiftsDialog final : public EditDialog {
    Q_OBJECT

public:
    ShiftsDialog(ConsoleContext& context, QWidget* parent);

protected:
    [[nodiscard]] base::Result<Save> prepare(base::UtcTime holdsFrom) override;
    [[nodiscard]] std::vector<QWidget*> makeRow(int number) override;

private:
    void read();
    void showPatterns(const std::vector<response::ShiftPattern>& history);
};

}  // namespace leedswatch::ui
