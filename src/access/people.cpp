#include "access/people.h"

#include "access/password.h"
#include "access/sign_in_throttle.h"
#include "base/utf8.h"
#include "store/audit_witness.h"

#include <algorithm>
#include <cctype>

namespace leedswatch::access {
namespace {

using base::ErrorCode;

constexpr std::size_t kShortestPassword = 10;
constexpr std::size_t kLongestPassword = 256;
constexpr std::size_t kLongestUsername = 32;
constexpr std::size_t kLongestFullName = 100;

const store::AuditWitness& personWitness() {
    static const store::AuditWitness witness{
        "person",
        "person",
        "id",
        "username",
        {"username", "full_name", "role", "enabled", "must_change_password", "password_hash"},
        store::AuditWitness::Rows::Changing};
    return witness;
}

std::string lowered(std::string_view text) {
    std::string result{text};
    std::transform(result.begin(), result.end(), result.begin(),
                   [](unsigned char character) { return static_cast<char>(std::tolower(character)); });
    return result;
}

base::Result<void> checkUsername(const std::string& username) {
    const auto isAllowed = [](char character) {
        return (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9') || character == '.' ||
               character == '_' || character == '-';
    };
    if (username.size() < 2 || username.size() > kLongestUsername || username.front() < 'a' || username.front() > 'z' ||
        !std::all_of(username.begin(), username.end(), isAllowed)) {
        return base::fail(
            ErrorCode::InvalidInput,
            "a user name is 2 to 32 letters, digits, dots, dashes or underscores and begins with a letter");
    }
    return {};
}

base::Result<void> checkFullName(const std::string& fullName) {
    if (fullName.empty() || fullName.size() > kLongestFullName || !base::isPlainText(fullName) ||
        fullName.find_first_of("\t\r\n") != std::string::npos) {
        return base::fail(ErrorCode::InvalidInput, "a full name is 1 to 100 characters in one line");
    }
    return {};
}

struct StoredPerson {
    Person person;
    std::string passwordHash;
};

constexpr const char* kColumns = "id, username, full_name, role, enabled, must_change_password, password_hash";

/// The rows of `query`, which selects kColumns and may have one parameter, :name.
std::vector<StoredPerson> selectPeople(soci::session& sql, const std::string& condition, const std::string& name) {
    std::vector<StoredPerson> people;
    StoredPerson row;
    std::int64_t id = 0;
    std::string role;
    int enabled = 0;
    int mustChange = 0;
    soci::statement statement =
        (sql.prepare << "SELECT " << kColumns << " FROM person WHERE " << condition << " ORDER BY username",
         soci::use(name, "name"), soci::into(id), soci::into(row.person.username), soci::into(row.person.fullName),
         soci::into(role), soci::into(enabled), soci::into(mustChange), soci::into(row.passwordHash));
    statement.execute();
    while (statement.fetch()) {
        row.person.id = PersonId{id};
        row.person.role = roleFromName(role).value_or(Role::Operator);
        row.person.enabled = enabled != 0;
        row.person.mustChangePassword = mustChange != 0;
        people.push_back(row);
    }
    return people;
}

base::Result<StoredPerson> findPerson(soci::session& sql, const std::string& username) {
    auto found = selectPeople(sql, "username = :name", username);
    if (found.empty()) {
        return base::fail(ErrorCode::NotFound, "nobody has the user name '" + username + "'");
    }
    return std::move(found.front());
}

long long countPeople(soci::session& sql, const std::string& condition) {
    long long count = 0;
    sql << "SELECT count(*) FROM person WHERE " + condition, soci::into(count);
    return count;
}

void auditPerson(store::Transaction& transaction, const Acting& acting, const std::string& action, const Person& person,
                 nlohmann::json details = nlohmann::json::object(), const std::string& personal = "") {
    store::AuditEvent event;
    event.who = acting.username;
    event.workstation = acting.workstation;
    event.action = action;
    event.object = "person " + person.username;
    event.details = std::move(details);
    event.personal = personal;
    event.witnesses = {{&personWitness(), person.id.value()}};
    transaction.audit(event);
    transaction.notify("people", person.username);
}

void insertPerson(soci::session& sql, Person& person, const std::string& passwordHash, base::UtcTime now) {
    const std::string role{nameOf(person.role)};
    const int mustChange = person.mustChangePassword ? 1 : 0;
    const auto at = base::toStored(now);
    std::int64_t id = 0;
    sql << "INSERT INTO person (username, full_name, role, must_change_password, password_hash, created_at) "
           "VALUES (:username, :full_name, :role, :must_change, :hash, :at) RETURNING id",
        soci::use(person.username, "username"), soci::use(person.fullName, "full_name"), soci::use(role, "role"),
        soci::use(mustChange, "must_change"), soci::use(passwordHash, "hash"), soci::use(at, "at"), soci::into(id);
    person.id = PersonId{id};
}

base::Result<void> requireForAdding(soci::session& sql, const Acting& acting, Role role) {
    if (countPeople(sql, "1 = 1") > 0) {
        return require(acting, Right::ManagePeople);
    }
    if (role != Role::Administrator) {
        return base::fail(ErrorCode::InvalidInput, "the first person must be an administrator");
    }
    return {};
}

Acting actingAs(const Person& person, const std::string& workstation) {
    Acting acting;
    acting.id = person.id;
    acting.username = person.username;
    acting.fullName = person.fullName;
    acting.role = person.role;
    acting.workstation = workstation;
    return acting;
}

}  // namespace

base::Result<void> People::checkPassword(std::string_view password, std::string_view username) {
    const auto refuse = [](const char* reason) { return base::fail(ErrorCode::InvalidInput, reason); };
    if (password.size() < kShortestPassword) {
        return refuse("the password is too short: use at least 10 characters, such as three or four words");
    }
    if (password.size() > kLongestPassword) {
        return refuse("the password is too long: use at most 256 characters");
    }
    const auto low = lowered(password);
    if (!username.empty() && low.find(lowered(username)) != std::string::npos) {
        return refuse("the password must not contain the user name");
    }
    if (low.find_first_not_of(low.front()) == std::string::npos) {
        return refuse("the password must not be one character repeated");
    }
    for (const char* common : {"password", "leedswatch", "1234567890", "qwertyuiop"}) {
        if (low.find(common) != std::string::npos) {
            return refuse("the password is one of the first that a stranger would try: choose another");
        }
    }
    return {};
}

base::Result<bool> People::isEmpty() {
    return m_database.read([](soci::session& sql) -> base::Result<bool> { return countPeople(sql, "1 = 1") == 0; });
}

base::Result<std::vector<Person>> People::list() {
    return m_database.read([](soci::session& sql) -> base::Result<std::vector<Person>> {
        std::vector<Person> people;
        for (auto& stored : selectPeople(sql, ":name = ''", "")) {
            people.push_back(std::move(stored.person));
        }
        return people;
    });
}

base::Result<Person> People::add(const Acting& acting, const std::string& username, const std::string& fullName,
                                 Role role, std::string_view password, bool mustChangePassword) {
    Person person;
    person.username = lowered(username);
    person.fullName = fullName;
    person.role = role;
    person.mustChangePassword = mustChangePassword;
    TRY(checkUsername(person.username));
    TRY(checkFullName(fullName));
    TRY(checkPassword(password, person.username));
    TRY_ASSIGN(const auto hash, hashPassword(password));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<Person> {
        auto& sql = transaction.sql();
        TRY(requireForAdding(sql, acting, role));
        if (findPerson(sql, person.username)) {
            return base::fail(ErrorCode::AlreadyExists, "the user name '" + person.username + "' is taken");
        }
        insertPerson(sql, person, hash, transaction.now());
        auditPerson(transaction, acting, "person.added", person, {{"role", nameOf(role)}}, fullName);
        return person;
    });
}

base::Result<void> People::disable(const Acting& acting, const std::string& username) {
    TRY(require(acting, Right::ManagePeople));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        auto& sql = transaction.sql();
        TRY_ASSIGN(const auto stored, findPerson(sql, lowered(username)));
        if (!stored.person.enabled) {
            return {};
        }
        if (stored.person.role == Role::Administrator &&
            countPeople(sql, "role = 'administrator' AND enabled = 1") == 1) {
            return base::fail(ErrorCode::InvalidInput, "'" + stored.person.username +
                                                           "' is the last administrator and cannot be disabled: add "
                                                           "another one first");
        }
        const auto id = stored.person.id.value();
        sql << "UPDATE person SET enabled = 0 WHERE id = :id", soci::use(id, "id");
        auditPerson(transaction, acting, "person.disabled", stored.person);
        return {};
    });
}

