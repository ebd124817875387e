#include "response/zone_learning.h"
#include "ui/common/elided_label.h"
#include "ui/common/text.h"
#include "ui/testing/test_forms.h"
#include "ui/testing/test_questions.h"
#include "ui/testing/testing_board.h"
#include "ui/testing/testing_text.h"
#include "ui/testing/walk_screen.h"
#include "ui/testing/zones_dialog.h"

#include <QPushButton>

// What the screen asks and does with the walk test that it shows.

namespace leedswatch::ui {

namespace {

constexpr std::chrono::hours learntFrom{24 * 366};

}  // namespace

void WalkScreen::finish() {
    if (!m_progress || !m_finish->isEnabled()) {
        return;
    }
    const int missing = m_progress->tally.expected() - m_progress->tally.come();
    const QString facts = missing == 0 ? QStringLiteral("All %1 zones are in.").arg(m_progress->tally.expected())
                                       : QStringLiteral("%1 of %2 zones are in; %3 outstanding.")
                                             .arg(m_progress->tally.come())
                                             .arg(m_progress->tally.expected())
                                             .arg(missing);
    auto* form = new ResultForm{facts, !m_progress->walk.plan.has_value()};
    form->setOutcome(missing == 0 ? response::TestOutcome::Passed : response::TestOutcome::Partly);
    askWithForm(
        {QStringLiteral("Finish the walk test"),
         QStringLiteral("Every zone and what came of it is kept with the result."),
         {},
         QStringLiteral("Keep it")},
        form,
        [&context = m_context, walk = *m_walk, form] {
            return [&context, walk, result = form->result(), ends = form->endsTest()]() -> base::Result<QString> {
                TRY(response::WalkTests{context.database}.finish(context.acting, walk, result, ends));
                return QStringLiteral("Kept.");
            };
        },
        this, [this] { read(); });
}

void WalkScreen::prolong() {
    if (!m_progress || !m_progress->onTest || !m_prolong->isEnabled()) {
        return;
    }
    estate::FoundPremises premises;
    premises.premises.id = m_progress->walk.premises;
    premises.premises.reference = m_progress->walk.reference;
    premises.premises.name = m_progress->walk.name;
    askToProlong(m_context, m_progress->onTest->id, premises, this);
}

void WalkScreen::editZones() {
    if (m_progress && m_zones->isEnabled()) {
        openZonesDialog(m_context, m_progress->walk.premises,
                        placeText(m_progress->walk.name, m_progress->walk.reference), this);
    }
}

void WalkScreen::learnZones() {
    if (!m_progress || !m_learn->isEnabled()) {
        return;
    }
    m_board.act(
        [premises = m_progress->walk.premises](ConsoleContext& context) {
            return response::ZoneLearning{context.database}.learn(context.acting, premises,
                                                                  context.clock.now() - learntFrom);
        },
        [this](const base::Result<int>& learnt) {
            m_detail->setWholeText(!learnt        ? sentenceOf(learnt.error())
                                   : *learnt == 0 ? QStringLiteral("Nothing new: every zone that reported is known.")
                                                  : QStringLiteral("%1 zones were learnt.").arg(*learnt));
        });
}

}  // namespace leedswatch::ui
