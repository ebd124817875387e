#pragma once

#include "dispatch/key_bunch.h"
#include "ui/common/console_context.h"

#include <QDialog>
#include <QTimer>
#include <optional>
#include <vector>

class QLabel;
class QPushButton;
class QTextBrowser;

namespace leedswatch::ui {

class CardList;
class DispatchBoard;
class SearchField;

/// The key register: search by tag or by the reference of premises, where each bunch is and every hand that it went
/// through, issue and return. Enter gives out what is on its hook and takes back what is out. Deletes itself when it is
/// closed.
class KeyRegisterDialog final : public QDialog {
    Q_OBJECT

public:
    KeyRegisterDialog(ConsoleContext& context, QWidget* parent);

protected:
    /// Enter is the list's: a dialog would press the default button of the question that the list has just opened.
    void keyPressEvent(QKeyEvent* event) override;

private:
    void layOut();
    void search();
    void showBunches();
    void showActions();
    void loadHistory();
    void showHistory(const std::vector<dispatch::KeyMovement>& movements);
    void goOn();
    [[nodiscard]] const dispatch::KeyBunch* chosen() const;

    ConsoleContext& m_context;
    DispatchBoard* m_board;
    SearchField* m_search;
    CardList* m_list;
    QLabel* m_empty;
    QTextBrowser* m_history;
    QPushButton* m_next;
    QPushButton* m_longer;
    QPushButton* m_lost;
    QPushButton* m_add;
    QPushButton* m_withdraw;
    std::vector<dispatch::KeyBunch> m_bunches;
    bool m_isSearching = false;
    bool m_isStale = false;
    QTimer m_pause;  ///< after a letter, before it is searched
};

}  // namespace leedswatch::ui
