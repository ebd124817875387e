#include "response/unmapped_codes.h"

#include "estate/premises_registry.h"
#include "response/code_overrides.h"
#include "response/signal_rows.h"

#include <algorithm>
#include <map>
#include <utility>

namespace leedswatch::response {

namespace {

/// Gathers codes while the signals pass by.
class UnmappedCount {
public:
    UnmappedCount(OverrideTable overrides, const std::vector<estate::Panel>& panels)
        : m_overrides{std::move(overrides)} {
        for (const estate::Panel& panel : panels) {
            m_panels.emplace(panel.id, panel);
        }
    }

    void add(const UnmappedRow& row) {
        const auto found = row.panel ? m_panels.find(*row.panel) : m_panels.end();
        for (const SignalEvent& event : row.events) {
            if (event.meaning.category != alarm::SignalCategory::Unmapped) {
                continue;
            }
            if (event.code.code.empty()) {
                ++m_all.unreadable;
            } else if (!isMappedNow(event.code, found == m_panels.end() ? nullptr : &found->second)) {
                count(event.code, row);
            }
        }
    }

    UnmappedCodes finish() {
        for (auto& [key, code] : m_codes) {
            m_all.codes.push_back(std::move(code));
        }
        std::stable_sort(m_all.codes.begin(), m_all.codes.end(),
                         [](const UnmappedCode& a, const UnmappedCode& b) { return a.count > b.count; });
        return std::move(m_all);
    }

private:
    [[nodiscard]] bool isMappedNow(const alarm::SignalCode& code, const estate::Panel* panel) const {
        return panel != nullptr && m_overrides.find(code, panel->premises, panel->transmitter) != nullptr;
    }

    void count(const alarm::SignalCode& code, const UnmappedRow& row) {
        UnmappedCode& one = m_codes[{code.scheme, code.code}];
        one.scheme = code.scheme;
        one.code = code.code;
        one.first = one.count == 0 ? row.received : std::min(one.first, row.received);
        one.last = std::max(one.last, row.received);
        one.accounts.insert(row.account);
        ++one.count;
    }

    const OverrideTable m_overrides;
    std::map<estate::PanelId, estate::Panel> m_panels;
    std::map<std::pair<alarm::CodeScheme, std::string>, UnmappedCode> m_codes;
    UnmappedCodes m_all;
};

}  // namespace

base::Result<UnmappedCodes> findUnmappedCodes(store::Database& database, const access::Acting& acting,
                                              base::UtcTime from, base::UtcTime until) {
    TRY(access::require(acting, access::Right::ReadLog));
    TRY_ASSIGN(auto overrides, CodeOverrides{database}.table());
    TRY_ASSIGN(const auto panels, estate::PremisesRegistry{database}.panels());
    UnmappedCount count{std::move(overrides), panels};
    TRY(database.read([&](soci::session& sql) -> base::Result<void> {
        forEachUnmapped(sql, from, until, [&](const UnmappedRow& row) { count.add(row); });
        return {};
    }));
    return count.finish();
}

}  // namespace leedswatch::response
