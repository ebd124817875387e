#pragma once

#include "alarm/dc09_cipher.h"

#include <chrono>
#include <optional>
#include <string_view>

namespace leedswatch::alarm {

/// What a receiver knows of an account before it can read its messages.
struct PanelAccount {
    std::optional<PanelKey> key = {};
    /// How long it may be silent between two polls, if that is known and short enough to keep a connection for.
    std::optional<std::chrono::seconds> pollInterval = {};
};

/// The accounts of the premises that are watched. Thread-safe.
class AccountBook {
public:
    AccountBook() = default;
    AccountBook(const AccountBook&) = delete;
    AccountBook& operator=(const AccountBook&) = delete;
    virtual ~AccountBook() = default;

    /// `account` in upper case, leading zeros kept; `line` as the panel sent it. Nothing: nobody knows it.
    [[nodiscard]] virtual std::optional<PanelAccount> find(std::string_view line, std::string_view account) const = 0;
};

}  // namespace leedswatch::alarm
