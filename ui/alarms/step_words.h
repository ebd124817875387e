#pragma once

#include "dispatch/key_bunch.h"
#include "dispatch/unit.h"
#include "estate/premises_details.h"
#include "response/alarm_steps.h"

#include <QString>
#include <optional>
#include <vector>

namespace leedswatch::ui {

/// "Call", "Fire service": what a step is, in a word or two.
[[nodiscard]] QString nameOfStep(response::StepKind kind);
/// What the field of a step is for.
[[nodiscard]] QString fieldOfStep(response::StepKind kind);
/// What is known of the premises that the step needs: the keyholders' telephones.
[[nodiscard]] QString factsForStep(response::StepKind kind, const std::optional<estate::PremisesCard>& card,
                                   base::UtcTime now);
/// The units that can be sent and the keys that are held for the premises.
[[nodiscard]] QString sendingFacts(const std::vector<dispatch::Unit>& units,
                                   const std::vector<dispatch::KeyBunch>& keys, base::UtcTime now);

/// Why a step is not to be done, or not as the plan says; on one line.
[[nodiscard]] QString gateReasons(const response::StepGate& gate);

}  // namespace leedswatch::ui
