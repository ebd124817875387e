#include "ui/common/question_dialog.h"
#include "ui/common/text.h"
#include "ui/testing/notice_dialog.h"
#include "ui/testing/running_pane.h"
#include "ui/testing/test_forms.h"
#include "ui/testing/test_questions.h"
#include "ui/testing/testing_board.h"
#include "ui/testing/testing_text.h"

// What the pane asks before it begins, prolongs or ends a test, or begins a walk test.

namespace leedswatch::ui {

using response::RunningTest;

void RunningPane::begin() {
    if (!m_board.mayAnswer()) {
        return;
    }
    auto* form = new TestForm{m_context, TestForm::Purpose::Begin};
    auto walk = std::make_shared<std::optional<response::WalkTestId>>();
    askToBegin(m_context,
               {QStringLiteral("Put a system on test"),
                QStringLiteral("Its signals are written down and not shown, until the test ends by itself."),
                {},
                QStringLiteral("Put it on test")},
               form, this, [this](response::WalkTestId walk) { Q_EMIT walkWanted(walk); });
}

void RunningPane::walk() {
    const RunningTest* test = chosen();
    if (test == nullptr) {
        return;
    }
    if (const auto walk = m_board.walkOf(test->period.premises)) {
        Q_EMIT walkWanted(*walk);
        return;
    }
    if (!m_board.mayAnswer()) {
        return;
    }
    const std::string engineer = test->period.byWhom;
    ask(this, QStringLiteral("Begin a walk test?"),
        QStringLiteral("%1, by %2: the zones are ticked off as they come in.")
            .arg(placeText(test->name, test->reference), toQt(engineer)),
        QStringLiteral("Begin"), [this, period = test->period.id, engineer] {
            m_board.act(
                [period, engineer](ConsoleContext& context) {
                    return response::WalkTests{context.database}.begin(context.acting, {period, engineer, {}});
                },
                [this](const base::Result<response::WalkTest>& begun) {
                    if (begun) {
                        Q_EMIT walkWanted(begun->id);
                    } else {
                        tell(sentenceOf(begun.error()), true);
                    }
                });
        });
}

void RunningPane::prolong() {
    const RunningTest* test = chosen();
    if (test == nullptr) {
        return;
    }
    estate::FoundPremises premises;
    premises.premises.id = test->period.premises;
    premises.premises.reference = test->reference;
    premises.premises.name = test->name;
    askToProlong(m_context, test->period.id, premises, this);
}

void RunningPane::end() {
    const RunningTest* test = chosen();
    if (test == nullptr) {
        return;
    }
    ask(this, QStringLiteral("End the test of %1?").arg(placeText(test->name, test->reference)),
        QStringLiteral("Its alarms are shown again from now on. A notice lists what came."), QStringLiteral("End it"),
        [this, id = test->period.id] {
            m_board.act(
                [id](ConsoleContext& context) {
                    return response::TestPeriods{context.database}.end(context.acting, id);
                },
                [this, id](const base::Result<void>& ended) {
                    if (ended) {
                        openNotice(m_board, id, this);
                        m_board.markSeen();
                    } else {
                        tell(sentenceOf(ended.error()), true);
                    }
                });
        });
}

}  // namespace leedswatch::ui
