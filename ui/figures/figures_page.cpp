#include "ui/figures/figures_page.h"

#include "base/file.h"
#include "base/local_time.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"
#include "ui/figures/figures_sheets.h"
#include "ui/figures/shifts_dialog.h"
#include "ui/figures/targets_dialog.h"

#include <QAction>
#include <QComboBox>
#include <QDate>
#include <QDir>
#include <QFileDialog>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QStandardPaths>
#include <QTabBar>
#include <QTableView>

// What the page does; how it looks is in figures_page_layout.cpp.

namespace leedswatch::ui {

namespace {

using response::ServiceView;

QString fileNameFor(ServiceView view) {
    const auto& info = response::serviceViews()[static_cast<std::size_t>(view)];
    return QStringLiteral("service-figures-%1-%2.csv").arg(toQt(info.name), QDate::currentDate().toString(Qt::ISODate));
}

void fit(QTableView& table, const FiguresSheet& sheet) {
    for (int column = 0; column < static_cast<int>(sheet.columns.size()); ++column) {
        table.setColumnWidth(column, sheet.columns[static_cast<std::size_t>(column)].width);
    }
    // Numbers at the far side of the page would stand alone.
    table.horizontalHeader()->setStretchLastSection(!sheet.columns.empty() && !sheet.columns.back().isNumber);
}

base::Result<response::ServicePeriod> typedPeriod(const std::string& from, const std::string& until,
                                                  base::UtcTime now) {
    response::ServicePeriod period{now, now + base::Microseconds{1}};
    TRY_ASSIGN(period.from, base::parseTime(from));
    if (!until.empty()) {
        TRY_ASSIGN(period.until, base::parseTime(until));
    }
    return period;
}

bool isEmpty(const response::ServiceReport& report) {
    return report.all.counts.arrived() + report.all.open.held + report.all.open.tests == 0;
}

}  // namespace

FiguresPage::FiguresPage(ConsoleContext& context, QWidget* parent)
    : QWidget{parent},
      m_context{context},
      m_figures{new FiguresTable{this}},
      m_measures{new FiguresTable{this}},
      m_period{new QComboBox{this}},
      m_from{new QLineEdit{this}},
      m_until{new QLineEdit{this}},
      m_views{new QTabBar{this}},
      m_heading{new QLabel{this}},
      m_table{new QTableView{this}},
      m_behind{new QTableView{this}},
      m_behindText{new QLabel{this}},
      m_empty{new QLabel{this}},
      m_rules{new QLabel{this}},
      m_message{new QLabel{this}},
      m_listener{new FeedListener{context.feed, {"service_targets", "shift_patterns"}, this}},
      m_worker{*this} {
    setObjectName(QStringLiteral("figuresPage"));
    makeActions();
    makeTables();
    layOut();
    connectParts();
    choosePeriod();
}

void FiguresPage::connectParts() {
    connect(m_period, &QComboBox::currentIndexChanged, this, &FiguresPage::choosePeriod);
    connect(m_from, &QLineEdit::returnPressed, this, &FiguresPage::reload);
    connect(m_until, &QLineEdit::returnPressed, this, &FiguresPage::reload);
    connect(m_views, &QTabBar::currentChanged, this, &FiguresPage::reload);
    connect(m_listener, &FeedListener::changed, this, &FiguresPage::reload);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &FiguresPage::showBehind);
}

void FiguresPage::showEvent(QShowEvent* event) {
    if (!event->spontaneous()) {
        reload();
    }
}

void FiguresPage::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) {
        Q_EMIT closed();
    } else {
        QWidget::keyPressEvent(event);
    }
}

void FiguresPage::takeFocus() {
    m_period->setFocus();
}

FiguresPage::Wanted FiguresPage::wanted() const {
    Wanted wanted;
    if (m_period->currentIndex() < static_cast<int>(response::namedPeriods().size())) {
        wanted.named = static_cast<response::NamedPeriod>(m_period->currentIndex());
    }
    wanted.from = fromQt(m_from->text().trimmed());
    wanted.until = fromQt(m_until->text().trimmed());
    wanted.view = static_cast<ServiceView>(m_views->currentIndex());
    return wanted;
}

void FiguresPage::choosePeriod() {
    const bool isTyped = !wanted().named;
    m_from->setVisible(isTyped);
    m_until->setVisible(isTyped);
    if (isTyped && m_from->text().isEmpty()) {
        // Nothing is asked for yet.
        m_from->setFocus();
        return;
    }
    reload();
}

void FiguresPage::reload() {
    if (!isVisible()) {
        return;
    }
    m_isStale = m_isReading;
    if (std::exchange(m_isReading, true)) {
        return;
    }
    showMessage(QStringLiteral("Reading the figures…"), false);
    m_worker.run([&database = m_context.database, acting = m_context.acting,
                  wanted = wanted()] { return read(database, acting, wanted); },
                 [this](const base::Result<Shown>& shown) { take(shown); });
}

base::Result<FiguresPage::Shown> FiguresPage::read(store::Database& database, const access::Acting& acting,
                                                   const Wanted& wanted) {
    response::ServiceFigures figures{database};
    Shown shown;
    shown.view = wanted.view;
    TRY_ASSIGN(const auto period, wanted.named ? figures.period(acting, *wanted.named)
                                               : typedPeriod(wanted.from, wanted.until, database.clock().now()));
    if (wanted.view == ServiceView::Premises) {
        TRY_ASSIGN(shown.falseAlarms, response::FalseAlarms{database}.report(acting, period));
    } else {
        TRY_ASSIGN(shown.report, figures.report(acting, period));
    }
    return base::Result<Shown>{tl::in_place, std::move(shown)};
}

