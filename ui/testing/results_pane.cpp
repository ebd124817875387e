#include "ui/testing/results_pane.h"

#include "base/file.h"
#include "ui/common/palette.h"
#include "ui/common/plain_table.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"
#include "ui/testing/notice_dialog.h"
#include "ui/testing/plain_rows.h"
#include "ui/testing/premises_finder.h"
#include "ui/testing/testing_board.h"
#include "ui/testing/testing_text.h"
#include "ui/testing/zones_dialog.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

namespace leedswatch::ui {

namespace {

using response::TestResult;

constexpr int mostResults = 500;
constexpr int mostExported = 100'000;

QString listHtml(const QString& title, const std::vector<std::string>& words) {
    if (words.empty()) {
        return {};
    }
    QString html = QStringLiteral("<p><b>%1</b><br>").arg(title);
    for (const std::string& one : words) {
        html += toQt(one).toHtmlEscaped() + QStringLiteral("<br>");
    }
    return html + QStringLiteral("</p>");
}

QString resultHtml(const TestResult& result) {
    QString html =
        QStringLiteral("<p><b>%1</b><br>%2: <b>%3</b><br>%4 by %5%6</p>")
            .arg(placeText(result.name, result.reference).toHtmlEscaped(), toQt(response::titleOf(result.kind)),
                 toQt(response::titleOf(result.outcome)),
                 QStringLiteral("Recorded %1").arg(dayAndTimeText(result.recorded)),
                 toQt(result.recordedBy).toHtmlEscaped(),
                 result.due ? QStringLiteral("<br>It was due %1").arg(dayAndTimeText(*result.due)) : QString{});
    html += QStringLiteral("<p>Carried out by %1</p>")
                .arg(result.byWhom.empty() ? QStringLiteral("–") : toQt(result.byWhom).toHtmlEscaped());
    if (!result.found.empty()) {
        html += QStringLiteral("<p><b>Found</b><br>%1</p>")
                    .arg(toQt(result.found).toHtmlEscaped().replace(QLatin1Char{'\n'}, QStringLiteral("<br>")));
    }
    return html + listHtml(QStringLiteral("Did not come"), result.missing) +
           listHtml(QStringLiteral("Came"), result.reported);
}

}  // namespace

ResultsPane::ResultsPane(ConsoleContext& context, TestingBoard& board, QWidget* parent)
    : QWidget{parent},
      m_context{context},
      m_board{board},
      m_premises{new PremisesFinder{context, this}},
      m_zones{new QPushButton{QStringLiteral("Zones…"), this}},
      m_export{new QPushButton{QStringLiteral("Export…"), this}},
      m_model{new PlainRows{
          {QStringLiteral("Result"), QStringLiteral("Premises"), QStringLiteral("Test"), QStringLiteral("Recorded"),
           QStringLiteral("Came"), QStringLiteral("Did not"), QStringLiteral("By"), QStringLiteral("Found")},
          this}},
      m_table{new QTableView{this}},
      m_message{theme::makeText(theme::LabelKind::Dim, this)},
      m_worker{*this} {
    setObjectName(QStringLiteral("resultsPane"));
    m_table->setObjectName(QStringLiteral("resultsTableView"));
    m_table->setAccessibleName(QStringLiteral("Results of tests"));
    m_table->setModel(m_model);
    makePlainTable(*m_table);
    m_table->horizontalHeader()->setSectionResizeMode(1, QHeaderView::Stretch);
    for (const auto& [column, width] : {std::pair{0, 104}, {2, 120}, {3, 130}, {4, 54}, {5, 64}, {6, 180}, {7, 190}}) {
        m_table->setColumnWidth(column, width);
    }
    m_message->setObjectName(QStringLiteral("resultsMessageLabel"));
    m_zones->setObjectName(QStringLiteral("resultsZonesPushButton"));
    m_zones->setToolTip(QStringLiteral("The zones of the chosen premises"));
    m_zones->setEnabled(false);
    for (QPushButton* button : {m_zones, m_export}) {
        button->setAutoDefault(false);
    }
    auto* head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(m_premises, 1);
    head->addWidget(m_zones, 0, Qt::AlignTop);
    head->addWidget(m_export, 0, Qt::AlignTop);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(8);
    layout->addLayout(head);
    layout->addWidget(m_table, 1);
    layout->addWidget(m_message);
    connect(m_premises, &PremisesFinder::chosenChanged, this, [this] {
        m_zones->setEnabled(m_premises->chosen().has_value());
        read();
    });
    connect(m_zones, &QPushButton::clicked, this, &ResultsPane::openZones);
    connect(m_export, &QPushButton::clicked, this, &ResultsPane::exportFile);
    connect(m_table, &QTableView::activated, this, &ResultsPane::open);
    connect(&board, &TestingBoard::changed, this, &ResultsPane::read);
}

void ResultsPane::takeFocus() {
    m_premises->setFocus();
}

void ResultsPane::showEvent(QShowEvent* /*event*/) {
    read();
}

void ResultsPane::read() {
    if (!isVisible()) {
        return;
    }
    if (std::exchange(m_isReading, true)) {
        m_isStale = true;
        return;
    }
    response::TestResults::Query query;
    query.most = mostResults;
    if (m_premises->chosen()) {
        query.premises = m_premises->chosen()->premises.id;
    }
    m_worker.run(
        [&context = m_context, query] { return response::TestResults{context.database}.list(context.acting, query); },
        [this](const base::Result<std::vector<TestResult>>& results) {
            m_isReading = false;
            if (results) {
                show(*results);
            } else {
                m_message->setText(sentenceOf(results.error()));
            }
            if (std::exchange(m_isStale, false)) {
                read();
            }
        });
}

void ResultsPane::show(const std::vector<TestResult>& results) {
    m_results = results;
    std::vector<PlainRow> rows;
    for (const TestResult& one : results) {
        const bool isGood = one.outcome == response::TestOutcome::Passed;
        rows.push_back({one.id.value(),
                        {toQt(response::titleOf(one.outcome)), placeText(one.name, one.reference),
                         toQt(response::titleOf(one.kind)), dueText(one.recorded, m_context.clock.now()),
                         QString::number(one.reported.size()), QString::number(one.missing.size()), toQt(one.byWhom),
                         toQt(one.found).simplified()},
                        isGood ? std::nullopt : std::optional{palette::amber}});
    }
    m_model->setRows(std::move(rows));
    m_message->setText(results.empty()
                           ? QStringLiteral("No result is recorded here. Results are recorded in the calendar (Alt+R), "
                                            "or when a walk test is finished.")
                       : static_cast<int>(results.size()) == mostResults
                           ? QStringLiteral("The newest 500. Choose premises for theirs alone, or export all.")
                           : QStringLiteral("Enter opens a result; of a walk test with each zone."));
}

void ResultsPane::open() {
    const auto id = m_model->idOf(m_table->currentIndex());
    const auto found = std::ranges::find_if(m_results, [id](const TestResult& one) { return one.id.value() == id; });
    if (id == 0 || found == m_results.end()) {
        return;
    }
    if (found->walk) {
        Q_EMIT walkWanted(*found->walk);
    } else {
        (new NoticeDialog{QStringLiteral("Result of a test"), resultHtml(*found), this})->open();
    }
}

void ResultsPane::openZones() {
    if (const auto& chosen = m_premises->chosen()) {
        openZonesDialog(m_context, chosen->premises.id, placeText(chosen->premises.name, chosen->premises.reference),
                        this);
    }
}

void ResultsPane::exportFile() {
    auto* dialog = new QFileDialog{this, QStringLiteral("Export results"), {}, QStringLiteral("CSV (*.csv)")};
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    response::TestResults::Query query;
    query.most = mostExported;
    if (m_premises->chosen()) {
        query.premises = m_premises->chosen()->premises.id;
    }
    connect(dialog, &QFileDialog::fileSelected, this, [this, query](const QString& file) {
        m_board.act(
            [path = std::filesystem::path{fromQt(file)}, query](ConsoleContext& context) -> base::Result<void> {
                TRY_ASSIGN(const std::string csv,
                           response::TestResults{context.database}.exportCsv(context.acting, query));
                return base::replaceFile(path, csv);
            },
            [this, file](const base::Result<void>& written) {
                m_message->setText(written ? QStringLiteral("Written to %1.").arg(file) : sentenceOf(written.error()));
            });
    });
    dialog->open();
}

}  // namespace leedswatch::ui
