#include "response/port_statuses.h"

#include <nlohmann/json.hpp>

namespace leedswatch::response {

namespace {

using alarm::AlarmPortCounts;
using CountsByName = std::map<std::string, std::uint64_t>;

std::string textOf(const AlarmPortCounts& counts) {
    return nlohmann::json{{"connections", counts.connections},
                          {"connections_ever", counts.connectionsEver},
                          {"connections_refused", counts.connectionsRefused},
                          {"signals", counts.signals},
                          {"polls", counts.polls},
                          {"held", counts.held},
                          {"not_taken", counts.notTaken},
                          {"faults", counts.faults},
                          {"refusals", counts.refusals},
                          {"strangers", counts.strangers}}
        .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

// What a later version wrote otherwise counts for nothing.
AlarmPortCounts countsFrom(const std::string& text) {
    const auto json = nlohmann::json::parse(text, nullptr, false);
    const auto number = [&](const char* name) -> std::uint64_t {
        return json.is_object() && json.contains(name) && json[name].is_number_unsigned()
                   ? json[name].get<std::uint64_t>()
                   : 0;
    };
    const auto byName = [&](const char* name) {
        CountsByName counts;
        if (json.is_object() && json.contains(name) && json[name].is_object()) {
            for (const auto& [key, value] : json[name].items()) {
                counts[key] = value.is_number_unsigned() ? value.get<std::uint64_t>() : 0;
            }
        }
        return counts;
    };
    AlarmPortCounts counts;
    counts.connections = number("connections");
    counts.connectionsEver = number("connections_ever");
    counts.connectionsRefused = number("connections_refused");
    counts.signals = number("signals");
    counts.polls = number("polls");
    counts.held = number("held");
    counts.notTaken = number("not_taken");
    counts.faults = byName("faults");
    counts.refusals = byName("refusals");
    counts.strangers = byName("strangers");
    return counts;
}

}  // namespace

base::Result<void> PortStatuses::write(const PortStatus& status) {
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        const long long written = base::toStored(status.written);
        const long long opened = base::toStored(status.opened);
        const long long waiting = status.waiting;
        const std::string counts = textOf(status.counts);
        transaction.sql() << "INSERT INTO alarm_port_status (port, written, opened, waiting, counts) VALUES (:port, "
                             ":written, :opened, :waiting, :counts) ON CONFLICT (port) DO UPDATE SET written = "
                             "excluded.written, opened = excluded.opened, waiting = excluded.waiting, counts = "
                             "excluded.counts",
            soci::use(status.port, "port"), soci::use(written, "written"), soci::use(opened, "opened"),
            soci::use(waiting, "waiting"), soci::use(counts, "counts");
        return {};
    });
}

base::Result<std::vector<PortStatus>> PortStatuses::list() {
    return m_database.read([](soci::session& sql) -> base::Result<std::vector<PortStatus>> {
        std::vector<PortStatus> all;
        PortStatus one;
        long long written = 0;
        long long opened = 0;
        long long waiting = 0;
        std::string counts;
        soci::statement statement =
            (sql.prepare << "SELECT port, written, opened, waiting, counts FROM alarm_port_status ORDER BY port",
             soci::into(one.port), soci::into(written), soci::into(opened), soci::into(waiting), soci::into(counts));
        statement.execute();
        while (statement.fetch()) {
            one.written = base::fromStored(written);
            one.opened = base::fromStored(opened);
            one.waiting = waiting;
            one.counts = countsFrom(counts);
            all.push_back(one);
        }
        return all;
    });
}

}  // namespace leedswatch::response
