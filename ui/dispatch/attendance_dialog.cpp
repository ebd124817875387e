#include "ui/dispatch/attendance_dialog.h"

#include "base/file.h"
#include "base/local_time.h"
#include "ui/alarms/alarm_text.h"
#include "ui/common/plain_table.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"

#include <QComboBox>
#include <QDateEdit>
#include <QFile>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QStandardPaths>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace leedswatch::ui {

using dispatch::AttendanceLine;
using dispatch::AttendanceReport;
using dispatch::AttendanceTable;
using dispatch::Spread;

namespace {

constexpr QSize attendanceSize{1'040, 620};
constexpr int roomAroundAttendance = 40;
constexpr int dateWidth = 150;
constexpr int usualDays = 30;
constexpr int mostLines = 500;  // more are not read on a screen; the file has all

/// "7:12 · 21:40": of half of them, and the longest.
QString spreadText(const Spread& spread) {
    return spread.count == 0 ? QStringLiteral("–")
                             : QStringLiteral("%1 · %2").arg(ageText(spread.middle), ageText(spread.longest));
}

QString shareText(const AttendanceLine& line) {
    const int judged = line.met + line.missed;
    return judged == 0 ? QStringLiteral("–") : QStringLiteral("%1 %").arg(qRound(100.0 * line.met / judged));
}

/// The midnight that begins a day in Europe/London.
base::Result<base::UtcTime> beginOf(const QDate& day) {
    return base::parseTime(fromQt(day.toString(QStringLiteral("yyyy-MM-dd"))) + "T00:00");
}

QDate localDate(base::UtcTime time) {
    return QDate::fromString(toQt(base::formatLocal(time).substr(0, 10)), QStringLiteral("yyyy-MM-dd"));
}

}  // namespace

AttendanceDialog::AttendanceDialog(ConsoleContext& context, QWidget* parent)
    : QDialog{parent},
      m_context{context},
      m_from{new QDateEdit{this}},
      m_to{new QDateEdit{this}},
      m_by{new QComboBox{this}},
      m_summary{theme::makeText(theme::LabelKind::Body, this)},
      m_table{new QTableWidget{this}},
      m_message{theme::makeText(theme::LabelKind::Refusal, this)},
      m_save{new QPushButton{QStringLiteral("Save as CSV…"), this}},
      m_worker{*this} {
    setObjectName(QStringLiteral("attendanceDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(QStringLiteral("Attendance"));
    const QDate today = localDate(context.clock.now());
    m_from->setDate(today.addDays(-usualDays));
    m_to->setDate(today);
    m_by->addItems({QStringLiteral("Per premises"), QStringLiteral("Per unit"), QStringLiteral("Each job (CSV)")});
    layOut();
    for (QDateEdit* edit : {m_from, m_to}) {
        connect(edit, &QDateEdit::dateChanged, this, &AttendanceDialog::load);
    }
    connect(m_by, &QComboBox::currentIndexChanged, this, &AttendanceDialog::fillTable);
    connect(m_save, &QPushButton::clicked, this, &AttendanceDialog::chooseFile);
    load();
}

void AttendanceDialog::layOut() {
    auto* heading = new QLabel{QStringLiteral("Attendance"), this};
    theme::setLabelKind(*heading, theme::LabelKind::Heading);
    m_from->setObjectName(QStringLiteral("attendanceFromDateEdit"));
    m_from->setAccessibleName(QStringLiteral("From"));
    m_to->setObjectName(QStringLiteral("attendanceToDateEdit"));
    m_to->setAccessibleName(QStringLiteral("To"));
    for (QDateEdit* edit : {m_from, m_to}) {
        edit->setDisplayFormat(QStringLiteral("d MMM yyyy"));
        edit->setCalendarPopup(true);
        edit->setMinimumWidth(dateWidth);
    }
    m_by->setObjectName(QStringLiteral("attendanceByComboBox"));
    m_by->setAccessibleName(QStringLiteral("A line for each"));
    m_summary->setObjectName(QStringLiteral("attendanceSummaryLabel"));
    m_message->setObjectName(QStringLiteral("attendanceMessageLabel"));
    m_message->hide();
    m_save->setObjectName(QStringLiteral("saveAttendancePushButton"));
    m_save->setAutoDefault(false);
    m_table->setObjectName(QStringLiteral("attendanceTableWidget"));
    m_table->setAccessibleName(QStringLiteral("Attendance"));
    makePlainTable(*m_table);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    auto* to = new QLabel{QStringLiteral("to"), this};
    theme::setLabelKind(*to, theme::LabelKind::Dim);
    auto* choice = new QHBoxLayout;
    choice->setSpacing(8);
    choice->addWidget(m_from);
    choice->addWidget(to);
    choice->addWidget(m_to);
    choice->addSpacing(12);
    choice->addWidget(m_by);
    choice->addStretch(1);
    auto* close = new QPushButton{QStringLiteral("Close"), this};
    close->setObjectName(QStringLiteral("closeAttendancePushButton"));
    close->setAutoDefault(false);
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    auto* foot = new QHBoxLayout;
    foot->addWidget(m_save);
    foot->addStretch(1);
    foot->addWidget(close);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(24, 20, 24, 16);
    layout->setSpacing(12);
    layout->addWidget(heading);
    layout->addLayout(choice);
    layout->addWidget(m_summary);
    layout->addWidget(m_table, 1);
    layout->addWidget(theme::makeText(theme::LabelKind::Hint, this,
                                      QStringLiteral("Times are from the creation of the job: of half of them, and the "
                                                     "longest. Late: nobody was there in time, or is yet.")));
    layout->addWidget(m_message);
    layout->addLayout(foot);
    const QSize room = parentWidget() == nullptr
                           ? attendanceSize
                           : parentWidget()->size() - QSize{roomAroundAttendance, roomAroundAttendance};
    resize(attendanceSize.boundedTo(room));
    m_from->setFocus();
}

base::Result<dispatch::AttendancePeriod> AttendanceDialog::period() const {
    TRY_ASSIGN(const auto from, beginOf(m_from->date()));
    TRY_ASSIGN(const auto until, beginOf(m_to->date().addDays(1)));
    return dispatch::AttendancePeriod{from, until};
}

AttendanceTable AttendanceDialog::table() const {
    return m_by->currentIndex() == 0   ? AttendanceTable::Premises
           : m_by->currentIndex() == 1 ? AttendanceTable::Units
                                       : AttendanceTable::Jobs;
}

void AttendanceDialog::load() {
    m_worker.run(
        [&context = m_context, asked = period()]() -> base::Result<AttendanceReport> {
            TRY_ASSIGN(const auto wanted, asked);
            return dispatch::Attendance{context.database}.report(context.acting, wanted);
        },
        [this](const base::Result<AttendanceReport>& report) { show(report); });
}

void AttendanceDialog::show(const base::Result<AttendanceReport>& report) {
    m_message->setText(report ? QString{} : sentenceOf(report.error()));
    m_message->setVisible(!report);
    m_report = report ? std::optional{*report} : std::nullopt;
    m_save->setEnabled(report.has_value());
    fillTable();
}

void AttendanceDialog::fillTable() {
    const QStringList heads{m_by->currentIndex() == 1 ? QStringLiteral("Unit") : QStringLiteral("Premises"),
                            QStringLiteral("Jobs"),
                            QStringLiteral("Attended"),
                            QStringLiteral("Cancelled"),
                            QStringLiteral("In time"),
                            QStringLiteral("Late"),
                            QStringLiteral("Share"),
                            QStringLiteral("Assigned"),
                            QStringLiteral("On its way"),
                            QStringLiteral("On scene"),
                            QStringLiteral("Finished")};
    m_table->setColumnCount(static_cast<int>(heads.size()));
    m_table->setHorizontalHeaderLabels(heads);
    m_table->horizontalHeaderItem(0)->setTextAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->setRowCount(0);
    m_summary->clear();
    if (!m_report) {
        return;
    }
    const auto& lines = m_by->currentIndex() == 1 ? m_report->units : m_report->premises;
    m_table->setRowCount(std::min(mostLines, static_cast<int>(lines.size())));
    int row = 0;
    for (const AttendanceLine& line : lines) {
        if (row == mostLines) {
            break;
        }
        const QStringList texts{toQt(line.name),
                                withThousands(line.jobs),
                                withThousands(line.attended),
                                withThousands(line.cancelled),
                                withThousands(line.met),
                                withThousands(line.missed),
                                shareText(line),
                                spreadText(line.toAssigned),
                                spreadText(line.toEnRoute),
                                spreadText(line.toOnScene),
                                spreadText(line.toFinished)};
        for (int column = 0; column < texts.size(); ++column) {
            auto* item = new QTableWidgetItem{texts[column]};
            item->setTextAlignment((column == 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
            item->setToolTip(texts[column]);
            m_table->setItem(row, column, item);
        }
        ++row;
    }
    m_table->resizeColumnsToContents();
    m_table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    const AttendanceLine& all = m_report->all;
    m_summary->setText(
        all.jobs == 0
            ? QStringLiteral("Nobody was sent anywhere in these days.")
            : QStringLiteral("Jobs: %1. Attended: %2. In time: %3, late: %4, share in time: %5. On scene: %6.")
                      .arg(withThousands(all.jobs), withThousands(all.attended), withThousands(all.met),
                           withThousands(all.missed), shareText(all), spreadText(all.toOnScene)) +
                  (std::ssize(lines) > mostLines ? QStringLiteral(" The first %1 of %2 are shown; the file has all.")
                                                       .arg(mostLines)
                                                       .arg(withThousands(std::ssize(lines)))
                                                 : QString{}));
}

void AttendanceDialog::chooseFile() {
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    auto* dialog = new QFileDialog{this, QStringLiteral("Attendance"), folder, QStringLiteral("CSV (*.csv)")};
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    dialog->selectFile(QStringLiteral("attendance.csv"));
    connect(dialog, &QFileDialog::fileSelected, this, &AttendanceDialog::writeCsv);
    dialog->open();
}

void AttendanceDialog::writeCsv(const QString& file) {
    m_worker.run(
        [&context = m_context, asked = period(), by = table(),
         path = QFile::encodeName(file).toStdString()]() -> base::Result<void> {
            TRY_ASSIGN(const auto wanted, asked);
            TRY_ASSIGN(const auto csv, dispatch::Attendance{context.database}.csv(context.acting, wanted, by));
            return base::replaceFile(path, csv);
        },
        [this, file](const base::Result<void>& done) {
            m_message->setText(done ? QStringLiteral("Written to %1.").arg(file) : sentenceOf(done.error()));
            m_message->setVisible(true);
        });
}

}  // namespace leedswatch::ui
