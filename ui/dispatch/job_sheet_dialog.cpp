#include "ui/dispatch/job_sheet_dialog.h"

#include "base/file.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"
#include "ui/dispatch/job_sheet.h"

#include <QFile>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStandardPaths>
#include <QTextBrowser>
#include <QVBoxLayout>
#include <string_view>

namespace leedswatch::ui {

namespace {

constexpr QSize sheetSize{760, 680};
constexpr int roomAroundSheet = 40;

}  // namespace

void askForSheetFile(dispatch::JobId job, QWidget* parent, std::function<void(const QString& file)> chosen) {
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    auto* dialog = new QFileDialog{parent, QStringLiteral("Sheet of job %1").arg(job.value()), folder,
                                   QStringLiteral("PDF (*.pdf)")};
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("pdf"));
    dialog->selectFile(QStringLiteral("job-%1.pdf").arg(job.value()));
    QObject::connect(dialog, &QFileDialog::fileSelected, parent, std::move(chosen));
    dialog->open();
}

JobSheetDialog::JobSheetDialog(ConsoleContext& context, dispatch::JobSheet sheet, QWidget* parent)
    : QDialog{parent},
      m_context{context},
      m_sheet{std::move(sheet)},
      m_message{theme::makeText(theme::LabelKind::Refusal, this)},
      m_worker{*this} {
    setObjectName(QStringLiteral("jobSheetDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(QStringLiteral("Job %1").arg(m_sheet.job.id.value()));
    auto* text = new QTextBrowser{this};
    text->setObjectName(QStringLiteral("olderSheetTextBrowser"));
    text->setAccessibleName(QStringLiteral("Sheet of the job"));
    text->setOpenLinks(false);
    text->setFrameShape(QFrame::NoFrame);
    text->document()->setDocumentMargin(12);
    text->setHtml(jobSheetAsHtml(m_sheet, context.clock.now(), SheetColours::Screen));
    m_message->setObjectName(QStringLiteral("jobSheetMessageLabel"));
    m_message->hide();
    auto* save = new QPushButton{QStringLiteral("Save as PDF…"), this};
    save->setObjectName(QStringLiteral("saveSheetPushButton"));
    save->setAutoDefault(false);
    connect(save, &QPushButton::clicked, this,
            [this] { askForSheetFile(m_sheet.job.id, this, [this](const QString& file) { write(file); }); });
    auto* close = new QPushButton{QStringLiteral("Close"), this};
    close->setObjectName(QStringLiteral("closeSheetPushButton"));
    close->setDefault(true);
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    auto* foot = new QHBoxLayout;
    foot->addWidget(save);
    foot->addStretch(1);
    foot->addWidget(close);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(24, 20, 24, 16);
    layout->setSpacing(12);
    layout->addWidget(text, 1);
    layout->addWidget(m_message);
    layout->addLayout(foot);
    const QSize room =
        parent == nullptr ? sheetSize : parent->window()->size() - QSize{roomAroundSheet, roomAroundSheet};
    resize(sheetSize.boundedTo(room));
    close->setFocus();
}

void JobSheetDialog::write(const QString& file) {
    m_worker.run(
        [pdf = jobSheetAsPdf(m_sheet, m_context.clock.now()), path = QFile::encodeName(file).toStdString()] {
            return base::replaceFile(path, std::string_view{pdf.constData(), static_cast<std::size_t>(pdf.size())});
        },
        [this, file](const base::Result<void>& done) {
            m_message->setText(done ? QStringLiteral("The sheet is in %1.").arg(file)
                                    : QStringLiteral("The sheet was not written: %1").arg(sentenceOf(done.error())));
            m_message->show();
        });
}

}  // namespace leedswatch::ui
