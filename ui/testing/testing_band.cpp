#include "ui/testing/testing_band.h"

#include "ui/common/palette.h"
#include "ui/common/theme.h"
#include "ui/testing/testing_board.h"
#include "ui/testing/testing_text.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace leedswatch::ui {

TestingBand::TestingBand(TestingBoard& board, QWidget* parent)
    : QFrame{parent},
      m_board{board},
      m_words{new QLabel{this}},
      m_open{new QPushButton{this}},
      m_dismiss{new QPushButton{QStringLiteral("Known"), this}} {
    setObjectName(QStringLiteral("testingBand"));
    setAttribute(Qt::WA_StyledBackground);
    setStyleSheet(QStringLiteral("#testingBand { background: %1; border-bottom: 1px solid %2; }")
                      .arg(palette::raised.name(), palette::line.name()));
    m_words->setObjectName(QStringLiteral("testingBandLabel"));
    m_words->setTextFormat(Qt::PlainText);
    m_open->setObjectName(QStringLiteral("testingBandOpenPushButton"));
    m_dismiss->setObjectName(QStringLiteral("testingBandDismissPushButton"));
    for (QPushButton* button : {m_open, m_dismiss}) {
        button->setAutoDefault(false);
        button->setFocusPolicy(Qt::TabFocus);
        theme::setStyleProperty(*button, "inBar", true);
    }
    auto* layout = new QHBoxLayout{this};
    layout->setContentsMargins(16, 4, 12, 4);
    layout->setSpacing(8);
    layout->addWidget(m_words, 1);
    layout->addWidget(m_open);
    layout->addWidget(m_dismiss);
    hide();
    connect(&board, &TestingBoard::changed, this, &TestingBand::show);
    connect(m_open, &QPushButton::clicked, this,
            [this] { m_isNotice ? Q_EMIT noticesWanted() : Q_EMIT calendarWanted(); });
    connect(m_dismiss, &QPushButton::clicked, this, [this] {
        if (m_isNotice) {
            m_board.markSeen();
        } else {
            m_dismissedOverdue = m_board.overdue();
            show();
        }
    });
}

void TestingBand::show() {
    const auto& unseen = m_board.unseen();
    const int overdue = m_board.overdue();
    // What was done meanwhile is not counted against the next one.
    m_dismissedOverdue = std::min(m_dismissedOverdue, overdue);
    m_isNotice = !unseen.empty();
    const bool isOverdue = overdue > m_dismissedOverdue && m_board.mayAnswer();
    if (m_isNotice) {
        m_words->setText(unseen.size() == 1 ? noticeLine(unseen.front())
                                            : QStringLiteral("%1 tests have ended; the first: %2")
                                                  .arg(unseen.size())
                                                  .arg(noticeLine(unseen.front())));
        m_open->setText(QStringLiteral("Notices (Ctrl+Shift+T)"));
    } else {
        m_words->setText(overdue == 1 ? QStringLiteral("A planned test is overdue.")
                                      : QStringLiteral("%1 planned tests are overdue.").arg(overdue));
        m_open->setText(QStringLiteral("Calendar"));
    }
    setVisible(m_isNotice || isOverdue);
}

}  // namespace leedswatch::ui
