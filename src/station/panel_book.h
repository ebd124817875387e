#pragma once

#include "alarm/account_book.h"
#include "estate/premises_registry.h"
#include "response/code_overrides.h"
#include "response/signal_journal.h"

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace leedswatch::station {

/// The panels that the station listens for and what their codes mean, read anew when either changes. Thread-safe.
class PanelBook final : public alarm::AccountBook {
public:
    struct Entry {
        estate::PanelId panel;
        std::string transmitter;
        std::optional<alarm::PanelKey> key;
        estate::PremisesId premises;
        std::string protocol;  ///< empty: any
        std::optional<std::chrono::seconds> pollInterval = {};
    };

    explicit PanelBook(store::Database& database) : m_registry{database}, m_overridesStore{database} {}

    /// Keeps what it had if the store cannot be read.
    [[nodiscard]] base::Result<void> read();

    [[nodiscard]] std::optional<alarm::PanelAccount> find(std::string_view line,
                                                          std::string_view account) const override;
    /// The panel of an account: that of the line, else the one that is given for any line.
    [[nodiscard]] std::optional<Entry> entry(std::string_view line, std::string_view account) const;
    /// A signal with the panel that it is of, none if nobody knows it, and what it means there.
    [[nodiscard]] response::JudgedSignal judged(alarm::ReceivedSignal signal) const;
    /// What it means there.
    [[nodiscard]] std::vector<response::SignalEvent> eventsOf(const alarm::ReceivedSignal& signal) const;

private:
    [[nodiscard]] std::optional<Entry> senderOf(const alarm::ReceivedSignal& signal) const;
    [[nodiscard]] std::vector<response::SignalEvent> eventsOf(const alarm::ReceivedSignal& signal,
                                                              const std::optional<Entry>& sender) const;
    using Address = std::pair<std::string, std::string>;  // account, line

    estate::PremisesRegistry m_registry;
    response::CodeOverrides m_overridesStore;
    mutable std::mutex m_mutex;
    std::map<Address, Entry> m_entries;                          ///< guarded by m_mutex
    std::shared_ptr<const response::OverrideTable> m_overrides;  ///< guarded by m_mutex
};

}  // namespace leedswatch::station
