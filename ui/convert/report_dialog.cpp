#include "ui/convert/report_dialog.h"

#include "ui/common/elided_label.h"
#include "ui/common/theme.h"
#include "ui/convert/report_text.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPushButton>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace leedswatch::ui {

namespace {

constexpr QSize usualSize{680, 780};
constexpr int roomAround = 40;

}  // namespace

ReportDialog::ReportDialog(const QString& name, const std::string& report, QWidget* parent) : QDialog{parent} {
    setObjectName(QStringLiteral("reportDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(QStringLiteral("Report"));
    auto* heading = new ElidedLabel{this};
    heading->setWholeText(QStringLiteral("Report on %1").arg(name));
    theme::setLabelKind(*heading, theme::LabelKind::Heading);
    auto* text = new QTextBrowser{this};
    text->setObjectName(QStringLiteral("reportTextBrowser"));
    text->setAccessibleName(QStringLiteral("Report"));
    text->setOpenLinks(false);
    text->setFrameShape(QFrame::NoFrame);
    text->document()->setDocumentMargin(12);
    text->setHtml(reportAsHtml(report));
    auto* copy = new QPushButton{QStringLiteral("Copy"), this};
    copy->setObjectName(QStringLiteral("copyReportPushButton"));
    copy->setAutoDefault(false);
    connect(copy, &QPushButton::clicked, this,
            [text] { QGuiApplication::clipboard()->setText(text->document()->toPlainText()); });
    auto* close = new QPushButton{QStringLiteral("Close"), this};
    close->setObjectName(QStringLiteral("closeReportPushButton"));
    close->setDefault(true);
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    auto* foot = new QHBoxLayout;
    foot->addWidget(copy);
    foot->addStretch();
    foot->addWidget(close);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(24, 20, 24, 16);
    layout->setSpacing(12);
    layout->addWidget(heading);
    layout->addWidget(text, 1);
    layout->addLayout(foot);
    const QSize room = parent == nullptr ? usualSize : parent->window()->size() - QSize{roomAround, roomAround};
    resize(usualSize.boundedTo(room));
    close->setFocus();
}

}  // namespace leedswatch::ui
