#include "base/file.h"
#include "ui/common/ask_dialog.h"
#include "ui/common/text.h"
#include "ui/testing/calendar_pane.h"
#include "ui/testing/month_view.h"
#include "ui/testing/test_forms.h"
#include "ui/testing/test_questions.h"
#include "ui/testing/testing_board.h"
#include "ui/testing/testing_text.h"

#include <QFileDialog>
#include <QLineEdit>
#include <QPushButton>

// What the calendar asks before it plans, starts, records or takes away a test.

namespace leedswatch::ui {

namespace {

constexpr std::size_t largestPlan = 16U << 20U;

estate::FoundPremises premisesOfPlan(const response::PlannedTest& test) {
    estate::FoundPremises premises;
    premises.premises.id = test.premises;
    premises.premises.reference = test.reference;
    premises.premises.name = test.name;
    return premises;
}

}  // namespace

void CalendarPane::plan() {
    if (!m_board.mayPlan()) {
        return;
    }
    auto* form = new PlanForm{m_context};
    form->setDay(std::max(m_month->chosen(), today()));
    askWithForm(
        {QStringLiteral("Plan a test"),
         QStringLiteral("It comes round by the clock on the wall, and stays due until its result is recorded."),
         {},
         QStringLiteral("Plan it")},
        form,
        [&context = m_context, form] {
            return [&context, plan = form->plan()]() -> base::Result<QString> {
                if (!plan) {
                    return base::fail(plan.error());
                }
                TRY(response::PlannedTests{context.database}.plan(context.acting, *plan));
                return QStringLiteral("Planned.");
            };
        },
        this);
}

void CalendarPane::change() {
    const response::PlannedTest* test = chosen();
    if (test == nullptr || !m_board.mayPlan() || test->period) {
        return;
    }
    // An occurrence to come of the calendar is the same plan.
    auto* form = new PlanForm{m_context};
    form->setPlan(*test);
    askWithForm(
        {QStringLiteral("Change a planned test"),
         QStringLiteral("What is overdue stays so, unless day, time or how often it comes are changed."),
         {},
         QStringLiteral("Change it")},
        form,
        [&context = m_context, form] {
            return [&context, plan = form->plan()]() -> base::Result<QString> {
                if (!plan) {
                    return base::fail(plan.error());
                }
                TRY(response::PlannedTests{context.database}.change(context.acting, *plan));
                return QStringLiteral("Changed.");
            };
        },
        this);
}

void CalendarPane::start() {
    const response::PlannedTest* test = chosen();
    if (test == nullptr || test->period || !m_board.mayAnswer()) {
        return;
    }
    auto* form = new TestForm{m_context, TestForm::Purpose::StartPlanned};
    form->fix(premisesOfPlan(*test));
    form->setPlan(*test);
    askToBegin(m_context,
               {QStringLiteral("Start: %1").arg(toQt(response::titleOf(test->kind))),
                test->instructions.empty() ? QStringLiteral("Its system is put on test.") : toQt(test->instructions),
                {},
                QStringLiteral("Put it on test")},
               form, this, [this](response::WalkTestId walk) { Q_EMIT walkBegun(walk); });
}

void CalendarPane::record() {
    const response::PlannedTest* test = chosen();
    if (test == nullptr || !m_record->isEnabled()) {
        return;
    }
    auto* form = new ResultForm{QStringLiteral("%1 of %2, due %3")
                                    .arg(toQt(response::titleOf(test->kind)), placeText(test->name, test->reference),
                                         dayAndTimeText(test->due)),
                                false};
    form->setOutcome(test->state == response::PlanState::Ended ? response::TestOutcome::Passed
                                                               : response::TestOutcome::NotCarriedOut);
    askWithForm(
        {QStringLiteral("Result of the test"),
         QStringLiteral("It is kept for ever, with your name and the zones that came; the next one is due then."),
         {},
         QStringLiteral("Record it")},
        form,
        [&context = m_context, id = test->id, form] {
            return [&context, id, result = form->result()]() -> base::Result<QString> {
                TRY(response::PlannedTests{context.database}.record(context.acting, id, result));
                return QStringLiteral("Recorded.");
            };
        },
        this);
}

void CalendarPane::retire() {
    const response::PlannedTest* test = chosen();
    if (test == nullptr || !m_board.mayPlan() || test->period) {
        return;
    }
    auto* why = new QLineEdit;
    why->setObjectName(QStringLiteral("retireLineEdit"));
    why->setMaxLength(200);
    askWithForm(
        {QStringLiteral("Take the test away"),
         QStringLiteral("%1 of %2 is not planned any more; its results stay.")
             .arg(toQt(response::titleOf(test->kind)), placeText(test->name, test->reference)),
         QStringLiteral("Why"), QStringLiteral("Take it away")},
        why,
        [&context = m_context, id = test->id, why] {
            return [&context, id, words = fromQt(why->text())]() -> base::Result<QString> {
                TRY(response::PlannedTests{context.database}.retire(context.acting, id, words));
                return QStringLiteral("Taken away.");
            };
        },
        this);
}

void CalendarPane::importFile() {
    auto* dialog = new QFileDialog{this, QStringLiteral("Import planned tests"), {}, QStringLiteral("CSV (*.csv)")};
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) {
        m_board.act(
            [path =
                 std::filesystem::path{fromQt(file)}](ConsoleContext& context) -> base::Result<estate::ImportReport> {
                TRY_ASSIGN(const std::string csv, base::readWholeFile(path, largestPlan));
                return response::PlannedTests{context.database}.importCsv(context.acting, csv);
            },
            [this](const base::Result<estate::ImportReport>& report) {
                tell(report ? QStringLiteral("%1 tests were planned; %2 were planned already.")
                                  .arg(report->added)
                                  .arg(report->unchanged)
                            : sentenceOf(report.error()),
                     !report);
            });
    });
    dialog->open();
}

void CalendarPane::exportFile() {
    auto* dialog = new QFileDialog{this, QStringLiteral("Export planned tests"), {}, QStringLiteral("CSV (*.csv)")};
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) {
        m_board.act(
            [path = std::filesystem::path{fromQt(file)}](ConsoleContext& context) -> base::Result<void> {
                TRY_ASSIGN(const std::string csv, response::PlannedTests{context.database}.exportCsv(context.acting));
                return base::replaceFile(path, csv);
            },
            [this, file](const base::Result<void>& written) {
                tell(written ? QStringLiteral("Written to %1.").arg(file) : sentenceOf(written.error()), !written);
            });
    });
    dialog->open();
}

}  // namespace leedswatch::ui
