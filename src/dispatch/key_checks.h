#pragma once

#include "base/result.h"
#include "dispatch/key_register.h"
#include "estate/premises.h"

namespace leedswatch::dispatch {

/// A tag in the form in which it is kept, and words that may stand in the register. Errors: InvalidInput (a tag with
/// other than letters, digits and dashes, one from which the premises can be told, a code among what the keys open).
[[nodiscard]] base::Result<void> checkNewBunch(NewBunch& bunch, const estate::Premises& premises);

}  // namespace leedswatch::dispatch
