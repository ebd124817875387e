#include "ui/dispatch/key_register_dialog.h"

#include "base/local_time.h"
#include "ui/common/card_list.h"
#include "ui/common/palette.h"
#include "ui/common/search_field.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"
#include "ui/dispatch/dispatch_board.h"
#include "ui/dispatch/dispatch_text.h"
#include "ui/dispatch/key_questions.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QTextBrowser>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

namespace leedswatch::ui {

using dispatch::KeyBunch;
using dispatch::KeyMovementKind;
using dispatch::KeyState;

namespace {

constexpr QSize registerSize{900, 620};
constexpr int roomAroundRegister = 40;
constexpr int pauseMilliseconds = 150;
constexpr int mostShown = 200;

QString movementText(KeyMovementKind kind) {
    switch (kind) {
        case KeyMovementKind::Added: return QStringLiteral("Added");
        case KeyMovementKind::Issued: return QStringLiteral("Issued");
        case KeyMovementKind::Extended: return QStringLiteral("Longer");
        case KeyMovementKind::Returned: return QStringLiteral("Back");
        case KeyMovementKind::Lost: return QStringLiteral("LOST");
        case KeyMovementKind::Found: return QStringLiteral("Found");
        case KeyMovementKind::Moved: return QStringLiteral("Moved");
        case KeyMovementKind::Withdrawn: return QStringLiteral("Withdrawn");
    }
    return {};
}

QPushButton* makeKeyButton(const char* name, const QString& text, QWidget* parent) {
    auto* button = new QPushButton{text, parent};
    button->setObjectName(QString::fromLatin1(name));
    button->setAutoDefault(false);
    return button;
}

}  // namespace

KeyRegisterDialog::KeyRegisterDialog(ConsoleContext& context, QWidget* parent)
    : QDialog{parent},
      m_context{context},
      m_board{new DispatchBoard{context, this}},
      m_search{new SearchField{QStringLiteral("Tag, or reference of premises"), this}},
      m_list{new CardList{QStringLiteral("keysListView"), QStringLiteral("Keys"), false, this}},
      m_empty{theme::makeText(theme::LabelKind::Dim, this)},
      m_history{new QTextBrowser{this}},
      m_next{makeKeyButton("nextOfKeysPushButton", {}, this)},
      m_longer{makeKeyButton("extendKeysPushButton", QStringLiteral("Longer…"), this)},
      m_lost{makeKeyButton("lostKeysPushButton", QStringLiteral("Lost…"), this)},
      m_add{makeKeyButton("addKeysPushButton", QStringLiteral("Add keys…"), this)},
      m_withdraw{makeKeyButton("withdrawKeysPushButton", QStringLiteral("Withdraw…"), this)} {
    setObjectName(QStringLiteral("keyRegisterDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(QStringLiteral("Key register"));
    layOut();
    m_pause.setSingleShot(true);
    m_pause.setInterval(pauseMilliseconds);
    connect(&m_pause, &QTimer::timeout, this, &KeyRegisterDialog::search);
    connect(m_search, &QLineEdit::textChanged, &m_pause, qOverload<>(&QTimer::start));
    connect(m_search, &QLineEdit::returnPressed, m_list, qOverload<>(&QWidget::setFocus));
    connect(m_list, &CardList::chosenChanged, this, [this] {
        showActions();
        loadHistory();
    });
    connect(m_list, &QListView::activated, this, &KeyRegisterDialog::goOn);
    connect(m_next, &QPushButton::clicked, this, &KeyRegisterDialog::goOn);
    const auto onChosen = [this](QPushButton* button, void (*asks)(ConsoleContext&, const KeyBunch&, QWidget*)) {
        connect(button, &QPushButton::clicked, this, [this, asks] {
            if (const KeyBunch* bunch = chosen()) {
                asks(m_context, *bunch, this);
            }
        });
    };
    onChosen(m_longer, askToExtend);
    onChosen(m_lost, askAboutLoss);
    onChosen(m_withdraw, askToWithdraw);
    connect(m_add, &QPushButton::clicked, this, [this] { askToAdd(m_context, this); });
    connect(m_board, &DispatchBoard::changed, this, &KeyRegisterDialog::search);
    m_board->setLookedAt(true);
    m_search->setFocus();
}

void KeyRegisterDialog::layOut() {
    auto* heading = new QLabel{QStringLiteral("Key register"), this};
    theme::setLabelKind(*heading, theme::LabelKind::Heading);
    m_search->setObjectName(QStringLiteral("keySearchLineEdit"));
    m_empty->setObjectName(QStringLiteral("noKeysLabel"));
    m_empty->setAlignment(Qt::AlignCenter);
    m_history->setObjectName(QStringLiteral("keyHistoryTextBrowser"));
    m_history->setAccessibleName(QStringLiteral("History of the keys"));
    m_history->setFrameShape(QFrame::NoFrame);
    m_history->setOpenLinks(false);
    m_history->setTabChangesFocus(true);
    theme::setButtonKind(*m_next, theme::ButtonKind::Primary);
    auto* left = new QVBoxLayout;
    left->setSpacing(8);
    left->addWidget(m_search);
    left->addWidget(m_list, 1);
    left->addWidget(m_empty, 1);
    auto* middle = new QHBoxLayout;
    middle->setSpacing(12);
    middle->addLayout(left, 5);
    middle->addWidget(m_history, 6);
    auto* close = makeKeyButton("closeKeysPushButton", QStringLiteral("Close"), this);
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    auto* foot = new QHBoxLayout;
    foot->setSpacing(8);
    for (QPushButton* button : {m_next, m_longer, m_lost}) {
        foot->addWidget(button);
    }
    foot->addStretch(1);
    for (QPushButton* button : {m_add, m_withdraw, close}) {
        foot->addWidget(button);
    }
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(24, 20, 24, 16);
    layout->setSpacing(12);
    layout->addWidget(heading);
    layout->addLayout(middle, 1);
    layout->addLayout(foot);
    const QSize room = parentWidget() == nullptr
                           ? registerSize
                           : parentWidget()->size() - QSize{roomAroundRegister, roomAroundRegister};
    resize(registerSize.boundedTo(room));
    const bool manages = access::mayDo(m_context.acting.role, access::Right::ManageResponse);
    m_add->setVisible(manages);
    m_withdraw->setVisible(manages);
}

void KeyRegisterDialog::search() {
    if (m_isSearching) {
        m_isStale = true;
        return;
    }
    m_isSearching = true;
    m_board->act([begin = fromQt(m_search->text().trimmed())](
                     DispatchDesk& desk) { return desk.keys.find(desk.acting, begin, mostShown); },
                 [this](const base::Result<std::vector<KeyBunch>>& found) {
                     m_isSearching = false;
                     m_bunches = found ? *found : std::vector<KeyBunch>{};
                     m_empty->setText(!found ? sentenceOf(found.error())
                                      : m_search->text().trimmed().isEmpty()
                                          ? QStringLiteral("No keys are held.\n\nA supervisor adds them, or takes a "
                                                           "file of them:\nleedswatchctl dispatch keys import FILE")
                                          : QStringLiteral("No tag and no reference begins so."));
                     showBunches();
                     if (std::exchange(m_isStale, false)) {
                         search();
                     }
                 });
}

void KeyRegisterDialog::showBunches() {
    std::vector<Card> cards;
    std::ranges::transform(m_bunches, std::back_inserter(cards),
                           [this](const KeyBunch& bunch) { return cardOf(bunch, m_context.clock.now()); });
    m_list->setVisible(!cards.empty());
    m_empty->setVisible(cards.empty());
    m_list->setCards(std::move(cards));
    if (!m_list->chosen() && !m_bunches.empty()) {
        m_list->choose(m_bunches.front().id.value());
    }
    showActions();
    loadHistory();
}

const KeyBunch* KeyRegisterDialog::chosen() const {
    const auto id = m_list->chosen();
    const auto found = std::ranges::find_if(m_bunches, [&](const KeyBunch& bunch) { return bunch.id.value() == id; });
    return found == m_bunches.end() ? nullptr : &*found;
}

void KeyRegisterDialog::showActions() {
    const KeyBunch* bunch = chosen();
    const bool maySend = m_board->maySend() && bunch != nullptr;
    const KeyState state = bunch == nullptr ? KeyState::Withdrawn : bunch->state;
    const bool isOut = state == KeyState::Out;
    m_next->setVisible(maySend && (isOut || state == KeyState::Held));
    m_next->setText(isOut ? QStringLiteral("Take back…  (Enter)") : QStringLiteral("Issue…  (Enter)"));
    m_longer->setEnabled(maySend && isOut);
    m_lost->setEnabled(maySend && state != KeyState::Withdrawn);
    m_lost->setText(state == KeyState::Lost ? QStringLiteral("Found…") : QStringLiteral("Lost…"));
    m_withdraw->setEnabled(bunch != nullptr && (state == KeyState::Held || state == KeyState::Lost));
}

void KeyRegisterDialog::loadHistory() {
    const KeyBunch* bunch = chosen();
    if (bunch == nullptr) {
        m_history->clear();
        return;
    }
    m_board->act([id = bunch->id](DispatchDesk& desk) { return desk.keys.history(desk.acting, id); },
                 [this, id = bunch->id](const base::Result<std::vector<dispatch::KeyMovement>>& movements) {
                     if (movements && chosen() != nullptr && chosen()->id == id) {
                         showHistory(*movements);
                     }
                 });
}

void KeyRegisterDialog::showHistory(const std::vector<dispatch::KeyMovement>& movements) {
    const KeyBunch* bunch = chosen();
    const QString dim = palette::textDim.name();
    QString rows;
    for (auto movement = movements.rbegin(); movement != movements.rend(); ++movement) {
        QString text = toQt(movement->holder).toHtmlEscaped();
        if (!movement->text.empty()) {
            text += (text.isEmpty() ? QString{} : QStringLiteral("<br>")) + toQt(movement->text).toHtmlEscaped();
        }
        if (movement->due) {
            text += QStringLiteral("<br>due %1").arg(toQt(base::formatLocal(*movement->due)));
        }
        rows += QStringLiteral(
                    "<tr><td style=\"color:%1\" width=\"120\">%2</td><td width=\"70\">%3</td><td>%4 <span "
                    "style=\"color:%1\">%5</span></td></tr>")
                    .arg(dim, toQt(base::formatLocal(movement->at)).left(16), movementText(movement->kind), text,
                         toQt(movement->who).toHtmlEscaped());
    }
    m_history->setHtml(QStringLiteral("<h3>%1</h3><p>%2 %3<br>Opens: %4<br>%5 on the ring, hook: %6</p>"
                                      "<table cellspacing=\"0\" cellpadding=\"3\">%7</table>")
                           .arg(toQt(bunch->tag).toHtmlEscaped(), toQt(bunch->premisesReference).toHtmlEscaped(),
                                toQt(bunch->premisesName).toHtmlEscaped(), toQt(bunch->opens).toHtmlEscaped())
                           .arg(bunch->keys)
                           .arg(toQt(bunch->hook).toHtmlEscaped(), rows));
}

void KeyRegisterDialog::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        event->accept();
    } else {
        QDialog::keyPressEvent(event);
    }
}

void KeyRegisterDialog::goOn() {
    const KeyBunch* bunch = chosen();
    if (bunch == nullptr || !m_board->maySend()) {
        return;
    }
    if (bunch->state == KeyState::Out) {
        askToTakeBack(m_context, *bunch, this);
    } else if (bunch->state == KeyState::Held) {
        askToIssue(m_context, *bunch, m_board->snapshot(), this);
    }
}

}  // namespace leedswatch::ui
