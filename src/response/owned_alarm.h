#pragma once

#include "response/alarm_change.h"
#include "response/alarm_queue.h"

#include <functional>
#include <string>

namespace leedswatch::response {

// What the changes of an alarm by people have in common; of AlarmQueue alone. What reads throws soci::soci_error.

[[nodiscard]] std::string objectOf(AlarmId id);  ///< "alarm 7": as the audit log and messages name it
/// Error: InvalidInput: nothing but spaces (`missing` is the message), longer than 4,000 bytes, or no plain text.
[[nodiscard]] base::Result<void> checkAlarmWords(const std::string& words, const char* missing);
/// Error: NotFound.
[[nodiscard]] base::Result<Alarm> findAlarm(soci::session& sql, AlarmId id);
/// Error: InvalidInput says since when it is closed.
[[nodiscard]] base::Result<void> requireOpen(const Alarm& alarm);
/// Errors: InvalidInput (closed, or nobody has it), Busy (says who has it, and since when).
[[nodiscard]] base::Result<void> requireOwner(const access::Acting& acting, const Alarm& alarm);
[[nodiscard]] AlarmRecord readRecord(soci::session& sql, const Alarm& alarm, base::UtcTime now);
/// One change of one alarm by a person, in a transaction: found, changed by `change`, audited as `action`.
[[nodiscard]] base::Result<Alarm> changeAlarm(store::Database& database, const access::Acting& acting,
                                              const char* action, AlarmId id,
                                              const std::function<base::Result<void>(AlarmChange&, Alarm&)>& change);

}  // namespace leedswatch::response
