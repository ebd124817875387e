#include "ui/testing/notice_dialog.h"

#include "ui/common/text.h"
#include "ui/common/theme.h"
#include "ui/testing/testing_board.h"
#include "ui/testing/testing_text.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace leedswatch::ui {

NoticeDialog::NoticeDialog(const QString& heading, const QString& html, QWidget* parent) : QDialog{parent} {
    setObjectName(QStringLiteral("noticeDialog"));
    setWindowTitle(heading);
    setAttribute(Qt::WA_DeleteOnClose);
    resize(720, 600);
    auto* title = theme::makeText(theme::LabelKind::Heading, this, heading);
    auto* text = new QTextBrowser{this};
    text->setObjectName(QStringLiteral("noticeTextBrowser"));
    text->setOpenLinks(false);
    text->setHtml(html);
    auto* close = new QPushButton{QStringLiteral("Close"), this};
    close->setObjectName(QStringLiteral("noticeClosePushButton"));
    close->setDefault(true);
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(close);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(24, 20, 24, 20);
    layout->setSpacing(12);
    layout->addWidget(title);
    layout->addWidget(text, 1);
    layout->addLayout(buttons);
    close->setFocus();
}

void openNotice(TestingBoard& board, response::TestPeriodId period, QWidget* parent) {
    board.act(
        [period](ConsoleContext& context) {
            return response::TestReports{context.database}.ofPeriod(context.acting, period);
        },
        [parent = QPointer<QWidget>{parent}](const base::Result<response::TestReport>& report) {
            if (parent == nullptr) {
                return;
            }
            const QString html = report ? noticeHtml(*report)
                                        : QStringLiteral("<p>%1</p>").arg(sentenceOf(report.error()).toHtmlEscaped());
            (new NoticeDialog{QStringLiteral("Notice of a test"), html, parent})->open();
        });
}

}  // namespace leedswatch::ui
