#pragma once

#include "alarm/account_book.h"
#include "alarm/dc09_frame.h"
#include "alarm/received_signal.h"

#include <functional>
#include <string>
#include <variant>

namespace leedswatch::alarm {

/// A poll of a path: never an event; when it came last is what supervision is about.
struct Supervision {
    std::string line;
    std::string account;  ///< upper case
    bool wasEncrypted = false;
    std::string source = {};  ///< "10.1.2.3:5012 tcp": by which path it came, the network may tell
};

/// What a message of DC-09 is, and what is to be said to it when.
struct Dc09Outcome {
    enum class Refused { No, TimeWindow, NoKey, WrongKey, NotWholeBlocks, UnknownKind };

    /// To be stored; the answer goes out when it is. Nothing of either: there is nothing to do but answer.
    std::variant<std::monostate, ReceivedSignal, Supervision> what = {};
    std::string answer = {};  ///< a whole frame; empty: none is due
    Refused refused = Refused::No;
    /// Of its account, if it is known: PanelAccount.
    std::optional<std::chrono::seconds> pollInterval = {};
};

[[nodiscard]] std::string_view nameOf(Dc09Outcome::Refused refused);

/// Opens, reads and judges the messages of DC-09 (reference 1.7 to 1.9). Keeps nothing between messages; thread-safe as
/// its book is.
class Dc09Reader {
public:
    explicit Dc09Reader(const AccountBook& book) : m_book{book} {}

    /// `source` names the panel's address.
    [[nodiscard]] Dc09Outcome read(const Dc09Frame& frame, std::string_view source, base::UtcTime now) const;

private:
    const AccountBook& m_book;
};

/// Upper case, leading zeros kept: as accounts are looked up and stored.
[[nodiscard]] std::string normalAccount(std::string_view account);

}  // namespace leedswatch::alarm
