#pragma once

#include <QDialog>
#include <string>

namespace leedswatch::ui {

/// The report of one conversion, to read and to copy. Deletes itself when it is closed.
class ReportDialog final : public QDialog {
    Q_OBJECT

public:
    ReportDialog(const QString& name, const std::string& report, QWidget* parent);
};

}  // namespace leedswatch::ui