base::Result<void> People::changePassword(const Acting& acting, const std::string& username,
                                          std::string_view newPassword) {
    const auto name = lowered(username);
    const bool own = acting.username == name;
    if (!own) {
        TRY(require(acting, Right::ManagePeople));
    }
    TRY(checkPassword(newPassword, name));
    TRY_ASSIGN(const auto before, m_database.read([&](soci::session& sql) -> base::Result<StoredPerson> {
        return findPerson(sql, name);
    }));
    if (passwordFits(before.passwordHash, newPassword)) {
        return base::fail(ErrorCode::InvalidInput, "the new password must differ from the old one");
    }
    TRY_ASSIGN(const auto hash, hashPassword(newPassword));
    // Somebody who was given a password by another has to choose their own.
    const int mustChange = own ? 0 : 1;
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        const auto id = before.person.id.value();
        transaction.sql() << "UPDATE person SET password_hash = :hash, must_change_password = :must WHERE id = :id",
            soci::use(hash, "hash"), soci::use(mustChange, "must"), soci::use(id, "id");
        auditPerson(transaction, acting, "person.password-changed", before.person);
        return {};
    });
}

base::Result<Acting> People::signIn(const std::string& username, std::string_view password,
                                    const std::string& workstation) {
    return checkSignIn(username, password, workstation, SignInPurpose::Desk);
}

