#pragma once

#include "alarm/account_book.h"
#include "estate/premises_registry.h"

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace leedswatch::station {

/// The panels that the station listens for, read anew when the list of premises changes. Thread-safe.
class PanelBook final : public alarm::AccountBook {
public:
    struct Entry {
        estate::PanelId panel;
        std::string transmitter;
        std::optional<alarm::PanelKey> key;
    };

    explicit PanelBook(store::Database& database) : m_registry{database} {}

    /// Keeps what it had if the store cannot be read.
    [[nodiscard]] base::Result<void> read();

    [[nodiscard]] std::optional<alarm::PanelAccount> find(std::string_view line,
                                                          std::string_view account) const override;
    /// The panel of an account: that of the line, else the one that is given for any line.
    [[nodiscard]] std::optional<Entry> entry(std::string_view line, std::string_view account) const;

private:
    using Address = std::pair<std::string, std::string>;  // account, line

    estate::PremisesRegistry m_registry;
    mutable std::mutex m_mutex;
    std::map<Address, Entry> m_entries;  ///< guarded by m_mutex
};

}  // namespace leedswatch::station
