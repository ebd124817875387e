#include "ui/shell/demo_page.h"

#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace leedswatch::ui {

DemoPage::DemoPage(QWidget* parent) : CardPage{parent}, m_bar{new QProgressBar{this}} {
    setHeading(QStringLiteral("Setting up the demo"), QStringLiteral("One moment…"));
    m_bar->setRange(0, 0);
    m_bar->setTextVisible(false);
    body().addSpacing(8);
    body().addWidget(m_bar);
    m_message = addMessage();
    m_close = addPrimaryButton(QStringLiteral("Close"));
    m_close->hide();
    connect(m_close, &QPushButton::clicked, this, &DemoPage::closed);
}

void DemoPage::showProgress(const QString& sentence) {
    setHeading(QStringLiteral("Setting up the demo"), sentence);
}

void DemoPage::showFailure(const QString& sentence) {
    setHeading(QStringLiteral("The demo could not be set up"), {});
    m_bar->hide();
    m_message->setText(sentence);
    m_message->show();
    m_close->show();
    m_close->setFocus();
}

}  // namespace leedswatch::ui
