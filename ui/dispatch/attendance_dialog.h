#pragma once

#include "dispatch/attendance.h"
#include "ui/common/console_context.h"
#include "ui/common/worker.h"

#include <QDialog>
#include <optional>

class QComboBox;
class QDateEdit;
class QLabel;
class QPushButton;
class QTableWidget;

namespace leedswatch::ui {

/// How soon units were where they were sent, of the days that are asked for: per premises or per unit, on the screen
/// and as CSV. Deletes itself when it is closed.
class AttendanceDialog final : public QDialog {
    Q_OBJECT

public:
    AttendanceDialog(ConsoleContext& context, QWidget* parent);

    /// Writes what is asked for: per premises, per unit, or each job.
    void writeCsv(const QString& file);

private:
    void layOut();
    void load();
    void show(const base::Result<dispatch::AttendanceReport>& report);
    void fillTable();
    void chooseFile();
    [[nodiscard]] base::Result<dispatch::AttendancePeriod> period() const;
    [[nodiscard]] dispatch::AttendanceTable table() const;

    ConsoleContext& m_context;
    QDateEdit* m_from;
    QDateEdit* m_to;
    QComboBox* m_by;
    QLabel* m_summary;
    QTableWidget* m_table;
    QLabel* m_message;
    QPushButton* m_save;
    std::optional<dispatch::AttendanceReport> m_report;
    Worker m_worker;
};

}  // namespace leedswatch::ui
