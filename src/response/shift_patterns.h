#pragma once

#include "access/person.h"
#include "base/local_time.h"
#include "store/database.h"

#include <chrono>
#include <string>
#include <vector>

namespace leedswatch::response {

/// Begins every day at that time by the clock on the wall, and ends where the next one begins.
struct Shift {
    std::string name;
    std::chrono::minutes begins{0};  ///< since midnight; full ten minutes
    bool operator==(const Shift&) const = default;
};

/// The shifts of a day from a moment on, by when they begin.
struct ShiftPattern {
    base::UtcTime holdsFrom{};
    base::UtcTime made{};
    std::string madeBy = {};  ///< user name, or "standard"
    std::vector<Shift> shifts = {};
};

/// One shift of one day. In the two nights in which clocks change it is an hour shorter or longer.
struct ShiftSpan {
    std::string name;
    base::UtcTime begin;
    base::UtcTime end;
    bool operator==(const ShiftSpan&) const = default;
};

/// When the room's shifts begin, now and ever before. Thread-safe. Topic of the change feed: "shift_patterns".
class ShiftPatterns {
public:
    static constexpr int mostOfDay = 12;

    explicit ShiftPatterns(store::Database& database) : m_database{database} {}

    /// All that were, are and will be, by when they hold from. Error: NotPermitted.
    [[nodiscard]] base::Result<std::vector<ShiftPattern>> history(const access::Acting& acting);
    /// In any order, from the full ten minutes at or after `holdsFrom` on; the shift in which that lies is cut there.
    /// Errors: NotPermitted; InvalidInput (it lies in the past or more than a year ahead; there is none or more than
    /// twelve; a name is missing, longer than 40 bytes or there twice; two begin together, or one not at full ten
    /// minutes), the message says which.
    [[nodiscard]] base::Result<void> set(const access::Acting& acting, std::vector<Shift> shifts,
                                         base::UtcTime holdsFrom);

    /// In a reading of the caller's. Throws soci::soci_error.
    [[nodiscard]] static std::vector<ShiftPattern> select(soci::session& sql);

private:
    store::Database& m_database;
};

/// All shifts that touch [from, until), in their order and without gaps, whole even where they begin or end outside.
[[nodiscard]] std::vector<ShiftSpan> shiftsIn(const std::vector<ShiftPattern>& history, base::UtcTime from,
                                              base::UtcTime until);

/// "Day=07:00". Error: InvalidInput shows how.
[[nodiscard]] base::Result<Shift> parseShift(std::string_view text);
/// "07:00".
[[nodiscard]] std::string beginText(const Shift& shift);

}  // namespace leedswatch::response
