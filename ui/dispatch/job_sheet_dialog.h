#pragma once

#include "dispatch/jobs.h"
#include "ui/common/console_context.h"
#include "ui/common/worker.h"

#include <QDialog>
#include <functional>

class QLabel;

namespace leedswatch::ui {

/// Asks where the sheet of a job is to be written as PDF. Returns at once.
void askForSheetFile(dispatch::JobId job, QWidget* parent, std::function<void(const QString& file)> chosen);

/// The sheet of one job, over or not, to be read and to be written as PDF. Deletes itself when it is closed.
class JobSheetDialog final : public QDialog {
    Q_OBJECT

public:
    JobSheetDialog(ConsoleContext& context, dispatch::JobSheet sheet, QWidget* parent);

    void write(const QString& file);

private:
    ConsoleContext& m_context;
    const dispatch::JobSheet m_sheet;
    QLabel* m_message;
    Worker m_worker;
};

}  // namespace leedswatch::ui
