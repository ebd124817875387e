#include "ui/convert/convert_page.h"

#include "ui/common/question_dialog.h"
#include "ui/common/text.h"
#include "ui/convert/job_model.h"
#include "ui/convert/job_words.h"
#include "ui/convert/report_dialog.h"

#include <QAction>
#include <QApplication>
#include <QDesktopServices>
#include <QDir>
#include <QFileInfo>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSettings>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QUrl>
#include <algorithm>

// What the page does; how files come to it is in convert_page_files.cpp, how it looks in convert_page_layout.cpp.

namespace leedswatch::ui {

namespace {

using transcode::Job;
using transcode::JobId;
using transcode::JobState;

bool canBeStarted(const Job& job) {
    return job.state == JobState::New || job.state == JobState::Stopped || job.state == JobState::Failed;
}

/// What failed has a reason that somebody has to see to; it is started by name.
bool isToBeStarted(const Job& job) {
    return canBeStarted(job) && job.state != JobState::Failed;
}

bool canBeStopped(const Job& job) {
    return job.state == JobState::Waiting || job.state == JobState::Running;
}

std::vector<JobId> idsOf(const std::vector<Job>& jobs, bool (*isMeant)(const Job&)) {
    std::vector<JobId> ids;
    for (const Job& job : jobs) {
        if (isMeant(job)) {
            ids.push_back(job.id);
        }
    }
    return ids;
}

QString settingsFile(const ConsoleContext& context) {
    return toQt((context.dataFolder / "desk" / "convert.ini").string());
}

QString folderKey(const ConsoleContext& context) {
    return QStringLiteral("folder/%1").arg(context.acting.id.value());
}

QString recordings(std::size_t number) {
    return number == 1 ? QStringLiteral("1 recording")
                       : QStringLiteral("%1 recordings").arg(withThousands(static_cast<qsizetype>(number)));
}

}  // namespace

ConvertPage::ConvertPage(ConsoleContext& context, QWidget* parent)
    : QWidget{parent},
      m_context{context},
      m_model{new JobModel{this}},
      m_list{new QListView{this}},
      m_empty{new QLabel{this}},
      m_middle{new QStackedWidget{this}},
      m_detail{new QLabel{this}},
      m_message{new QLabel{this}},
      m_folder{new QLineEdit{rememberedFolder(), this}},
      m_startAll{new QPushButton{this}},
      m_listener{new FeedListener{context.feed, {transcode::kJobsTopic}, this}},
      m_worker{*this} {
    setObjectName(QStringLiteral("convertPage"));
    setAcceptDrops(true);
    makeActions();
    makeList();
    layOut();
    connect(m_startAll, &QPushButton::clicked, this, &ConvertPage::startAll);
    connect(m_folder, &QLineEdit::textChanged, this, &ConvertPage::showState);
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ConvertPage::showState);
    connect(m_model, &JobModel::dataChanged, this, &ConvertPage::showState);
    connect(m_listener, &FeedListener::changed, this, &ConvertPage::reload);
    showState();
}

void ConvertPage::showEvent(QShowEvent* /*event*/) {
    reload();
}

void ConvertPage::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) {
        Q_EMIT closed();
    } else {
        QWidget::keyPressEvent(event);
    }
}

void ConvertPage::takeFocus() {
    if (m_model->rowCount() == 0) {
        m_addFilesButton->setFocus();
    } else {
        m_list->setFocus();
    }
}

void ConvertPage::reload() {
    if (!isVisible()) {
        return;
    }
    m_isStale = m_isReading;
    if (std::exchange(m_isReading, true)) {
        return;
    }
    m_worker.run([&database = m_context.database] { return transcode::JobList{database}.list(); },
                 [this](const base::Result<std::vector<Job>>& jobs) { take(jobs); });
}

void ConvertPage::take(const base::Result<std::vector<Job>>& jobs) {
    m_isReading = false;
    if (jobs) {
        // The same rows stay marked, although another order has them made anew.
        const auto marked = chosenIds();
        const QVariant current = m_list->currentIndex().data(JobModel::IdRole);
        m_model->setJobs(*jobs);
        if (!marked.empty() && !m_list->selectionModel()->hasSelection()) {
            for (int row = 0; row < m_model->rowCount(); ++row) {
                const QModelIndex index = m_model->index(row);
                if (index.data(JobModel::IdRole) == current) {
                    m_list->selectionModel()->setCurrentIndex(index, QItemSelectionModel::NoUpdate);
                }
                if (std::ranges::count(marked, m_model->jobs()[static_cast<std::size_t>(row)].id) > 0) {
                    m_list->selectionModel()->select(index, QItemSelectionModel::Select);
                }
            }
        }
    } else {
        showMessage(sentenceOf(jobs.error()), true);
    }
    showState();
    if (std::exchange(m_isStale, false)) {
        reload();
    }
}

