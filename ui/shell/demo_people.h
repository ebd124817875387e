#pragma once

#include "access/people.h"
#include "ui/signin/sign_in_page.h"

#include <vector>

namespace leedswatch::ui {

/// The people of a demo. Their passwords are known to everybody and exist nowhere but in a demo's own folder.
[[nodiscard]] const std::vector<DemoPerson>& demoPeople();

/// Adds them to an empty store. Any thread; takes a few tenths of a second (Argon2id).
[[nodiscard]] base::Result<void> addDemoPeople(access::People& people);

/// Signs the supervisor in, who sees all that there is to see.
[[nodiscard]] base::Result<access::Acting> signInDemoSupervisor(access::People& people);
/// Signs the operator in, who wrote the log.
[[nodiscard]] base::Result<access::Acting> signInDemoOperator(access::People& people);

}  // namespace leedswatch::ui
