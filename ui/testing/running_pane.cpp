#include "ui/testing/running_pane.h"

#include "ui/common/button_bar.h"
#include "ui/common/palette.h"
#include "ui/common/plain_table.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"
#include "ui/testing/notice_dialog.h"
#include "ui/testing/plain_rows.h"
#include "ui/testing/testing_board.h"
#include "ui/testing/testing_text.h"

#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>

// What the pane shows; what it asks is in running_questions.cpp.

namespace leedswatch::ui {

namespace {

using response::RunningTest;

PlainRow rowOfRunning(const RunningTest& test, bool isWalked, base::UtcTime now) {
    const response::TestPeriod& period = test.period;
    const auto left = period.ends - now;
    PlainRow row;
    row.id = period.id.value();
    row.cells = {QStringLiteral("%1 · %2").arg(clockText(period.ends), leftText(left)),
                 placeText(test.name, test.reference),
                 scopeText(period.area, period.zone),
                 period.showsLifeSafety ? QStringLiteral("all but life safety") : QStringLiteral("ALL"),
                 test.latest ? QStringLiteral("%1 · %2").arg(withThousands(test.received), clockText(*test.latest))
                             : QStringLiteral("none yet"),
                 toQt(period.byWhom),
                 isWalked ? QStringLiteral("walk test · ") + toQt(period.reason) : toQt(period.reason),
                 toQt(period.placedBy)};
    // In its last five minutes the engineer is told.
    row.colour = left < std::chrono::minutes{5} ? palette::amber : palette::text;
    return row;
}

}  // namespace

RunningPane::RunningPane(ConsoleContext& context, TestingBoard& board, QWidget* parent)
    : QWidget{parent},
      m_context{context},
      m_board{board},
      m_title{theme::makeText(theme::LabelKind::Title, this)},
      m_empty{
          theme::makeText(theme::LabelKind::Dim, this,
                          QStringLiteral("Nothing is on test.\n\nWhen an engineer rings: Ins, find the premises, ask "
                                         "for the password. A test ends by itself, and a notice lists what came."))},
      m_message{theme::makeText(theme::LabelKind::Body, this)},
      m_running{new PlainRows{
          {QStringLiteral("Until"), QStringLiteral("Premises"), QStringLiteral("On test"), QStringLiteral("Hidden"),
           QStringLiteral("Received"), QStringLiteral("Asked for by"), QStringLiteral("Why"), QStringLiteral("By")},
          this}},
      m_notices{new PlainRows{{QStringLiteral("Ended"), QStringLiteral("Premises"), QStringLiteral("Received"),
                               QStringLiteral("Hidden alarms"), QStringLiteral("Did not come"),
                               QStringLiteral("Ended by"), QStringLiteral("Why")},
                              this}},
      m_runningTable{makeTable("runningTestsTableView", QStringLiteral("On test now"), m_running)},
      m_noticesTable{makeTable("noticesTableView", QStringLiteral("Notices of tests that are over"), m_notices)},
      m_worker{*this} {
    setObjectName(QStringLiteral("runningPane"));
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setObjectName(QStringLiteral("nothingOnTestLabel"));
    m_message->setObjectName(QStringLiteral("runningMessageLabel"));
    m_message->setTextFormat(Qt::PlainText);
    m_message->hide();
    auto* notices = theme::makeText(theme::LabelKind::Title, this, QStringLiteral("Notices of tests that are over"));
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(8);
    layout->addWidget(m_title);
    layout->addWidget(m_runningTable, 3);
    layout->addWidget(m_empty, 3);
    layout->addWidget(m_message);
    layout->addWidget(makeButtons());
    layout->addSpacing(8);
    layout->addWidget(notices);
    layout->addWidget(m_noticesTable, 2);
    m_second.setInterval(1'000);
    connect(&m_second, &QTimer::timeout, this, &RunningPane::show);
    connect(&board, &TestingBoard::changed, this, &RunningPane::show);
    connect(m_runningTable, &QTableView::activated, this, &RunningPane::walk);
    connect(m_noticesTable, &QTableView::activated, this, &RunningPane::showNotice);
    connect(m_runningTable->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &RunningPane::showState);
    connect(m_running, &QAbstractItemModel::modelReset, this, &RunningPane::showState);
    show();
}

QTableView* RunningPane::makeTable(const char* name, const QString& label, PlainRows* model) {
    auto* table = new QTableView{this};
    table->setObjectName(QString::fromLatin1(name));
    table->setAccessibleName(label);
    table->setModel(model);
    makePlainTable(*table);
    auto* header = table->horizontalHeader();
    header->setSectionResizeMode(QHeaderView::Interactive);
    header->setSectionResizeMode(1, QHeaderView::Stretch);
    header->setMinimumSectionSize(60);
    const bool isRunning = model == m_running;
    const std::vector<int> widths = isRunning ? std::vector<int>{130, 0, 80, 125, 90, 150, 100, 76}
                                              : std::vector<int>{176, 0, 80, 114, 104, 80, 130};
    for (std::size_t column = 0; column < widths.size(); ++column) {
        if (widths[column] > 0) {
            table->setColumnWidth(static_cast<int>(column), widths[column]);
        }
    }
    return table;
}

QWidget* RunningPane::makeButtons() {
    auto* bar = new ButtonBar{this};
    const auto add = [&](const char* name, const char* text, const char* keys, void (RunningPane::*does)()) {
        return bar->add(name, text, keys, [this, does] { (this->*does)(); });
    };
    m_begin = add("beginTestPushButton", "Put on test…  (Ins)", "Ins", &RunningPane::begin);
    theme::setButtonKind(*m_begin, theme::ButtonKind::Primary);
    m_walk = add("walkTestPushButton", "Walk test  (Enter)", "", &RunningPane::walk);
    m_prolong = add("prolongTestPushButton", "Prolong…  (Alt+P)", "Alt+P", &RunningPane::prolong);
    m_end = add("endTestPushButton", "End…  (Del)", "Del", &RunningPane::end);
    bar->addStretch();
    return bar;
}

void RunningPane::showEvent(QShowEvent* /*event*/) {
    m_second.start();
    show();
}

void RunningPane::hideEvent(QHideEvent* /*event*/) {
    m_second.stop();
}

void RunningPane::takeFocus() {
    if (m_runningTable->isVisible()) {
        if (!m_runningTable->currentIndex().isValid()) {
            m_runningTable->setCurrentIndex(m_running->index(0, 0));
        }
        m_runningTable->setFocus();
    } else {
        m_begin->setFocus();
    }
}

void RunningPane::show() {
    const TestingSnapshot& now = m_board.now();
    std::vector<PlainRow> running;
    for (const RunningTest& test : now.running) {
        running.push_back(rowOfRunning(test, m_board.walkOf(test.period.premises).has_value(), m_context.clock.now()));
    }
    m_running->setRows(std::move(running));
    std::vector<PlainRow> notices;
    for (const response::TestReportLine& line : now.notices) {
        notices.push_back(
            {line.period.value(),
             {dayAndTimeText(line.made), placeText(line.name, line.reference), withThousands(line.received),
              withThousands(line.hidden), line.missing == 0 ? QStringLiteral("–") : withThousands(line.missing),
              toQt(line.endedBy), toQt(line.reason)},
             line.missing > 0 ? std::optional{palette::amber} : std::nullopt});
    }
    m_notices->setRows(std::move(notices));
    const bool isEmpty = now.running.empty();
    // What is hidden gives the keyboard away; digits must stay call-up's.
    const bool hadFocus = m_runningTable->hasFocus();
    const bool isFirst = !isEmpty && !m_runningTable->isVisible() && m_begin->hasFocus();
    m_runningTable->setVisible(!isEmpty);
    m_empty->setVisible(isEmpty);
    if ((hadFocus && isEmpty) || isFirst) {
        takeFocus();
    }
    m_title->setText(isEmpty ? QStringLiteral("On test now")
                             : QStringLiteral("On test now: %1").arg(now.running.size()));
    if (!m_board.problem().isEmpty()) {
        tell(m_board.problem() + QStringLiteral(" What is shown may be old."), true);
    }
    showState();
}

const RunningTest* RunningPane::chosen() const {
    const auto id = m_running->idOf(m_runningTable->currentIndex());
    const auto& running = m_board.now().running;
    const auto found = std::ranges::find_if(
        running, [id](const RunningTest& test) { return id != 0 && test.period.id.value() == id; });
    return found == running.end() ? nullptr : &*found;
}

void RunningPane::showState() {
    if (m_end == nullptr) {
        return;
    }
    const RunningTest* test = chosen();
    const bool mayAnswer = m_board.mayAnswer();
    const bool isWalked = test != nullptr && m_board.walkOf(test->period.premises).has_value();
    m_begin->setEnabled(mayAnswer);
    m_walk->setEnabled(test != nullptr && (mayAnswer || isWalked));
    m_prolong->setEnabled(test != nullptr && mayAnswer);
    m_end->setEnabled(test != nullptr && mayAnswer);
}

void RunningPane::showNotice() {
    if (const auto id = m_notices->idOf(m_noticesTable->currentIndex()); id != 0) {
        openNotice(m_board, response::TestPeriodId{id}, this);
    }
}

void RunningPane::tell(const QString& words, bool isProblem) {
    theme::setLabelKind(*m_message, isProblem ? theme::LabelKind::Refusal : theme::LabelKind::Body);
    m_message->setText(words);
    m_message->setVisible(!words.isEmpty());
}

}  // namespace leedswatch::ui
