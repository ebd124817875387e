#include "ui/testing/calendar_pane.h"

#include "ui/common/button_bar.h"
#include "ui/common/palette.h"
#include "ui/common/plain_table.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"
#include "ui/testing/month_view.h"
#include "ui/testing/plain_rows.h"
#include "ui/testing/testing_board.h"
#include "ui/testing/testing_text.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

// What the pane shows; what it asks is in calendar_questions.cpp.

namespace leedswatch::ui {

namespace {

using response::PlannedTest;
using response::PlanState;

std::optional<QColor> colourOfState(PlanState state) {
    switch (state) {
        case PlanState::Overdue:
        case PlanState::Ended: return palette::amber;
        case PlanState::Running: return palette::accent;
        case PlanState::DueToday: return palette::text;
        case PlanState::Coming: break;
    }
    return palette::textDim;
}

std::vector<PlainRow> rowsOf(const std::vector<PlannedTest>& tests, std::optional<base::UtcTime> now = {}) {
    std::vector<PlainRow> rows;
    for (const PlannedTest& test : tests) {
        rows.push_back({test.id.value(),
                        {stateText(test.state), toQt(response::titleOf(test.kind)),
                         placeText(test.name, test.reference), now ? dueText(test.due, *now) : clockText(test.due)},
                        colourOfState(test.state)});
    }
    return rows;
}

}  // namespace

CalendarPane::CalendarPane(ConsoleContext& context, TestingBoard& board, QWidget* parent)
    : QWidget{parent},
      m_context{context},
      m_board{board},
      m_month{new MonthView{base::localDateOf(context.clock.now()), this}},
      m_title{new QLabel{this}},
      m_dueModel{new PlainRows{
          {QStringLiteral("State"), QStringLiteral("Test"), QStringLiteral("Premises"), QStringLiteral("Due")}, this}},
      m_dayModel{new PlainRows{
          {QStringLiteral("State"), QStringLiteral("Test"), QStringLiteral("Premises"), QStringLiteral("At")}, this}},
      m_worker{*this} {
    setObjectName(QStringLiteral("calendarPane"));
    theme::setLabelKind(*m_title, theme::LabelKind::Title);
    auto* left = new QVBoxLayout;
    left->setSpacing(8);
    left->addWidget(m_title);
    left->addWidget(m_month, 1);
    auto* layout = new QHBoxLayout;
    layout->setSpacing(16);
    layout->addLayout(left, 5);
    layout->addWidget(makeLists(), 6);
    auto* all = new QVBoxLayout{this};
    all->setContentsMargins(16, 12, 16, 12);
    all->setSpacing(8);
    all->addLayout(layout, 1);
    all->addWidget(m_message);
    all->addWidget(makeButtons());
    connect(m_month, &MonthView::chosenChanged, this, &CalendarPane::read);
    connect(&board, &TestingBoard::changed, this, [this] {
        showDue();
        read();
    });
    showDue();
    showState();
}

QTableView* CalendarPane::makeTable(const char* name, const QString& label, PlainRows* model) {
    auto* table = new QTableView{this};
    table->setObjectName(QString::fromLatin1(name));
    table->setAccessibleName(label);
    table->setModel(model);
    makePlainTable(*table);
    table->horizontalHeader()->setSectionResizeMode(2, QHeaderView::Stretch);
    table->setColumnWidth(0, 88);
    table->setColumnWidth(1, 124);
    table->setColumnWidth(3, 132);
    connect(table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this, table] {
        m_last = table;
        showState();
    });
    connect(table, &QTableView::activated, this, [this, table] {
        m_last = table;
        const PlannedTest* test = chosen();
        if (test != nullptr && test->state == PlanState::Ended) {
            record();
        } else if (m_start->isEnabled()) {
            start();
        }
    });
    return table;
}

QWidget* CalendarPane::makeLists() {
    auto* lists = new QWidget{this};
    m_dueTitle = theme::makeText(theme::LabelKind::Title, lists);
    m_dayTitle = theme::makeText(theme::LabelKind::Title, lists);
    m_detail = theme::makeText(theme::LabelKind::Hint, lists);
    m_detail->setObjectName(QStringLiteral("planDetailLabel"));
    m_detail->setTextFormat(Qt::PlainText);
    m_message = theme::makeText(theme::LabelKind::Body, this);
    m_message->setObjectName(QStringLiteral("calendarMessageLabel"));
    m_message->setTextFormat(Qt::PlainText);
    m_message->hide();
    m_due = makeTable("dueTestsTableView", QStringLiteral("Overdue, and due today"), m_dueModel);
    m_day = makeTable("dayTestsTableView", QStringLiteral("On the chosen day"), m_dayModel);
    m_day->setColumnWidth(3, 60);
    auto* layout = new QVBoxLayout{lists};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_dueTitle);
    layout->addWidget(m_due, 1);
    layout->addWidget(m_dayTitle);
    layout->addWidget(m_day, 1);
    layout->addWidget(m_detail);
    return lists;
}

