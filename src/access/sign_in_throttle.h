#pragma once

#include "access/person.h"
#include "store/database.h"

#include <string>

namespace leedswatch::access {

/// What a name and a password are given for.
enum class SignInPurpose {
    Desk,          ///< to work at a desk
    Confirmation,  ///< as the second person behind what somebody else does
};

/// Counts failed sign-ins in a row, for each name that was typed, and holds a name off for a minute after the fifth.
/// Names that nobody has are treated alike, so that they cannot be told from those of people. Writes the audit events.
class SignInThrottle {
public:
    explicit SignInThrottle(store::Database& database) : m_database{database} {}

    /// Error: TimedOut while the name is held off.
    [[nodiscard]] base::Result<void> checkNotHeld(const std::string& username);
    /// `known`: whether somebody has that name. What else was typed there may be a password, and is kept erasable.
    /// Error: TimedOut, as for `accepted`.
    [[nodiscard]] base::Result<void> refused(const std::string& username, bool known, const std::string& workstation);
    /// Error: TimedOut if the name came to be held while the password was checked: guesses at once do not get past.
    [[nodiscard]] base::Result<void> accepted(const Acting& acting, SignInPurpose purpose);

private:
    store::Database& m_database;
};

}  // namespace leedswatch::access
