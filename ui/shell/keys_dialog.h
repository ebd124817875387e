#pragma once

#include <QDialog>

namespace leedswatch::ui {

/// Every key of the console on one sheet, read from the table that gives them out.
class KeysDialog final : public QDialog {
    Q_OBJECT

public:
    explicit KeysDialog(QWidget* parent = nullptr);
};

}  // namespace leedswatch::ui
