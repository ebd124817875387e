#include "ui/dispatch/dispatch_page.h"

#include "base/file.h"
#include "ui/common/card_list.h"
#include "ui/common/text.h"
#include "ui/dispatch/dispatch_board.h"
#include "ui/dispatch/dispatch_text.h"
#include "ui/dispatch/job_sheet.h"

#include <QAction>
#include <QFile>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QScrollBar>
#include <QTextBrowser>
#include <algorithm>

// What the page shows, and what one key does; what it asks is in dispatch_page_questions.cpp, how it is laid out in
// dispatch_page_layout.cpp.

namespace leedswatch::ui {

using dispatch::Job;
using dispatch::JobState;
using dispatch::Unit;
using dispatch::UnitStatus;

const Job* DispatchPage::chosenJob() const {
    const auto chosen = m_jobs->chosen();
    const auto& jobs = m_board->snapshot().jobs;
    const auto found = std::ranges::find_if(jobs, [&](const Job& job) { return job.id.value() == chosen; });
    return found == jobs.end() ? nullptr : &*found;
}

const Unit* DispatchPage::chosenUnit() const {
    const auto chosen = m_units->chosen();
    return chosen ? m_board->unit(dispatch::UnitId{*chosen}) : nullptr;
}

void DispatchPage::follow() {
    showCards();
    showCounts();
    showActions();
    loadSheet();
    if (!m_board->problem().isEmpty()) {
        showMessage(m_board->problem());
    }
}

void DispatchPage::showCards() {
    const base::UtcTime now = m_context.clock.now();
    const auto& snapshot = m_board->snapshot();
    std::vector<Card> units;
    // Those on duty first.
    for (const bool isOnDuty : {true, false}) {
        for (const Unit& unit : snapshot.units) {
            if ((unit.status != UnitStatus::OffDuty) == isOnDuty) {
                units.push_back(cardOf(unit, m_board->jobOf(unit.id), now));
            }
        }
    }
    std::vector<Card> jobs;
    std::ranges::transform(snapshot.jobs, std::back_inserter(jobs), [&](const Job& job) { return cardOf(job, now); });
    std::vector<Card> keys;
    std::ranges::transform(snapshot.keys, std::back_inserter(keys),
                           [&](const dispatch::KeyBunch& bunch) { return cardOf(bunch, now); });
    for (const auto& [list, cards, empty] :
         {std::tuple{m_units, &units, m_noUnits}, {m_jobs, &jobs, m_noJobs}, {m_keys, &keys, m_noKeys}}) {
        list->setVisible(!cards->empty());
        empty->setVisible(cards->empty());
        list->setCards(std::move(*cards));
    }
    if (!m_jobs->chosen() && !snapshot.jobs.empty()) {
        m_jobs->choose(snapshot.jobs.front().id.value());
    }
    if (!m_units->chosen() && m_units->cards().rowCount() > 0) {
        m_units->choose(m_units->cards().card(0).id);
    }
}

void DispatchPage::showCounts() {
    const base::UtcTime now = m_context.clock.now();
    const auto& snapshot = m_board->snapshot();
    const auto onDuty =
        std::ranges::count_if(snapshot.units, [](const Unit& unit) { return unit.status != UnitStatus::OffDuty; });
    m_unitsHead->setText(QStringLiteral("%1 of %2 on duty").arg(onDuty).arg(snapshot.units.size()));
    const auto overdue = std::ranges::count_if(
        snapshot.keys, [&](const dispatch::KeyBunch& bunch) { return dispatch::isOverdue(bunch, now); });
    m_keysHead->setText(overdue == 0 ? QStringLiteral("%1 out").arg(snapshot.keys.size())
                                     : QStringLiteral("%1 out, %2 overdue").arg(snapshot.keys.size()).arg(overdue));
    const auto waiting =
        std::ranges::count_if(snapshot.jobs, [](const Job& job) { return job.state == JobState::Created; });
    m_jobsHead->setText(waiting == 0
                            ? QStringLiteral("%1 open").arg(snapshot.jobs.size())
                            : QStringLiteral("%1 open, %2 without a unit").arg(snapshot.jobs.size()).arg(waiting));
}

void DispatchPage::loadSheet() {
    const auto chosen = m_jobs->chosen();
    if (!chosen || m_isLoading) {
        m_isSheetStale = m_isLoading;
        if (!chosen) {
            m_loaded.reset();
            showSheet();
        }
        return;
    }
    m_isLoading = true;
    m_isSheetStale = false;
    m_board->act([id = dispatch::JobId{*chosen}](DispatchDesk& desk) { return desk.jobs.sheet(desk.acting, id); },
                 [this](const base::Result<dispatch::JobSheet>& sheet) {
                     m_isLoading = false;
                     if (sheet && sheet->job.id.value() == m_jobs->chosen()) {
                         m_loaded = *sheet;
                         showSheet();
                     }
                     if (m_isSheetStale) {
                         loadSheet();
                     }
                 });
}

void DispatchPage::showSheet() {
    m_pdf->setEnabled(m_loaded.has_value());
    if (!m_loaded) {
        m_sheet->clear();
        return;
    }
    QScrollBar* bar = m_sheet->verticalScrollBar();
    const int position = bar->value();
    m_sheet->setHtml(jobSheetAsHtml(*m_loaded, m_context.clock.now(), SheetColours::Screen));
    bar->setValue(position);
}

void DispatchPage::showActions() {
    const bool maySend = m_board->maySend();
    const Job* job = chosenJob();
    const Unit* unit = chosenUnit();
    const QString next = job == nullptr ? QString{} : nextOfJobText(*job);
    m_next->setVisible(maySend && !next.isEmpty());
    m_next->setText(next + QStringLiteral("  (Enter)"));
    m_newJob->setEnabled(maySend);
    for (QAction* action : {m_give, m_cancel, m_note}) {
        action->setEnabled(maySend && job != nullptr);
    }
    m_standDown->setEnabled(maySend && job != nullptr && job->unit.has_value());
    const bool isOnDuty = unit != nullptr && unit->status != UnitStatus::OffDuty;
    m_duty->setEnabled(maySend && unit != nullptr);
    m_duty->setText(isOnDuty ? QStringLiteral("Off duty") : QStringLiteral("On duty…"));
    m_availability->setEnabled(maySend && isOnDuty && m_board->jobOf(unit->id) == nullptr);
    m_availability->setText(unit != nullptr && unit->status == UnitStatus::Available ? QStringLiteral("Unavailable…")
                                                                                     : QStringLiteral("Available"));
    m_checkIn->setEnabled(maySend && unit != nullptr && unit->checkInDue.has_value());
    m_attendance->setEnabled(access::mayDo(m_context.acting.role, access::Right::SeeServiceFigures));
}

void DispatchPage::showMessage(const QString& sentence) {
    m_message->setText(sentence);
    m_message->setVisible(!sentence.isEmpty());
}

void DispatchPage::told(const base::Result<void>& done) {
    showMessage(done ? QString{} : sentenceOf(done.error()));
}

void DispatchPage::advance(const Job& job, JobState to) {
    m_board->act(
        [id = job.id, to](DispatchDesk& desk) -> base::Result<void> {
            TRY(desk.jobs.advance(desk.acting, id, to));
            return {};
        },
        [this](const base::Result<void>& done) { told(done); });
}

void DispatchPage::goOnWithJob() {
    const Job* job = chosenJob();
    if (job == nullptr || !m_board->maySend()) {
        return;
    }
    switch (job->state) {
        case JobState::Created: askForUnit(); break;
        case JobState::Assigned: advance(*job, JobState::EnRoute); break;
        case JobState::EnRoute: advance(*job, JobState::OnScene); break;
        case JobState::OnScene: askForReport(); break;
        case JobState::Finished:
        case JobState::Cancelled: break;
    }
}

void DispatchPage::goOnWithUnit() {
    const Unit* unit = chosenUnit();
    if (unit == nullptr || !m_board->maySend()) {
        return;
    }
    if (const Job* job = m_board->jobOf(unit->id)) {
        m_jobs->choose(job->id.value());
        goOnWithJob();
        return;
    }
    switch (unit->status) {
        case UnitStatus::OffDuty: goOnDuty(*unit); break;
        case UnitStatus::Available: addJobFor(unit->id); break;
        case UnitStatus::Unavailable:
        case UnitStatus::Returning: changeAvailability(); break;
        case UnitStatus::Assigned:
        case UnitStatus::EnRoute:
        case UnitStatus::OnScene: break;
    }
}

void DispatchPage::changeAvailability() {
    const Unit* unit = chosenUnit();
    if (unit == nullptr) {
        return;
    }
    if (unit->status == UnitStatus::Available) {
        askWhyUnavailable(*unit);
        return;
    }
    m_board->act(
        [id = unit->id](DispatchDesk& desk) -> base::Result<void> {
            TRY(desk.units.setStatus(desk.acting, id, UnitStatus::Available));
            return {};
        },
        [this](const base::Result<void>& done) { told(done); });
}

void DispatchPage::checkIn() {
    const Unit* unit = chosenUnit();
    if (unit == nullptr) {
        return;
    }
    m_board->act(
        [id = unit->id](DispatchDesk& desk) -> base::Result<void> {
            TRY(desk.units.checkIn(desk.acting, id));
            return {};
        },
        [this](const base::Result<void>& done) { told(done); });
}

void DispatchPage::takeFocus() {
    QWidget* wanted = m_jobs->isVisible() ? static_cast<QWidget*>(m_jobs) : m_units;
    wanted->isVisible() ? wanted->setFocus() : setFocus();
}

void DispatchPage::writeSheet(const QString& file) {
    if (!m_loaded) {
        return;
    }
    m_board->act(
        [pdf = jobSheetAsPdf(*m_loaded, m_context.clock.now()),
         path = QFile::encodeName(file).toStdString()](DispatchDesk&) {
            return base::replaceFile(path, std::string_view{pdf.constData(), static_cast<std::size_t>(pdf.size())});
        },
        [this, file](const base::Result<void>& done) {
            showMessage(done ? QStringLiteral("The sheet is in %1.").arg(file)
                             : QStringLiteral("The sheet was not written: %1").arg(sentenceOf(done.error())));
        });
}

void DispatchPage::showEvent(QShowEvent* /*event*/) {
    m_board->setLookedAt(true);
    m_second.start();
}

void DispatchPage::hideEvent(QHideEvent* /*event*/) {
    m_board->setLookedAt(false);
    m_second.stop();
}

void DispatchPage::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) {
        Q_EMIT closed();
    } else {
        QWidget::keyPressEvent(event);
    }
}

}  // namespace leedswatch::ui
