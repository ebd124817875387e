#pragma once

#include "ui/dispatch/ask_form.h"

#include <optional>
#include <string>
#include <vector>

namespace leedswatch::ui {

// What is asked before keys change hands. Each opens a dialog and returns at once.

void askToIssue(ConsoleContext& context, const dispatch::KeyBunch& bunch, const DispatchSnapshot& snapshot,
                QWidget* parent);
void askToTakeBack(ConsoleContext& context, const dispatch::KeyBunch& bunch, QWidget* parent);
void askToExtend(ConsoleContext& context, const dispatch::KeyBunch& bunch, QWidget* parent);
/// Lost, or found again if it is lost.
void askAboutLoss(ConsoleContext& context, const dispatch::KeyBunch& bunch, QWidget* parent);
void askToAdd(ConsoleContext& context, QWidget* parent);
void askToWithdraw(ConsoleContext& context, const dispatch::KeyBunch& bunch, QWidget* parent);

/// On a worker: the premises with that reference; nothing: it is a place in words. Error: NotFound (one word that is no
/// reference is a mistyped one).
[[nodiscard]] base::Result<std::optional<estate::PremisesId>> premisesCalled(DispatchDesk& desk,
                                                                             const std::string& words);
/// On a worker: the bunches of premises that are on their hooks.
[[nodiscard]] base::Result<std::vector<dispatch::BunchId>> keysThatAreThere(DispatchDesk& desk,
                                                                            estate::PremisesId premises);

}  // namespace leedswatch::ui