std::vector<Job> ConvertPage::chosen() const {
    std::vector<int> rows;
    for (const QModelIndex& index : m_list->selectionModel()->selectedIndexes()) {
        rows.push_back(index.row());
    }
    std::ranges::sort(rows);
    std::vector<Job> jobs;
    for (const int row : rows) {
        jobs.push_back(m_model->jobs()[static_cast<std::size_t>(row)]);
    }
    return jobs;
}

std::vector<JobId> ConvertPage::chosenIds() const {
    return idsOf(chosen(), [](const Job& /*job*/) { return true; });
}

const Job* ConvertPage::onlyChosen() const {
    const auto rows = m_list->selectionModel()->selectedIndexes();
    return rows.size() == 1 ? &m_model->jobs()[static_cast<std::size_t>(rows.first().row())] : nullptr;
}

void ConvertPage::showState() {
    const auto jobs = chosen();
    const Job* only = onlyChosen();
    const bool isDone = only != nullptr && only->state == JobState::Done;
    const bool hasFolder = !m_folder->text().trimmed().isEmpty();
    const auto waiting = std::ranges::count_if(m_model->jobs(), isToBeStarted);
    // Qt gives the focus of a button that is disabled to the next one, and the next key would press that.
    const QWidget* focused = QApplication::focusWidget();
    m_start->setEnabled(hasFolder && std::ranges::any_of(jobs, canBeStarted));
    m_stop->setEnabled(std::ranges::any_of(jobs, canBeStopped));
    m_moveUp->setEnabled(only != nullptr && m_list->currentIndex().row() > 0 && only->state != JobState::Running);
    m_remove->setEnabled(!jobs.empty());
    m_report->setEnabled(isDone);
    m_play->setEnabled(isDone);
    m_openFolder->setEnabled(only != nullptr && !only->folder.empty());
    m_startAll->setEnabled(hasFolder && waiting > 0);
    const bool isEmpty = m_model->rowCount() == 0;
    const bool isOther = (m_middle->currentIndex() == 1) != isEmpty;
    const bool hadFocus = m_list->hasFocus() || m_addFilesButton->hasFocus();
    m_middle->setCurrentIndex(isEmpty ? 1 : 0);
    const bool isFocusLost = focused != nullptr && isAncestorOf(focused) && !focused->isEnabled();
    if (isFocusLost || (isOther && hadFocus)) {
        takeFocus();
    }
    showDetail();
}

void ConvertPage::showDetail() {
    const Job* only = onlyChosen();
    if (only == nullptr) {
        const auto count = chosen().size();
        m_detail->setText(count > 1 ? QStringLiteral("%1 chosen").arg(recordings(count)) : QString{});
    } else if (only->state == JobState::Failed) {
        m_detail->setText(explanationOf(*only));
    } else if (only->state == JobState::Done) {
        m_detail->setText(QStringLiteral("Made of it: %1").arg(toQt(only->result.string())));
    } else {
        m_detail->setText(toQt(only->source.string()));
    }
    m_detail->setVisible(!m_detail->text().isEmpty());
}

void ConvertPage::add(const QStringList& files) {
    std::vector<std::filesystem::path> paths;
    for (const QString& file : files) {
        paths.emplace_back(fromQt(file));
    }
    showMessage(QStringLiteral("Looking through the files…"), false);
    m_worker.run([&database = m_context.database, acting = m_context.acting,
                  paths] { return transcode::JobList{database}.add(acting, paths); },
                 [this](const base::Result<transcode::JobList::Added>& added) { tellAdded(added); });
}

void ConvertPage::tellAdded(const base::Result<transcode::JobList::Added>& added) {
    if (!added) {
        showMessage(sentenceOf(added.error()) + QLatin1Char{' '} + whatToDo(added.error().code), true);
        return;
    }
    QStringList parts{added->jobs.empty() ? QStringLiteral("Nothing was added.")
                                          : QStringLiteral("Added %1.").arg(recordings(added->jobs.size()))};
    if (added->known > 0) {
        parts.append(QStringLiteral("%1 on the list already.")
                         .arg(added->known == 1 ? QStringLiteral("1 was")
                                                : QStringLiteral("%1 were").arg(withThousands(added->known))));
    }
    if (added->others > 0) {
        parts.append(
            QStringLiteral("%1 left out: by %2 no recordings. Added one by one, they are tried.")
                .arg(added->others == 1 ? QStringLiteral("1 file was")
                                        : QStringLiteral("%1 files were").arg(withThousands(added->others)),
                     added->others == 1 ? QStringLiteral("its name it is") : QStringLiteral("their names they are")));
    }
    for (const base::Error& error : added->refused) {
        parts.append(sentenceOf(error));
        if (parts.size() > 5) {
            parts.append(
                QStringLiteral("And %1 more.").arg(withThousands(static_cast<qsizetype>(added->refused.size()))));
            break;
        }
    }
    showMessage(parts.join(QLatin1Char{' '}), !added->refused.empty());
    reload();
}

