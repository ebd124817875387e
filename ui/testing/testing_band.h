#pragma once

#include <QFrame>

class QLabel;
class QPushButton;

namespace leedswatch::ui {

class TestingBoard;

/// One line across the desk while something about tests wants a person: a test has ended and its notice is not read,
/// or planned tests are overdue. Without either it takes no room. It takes the keyboard from nobody.
class TestingBand final : public QFrame {
    Q_OBJECT

public:
    TestingBand(TestingBoard& board, QWidget* parent);

Q_SIGNALS:
    void noticesWanted();
    void calendarWanted();

private:
    void show();

    TestingBoard& m_board;
    QLabel* m_words;
    QPushButton* m_open;
    QPushButton* m_dismiss;
    int m_dismissedOverdue = 0;  ///< as many were known when somebody said that they know
    bool m_isNotice = false;
};

}  // namespace leedswatch::ui
