#include "ui/testing/test_questions.h"

#include "response/test_requests.h"
#include "ui/testing/test_forms.h"

namespace leedswatch::ui {

void askToBegin(ConsoleContext& context, const AskDialog::Words& words, TestForm* form, QWidget* parent,
                std::function<void(response::WalkTestId)> walkBegun) {
    // Written on the dialog's worker, read on this thread once the worker is done.
    auto walk = std::make_shared<std::optional<response::WalkTestId>>();
    askWithForm(
        words, form,
        [&context, form, walk] {
            return [&context, walk, request = form->request(context.clock.now())]() -> base::Result<QString> {
                if (!request) {
                    return base::fail(request.error());
                }
                TRY_ASSIGN(const auto answer, response::TestRequests{context.database}.begin(context.acting, *request));
                if (answer.walk) {
                    *walk = answer.walk->id;
                }
                return answer.isUnderThreat ? threatText() : QStringLiteral("On test.");
            };
        },
        parent,
        [walk, walkBegun = std::move(walkBegun)] {
            if (*walk) {
                walkBegun(**walk);
            }
        });
}

void askToProlong(ConsoleContext& context, response::TestPeriodId test, const estate::FoundPremises& premises,
                  QWidget* parent) {
    auto* form = new TestForm{context, TestForm::Purpose::Prolong};
    form->fix(premises);
    askWithForm(
        {QStringLiteral("Prolong the test"),
         QStringLiteral("From now, eight hours at most."),
         {},
         QStringLiteral("Prolong it")},
        form,
        [&context, test, form] {
            return [&context, test, request = form->request(context.clock.now())]() -> base::Result<QString> {
                if (!request) {
                    return base::fail(request.error());
                }
                TRY_ASSIGN(const auto answer,
                           response::TestRequests{context.database}.prolong(context.acting, test, *request));
                return answer.isUnderThreat ? threatText() : QStringLiteral("Prolonged.");
            };
        },
        parent);
}

}  // namespace leedswatch::ui
