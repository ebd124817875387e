#pragma once

#include "access/person.h"
#include "base/result.h"
#include "estate/premises.h"
#include "store/database.h"

#include <array>
#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace leedswatch::response {

/// The numbers of the rules (reference 4.4 to 4.6), each of which premises may have otherwise.
enum class PolicySetting {
    AbortWindow,           ///< seconds: an unconfirmed intruder alarm is held, as its user may call it off
    IntruderConfirmation,  ///< minutes in which a second detector confirms the first
    HoldUpConfirmation,    ///< minutes
    FireConfirmation,      ///< minutes
    RunawayCount,          ///< more than so many of the same ...
    RunawayWindow,         ///< ... within so many minutes run away
    RunawayBucket,         ///< so many of the same at once, and one more each ...
    RunawayRefill,         ///< ... so many minutes, do not
    PowerFaultDelay,       ///< minutes: a mains fault is held, as most are over soon
    StormPremises,         ///< faults of more premises than that ...
    StormWindow,           ///< ... within so many seconds are one incident
    FalseCallsWarn,        ///< with so many false calls in twelve months the police warn ...
    FalseCallsStop,        ///< ... and with so many they come no more
    HoldUpCallsWarn,       ///< the same of hold-up and lone workers' systems
    HoldUpCallsStop,
};

struct PolicySettingInfo {
    PolicySetting setting;
    std::string_view name;   ///< as stored and typed: "abort-window"
    std::string_view title;  ///< as shown
    std::string_view unit;   ///< "seconds"; empty for a count
    int standard = 0;
    int least = 0;
    int most = 0;
};

/// All, in the order of the enumeration.
[[nodiscard]] std::span<const PolicySettingInfo> policySettings();
[[nodiscard]] std::optional<PolicySetting> policySettingFrom(std::string_view name);

/// All numbers as they hold for some premises.
class ResponsePolicy {
public:
    ResponsePolicy();
    [[nodiscard]] int operator[](PolicySetting setting) const { return m_values.at(index(setting)); }
    [[nodiscard]] std::chrono::seconds seconds(PolicySetting setting) const {
        return std::chrono::seconds{(*this)[setting]};
    }
    [[nodiscard]] std::chrono::minutes minutes(PolicySetting setting) const {
        return std::chrono::minutes{(*this)[setting]};
    }
    void set(PolicySetting setting, int value) { m_values.at(index(setting)) = value; }

private:
    static std::size_t index(PolicySetting setting) { return static_cast<std::size_t>(setting); }
    std::array<int, 15> m_values{};
};

/// Those of premises, or of all (none), by which the station's rules go from then on. Thread-safe.
/// Topic of the change feed: "response_policy".
class ResponsePolicies {
public:
    explicit ResponsePolicies(store::Database& database) : m_database{database} {}

    [[nodiscard]] base::Result<ResponsePolicy> of(std::optional<estate::PremisesId> premises);
    /// `value`: none for the one that holds above (the standard, or that of all premises). Errors: NotPermitted,
    /// InvalidInput (out of its limits, which the message names).
    [[nodiscard]] base::Result<void> set(const access::Acting& acting, std::optional<estate::PremisesId> premises,
                                         PolicySetting setting, std::optional<int> value);

    /// In a transaction or a reading of the caller's. Throws soci::soci_error.
    [[nodiscard]] static ResponsePolicy select(soci::session& sql, std::optional<estate::PremisesId> premises);

private:
    store::Database& m_database;
};

}  // namespace leedswatch::response
