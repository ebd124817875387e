#include "response/override_table.h"

namespace leedswatch::response {

OverrideTable::OverrideTable(const std::vector<ScopedOverride>& all) {
    for (const ScopedOverride& one : all) {
        const std::int64_t premises = one.premises ? one.premises->value() : 0;
        m_overrides.insert_or_assign(Key{premises, one.transmitter, one.code.scheme, one.code.code}, one.code);
    }
}

const alarm::CodeOverride* OverrideTable::find(const alarm::SignalCode& code,
                                               const std::optional<estate::PremisesId>& premises,
                                               std::string_view transmitter) const {
    if (m_overrides.empty()) {
        return nullptr;
    }
    if (premises) {
        const auto found = m_overrides.find(Key{premises->value(), {}, code.scheme, code.code});
        if (found != m_overrides.end()) {
            return &found->second;
        }
    }
    const auto found = transmitter.empty() ? m_overrides.end()
                                           : m_overrides.find(Key{0, std::string{transmitter}, code.scheme, code.code});
    return found == m_overrides.end() ? nullptr : &found->second;
}

}  // namespace leedswatch::response
