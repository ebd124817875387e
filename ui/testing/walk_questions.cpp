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

/// What came, as the ground for the result.
QString factsOf(const response::ZoneTally& tally) {
    const int missing = tally.expected() - tally.come();
    if (tally.expected() == 0) {
        return tally.unexpected() == 0
                   ? QStringLiteral("Nothing has come, and which zones there are is not known.")
                   : QStringLiteral("%1 came. Whether those are all is not known: no zones are entered here.")
                         .arg(tally.unexpected());
    }
    QString facts = missing == 0 ? QStringLiteral("All %1 zones are in").arg(tally.expected())
                                 : QStringLiteral("%1 of %2 zones are in, %3 outstanding")
                                       .arg(tally.come())
                                       .arg(tally.expected())
                                       .arg(missing);
    if (tally.unexpected() > 0) {
        facts += QStringLiteral("; %1 that nobody expected").arg(tally.unexpected());
    }
    return facts + QLatin1Char{'.'};
}

response::TestOutcome likelyOutcome(const response::ZoneTally& tally) {
    const bool hasCome = tally.come() + tally.unexpected() > 0;
    return hasCome && tally.come() == tally.expected() ? response::TestOutcome::Passed : response::TestOutcome::Partly;
}

}  // namespace

void WalkScreen::finish() {
    if (!m_progress || !m_finish->isEnabled()) {
        return;
    }
    auto* form = new ResultForm{factsOf(m_progress->tally), !m_progress->walk.plan.has_value()};
    form->setOutcome(likelyOutcome(m_progress->tally));
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
