#pragma once

#include "access/person.h"
#include "base/id.h"
#include "store/database.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leedswatch::estate {

using FaultId = base::Id<struct FaultTag>;

/// Something of the installation that does not work, from its beginning to its end.
struct Fault {
    FaultId id;
    std::string kind;    ///< "volume-missing": with the object it names one fault
    std::string object;  ///< "volume main"
    base::UtcTime since{};
    std::string cause;           ///< one sentence: what happened, to what
    std::string message;         ///< one sentence: what to do
    std::string acknowledgedBy;  ///< a user name; empty: nobody has yet
    base::UtcTime acknowledgedAt{};
    std::optional<base::UtcTime> ended;
};

/// The installation's faults. Whoever finds one raises it as often as they look, and ends it when it is gone; people
/// acknowledge that they know. Its begin and end, and who acknowledged it, are in the audit log. Thread-safe.
/// Topic of the change feed: "faults".
class FaultRegister {
public:
    explicit FaultRegister(store::Database& database) : m_database{database} {}

    /// Writes only what is new: a fault that lasts with the same words is left alone. Other words do not make it new.
    [[nodiscard]] base::Result<void> raise(std::string_view kind, const std::string& object, const std::string& cause,
                                           const std::string& message);
    /// Nothing if there is none.
    [[nodiscard]] base::Result<void> end(std::string_view kind, const std::string& object);
    /// Errors: NotPermitted; NotFound: it is over, or there was none.
    [[nodiscard]] base::Result<void> acknowledge(const access::Acting& acting, FaultId fault);

    /// Those that last, oldest first.
    [[nodiscard]] base::Result<std::vector<Fault>> current();
    /// The newest, those that are over too.
    [[nodiscard]] base::Result<std::vector<Fault>> history(int most);

    /// What the audit log vouches for; for AuditLog::verify.
    [[nodiscard]] static const store::AuditWitness& witness();

private:
    store::Database& m_database;
};

}  // namespace leedswatch::estate
