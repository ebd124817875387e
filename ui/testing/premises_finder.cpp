#include "ui/testing/premises_finder.h"

#include "ui/common/palette.h"
#include "ui/common/search_field.h"
#include "ui/common/text.h"
#include "ui/testing/testing_text.h"

#include <QEvent>
#include <QKeyEvent>
#include <QLineEdit>
#include <QVBoxLayout>

namespace leedswatch::ui {

namespace {

constexpr int mostFound = 20;
constexpr int listHeight = 180;
constexpr int rowHeight = 24;

}  // namespace

PremisesFinder::PremisesFinder(ConsoleContext& context, QWidget* parent)
    : QWidget{parent},
      m_context{context},
      m_field{new SearchField{QStringLiteral("Reference, name, address or account"), this}},
      m_list{new QListWidget{this}},
      m_worker{*this} {
    m_field->setObjectName(QStringLiteral("premisesLineEdit"));
    m_field->setAccessibleName(QStringLiteral("Premises"));
    m_field->installEventFilter(this);
    m_list->setObjectName(QStringLiteral("premisesListWidget"));
    m_list->setAccessibleName(QStringLiteral("Premises that fit"));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setStyleSheet(QStringLiteral("#premisesListWidget { background: %1; border: 1px solid %2; }")
                              .arg(palette::raised.name(), palette::textDim.name()));
    m_list->hide();
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_field);
    setFocusProxy(m_field);
    connect(m_field, &QLineEdit::textEdited, this, [this] {
        forget();
        search();
    });
    connect(m_field, &QLineEdit::textChanged, this, [this](const QString& text) {
        if (text.isEmpty()) {
            forget();
            m_list->hide();
        }
    });
    connect(m_list, &QListWidget::itemClicked, this, [this] { take(m_list->currentRow()); });
}

PremisesFinder::~PremisesFinder() {
    delete m_list;
}

void PremisesFinder::search() {
    const int number = ++m_search;
    m_worker.run(
        [&context = m_context, typed = fromQt(m_field->text())] {
            return estate::PremisesSearch{context.database}.find(context.acting, typed, mostFound);
        },
        [this, number](const base::Result<std::vector<estate::FoundPremises>>& found) {
            if (number == m_search && !m_chosen) {
                show(found.value_or(std::vector<estate::FoundPremises>{}));
            }
        });
}

void PremisesFinder::show(const std::vector<estate::FoundPremises>& found) {
    m_found = found;
    m_list->clear();
    for (const estate::FoundPremises& one : found) {
        QString accounts;
        for (const std::string& account : one.accounts) {
            accounts += (accounts.isEmpty() ? QString{} : QStringLiteral(", ")) + toQt(account);
        }
        m_list->addItem(
            QStringLiteral("%1   %2   %3")
                .arg(placeText(one.premises.name, one.premises.reference), toQt(one.premises.address), accounts));
    }
    if (found.empty() && !m_field->text().trimmed().isEmpty()) {
        auto* none =
            new QListWidgetItem{QStringLiteral("No premises fit. Type a reference, an account or a part of the "
                                               "name."),
                                m_list};
        none->setFlags(Qt::NoItemFlags);
    }
    m_list->setCurrentRow(found.empty() ? -1 : 0);
    if (m_list->count() == 0) {
        m_list->hide();
        return;
    }
    if (m_list->parentWidget() != window()) {
        m_list->setParent(window());
    }
    const QPoint below = m_field->mapTo(window(), QPoint{0, m_field->height() + 2});
    const int height = std::min(listHeight, m_list->count() * rowHeight + 4);
    m_list->setGeometry({below, QSize{m_field->width(), height}});
    m_list->raise();
    m_list->show();
}

void PremisesFinder::take(int row) {
    if (row < 0 || row >= static_cast<int>(m_found.size())) {
        return;
    }
    m_chosen = m_found[static_cast<std::size_t>(row)];
    m_field->setText(placeText(m_chosen->premises.name, m_chosen->premises.reference));
    m_list->hide();
    Q_EMIT chosenChanged();
}

void PremisesFinder::forget() {
    if (m_chosen) {
        m_chosen.reset();
        Q_EMIT chosenChanged();
    }
}

void PremisesFinder::fix(const estate::FoundPremises& premises) {
    m_found = {premises};
    take(0);
    m_field->setReadOnly(true);
    m_field->setFocusPolicy(Qt::NoFocus);
}

void PremisesFinder::clear() {
    m_field->clear();
    forget();
}

bool PremisesFinder::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::FocusOut) {
        m_list->hide();
    }
    if (event->type() != QEvent::KeyPress || !m_list->isVisible()) {
        return QWidget::eventFilter(watched, event);
    }
    const int key = static_cast<QKeyEvent*>(event)->key();
    const int row = m_list->currentRow();
    switch (key) {
        case Qt::Key_Down: m_list->setCurrentRow(std::min(row + 1, m_list->count() - 1)); return true;
        case Qt::Key_Up: m_list->setCurrentRow(std::max(row - 1, 0)); return true;
        case Qt::Key_Return:
        case Qt::Key_Enter: take(row); return true;
        case Qt::Key_Escape: m_list->hide(); return true;
        case Qt::Key_Tab: take(row); return false;  // and goes on to the next field
        default: return QWidget::eventFilter(watched, event);
    }
}

}  // namespace leedswatch::ui