void ConvertPage::change(Change change) {
    m_worker.run(
        [&database = m_context.database, change = std::move(change)] {
            transcode::JobList list{database};
            return change(list);
        },
        [this](const base::Result<void>& changed) {
            showMessage(
                changed ? QString{} : sentenceOf(changed.error()) + QLatin1Char{' '} + whatToDo(changed.error().code),
                !changed);
            reload();
        });
}

void ConvertPage::start(const std::vector<JobId>& jobs) {
    if (jobs.empty()) {
        return;
    }
    rememberFolder();
    change([acting = m_context.acting, jobs, folder = std::filesystem::path{fromQt(m_folder->text().trimmed())}](
               transcode::JobList& list) { return list.start(acting, jobs, folder); });
}

void ConvertPage::startAll() {
    start(idsOf(m_model->jobs(), isToBeStarted));
}

void ConvertPage::startChosen() {
    start(idsOf(chosen(), canBeStarted));
}

void ConvertPage::stopChosen() {
    change([acting = m_context.acting, jobs = idsOf(chosen(), canBeStopped)](transcode::JobList& list) {
        return list.stop(acting, jobs);
    });
}

void ConvertPage::startOrStopChosen() {
    if (m_stop->isEnabled()) {
        stopChosen();
    } else if (m_start->isEnabled()) {
        startChosen();
    }
}

void ConvertPage::moveUp() {
    if (const Job* job = onlyChosen()) {
        change([acting = m_context.acting, id = job->id](transcode::JobList& list) { return list.moveUp(acting, id); });
    }
}

void ConvertPage::removeChosen() {
    const auto jobs = chosen();
    const auto remove = [this, ids = chosenIds()] {
        change([acting = m_context.acting, ids](transcode::JobList& list) { return list.remove(acting, ids); });
    };
    const auto unfinished =
        std::ranges::count_if(jobs, [](const Job& job) { return job.share > 0 && job.state != JobState::Done; });
    if (unfinished == 0) {
        remove();
        return;
    }
    ask(this, QStringLiteral("Take %1 off the list?").arg(recordings(jobs.size())),
        QStringLiteral(
            "What has been made of %1 so far is deleted. The recordings themselves and finished results stay.")
            .arg(unfinished == 1 ? QStringLiteral("one of them") : recordings(static_cast<std::size_t>(unfinished))),
        QStringLiteral("Take off the list"), remove);
}

void ConvertPage::showReport() {
    const Job* job = onlyChosen();
    if (job == nullptr || job->state != JobState::Done) {
        return;
    }
    m_worker.run([&database = m_context.database, id = job->id] { return transcode::JobList{database}.report(id); },
                 [this, name = toQt(job->source.filename().string())](const base::Result<std::string>& report) {
                     if (report) {
                         (new ReportDialog{name, *report, this})->open();
                     } else {
                         showMessage(sentenceOf(report.error()), true);
                     }
                 });
}

void ConvertPage::openFolder() {
    if (const Job* job = onlyChosen()) {
        QDesktopServices::openUrl(QUrl::fromLocalFile(toQt(job->folder.string())));
    }
}

void ConvertPage::play() {
    const Job* job = onlyChosen();
    if (job == nullptr) {
        return;
    }
    std::error_code ignored;
    if (!std::filesystem::exists(job->result, ignored)) {
        showMessage(
            QStringLiteral("%1 is not there any more: it was moved or deleted.").arg(toQt(job->result.string())), true);
    } else if (!QDesktopServices::openUrl(QUrl::fromLocalFile(toQt(job->result.string())))) {
        showMessage(QStringLiteral("No player for MP4 is set up on this machine. The file is %1.")
                        .arg(toQt(job->result.string())),
                    true);
    }
}

void ConvertPage::setFolder(const QString& folder) {
    m_folder->setText(folder);
}

QString ConvertPage::rememberedFolder() const {
    const QSettings settings{settingsFile(m_context), QSettings::IniFormat};
    const QString fallback = QStandardPaths::writableLocation(QStandardPaths::MoviesLocation);
    const bool isThere = !fallback.isEmpty() && QFileInfo{fallback}.isDir();
    return settings.value(folderKey(m_context), isThere ? fallback : QDir::homePath()).toString();
}

void ConvertPage::rememberFolder() const {
    QSettings settings{settingsFile(m_context), QSettings::IniFormat};
    settings.setValue(folderKey(m_context), m_folder->text().trimmed());
}

}  // namespace leedswatch::ui
