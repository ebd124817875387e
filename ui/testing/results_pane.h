#pragma once

#include "response/test_results.h"
#include "ui/common/console_context.h"
#include "ui/common/worker.h"

#include <QWidget>
#include <optional>
#include <vector>

class QLabel;
class QPushButton;
class QTableView;

namespace leedswatch::ui {

class PlainRows;
class PremisesFinder;
class TestingBoard;

/// What came of tests, of all premises or of some; each can be opened with its zones.
class ResultsPane final : public QWidget {
    Q_OBJECT

public:
    ResultsPane(ConsoleContext& context, TestingBoard& board, QWidget* parent);

    void takeFocus();

Q_SIGNALS:
    void walkWanted(response::WalkTestId walk);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void read();
    void show(const std::vector<response::TestResult>& results);
    void open();
    void openZones();
    void exportFile();

    ConsoleContext& m_context;
    TestingBoard& m_board;
    PremisesFinder* m_premises;
    QPushButton* m_zones;
    QPushButton* m_export;
    PlainRows* m_model;
    QTableView* m_table;
    QLabel* m_message;
    std::vector<response::TestResult> m_results;
    bool m_isReading = false;
    bool m_isStale = false;
    Worker m_worker;
};

}  // namespace leedswatch::ui
