#pragma once

#include "response/test_periods.h"

#include <QDialog>

namespace leedswatch::ui {

class TestingBoard;

/// Something to read: a heading and a page of words. Closes with Esc or Enter.
class NoticeDialog final : public QDialog {
    Q_OBJECT

public:
    NoticeDialog(const QString& heading, const QString& html, QWidget* parent);
};

/// Opens the notice of a test that is over, read on the board's worker.
void openNotice(TestingBoard& board, response::TestPeriodId period, QWidget* parent);

}  // namespace leedswatch::ui
