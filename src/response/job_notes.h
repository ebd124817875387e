#pragma once

#include "access/person.h"
#include "dispatch/job.h"
#include "store/database.h"

namespace leedswatch::response {

/// Writes into the record of the alarm that a job answers that somebody is on scene, was stood down, or has ended, in
/// the transaction of the job's own line. Nothing once the alarm is closed. For dispatch::Jobs and dispatch::Units, as
/// their teller. Throws soci::soci_error.
void noteJobInAlarm(store::Transaction& transaction, const access::Acting& acting, const dispatch::Job& job,
                    const dispatch::JobEntry& entry);

}  // namespace leedswatch::response