void FiguresPage::take(const base::Result<Shown>& shown) {
    m_isReading = false;
    if (m_isStale) {
        m_isStale = false;
        reload();
        return;
    }
    if (shown) {
        m_shown = *shown;
        showMessage({}, false);
    } else {
        m_shown = {};
        showMessage(sentenceOf(shown.error()) + QLatin1Char{' '} + whatToDo(shown.error().code), true);
    }
    showSheet();
}

void FiguresPage::showSheet() {
    FiguresSheet sheet;
    QString empty;
    if (m_shown.falseAlarms) {
        const auto& report = *m_shown.falseAlarms;
        sheet = sheetOfFalseAlarms(report);
        m_heading->setText(QStringLiteral("%1. %2 false alarms for each of %3 connected premises; only what somebody "
                                          "decided when they closed an alarm counts.")
                               .arg(periodText(report.period))
                               .arg(report.rate(), 0, 'f', 2)
                               .arg(withThousands(report.premises)));
        empty = QStringLiteral("No alarm of this period was found to be false.");
    } else if (m_shown.report) {
        const auto& report = *m_shown.report;
        m_heading->setText(periodText(report.period) + QLatin1Char{'.'});
        switch (m_shown.view) {
            case ServiceView::Classes:
                sheet = sheetOfClasses(report);
                m_heading->setText(m_heading->text() +
                                   QStringLiteral(" Middle and 98.5 % are of the times from arrival to first action."));
                break;
            case ServiceView::Shifts:
                sheet = sheetOfShifts(report);
                m_heading->setText(
                    m_heading->text() +
                    QStringLiteral(" Times to the first action; late is longer than the longest target of the class."));
                break;
            case ServiceView::Operators:
                sheet = sheetOfOperators(report);
                m_heading->setText(
                    m_heading->text() +
                    QStringLiteral(" One alarm in ten minutes is what is expected of a person. Ten minutes count from "
                                   "the first to the last in a shift in which they took one."));
                break;
            case ServiceView::Hours: sheet = sheetOfHours(report); break;
            case ServiceView::Premises: break;
        }
        if (isEmpty(report)) {
            sheet.rows.clear();
        }
        empty = isEmpty(report) ? QStringLiteral("No alarm arrived in this period. Choose another one above.")
                                : QStringLiteral("Nobody took an alarm in this period.");
    } else {
        m_heading->clear();
        empty = QStringLiteral("There are no figures to show.");
    }
    m_figures->show(std::move(sheet));
    fit(*m_table, m_figures->sheet());
    const bool hasRows = m_figures->rowCount() > 0;
    const bool hadFocus = m_table->hasFocus() || m_behind->hasFocus();
    m_table->setVisible(hasRows);
    m_empty->setVisible(!hasRows);
    m_empty->setText(empty);
    m_export->setEnabled(m_shown.report || m_shown.falseAlarms);
    if (hasRows) {
        m_table->setCurrentIndex(m_figures->index(0, 0));
    } else if (hadFocus) {
        takeFocus();
    }
    showBehind();
}

void FiguresPage::showBehind() {
    const int row = m_table->currentIndex().row();
    const bool isOfClass =
        m_shown.report && m_shown.view == ServiceView::Classes && row >= 0 && m_figures->rowCount() > 0;
    m_behind->setVisible(isOfClass);
    m_behindText->setVisible(isOfClass);
    if (!isOfClass) {
        return;
    }
    const response::ServiceReport& report = *m_shown.report;
    const response::ClassFigures& figures = row == 0 ? report.all : report.classes[static_cast<std::size_t>(row) - 1];
    m_measures->show(sheetOfClass(figures));
    fit(*m_behind, m_measures->sheet());
    const QString title = figures.alarmClass ? toQt(infoOf(*figures.alarmClass).title) : QStringLiteral("All classes");
    m_behindText->setText(QStringLiteral("%1. %2").arg(title, textBehind(figures, report.made)));
}

void FiguresPage::showMessage(const QString& text, bool isProblem) {
    m_message->setText(text.trimmed());
    theme::setLabelKind(*m_message, isProblem ? theme::LabelKind::Refusal : theme::LabelKind::Dim);
}

void FiguresPage::toggleRules() {
    m_rules->setVisible(m_rules->isHidden());
}

void FiguresPage::askForFile() {
    const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    const QString folder = documents.isEmpty() || !QDir{documents}.exists() ? QDir::homePath() : documents;
    auto* dialog = new QFileDialog{this, QStringLiteral("Write the figures to a file"), folder,
                                   QStringLiteral("Spreadsheets (*.csv)")};
    dialog->setObjectName(QStringLiteral("figuresFileDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    dialog->selectFile(fileNameFor(m_shown.view));
    connect(dialog, &QFileDialog::fileSelected, this, &FiguresPage::exportTo);
    dialog->open();
}

void FiguresPage::exportTo(const QString& file) {
    m_worker.run(
        [shown = m_shown, path = std::filesystem::path{fromQt(file)}]() -> base::Result<void> {
            return base::replaceFile(path,
                                     shown.falseAlarms ? csvOf(*shown.falseAlarms) : csvOf(*shown.report, shown.view));
        },
        [this, file](const base::Result<void>& written) {
            showMessage(written ? QStringLiteral("Written to %1.").arg(file)
                                : sentenceOf(written.error()) + QLatin1Char{' '} + whatToDo(written.error().code),
                        !written);
        });
}

void FiguresPage::editTargets() {
    (new TargetsDialog{m_context, this})->open();
}

void FiguresPage::editShifts() {
    (new ShiftsDialog{m_context, this})->open();
}

}  // namespace leedswatch::ui
