#pragma once

#include "incident/incidents.h"
#include "ui/common/console_context.h"
#include "ui/common/feed_listener.h"

#include <QTimer>
#include <QWidget>
#include <optional>

class QAction;
class QLabel;
class QTextBrowser;

namespace leedswatch::ui {

class CardList;
class IncidentBoard;
class IncidentTypeList;
class SearchField;

/// The incidents of the room: open ones first, and what was searched for, at the left; all that stands of the chosen
/// one, with its spine, at the right. Enter writes a line to it.
class IncidentPage final : public QWidget {
    Q_OBJECT

public:
    IncidentPage(ConsoleContext& context, QWidget* parent);

    void takeFocus();
    /// The camera that a new incident is about, unless another one is typed.
    void setSelectedCamera(int number) { m_selectedCamera = number; }
    void choose(incident::IncidentId id);
    void openNew();

Q_SIGNALS:
    void closed();
    /// Somebody wants to write a line to it.
    void lineWanted(qint64 id, const QString& reference);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QAction* makeAction(const char* name, const QString& text, const QString& tip, const char* keys,
                        void (IncidentPage::*does)());
    void layOut();
    [[nodiscard]] QWidget* makeLeft();
    [[nodiscard]] QWidget* makeRight();
    void follow();
    void showCards();
    void showActions();
    void loadSheet();
    void showSheet();
    [[nodiscard]] const incident::Incident* chosen() const;
    [[nodiscard]] QString wardOf(const incident::Incident& one) const;

    void writeLine();
    void change();
    void describe();
    void closeIncident();
    void reopen();
    void findIncident();

    ConsoleContext& m_context;
    IncidentBoard* m_board;
    IncidentTypeList* m_types;
    CardList* m_list;
    SearchField* m_search;
    QLabel* m_counts;
    QLabel* m_empty;
    QLabel* m_problem;
    QTextBrowser* m_sheet;
    QAction* m_new = nullptr;
    QAction* m_line = nullptr;
    QAction* m_change = nullptr;
    QAction* m_person = nullptr;
    QAction* m_close = nullptr;
    QAction* m_reopen = nullptr;
    QAction* m_find = nullptr;
    std::optional<incident::IncidentSheet> m_loaded;
    bool m_isLoading = false;
    bool m_isSheetStale = false;
    int m_selectedCamera = 0;
    FeedListener m_lines;  ///< a line of the log may be one of the chosen incident
    QTimer m_searchTimer;
    QTimer m_minute;  ///< for the ages
};

}  // namespace leedswatch::ui
