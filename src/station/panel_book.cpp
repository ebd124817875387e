#include "station/panel_book.h"

#include "alarm/dc09_reader.h"

#include <spdlog/spdlog.h>

namespace leedswatch::station {

base::Result<void> PanelBook::read() {
    TRY_ASSIGN(const auto panels, m_registry.panels());
    TRY_ASSIGN(const auto keys, m_registry.keys());
    std::map<Address, Entry> entries;
    for (const estate::Panel& panel : panels) {
        Entry entry{panel.id, panel.transmitter, std::nullopt};
        if (const auto bytes = keys.find(panel.id); bytes != keys.end()) {
            if (auto key = alarm::PanelKey::of(bytes->second)) {
                entry.key = *std::move(key);
            }
        }
        entries.emplace(Address{panel.account, panel.line}, std::move(entry));
    }
    const std::scoped_lock lock{m_mutex};
    m_entries = std::move(entries);
    return {};
}

std::optional<PanelBook::Entry> PanelBook::entry(std::string_view line, std::string_view account) const {
    const std::scoped_lock lock{m_mutex};
    auto found = m_entries.find({std::string{account}, alarm::normalAccount(line)});
    if (found == m_entries.end()) {
        found = m_entries.find({std::string{account}, {}});
    }
    return found == m_entries.end() ? std::nullopt : std::optional{found->second};
}

std::optional<alarm::PanelAccount> PanelBook::find(std::string_view line, std::string_view account) const {
    auto found = entry(line, account);
    return found ? std::optional{alarm::PanelAccount{std::move(found->key)}} : std::nullopt;
}

}  // namespace leedswatch::station
