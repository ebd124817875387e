#pragma once

#include "incident/incidents.h"
#include "ui/common/console_context.h"
#include "ui/common/feed_listener.h"
#include "ui/common/worker.h"
#include "ui/log/draft_store.h"
#include "ui/log/log_model.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QListView;

namespace leedswatch::ui {

class CameraDirectory;
class EntryEditor;
class IncidentBoard;
class IncidentTypeList;
class LogRowDelegate;
class SearchField;

/// The incident log beside the wall: write a line, read the newest, search. A line appears when it is durably stored
/// and not before.
class LogPanel final : public QWidget {
    Q_OBJECT

public:
    LogPanel(ConsoleContext& context, CameraDirectory& directory, QWidget* parent = nullptr);
    /// Keeps the words that were typed last: a desk that is closed or told to stop does not wait for a pause in them.
    ~LogPanel() override;

    void setSelectedCamera(int number);
    void focusEntry();
    /// The field of the entry that somebody is writing in; null if nobody is.
    [[nodiscard]] QWidget* fieldBeingWritten() const;
    void focusSearch();
    /// The keyboard goes to the entry, which belongs to that incident.
    void writeTo(std::int64_t incident, const QString& reference);

private:
    void layOut();
    void connectAll();
    [[nodiscard]] static incident::NewLine lineOf(const Draft& draft);
    void save(const Draft& draft);
    void openIncident(const Draft& draft);
    void takeOpened(const base::Result<incident::Incident>& opened);
    void takeSaved(const base::Result<incident::LogLine>& entry);
    void keepDraft(const Draft& draft);
    void load();
    void takeEntries(int question, const base::Result<std::vector<incident::LogLine>>& entries);
    void showEmptiness();
    void showProblem(const QString& sentence);

    ConsoleContext& m_context;
    DraftStore m_drafts;
    IncidentTypeList* m_types;
    IncidentBoard* m_incidents;
    LogModel* m_model;
    LogRowDelegate* m_delegate;
    EntryEditor* m_editor;
    QLabel* m_readOnly;
    SearchField* m_search;
    QLabel* m_problem;
    QListView* m_list;
    QLabel* m_empty;
    QTimer m_searchTimer;
    int m_question = 0;  ///< an answer to an earlier one is thrown away
    bool m_loaded = false;
    FeedListener m_feed;
    Worker m_worker;
};

}  // namespace leedswatch::ui
