#include "ui/plans/plans_page.h"

#include "estate/premises_details.h"
#include "estate/premises_registry.h"
#include "response/action_plans.h"
#include "ui/common/icons.h"
#include "ui/common/palette.h"
#include "ui/common/question_dialog.h"
#include "ui/common/search_field.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"
#include "ui/plans/action_plan_form.h"
#include "ui/plans/rule_numbers.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QListWidget>
#include <QShowEvent>
#include <QSignalBlocker>
#include <QSplitter>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace leedswatch::ui {

namespace {

constexpr int rowRole = Qt::UserRole;

QString scopeOf(const response::ActionPlan& plan, const QString& reference) {
    QStringList parts;
    if (!reference.isEmpty()) {
        parts << reference;
    }
    if (!plan.premisesKind.empty()) {
        parts << toQt(plan.premisesKind);
    }
    if (!plan.hours.isEmpty()) {
        parts << toQt(plan.hours.text());
    }
    return parts.isEmpty() ? QStringLiteral("everywhere") : parts.join(QStringLiteral(", "));
}

}  // namespace

PlansPage::PlansPage(ConsoleContext& context, QWidget* parent)
    : QWidget{parent},
      m_context{context},
      m_tabs{new QTabWidget{this}},
      m_filter{new SearchField{QStringLiteral("Search the plans"), this}},
      m_list{new QListWidget{this}},
      m_message{theme::makeText(theme::LabelKind::Hint, this)},
      m_form{new ActionPlanForm{this}},
      m_numbers{new RuleNumbers{context, this}},
      m_listener{new FeedListener{context.feed, {"action_plans"}, this}},
      m_worker{*this} {
    setObjectName(QStringLiteral("plansPage"));
    layOut();
    connect(m_filter, &QLineEdit::textChanged, this, &PlansPage::fillList);
    connect(m_list, &QListWidget::currentRowChanged, this, &PlansPage::choose);
    connect(m_form, &ActionPlanForm::saveWanted, this, &PlansPage::save);
    connect(m_form, &ActionPlanForm::retireWanted, this, &PlansPage::retire);
    connect(m_listener, &FeedListener::changed, this, &PlansPage::reload);
}

QWidget* PlansPage::makeList() {
    auto* side = new QWidget{this};
    side->setMinimumWidth(200);
    m_list->setObjectName(QStringLiteral("plansListWidget"));
    m_list->setAccessibleName(QStringLiteral("Action plans"));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setTextElideMode(Qt::ElideRight);
    m_message->setObjectName(QStringLiteral("plansMessageLabel"));
    m_message->hide();
    auto* layout = new QVBoxLayout{side};
    layout->setContentsMargins(12, 12, 0, 12);
    layout->setSpacing(8);
    layout->addWidget(m_filter);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_message);
    return side;
}

void PlansPage::layOut() {
    auto* split = new QSplitter{Qt::Horizontal, this};
    split->setHandleWidth(1);
    split->setChildrenCollapsible(false);
    split->addWidget(makeList());
    split->addWidget(m_form);
    split->setStretchFactor(1, 1);
    split->setSizes({220, 900});
    m_tabs->addTab(split, QStringLiteral("Action plans"));
    m_tabs->addTab(m_numbers, QStringLiteral("Numbers of the rules"));
    auto* back = new QToolButton{this};
    back->setObjectName(QStringLiteral("closePlansToolButton"));
    back->setIcon(icons::line(QStringLiteral("close"), palette::textDim));
    back->setToolTip(QStringLiteral("Back to the wall (Esc)"));
    back->setFocusPolicy(Qt::TabFocus);
    theme::setButtonKind(*back, theme::ButtonKind::Quiet);
    connect(back, &QToolButton::clicked, this, [this] { askBeforeLeaving([this] { Q_EMIT closed(); }); });
    m_tabs->setCornerWidget(back, Qt::TopRightCorner);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_tabs);
}

void PlansPage::takeFocus() {
    if (m_tabs->currentWidget() == m_numbers) {
        m_numbers->takeFocus();
    } else {
        m_list->setFocus();
    }
}

void PlansPage::showEvent(QShowEvent* /*event*/) {
    reload();
}

void PlansPage::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) {
        askBeforeLeaving([this] { Q_EMIT closed(); });
    } else {
        QWidget::keyPressEvent(event);
    }
}

base::Result<PlansPage::Rows> PlansPage::read(ConsoleContext& context) {
    TRY_ASSIGN(const auto own, response::ActionPlans{context.database}.list(context.acting));
    Rows rows;
    for (const response::AlarmClassInfo& info : response::alarmClasses()) {
        rows.push_back({response::standardPlan(info.alarmClass), {}, true});
        for (const response::ActionPlan& plan : own) {
            if (plan.alarmClass != info.alarmClass) {
                continue;
            }
            QString reference;
            if (plan.premises) {
                const auto card = estate::PremisesDetails{context.database}.card(context.acting, *plan.premises);
                reference = card ? toQt(card->premises.reference) : QStringLiteral("?");
            }
            rows.push_back({plan, reference, false});
        }
    }
    return base::Result<Rows>{tl::in_place, std::move(rows)};
}

void PlansPage::reload() {
    if (!isVisible()) {
        return;
    }
    m_worker.run([&context = m_context] { return read(context); },
                 [this](const base::Result<Rows>& rows) { take(rows); });
}