base::Result<Acting> People::confirm(const std::string& username, std::string_view password,
                                     const std::string& workstation) {
    return checkSignIn(username, password, workstation, SignInPurpose::Confirmation);
}

base::Result<bool> People::isEnabled(PersonId person) {
    return m_database.read([&](soci::session& sql) -> base::Result<bool> {
        const auto id = person.value();
        int enabled = 0;
        sql << "SELECT enabled FROM person WHERE id = :id", soci::use(id, "id"), soci::into(enabled);
        return enabled != 0;
    });
}

bool People::isUsernameOf(std::string_view typed, const Acting& acting) {
    return lowered(typed) == acting.username;
}

base::Result<Acting> People::checkSignIn(const std::string& username, std::string_view password,
                                         const std::string& workstation, SignInPurpose purpose) {
    const auto name = lowered(username).substr(0, kLongestUsername);
    // Made with the first sign-in of the process, whoever it is: later it would show that a name is unknown.
    const auto& nobody = hashOfNobody();
    SignInThrottle throttle{m_database};
    TRY(throttle.checkNotHeld(name));
    const auto found =
        m_database.read([&](soci::session& sql) -> base::Result<StoredPerson> { return findPerson(sql, name); });
    if (!found && found.error().code != ErrorCode::NotFound) {
        return base::fail(found.error());
    }
    const bool fits = passwordFits(found ? found->passwordHash : nobody, password);
    if (!fits || !found || !found->person.enabled || password.size() > kLongestPassword) {
        TRY(throttle.refused(name, found.has_value(), workstation));
        return base::fail(ErrorCode::SignInFailed, "the user name or the password is not right");
    }
    auto acting = actingAs(found->person, workstation);
    TRY(throttle.accepted(acting, purpose));
    return acting;
}

base::Result<void> People::signOut(const Acting& acting) {
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        store::AuditEvent event;
        event.who = acting.username;
        event.workstation = acting.workstation;
        event.action = "signin.ended";
        event.object = "person " + acting.username;
        transaction.audit(event);
        return {};
    });
}

base::Result<bool> People::mustChangePassword(const Acting& acting) {
    if (acting.unrestricted) {
        return false;
    }
    return m_database.read([&](soci::session& sql) -> base::Result<bool> {
        TRY_ASSIGN(const auto stored, findPerson(sql, acting.username));
        return stored.person.mustChangePassword;
    });
}

const store::AuditWitness& People::witness() {
    return personWitness();
}

}  // namespace leedswatch::access
