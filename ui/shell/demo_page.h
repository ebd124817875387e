#pragma once

#include "ui/common/card_page.h"

class QLabel;
class QProgressBar;
class QPushButton;

namespace leedswatch::ui {

/// What is seen while a demo sets itself up, and why it could not if it could not.
class DemoPage final : public CardPage {
    Q_OBJECT

public:
    explicit DemoPage(QWidget* parent = nullptr);

    void showProgress(const QString& sentence);
    void showFailure(const QString& sentence);

Q_SIGNALS:
    void closed();

private:
    QProgressBar* m_bar;
    QLabel* m_message;
    QPushButton* m_close;
};

}  // namespace leedswatch::ui
