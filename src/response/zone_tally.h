#pragma once

#include "estate/alarm_zones.h"
#include "response/signal_journal.h"
#include "response/test_kinds.h"

#include <nlohmann/json.hpp>
#include <soci/soci.h>

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace leedswatch::response {

/// What is under test of premises.
struct TestScope {
    std::string area = {};  ///< empty: all
    std::string zone = {};

    /// Numbers are compared without leading zeros.
    [[nodiscard]] bool covers(std::string_view ofArea, std::string_view ofZone) const;
};

/// What came of one zone since a test began.
struct TalliedZone {
    std::string account = {};
    std::string number = {};
    std::string name = {};
    std::string area = {};
    estate::ZoneKind kind = estate::ZoneKind::Other;
    bool isExpected = false;  ///< it is in the register of zones
    int count = 0;            ///< alarms, and tests that name the zone: what shows that it works
    int restores = 0;
    int others = 0;                                 ///< tamper, trouble, bypass: seen, and no proof
    std::optional<base::UtcTime> first = {};        ///< of `count`
    std::optional<base::UtcTime> latestAlarm = {};  ///< likewise
    std::optional<base::UtcTime> latest = {};       ///< of anything
    std::optional<base::UtcTime> restored = {};     ///< the newest; none: not yet
    std::string code = {};                          ///< of the first: "BA"
    std::string event = {};                         ///< "Intruder alarm"
    std::string other = {};                         ///< the newest of `others`

    [[nodiscard]] bool hasCome() const { return count > 0; }
    /// Its last alarm is over.
    [[nodiscard]] bool isRestored() const { return restored && latestAlarm && *restored >= *latestAlarm; }
};

/// What an event says of a zone.
enum class ZoneEvent { None, Came, Restored, Other };
[[nodiscard]] ZoneEvent zoneEventOf(const SignalEvent& event);

/// Ticks off zones as their signals come in. No I/O; one thread.
class ZoneTally {
public:
    ZoneTally() = default;
    /// `expected`: those of the register within the scope.
    ZoneTally(TestScope scope, const std::vector<estate::AlarmZone>& expected);
    /// As it was kept: zones alone, without the counts of other events.
    [[nodiscard]] static ZoneTally kept(TestScope scope, std::vector<TalliedZone> zones);

    /// The register has changed meanwhile: what came stays.
    void expect(const std::vector<estate::AlarmZone>& expected);
    /// Gives zones that came without being expected their names.
    void name(const std::vector<estate::AlarmZone>& known);
    /// One event of a panel with this account.
    void add(const std::string& account, base::UtcTime received, const SignalEvent& event);

    /// Expected ones first, each part by account and number.
    [[nodiscard]] std::vector<TalliedZone> zones() const;
    [[nodiscard]] int expected() const;
    [[nodiscard]] int come() const;  ///< of the expected ones
    [[nodiscard]] int unexpected() const;
    [[nodiscard]] int received() const { return m_received; }  ///< events within the scope
    [[nodiscard]] std::optional<base::UtcTime> latest() const { return m_latest; }
    [[nodiscard]] int tests() const { return m_tests; }  ///< test signals without a zone
    [[nodiscard]] int fires() const { return m_fires; }  ///< fire alarms

private:
    /// Account, and the number as people count.
    using Key = std::tuple<std::string, std::size_t, std::string>;
    TalliedZone& zoneOf(const std::string& account, const std::string& number);

    TestScope m_scope;
    std::map<Key, TalliedZone> m_zones;
    int m_received = 0;
    std::optional<base::UtcTime> m_latest;
    int m_tests = 0;
    int m_fires = 0;
};

/// Which signals of premises belong to a test.
struct TallySpan {
    base::UtcTime from{};  ///< received, with room for a clock that is set
    SignalId after = {};   ///< stored after this one
    SignalId until = {};   ///< stored no later than this one; not valid: any
};
using TakeEvent = std::function<void(const std::string& account, base::UtcTime received, const SignalEvent& event)>;
/// All events of all panels, panel by panel; gives the newest signal that was looked at. Throws soci::soci_error.
SignalId forEachEventOfPremises(soci::session& sql, estate::PremisesId premises, const TallySpan& span,
                                const TakeEvent& take);
/// The zones of the register that a test of this kind expects; none: what is only on test expects the one that is
/// named.
[[nodiscard]] std::vector<estate::AlarmZone> zonesExpected(const std::optional<TestKind>& kind, const TestScope& scope,
                                                           const std::vector<estate::AlarmZone>& known);

/// Zones as they are kept: JSON. What cannot be read back is left out.
[[nodiscard]] nlohmann::json jsonOf(const std::vector<TalliedZone>& zones);
[[nodiscard]] std::vector<TalliedZone> talliedZonesFrom(const nlohmann::json& zones);
/// "12 Hall", with the account if there are several: as a line of a list.
[[nodiscard]] std::string wordsOf(const TalliedZone& zone);

}  // namespace leedswatch::response
