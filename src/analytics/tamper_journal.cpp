#include "analytics/tamper_journal.h"

#include "analytics/tamper_fault.h"
#include "estate/answer_requests.h"

#include <spdlog/spdlog.h>

#include <algorithm>

namespace leedswatch::analytics {
namespace {

using StoredNumber = long long;
constexpr const char* tamperColumns =
    "id, camera_id, kind, from_time, COALESCE(until_time, -1), ended_by, before_still, after_still";

/// What a question asks for; what it does not name is open.
struct Question {
    StoredNumber camera = 0;  ///< 0: all
    StoredNumber from = 0;
    StoredNumber until = 0;
    StoredNumber most = 0;
};

TamperEnd endFromName(std::string_view name) {
    for (const TamperEnd end :
         {TamperEnd::ViewBack, TamperEnd::OtherKind, TamperEnd::Accepted, TamperEnd::NotWatched}) {
        if (nameOf(end) == name) {
            return end;
        }
    }
    return TamperEnd::NotWatched;
}

/// `condition` names only :camera, :from, :until and :most.
std::vector<RecordedTamper> select(soci::session& sql, const std::string& condition, const Question& asked) {
    StoredNumber id = 0;
    StoredNumber camera = 0;
    StoredNumber from = 0;
    StoredNumber until = 0;
    std::string kind;
    std::string endedBy;
    std::string before;
    std::string after;
    soci::statement statement =
        (sql.prepare << std::string{"SELECT "} + tamperColumns +
                            " FROM tamper_event WHERE (:camera = 0 OR camera_id = :camera) AND :from <= :until AND "
                            ":most > 0 AND " +
                            condition,
         soci::use(asked.camera, "camera"), soci::use(asked.from, "from"), soci::use(asked.until, "until"),
         soci::use(asked.most, "most"), soci::into(id), soci::into(camera), soci::into(kind), soci::into(from),
         soci::into(until), soci::into(endedBy), soci::into(before), soci::into(after));
    std::vector<RecordedTamper> events;
    for (bool more = statement.execute(true); more; more = statement.fetch()) {
        const auto known = tamperKindFromName(kind);
        if (!known) {
            spdlog::warn("tamper event {} has a kind that is not known: '{}'", id, kind);
            continue;
        }
        const auto over = until < 0 ? std::nullopt : std::optional{base::fromStored(until)};
        events.push_back(
            {id, estate::CameraId{camera}, *known, base::fromStored(from), over, endFromName(endedBy), before, after});
    }
    return events;
}

Question allOf(std::optional<estate::CameraId> camera) {
    return {camera ? camera->value() : 0, 0, 0, 1};
}

void endWhere(store::Transaction& transaction, const std::string& condition, StoredNumber number, base::UtcTime until,
              TamperEnd why) {
    const StoredNumber time = base::toStored(until);
    const std::string name{nameOf(why)};
    // A clock that was set back in between does not make an event end before it began.
    transaction.sql() << "UPDATE tamper_event SET until_time = MAX(from_time, :until), ended_by = :why WHERE "
                         "until_time IS NULL AND " +
                             condition,
        soci::use(time, "until"), soci::use(name, "why"), soci::use(number, "number");
}

}  // namespace

std::string_view nameOf(TamperEnd end) {
    switch (end) {
        case TamperEnd::ViewBack: return "view-back";
        case TamperEnd::OtherKind: return "other-kind";
        case TamperEnd::Accepted: return "accepted";
        case TamperEnd::NotWatched: return "not-watched";
    }
    return "";
}

base::Result<std::int64_t> TamperJournal::add(const RecordedTamper& event) {
    return m_database.write([&](store::Transaction& transaction) -> base::Result<std::int64_t> {
        const StoredNumber camera = event.camera.value();
        const StoredNumber from = base::toStored(event.from);
        const std::string kind{nameOf(event.kind)};
        StoredNumber id = 0;
        transaction.sql() << "INSERT INTO tamper_event (camera_id, kind, from_time, before_still, after_still) VALUES "
                             "(:camera, :kind, :from, :before, :after) RETURNING id",
            soci::use(camera, "camera"), soci::use(kind, "kind"), soci::use(from, "from"),
            soci::use(event.before, "before"), soci::use(event.after, "after"), soci::into(id);
        if (event.until) {
            endWhere(transaction, "id = :number", id, *event.until, event.endedBy);
        }
        estate::insertAnswerRequest(transaction.sql(),
                                    {0, "tamper", event.camera, event.from, whatIsWrong("the camera", event.kind)});
        transaction.notify("answer_requests", std::to_string(camera));
        transaction.notify("tamper_events", std::to_string(camera));
        return id;
    });
}

base::Result<void> TamperJournal::end(std::int64_t id, base::UtcTime until, TamperEnd why) {
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        endWhere(transaction, "id = :number", id, until, why);
        transaction.notify("tamper_events", "");
        return {};
    });
}

base::Result<void> TamperJournal::endAll(estate::CameraId camera, base::UtcTime until, TamperEnd why) {
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        endWhere(transaction, "camera_id = :number", camera.value(), until, why);
        transaction.notify("tamper_events", std::to_string(camera.value()));
        return {};
    });
}

base::Result<std::vector<RecordedTamper>> TamperJournal::lasting(std::optional<estate::CameraId> camera) {
    return m_database.read([&](soci::session& sql) -> base::Result<std::vector<RecordedTamper>> {
        return select(sql, "until_time IS NULL ORDER BY from_time, id", allOf(camera));
    });
}

base::Result<std::vector<RecordedTamper>> TamperJournal::events(std::optional<estate::CameraId> camera,
                                                                base::UtcTime from, base::UtcTime until,
                                                                std::size_t most) {
    return m_database.read([&](soci::session& sql) -> base::Result<std::vector<RecordedTamper>> {
        Question asked = allOf(camera);
        asked.from = base::toStored(from);
        asked.until = base::toStored(until);
        asked.most = static_cast<StoredNumber>(most);
        auto events = select(sql,
                             "from_time < :until AND (until_time IS NULL OR until_time >= :from) ORDER BY from_time "
                             "DESC, id DESC LIMIT :most",
                             asked);
        std::ranges::reverse(events);
        return events;
    });
}

base::Result<std::vector<RecordedTamper>> TamperJournal::overBefore(estate::CameraId camera, base::UtcTime before) {
    return m_database.read([&](soci::session& sql) -> base::Result<std::vector<RecordedTamper>> {
        Question asked = allOf(camera);
        asked.until = base::toStored(before);
        return select(sql, "until_time < :until ORDER BY id", asked);
    });
}

base::Result<void> TamperJournal::forget(const std::vector<RecordedTamper>& events) {
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        for (const RecordedTamper& event : events) {
            const StoredNumber id = event.id;
            transaction.sql() << "DELETE FROM tamper_event WHERE id = :id", soci::use(id, "id");
        }
        return {};
    });
}

base::Result<std::vector<std::string>> TamperJournal::stills() {
    return m_database.read([](soci::session& sql) -> base::Result<std::vector<std::string>> {
        std::vector<std::string> names;
        std::string name;
        soci::statement statement =
            (sql.prepare << "SELECT before_still FROM tamper_event WHERE before_still <> '' UNION ALL SELECT "
                            "after_still FROM tamper_event WHERE after_still <> ''",
             soci::into(name));
        for (bool more = statement.execute(true); more; more = statement.fetch()) {
            names.push_back(name);
        }
        return names;
    });
}

}  // namespace leedswatch::analytics
