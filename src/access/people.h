#pragma once

#include "access/person.h"
#include "access/sign_in_throttle.h"
#include "store/database.h"

#include <string>
#include <string_view>
#include <vector>

namespace leedswatch::access {

/// The people who may use the room's programs, their roles and their passwords (Argon2id). Thread-safe.
/// Topic of the change feed: "people".
class People {
public:
    explicit People(store::Database& database) : m_database{database} {}

    /// The rule for a new password; the message says what is missing.
    [[nodiscard]] static base::Result<void> checkPassword(std::string_view password, std::string_view username);

    /// True until somebody has been added: then the first administrator is to be made.
    [[nodiscard]] base::Result<bool> isEmpty();
    [[nodiscard]] base::Result<std::vector<Person>> list();

    /// Errors: AlreadyExists, InvalidInput (name, password), NotPermitted. While there is nobody, only an administrator
    /// can be added, and `acting` is not asked for a right.
    [[nodiscard]] base::Result<Person> add(const Acting& acting, const std::string& username,
                                           const std::string& fullName, Role role, std::string_view password,
                                           bool mustChangePassword);
    /// The last enabled administrator cannot be disabled. Errors: NotFound, NotPermitted, InvalidInput.
    [[nodiscard]] base::Result<void> disable(const Acting& acting, const std::string& username);
    [[nodiscard]] base::Result<void> changePassword(const Acting& acting, const std::string& username,
                                                    std::string_view newPassword);

    /// The person, as one who acts from `workstation`. Wrong name, wrong password and disabled give the same
    /// SignInFailed after the same time; five failures in a row hold the name off for a minute (TimedOut). Audited.
    [[nodiscard]] base::Result<Acting> signIn(const std::string& username, std::string_view password,
                                              const std::string& workstation);
    /// The same for somebody who confirms what another person does and does not take over the desk: audited as
    /// "signin.confirmed".
    [[nodiscard]] base::Result<Acting> confirm(const std::string& username, std::string_view password,
                                               const std::string& workstation);
    [[nodiscard]] base::Result<void> signOut(const Acting& acting);
    /// False too if there is no such person.
    [[nodiscard]] base::Result<bool> isEnabled(PersonId person);
    /// Whether that name, as it was typed, is the acting person's own.
    [[nodiscard]] static bool isUsernameOf(std::string_view typed, const Acting& acting);
    /// Whether `acting` must set a new password before doing anything else.
    [[nodiscard]] base::Result<bool> mustChangePassword(const Acting& acting);

    /// What the audit log vouches for of each person; for AuditLog::verify.
    [[nodiscard]] static const store::AuditWitness& witness();

private:
    [[nodiscard]] base::Result<Acting> checkSignIn(const std::string& username, std::string_view password,
                                                   const std::string& workstation, SignInPurpose purpose);

    store::Database& m_database;
};

}  // namespace leedswatch::access
