#pragma once

#include "estate/premises_search.h"
#include "response/walk_tests.h"
#include "ui/common/ask_dialog.h"
#include "ui/common/console_context.h"

#include <functional>

namespace leedswatch::ui {

class TestForm;

/// Puts on test what the form says once it is confirmed. `walkBegun`: if a walk test was wanted with it.
void askToBegin(ConsoleContext& context, const AskDialog::Words& words, TestForm* form, QWidget* parent,
                std::function<void(response::WalkTestId)> walkBegun);

/// To a new end of a test that lasts.
void askToProlong(ConsoleContext& context, response::TestPeriodId test, const estate::FoundPremises& premises,
                  QWidget* parent);

}  // namespace leedswatch::ui
