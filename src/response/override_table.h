#pragma once

#include "alarm/code_table.h"
#include "base/id.h"
#include "estate/premises.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace leedswatch::response {

using OverrideId = base::Id<struct OverrideTag>;

/// What a code means on some premises, or from the transmitters of some maker. One of the two is given.
struct ScopedOverride {
    OverrideId id;
    std::optional<estate::PremisesId> premises;
    std::string reference;    ///< of the premises
    std::string transmitter;  ///< maker, lower case
    alarm::CodeOverride code;
};

/// All overrides, to judge signals by. Built once, then read by any thread.
class OverrideTable {
public:
    OverrideTable() = default;
    explicit OverrideTable(const std::vector<ScopedOverride>& all);

    /// That of the premises, else that of the maker; none: the tables of codes say what it means.
    [[nodiscard]] const alarm::CodeOverride* find(const alarm::SignalCode& code,
                                                  const std::optional<estate::PremisesId>& premises,
                                                  std::string_view transmitter) const;

private:
    using Key = std::tuple<std::int64_t, std::string, alarm::CodeScheme, std::string>;

    std::map<Key, alarm::CodeOverride> m_overrides;
};

}  // namespace leedswatch::response
