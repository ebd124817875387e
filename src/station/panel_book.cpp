#include "station/panel_book.h"

#include "alarm/dc09_reader.h"
#include "estate/path_times.h"

#include <spdlog/spdlog.h>

namespace leedswatch::station {

base::Result<void> PanelBook::read() {
    TRY_ASSIGN(const auto panels, m_registry.panels());
    TRY_ASSIGN(const auto keys, m_registry.keys());
    std::map<Address, Entry> entries;
    for (const estate::Panel& panel : panels) {
        Entry entry{panel.id,       panel.transmitter, std::nullopt,
                    panel.premises, panel.protocol,    estate::connectionPollInterval(panel)};
        if (const auto bytes = keys.find(panel.id); bytes != keys.end()) {
            if (auto key = alarm::PanelKey::of(bytes->second)) {
                entry.key = *std::move(key);
            }
        }
        if (!panel.signalling.alternativeLine.empty()) {
            entries.emplace(Address{panel.account, panel.signalling.alternativeLine}, entry);
        }
        entries.emplace(Address{panel.account, panel.line}, std::move(entry));
    }
    TRY_ASSIGN(auto overrides, m_overridesStore.table());
    const std::scoped_lock lock{m_mutex};
    m_entries = std::move(entries);
    m_overrides = std::make_shared<const response::OverrideTable>(std::move(overrides));
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

// The event's account says whose it is; a communicator that reports for a panel may be known by its own alone.
std::optional<PanelBook::Entry> PanelBook::senderOf(const alarm::ReceivedSignal& signal) const {
    auto found = entry(signal.line, signal.account);
    if (!found && signal.account != signal.headerAccount) {
        found = entry(signal.line, signal.headerAccount);
    }
    return found;
}

std::vector<response::SignalEvent> PanelBook::eventsOf(const alarm::ReceivedSignal& signal,
                                                       const std::optional<Entry>& sender) const {
    if (!sender) {
        return response::judge(signal, {});
    }
    const auto overrides = [this] {
        const std::scoped_lock lock{m_mutex};
        return m_overrides;
    }();
    return overrides ? response::judge(signal, sender->transmitter, sender->premises, *overrides)
                     : response::judge(signal, sender->transmitter);
}

std::vector<response::SignalEvent> PanelBook::eventsOf(const alarm::ReceivedSignal& signal) const {
    return eventsOf(signal, senderOf(signal));
}

response::JudgedSignal PanelBook::judged(alarm::ReceivedSignal signal) const {
    const auto sender = senderOf(signal);
    auto events = eventsOf(signal, sender);
    if (!sender) {
        return {std::move(signal), std::nullopt, std::move(events)};
    }
    const bool isOther = !sender->protocol.empty() && sender->protocol != signal.protocol;
    return {std::move(signal), sender->panel, std::move(events), isOther};
}

std::optional<alarm::PanelAccount> PanelBook::find(std::string_view line, std::string_view account) const {
    auto found = entry(line, account);
    return found ? std::optional{alarm::PanelAccount{std::move(found->key), found->pollInterval}} : std::nullopt;
}

}  // namespace leedswatch::station
