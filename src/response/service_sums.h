#pragma once

#include "access/person.h"
#include "store/database.h"

#include <string>
#include <vector>

namespace leedswatch::response {

/// The sums of closed alarms by hour and by month, from which figures of long periods are read. They are derived: the
/// rows of alarms stay, and what is read is the same with them and without (service_figures.h). Thread-safe.
class ServiceSums {
public:
    explicit ServiceSums(store::Database& database) : m_database{database} {}

    /// By the station: adds closed alarms that the sums do not have yet, `most` in one commit; how many there were.
    [[nodiscard]] base::Result<int> addPending(int most);

    /// What the sums say otherwise than the rows do: sentences; none if all is well. Reads every alarm, a day at a
    /// time. Error: NotPermitted.
    [[nodiscard]] base::Result<std::vector<std::string>> check(const access::Acting& acting);
    /// The same, and makes those days and months anew that are wrong, each in a commit of its own. Error: NotPermitted
    /// (it is for those who set targets).
    [[nodiscard]] base::Result<std::vector<std::string>> mend(const access::Acting& acting);

private:
    enum class Repair { None, Anew };
    [[nodiscard]] base::Result<std::vector<std::string>> compare(const access::Acting& acting, Repair repair);

    store::Database& m_database;
};

}  // namespace leedswatch::response
