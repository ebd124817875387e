#pragma once

#include "response/alarm_class.h"
#include "response/response_policy.h"
#include "response/signal_journal.h"

#include <soci/soci.h>

#include <optional>
#include <string>
#include <vector>

namespace leedswatch::response {

/// A detector that went into alarm.
struct Activation {
    estate::PremisesId premises;
    AlarmClass alarmClass = AlarmClass::Intruder;
    base::UtcTime at{};
    estate::PanelId panel;
    std::string code = {};
    std::string area = {};
    std::string address = {};
};

// Alarms of detectors in the last day. Each throws soci::soci_error.

void insertActivation(soci::session& sql, const Activation& activation);
/// Another detector of the premises, of the same class or of `other`, between `from` and that one; the newest.
[[nodiscard]] std::optional<Activation> findOtherDetector(soci::session& sql, const Activation& activation,
                                                          base::UtcTime from,
                                                          std::optional<AlarmClass> other = std::nullopt);
/// When the same detector reported the same since `from`, that one included; at most `most`, the newest first.
[[nodiscard]] std::vector<base::UtcTime> timesOfSame(soci::session& sql, const Activation& activation,
                                                     base::UtcTime from, int most);
/// A detector as panels name it; both may be empty.
struct Detector {
    std::string area;
    std::string address;
};
/// Which were in alarm since `from`.
[[nodiscard]] std::vector<Detector> detectorsSince(soci::session& sql, estate::PremisesId premises,
                                                   AlarmClass alarmClass, base::UtcTime from);
/// At how many premises there was one of the class since `from`.
[[nodiscard]] int countPremises(soci::session& sql, AlarmClass alarmClass, base::UtcTime from);
void forgetActivations(soci::session& sql, base::UtcTime before);

/// Whether a detector reports so often that it is worn, loose or misused, and not an alarm each time: more than a
/// count in a window, or more than a bucket holds that fills up slowly (reference 4.6). `times`: the newest first.
[[nodiscard]] bool isRunaway(const std::vector<base::UtcTime>& times, const ResponsePolicy& policy);

}  // namespace leedswatch::response
