#include "ui/plans/rule_numbers.h"

#include "estate/premises_registry.h"
#include "ui/common/palette.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"

#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QShowEvent>
#include <QTableWidget>
#include <QVBoxLayout>

namespace leedswatch::ui {

namespace {

enum NumberColumn { TitleColumn, ValueColumn, UnitColumn, StandardColumn, numberColumns };

base::Result<std::optional<estate::PremisesId>> findPremises(store::Database& database, const QString& reference) {
    if (reference.isEmpty()) {
        return std::nullopt;
    }
    TRY_ASSIGN(const auto premises, estate::PremisesRegistry{database}.find(fromQt(reference)));
    return std::optional{premises.id};
}

QTableWidgetItem* fixedItem(const QString& text) {
    auto* item = new QTableWidgetItem{text};
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    return item;
}

}  // namespace

RuleNumbers::RuleNumbers(ConsoleContext& context, QWidget* parent)
    : QWidget{parent},
      m_context{context},
      m_premises{new QLineEdit{this}},
      m_table{new QTableWidget{0, numberColumns, this}},
      m_message{theme::makeText(theme::LabelKind::Hint, this)},
      m_listener{new FeedListener{context.feed, {"response_policy"}, this}},
      m_worker{*this} {
    setObjectName(QStringLiteral("ruleNumbers"));
    layOut();
    makeRows();
    connect(m_premises, &QLineEdit::editingFinished, this, [this] {
        m_problem.clear();
        reload();
    });
    connect(m_table, &QTableWidget::cellChanged, this, [this](int row, int column) {
        if (!m_isFilling && column == ValueColumn) {
            change(row);
        }
    });
    connect(m_listener, &FeedListener::changed, this, &RuleNumbers::reload);
}

void RuleNumbers::layOut() {
    m_premises->setObjectName(QStringLiteral("numbersPremisesLineEdit"));
    m_premises->setPlaceholderText(QStringLiteral("All premises, or the reference of some; then Enter"));
    m_premises->setMaximumWidth(420);
    m_table->setObjectName(QStringLiteral("numbersTableWidget"));
    m_table->setAccessibleName(QStringLiteral("Numbers of the rules"));
    m_table->setHorizontalHeaderLabels(
        {QStringLiteral("What"), QStringLiteral("Number"), QStringLiteral("Unit"), QStringLiteral("Standard")});
    m_table->horizontalHeader()->setSectionResizeMode(TitleColumn, QHeaderView::Stretch);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(36);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_message->setObjectName(QStringLiteral("numbersMessageLabel"));
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(8);
    layout->addWidget(m_premises);
    layout->addWidget(m_table, 1);
    layout->addWidget(m_message);
}

void RuleNumbers::makeRows() {
    m_isFilling = true;
    const auto settings = response::policySettings();
    m_table->setRowCount(static_cast<int>(settings.size()));
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const response::PolicySettingInfo& info = settings[static_cast<std::size_t>(row)];
        auto* title = fixedItem(toQt(info.title));
        title->setToolTip(QStringLiteral("%1: from %2 to %3").arg(toQt(info.name)).arg(info.least).arg(info.most));
        m_table->setItem(row, TitleColumn, title);
        m_table->setItem(row, ValueColumn, new QTableWidgetItem);
        m_table->setItem(row, UnitColumn, fixedItem(toQt(info.unit)));
        m_table->setItem(row, StandardColumn, fixedItem(QString::number(info.standard)));
        m_table->item(row, ValueColumn)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        m_table->item(row, StandardColumn)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        m_table->item(row, StandardColumn)->setForeground(palette::textDim);
        m_table->item(row, UnitColumn)->setForeground(palette::textDim);
    }
    m_table->setCurrentCell(0, ValueColumn);
    m_isFilling = false;
}

void RuleNumbers::takeFocus() {
    m_table->setFocus();
}

void RuleNumbers::showEvent(QShowEvent* /*event*/) {
    m_problem.clear();
    reload();
}

void RuleNumbers::reload() {
    if (!isVisible()) {
        return;
    }
    m_worker.run(
        [&database = m_context.database, reference = m_premises->text().trimmed()]() -> base::Result<Loaded> {
            TRY_ASSIGN(const auto premises, findPremises(database, reference));
            TRY_ASSIGN(const auto policy, response::ResponsePolicies{database}.of(premises));
            return base::Result<Loaded>{tl::in_place, Loaded{policy, reference}};
        },
        [this](const base::Result<Loaded>& loaded) { take(loaded); });
}

void RuleNumbers::take(const base::Result<Loaded>& loaded) {
    if (!loaded) {
        showMessage(sentenceOf(loaded.error()), true);
        m_table->setEnabled(false);
        return;
    }
    m_table->setEnabled(true);
    m_isFilling = true;
    const auto settings = response::policySettings();
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const response::PolicySettingInfo& info = settings[static_cast<std::size_t>(row)];
        const int value = loaded->policy[info.setting];
        QTableWidgetItem* item = m_table->item(row, ValueColumn);
        item->setText(QString::number(value));
        QFont font = m_table->font();
        font.setBold(value != info.standard);
        item->setFont(font);
    }
    m_isFilling = false;
    if (!m_problem.isEmpty()) {
        showMessage(m_problem, true);
        return;
    }
    showMessage(loaded->reference.isEmpty()
                    ? QStringLiteral("For all premises that have no number of their own. Type over a number and press "
                                     "Enter; empty gives the standard back.")
                    : QStringLiteral("For %1 alone. Empty gives back what holds for all.").arg(loaded->reference),
                false);
}

void RuleNumbers::change(int row) {
    const response::PolicySettingInfo& info = response::policySettings()[static_cast<std::size_t>(row)];
    const QString text = m_table->item(row, ValueColumn)->text().trimmed();
    bool isNumber = false;
    const int value = text.toInt(&isNumber);
    if (!text.isEmpty() && !isNumber) {
        m_problem = QStringLiteral("\"%1\" is no whole number: write one from %2 to %3.")
                        .arg(text)
                        .arg(info.least)
                        .arg(info.most);
        reload();
        return;
    }
    m_worker.run(
        [&context = m_context, reference = m_premises->text().trimmed(), setting = info.setting,
         wanted = text.isEmpty() ? std::optional<int>{} : std::optional{value}]() -> base::Result<void> {
            TRY_ASSIGN(const auto premises, findPremises(context.database, reference));
            return response::ResponsePolicies{context.database}.set(context.acting, premises, setting, wanted);
        },
        [this](const base::Result<void>& done) {
            m_problem = done ? QString{} : sentenceOf(done.error());
            reload();
        });
}

void RuleNumbers::showMessage(const QString& sentence, bool isProblem) {
    theme::setLabelKind(*m_message, isProblem ? theme::LabelKind::Refusal : theme::LabelKind::Hint);
    m_message->setText(sentence);
}

}  // namespace leedswatch::ui