QWidget* CalendarPane::makeButtons() {
    auto* bar = new ButtonBar{this};
    const auto add = [&](const char* name, const char* text, const char* keys, void (CalendarPane::*does)()) {
        return bar->add(name, text, keys, [this, does] { (this->*does)(); });
    };
    m_start = add("planStartPushButton", "Start…  (Enter)", "Alt+S", &CalendarPane::start);
    m_record = add("planResultPushButton", "Result…  (Alt+R)", "Alt+R", &CalendarPane::record);
    theme::setButtonKind(*m_start, theme::ButtonKind::Primary);
    bar->addStretch();
    m_plan = add("planPushButton", "Plan…  (Ins)", "Ins", &CalendarPane::plan);
    m_change = add("planChangePushButton", "Change…  (F2)", "F2", &CalendarPane::change);
    m_retire = add("planRetirePushButton", "Take away…  (Del)", "Del", &CalendarPane::retire);
    m_import = add("planImportPushButton", "Import…", "", &CalendarPane::importFile);
    m_export = add("planExportPushButton", "Export…", "", &CalendarPane::exportFile);
    for (QPushButton* button : {m_plan, m_change, m_retire, m_import}) {
        button->setVisible(m_board.mayPlan());
    }
    return bar;
}

base::LocalDate CalendarPane::today() const {
    return base::localDateOf(m_context.clock.now());
}

void CalendarPane::showEvent(QShowEvent* /*event*/) {
    m_month->setToday(today());
    read();
}

void CalendarPane::takeFocus() {
    if (m_dueTests.empty()) {
        m_month->setFocus();
        return;
    }
    if (!m_due->currentIndex().isValid()) {
        m_due->setCurrentIndex(m_dueModel->index(0, 0));
    }
    m_due->setFocus();
}

void CalendarPane::read() {
    m_title->setText(monthText(m_month->chosen()));
    m_dayTitle->setText(dayText(m_month->chosen()));
    if (!isVisible()) {
        return;
    }
    if (std::exchange(m_isReading, true)) {
        m_isStale = true;
        return;
    }
    m_worker.run(
        [&context = m_context, day = m_month->chosen(), first = m_month->first(),
         end = m_month->end()]() -> base::Result<Shown> {
            response::PlannedTests tests{context.database};
            Shown shown;
            TRY_ASSIGN(shown.days, tests.days(context.acting, first, end));
            TRY_ASSIGN(shown.ofDay, tests.on(context.acting, day));
            return base::Result<Shown>{tl::in_place, std::move(shown)};
        },
        [this](const base::Result<Shown>& shown) {
            m_isReading = false;
            if (shown) {
                show(*shown);
            } else {
                tell(sentenceOf(shown.error()), true);
            }
            if (std::exchange(m_isStale, false)) {
                read();
            }
        });
}

void CalendarPane::show(const Shown& shown) {
    m_month->setDays(shown.days);
    m_dayTests = shown.ofDay;
    m_dayModel->setRows(rowsOf(m_dayTests));
    showState();
}

void CalendarPane::showDue() {
    m_dueTests = m_board.now().due;
    // What needs somebody stands first.
    std::ranges::stable_sort(m_dueTests, {}, [](const PlannedTest& test) {
        return test.state == PlanState::Ended ? 0 : test.state == PlanState::Overdue ? 1 : 2;
    });
    m_dueModel->setRows(rowsOf(m_dueTests, m_context.clock.now()));
    const int overdue = m_board.overdue();
    m_dueTitle->setText(m_dueTests.empty() ? QStringLiteral("Nothing is overdue or due today")
                        : overdue == 0     ? QStringLiteral("Due today")
                                           : QStringLiteral("%1 overdue, and what is due today").arg(overdue));
    showState();
}

const PlannedTest* CalendarPane::chosen() const {
    const bool isDay = m_last == m_day;
    const auto& tests = isDay ? m_dayTests : m_dueTests;
    const QTableView* table = isDay ? m_day : m_due;
    const PlainRows* model = isDay ? m_dayModel : m_dueModel;
    if (table == nullptr) {
        return nullptr;
    }
    const auto id = model->idOf(table->currentIndex());
    const auto found =
        std::ranges::find_if(tests, [id](const PlannedTest& test) { return id != 0 && test.id.value() == id; });
    return found == tests.end() ? nullptr : &*found;
}

void CalendarPane::showState() {
    if (m_start == nullptr) {
        return;  // it is being made still
    }
    const PlannedTest* test = chosen();
    const bool mayAnswer = m_board.mayAnswer();
    const bool isBegun = test != nullptr && test->period.has_value();
    m_start->setEnabled(mayAnswer && test != nullptr && !isBegun);
    m_record->setEnabled(mayAnswer && test != nullptr && test->state != PlanState::Running);
    m_change->setEnabled(test != nullptr && !isBegun);
    m_retire->setEnabled(test != nullptr && !isBegun);
    m_detail->setText(
        test == nullptr
            ? QString{}
            : QStringLiteral("%1, %2, %3%4")
                  .arg(scopeText(test->area, test->zone), toQt(response::nameOf(test->every)),
                       QStringLiteral("%1 minutes%2")
                           .arg(test->lasts.count())
                           .arg(test->who.empty() ? QString{} : QStringLiteral(", by %1").arg(toQt(test->who))),
                       test->instructions.empty() ? QString{} : QStringLiteral(": %1").arg(toQt(test->instructions))));
}

void CalendarPane::tell(const QString& words, bool isProblem) {
    theme::setLabelKind(*m_message, isProblem ? theme::LabelKind::Refusal : theme::LabelKind::Body);
    m_message->setText(words);
    m_message->setVisible(!words.isEmpty());
}

}  // namespace leedswatch::ui
