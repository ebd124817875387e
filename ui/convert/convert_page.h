#pragma once

#include "transcode/job_list.h"
#include "ui/common/console_context.h"
#include "ui/common/feed_listener.h"
#include "ui/common/worker.h"

#include <QWidget>
#include <functional>
#include <vector>

class QAction;
class QLabel;
class QLineEdit;
class QListView;
class QPushButton;
class QStackedWidget;

namespace leedswatch::ui {

class JobModel;

/// The old recordings that are to be converted: files are put on the list, started, stopped, put in another order, and
/// taken off; what was done is told in a report. The work itself is done by the console's JobRunner, whether the page
/// is seen or not. The list is read on a worker, while the page is seen.
class ConvertPage final : public QWidget {
    Q_OBJECT

public:
    ConvertPage(ConsoleContext& context, QWidget* parent);

    /// Files and folders, as from a dialog or a drop.
    void add(const QStringList& files);
    [[nodiscard]] JobModel& model() const { return *m_model; }
    void setFolder(const QString& folder);
    /// Gives the keyboard to the list, or while it is empty to the button that fills it: digits stay call-up's.
    void takeFocus();

Q_SIGNALS:
    void closed();

protected:
    void showEvent(QShowEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    using Change = std::function<base::Result<void>(transcode::JobList&)>;

    QAction* makeAction(const QString& name, const QString& what, const QString& key, QWidget* scope,
                        void (ConvertPage::*does)());
    void makeActions();
    void makeList();
    void layOut();
    [[nodiscard]] QWidget* makeHead();
    [[nodiscard]] QWidget* makeFolderRow();
    [[nodiscard]] QWidget* makeChoiceBar();
    void showMenu(const QPoint& place);

    void reload();
    void take(const base::Result<std::vector<transcode::Job>>& jobs);
    void showState();
    void showDetail();
    void showMessage(const QString& text, bool isProblem);
    void tellAdded(const base::Result<transcode::JobList::Added>& added);

    void chooseFiles();
    void chooseSourceFolder();
    void chooseFolder();
    void startAll();
    void startChosen();
    void stopChosen();
    void startOrStopChosen();
    void moveUp();
    void removeChosen();
    void showReport();
    void openFolder();
    void play();

    void start(const std::vector<transcode::JobId>& jobs);
    void change(Change change);
    [[nodiscard]] std::vector<transcode::Job> chosen() const;
    [[nodiscard]] std::vector<transcode::JobId> chosenIds() const;
    [[nodiscard]] const transcode::Job* onlyChosen() const;
    [[nodiscard]] QString rememberedFolder() const;
    void rememberFolder() const;

    ConsoleContext& m_context;
    JobModel* m_model;
    QListView* m_list;
    QLabel* m_empty;
    QStackedWidget* m_middle;
    QLabel* m_detail;
    QLabel* m_message;
    QLineEdit* m_folder;
    QPushButton* m_startAll;
    QPushButton* m_addFilesButton = nullptr;
    QAction* m_addFiles = nullptr;
    QAction* m_addFolder = nullptr;
    QAction* m_start = nullptr;
    QAction* m_stop = nullptr;
    QAction* m_moveUp = nullptr;
    QAction* m_remove = nullptr;
    QAction* m_report = nullptr;
    QAction* m_openFolder = nullptr;
    QAction* m_play = nullptr;
    bool m_isReading = false;
    bool m_isStale = false;  ///< the list has changed since it began to be read
    FeedListener* m_listener;
    Worker m_worker;
};

}  // namespace leedswatch::ui