void PlansPage::take(const base::Result<Rows>& rows) {
    m_message->setVisible(!rows);
    if (!rows) {
        m_message->setText(sentenceOf(rows.error()));
        return;
    }
    // What is being written stays; whoever saves is told if somebody else has changed the same plan.
    const bool isWriting = m_form->isChanged();
    const auto wanted = m_wanted       ? m_wanted
                        : m_shown >= 0 ? std::optional{m_rows[static_cast<std::size_t>(m_shown)].plan.id}
                                       : std::nullopt;
    const auto shownClass =
        m_shown >= 0 ? std::optional{m_rows[static_cast<std::size_t>(m_shown)].plan.alarmClass} : std::nullopt;
    m_rows = *rows;
    m_wanted.reset();
    m_shown = -1;
    for (std::size_t row = 0; row < m_rows.size(); ++row) {
        const response::ActionPlan& plan = m_rows[row].plan;
        const bool isSame =
            wanted && plan.id == *wanted && (plan.id.isValid() || (shownClass && plan.alarmClass == *shownClass));
        m_shown = isSame ? static_cast<int>(row) : m_shown;
    }
    fillList();
    if (!isWriting) {
        showRow(std::max(0, m_shown));
    }
}

void PlansPage::fillList() {
    const QSignalBlocker quiet{m_list};
    const QString filter = m_filter->text().trimmed();
    m_list->clear();
    for (std::size_t index = 0; index < m_rows.size(); ++index) {
        const Row& row = m_rows[index];
        const QString title = toQt(response::infoOf(row.plan.alarmClass).title);
        const QString text =
            row.isStandard ? title
                           : QStringLiteral("      %1 — %2").arg(toQt(row.plan.name), scopeOf(row.plan, row.reference));
        if (!filter.isEmpty() && !(title + text).contains(filter, Qt::CaseInsensitive)) {
            continue;
        }
        auto* item = new QListWidgetItem{text, m_list};
        item->setData(rowRole, static_cast<int>(index));
        item->setToolTip(row.isStandard ? QStringLiteral("%1: the standard plan").arg(title) : text.trimmed());
        item->setForeground(row.isStandard ? palette::textDim : palette::text);
        if (static_cast<int>(index) == m_shown) {
            m_list->setCurrentItem(item);
        }
    }
}

void PlansPage::choose(int listRow) {
    const QListWidgetItem* item = m_list->item(listRow);
    if (item == nullptr) {
        return;
    }
    const int row = item->data(rowRole).toInt();
    if (row == m_shown && !m_form->isChanged()) {
        return;
    }
    askBeforeLeaving([this, row] { showRow(row); });
}

void PlansPage::askBeforeLeaving(std::function<void()> leave) {
    if (!m_form->isChanged()) {
        leave();
        return;
    }
    {
        const QSignalBlocker quiet{m_list};
        m_list->setCurrentRow(-1);
    }
    ask(this, QStringLiteral("Leave the plan as it was?"), QStringLiteral("What you have changed is not saved."),
        QStringLiteral("Leave it"), [this, leave = std::move(leave)] {
            m_form->setChanged(false);
            leave();
        });
}

void PlansPage::showRow(int row) {
    if (row < 0 || static_cast<std::size_t>(row) >= m_rows.size()) {
        return;
    }
    m_shown = row;
    const Row& chosen = m_rows[static_cast<std::size_t>(row)];
    m_form->setPlan(chosen.plan, chosen.reference, !chosen.isStandard);
    const QSignalBlocker quiet{m_list};
    for (int index = 0; index < m_list->count(); ++index) {
        if (m_list->item(index)->data(rowRole).toInt() == row) {
            m_list->setCurrentRow(index);
        }
    }
}

void PlansPage::save() {
    auto written = m_form->written();
    if (!written) {
        return;
    }
    m_worker.run(
        [&context = m_context, written = *std::move(written)]() -> base::Result<response::PlanId> {
            response::ActionPlan plan = written.plan;
            if (!written.reference.isEmpty()) {
                TRY_ASSIGN(const auto premises,
                           estate::PremisesRegistry{context.database}.find(fromQt(written.reference)));
                plan.premises = premises.id;
            }
            TRY_ASSIGN(const auto saved, response::ActionPlans{context.database}.save(context.acting, plan));
            return saved.id;
        },
        [this](const base::Result<response::PlanId>& saved) { tell(saved); });
}

void PlansPage::tell(const base::Result<response::PlanId>& saved) {
    if (!saved) {
        m_form->showProblem(sentenceOf(saved.error()));
        return;
    }
    m_form->showProblem({});
    m_form->setChanged(false);
    m_wanted = *saved;
    m_list->setFocus(Qt::OtherFocusReason);
    reload();
}

void PlansPage::retire() {
    if (m_shown < 0) {
        return;
    }
    const Row& row = m_rows[static_cast<std::size_t>(m_shown)];
    ask(this, QStringLiteral("Take \"%1\" out of use?").arg(toQt(row.plan.name)),
        QStringLiteral("Alarms that are in hand go on by it. The next ones are answered by the plan that fits then."),
        QStringLiteral("Take it out of use"), [this, id = row.plan.id] {
            m_worker.run(
                [&context = m_context, id]() -> base::Result<response::PlanId> {
                    TRY(response::ActionPlans{context.database}.retire(context.acting, id));
                    return response::PlanId{};
                },
                [this](const base::Result<response::PlanId>& done) { tell(done); });
        });
}

}  // namespace leedswatch::ui
