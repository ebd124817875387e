#pragma once

#include "access/people.h"

#include <string>
#include <string_view>

namespace leedswatch::access {

/// That two people stand behind one act, and why. Only TwoPersonAuthority makes one, so whoever asks for it as a
/// parameter cannot be called by one person alone.
class TwoPersonGrant {
public:
    [[nodiscard]] const Acting& first() const { return m_first; }
    [[nodiscard]] const Acting& second() const { return m_second; }
    [[nodiscard]] const std::string& reason() const { return m_reason; }

private:
    friend class TwoPersonAuthority;
    TwoPersonGrant(Acting first, Acting second, std::string reason)
        : m_first{std::move(first)}, m_second{std::move(second)}, m_reason{std::move(reason)} {}

    Acting m_first;
    Acting m_second;
    std::string m_reason;
};

/// What the two must each be allowed to do.
struct TwoPersonRights {
    Right first;
    Right second;
};

/// Has a second person confirm, with a password of their own, what the first one wants to do. Thread-safe.
class TwoPersonAuthority {
public:
    explicit TwoPersonAuthority(People& people) : m_people{people} {}

    /// `first` is signed in; the second person is at the same desk and gives name and password, checked like a sign-in
    /// (same throttle, same time, audited as "signin.confirmed"). Takes a tenth of a second: not for the UI thread.
    ///
    /// Errors: NotPermitted (a right is missing; the first is the second, is no person or has been disabled; the second
    /// still has a password that somebody else chose), InvalidInput (the reason), SignInFailed, TimedOut.
    [[nodiscard]] base::Result<TwoPersonGrant> confirm(const Acting& first, const std::string& secondUsername,
                                                       std::string_view secondPassword, TwoPersonRights rights,
                                                       const std::string& reason);

    /// The rule for a reason: 5 to 500 characters of text.
    [[nodiscard]] static base::Result<void> checkReason(const std::string& reason);

private:
    People& m_people;
};

}  // namespace leedswatch::access
