#include "analytics/motion_journal.h"

#include "estate/answer_requests.h"

#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <cmath>
#include <span>

namespace leedswatch::analytics {
namespace {

using Integer = long long;
constexpr double milliseconds = 1'000;
constexpr const char* columns =
    "id, camera_id, from_time, until_time, is_over, is_alarm, peak_time, peak_share, sightings";

std::string textOf(const std::vector<MotionSighting>& sightings) {
    auto text = nlohmann::json::array();
    for (const MotionSighting& seen : sightings) {
        text.push_back(
            {std::llround(seen.seconds * milliseconds), seen.box.left, seen.box.top, seen.box.width, seen.box.height});
    }
    return text.dump();
}

// What cannot be read of it is left out: the event is there all the same.
std::vector<MotionSighting> sightingsFrom(const std::string& text) {
    std::vector<MotionSighting> sightings;
    const auto rows = nlohmann::json::parse(text, nullptr, false);
    for (const auto& row : rows.is_array() ? rows : nlohmann::json::array()) {
        const auto isNumber = [](const nlohmann::json& value) { return value.is_number_integer(); };
        if (row.is_array() && row.size() == 5 && std::ranges::all_of(row, isNumber)) {
            sightings.push_back({static_cast<double>(row[0].get<std::int64_t>()) / milliseconds,
                                 {row[1].get<int>(), row[2].get<int>(), row[3].get<int>(), row[4].get<int>()}});
        }
    }
    return sightings;
}

/// The variables that a row goes through, in both directions.
struct Row {
    Integer id = 0;
    Integer camera = 0;
    Integer from = 0;
    Integer until = 0;
    int isOver = 0;
    int isAlarm = 0;
    Integer peak = 0;
    int share = 0;
    std::string sightings;

    Row() = default;
    explicit Row(const RecordedMotion& event)
        : id{event.id},
          camera{event.camera.value()},
          from{base::toStored(event.from)},
          until{base::toStored(event.until)},
          isOver{event.isOver ? 1 : 0},
          isAlarm{event.isAlarm ? 1 : 0},
          peak{base::toStored(event.peak)},
          share{event.peakShare},
          sightings{textOf(event.sightings)} {}

    [[nodiscard]] RecordedMotion event() const {
        return {id,
                estate::CameraId{camera},
                base::fromStored(from),
                base::fromStored(until),
                isOver != 0,
                isAlarm != 0,
                base::fromStored(peak),
                share,
                sightingsFrom(sightings)};
    }
};

Integer insert(soci::session& sql, const RecordedMotion& event) {
    Row row{event};
    Integer id = 0;
    sql << "INSERT INTO motion_event (camera_id, from_time, until_time, is_over, is_alarm, peak_time, peak_share, "
           "sightings) VALUES (:camera, :from, :until, :over, :alarm, :peak, :share, :sightings) RETURNING id",
        soci::use(row.camera, "camera"), soci::use(row.from, "from"), soci::use(row.until, "until"),
        soci::use(row.isOver, "over"), soci::use(row.isAlarm, "alarm"), soci::use(row.peak, "peak"),
        soci::use(row.share, "share"), soci::use(row.sightings, "sightings"), soci::into(id);
    return id;
}

void askForAnAnswer(store::Transaction& transaction, const RecordedMotion& event) {
    if (event.isAlarm) {
        estate::insertAnswerRequest(
            transaction.sql(), {0, "motion", event.camera, event.from, "Something moved while the camera was armed"});
        transaction.notify("answer_requests", std::to_string(event.camera.value()));
    }
}

void update(soci::session& sql, const RecordedMotion& event) {
    Row row{event};
    sql << "UPDATE motion_event SET from_time = :from, until_time = :until, is_over = :over, peak_time = :peak, "
           "peak_share = :share, sightings = :sightings WHERE id = :id",
        soci::use(row.from, "from"), soci::use(row.until, "until"), soci::use(row.isOver, "over"),
        soci::use(row.peak, "peak"), soci::use(row.share, "share"), soci::use(row.sightings, "sightings"),
        soci::use(row.id, "id");
}

void saveSpan(soci::session& sql, const MotionJournal::ActivityKey& key, const ActivitySpan& span) {
    const Integer camera = key.first.value();
    const Integer number = key.second;
    const auto bytes = span.bytes();
    const std::string text{reinterpret_cast<const char*>(bytes.data()), bytes.size()};
    sql << "INSERT INTO motion_activity (camera_id, span, seconds) VALUES (:camera, :span, CAST(:seconds AS BLOB)) "
           "ON CONFLICT (camera_id, span) DO UPDATE SET seconds = excluded.seconds",
        soci::use(camera, "camera"), soci::use(number, "span"), soci::use(text, "seconds");
}

std::vector<RecordedMotion> fetch(soci::statement& statement, Row& row, std::size_t most) {
    std::vector<RecordedMotion> events;
    for (bool more = statement.execute(true); more && events.size() < most; more = statement.fetch()) {
        events.push_back(row.event());
    }
    std::ranges::reverse(events);
    return events;
}

void join(std::vector<MotionMark>& marks, const MotionMark& next, base::Microseconds step) {
    if (marks.empty() || next.from - marks.back().until >= step) {
        marks.push_back(next);
        return;
    }
    MotionMark& last = marks.back();
    last.until = std::max(last.until, next.until);
    last.isAlarm = last.isAlarm || next.isAlarm;
    last.peakShare = std::max(last.peakShare, next.peakShare);
}

/// The one time that the question has for an answer.
base::Result<std::optional<base::UtcTime>> nearest(store::Database& database, estate::CameraId camera,
                                                   base::UtcTime time, const char* question) {
    return database.read([&](soci::session& sql) -> base::Result<std::optional<base::UtcTime>> {
        const Integer id = camera.value();
        const Integer from = base::toStored(time);
        Integer found = 0;
        soci::indicator there = soci::i_null;
        sql << question, soci::use(id, "camera"), soci::use(from, "time"), soci::into(found, there);
        return there == soci::i_ok ? std::optional{base::fromStored(found)} : std::nullopt;
    });
}

}  // namespace

base::Result<void> MotionJournal::write(std::vector<RecordedMotion>& events,
                                        const std::map<ActivityKey, ActivitySpan>& activity) {
    std::vector<Integer> ids;
    TRY(m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        ids.clear();
        for (const RecordedMotion& event : events) {
            if (event.id == 0) {
                ids.push_back(insert(transaction.sql(), event));
                askForAnAnswer(transaction, event);
            } else {
                update(transaction.sql(), event);
                ids.push_back(event.id);
            }
            transaction.notify("motion_events", std::to_string(event.camera.value()));
        }
        for (const auto& [key, span] : activity) {
            saveSpan(transaction.sql(), key, span);
        }
        return {};
    }));
    for (std::size_t i = 0; i < events.size(); ++i) {
        events[i].id = ids[i];
    }
    return {};
}

base::Result<int> MotionJournal::closeAll() {
    return m_database.write([](store::Transaction& transaction) -> base::Result<int> {
        int open = 0;
        transaction.sql() << "SELECT COUNT(*) FROM motion_event WHERE is_over = 0", soci::into(open);
        transaction.sql() << "UPDATE motion_event SET is_over = 1 WHERE is_over = 0";
        return open;
    });
}

base::Result<std::vector<RecordedMotion>> MotionJournal::events(estate::CameraId camera, base::UtcTime from,
                                                                base::UtcTime until, std::size_t most) {
    return m_database.read([&](soci::session& sql) -> base::Result<std::vector<RecordedMotion>> {
        const Integer id = camera.value();
        const Integer begin = base::toStored(from);
        const Integer end = base::toStored(until);
        Row row;
        soci::statement statement =
            (sql.prepare << std::string{"SELECT "} + columns +
                                " FROM motion_event WHERE camera_id = :camera AND from_time < :end AND until_time >= "
                                ":begin ORDER BY from_time DESC",
             soci::use(id, "camera"), soci::use(end, "end"), soci::use(begin, "begin"), soci::into(row.id),
             soci::into(row.camera), soci::into(row.from), soci::into(row.until), soci::into(row.isOver),
             soci::into(row.isAlarm), soci::into(row.peak), soci::into(row.share), soci::into(row.sightings));
        return fetch(statement, row, most);
    });
}

base::Result<std::vector<RecordedMotion>> MotionJournal::alarms(base::UtcTime from, base::UtcTime until,
                                                                std::size_t most) {
    return m_database.read([&](soci::session& sql) -> base::Result<std::vector<RecordedMotion>> {
        const Integer begin = base::toStored(from);
        const Integer end = base::toStored(until);
        Row row;
        soci::statement statement =
            (sql.prepare << std::string{"SELECT "} + columns +
                                " FROM motion_event WHERE is_alarm = 1 AND from_time >= :begin AND from_time < :end "
                                "ORDER BY from_time DESC",
             soci::use(begin, "begin"), soci::use(end, "end"), soci::into(row.id), soci::into(row.camera),
             soci::into(row.from), soci::into(row.until), soci::into(row.isOver), soci::into(row.isAlarm),
             soci::into(row.peak), soci::into(row.share), soci::into(row.sightings));
        return fetch(statement, row, most);
    });
}

base::Result<ActivitySpan> MotionJournal::activity(estate::CameraId camera, std::int64_t span) {
    return m_database.read([&](soci::session& sql) -> base::Result<ActivitySpan> {
        const Integer id = camera.value();
        const Integer number = span;
        std::string blob;
        sql << "SELECT seconds FROM motion_activity WHERE camera_id = :camera AND span = :span",
            soci::use(id, "camera"), soci::use(number, "span"), soci::into(blob);
        return sql.got_data() ? ActivitySpan::fromBytes(std::as_bytes(std::span{blob})) : ActivitySpan{};
    });
}

base::Result<std::vector<MotionMark>> MotionJournal::marks(estate::CameraId camera, video::TimeRange period,
                                                           base::Microseconds step) {
    return m_database.read([&](soci::session& sql) -> base::Result<std::vector<MotionMark>> {
        const Integer id = camera.value();
        const Integer begin = base::toStored(period.begin);
        const Integer end = base::toStored(period.end);
        Row row;
        soci::statement statement =
            (sql.prepare << "SELECT from_time, until_time, is_alarm, peak_share FROM motion_event WHERE camera_id = "
                            ":camera AND from_time < :end AND until_time >= :begin ORDER BY from_time",
             soci::use(id, "camera"), soci::use(end, "end"), soci::use(begin, "begin"), soci::into(row.from),
             soci::into(row.until), soci::into(row.isAlarm), soci::into(row.share));
        std::vector<MotionMark> marks;
        for (bool more = statement.execute(true); more; more = statement.fetch()) {
            join(marks, {base::fromStored(row.from), base::fromStored(row.until), row.isAlarm != 0, row.share}, step);
        }
        return marks;
    });
}

base::Result<std::optional<base::UtcTime>> MotionJournal::beginAfter(estate::CameraId camera, base::UtcTime time) {
    return nearest(m_database, camera, time,
                   "SELECT MIN(from_time) FROM motion_event WHERE camera_id = :camera AND from_time > :time");
}

base::Result<std::optional<base::UtcTime>> MotionJournal::beginBefore(estate::CameraId camera, base::UtcTime time) {
    return nearest(m_database, camera, time,
                   "SELECT MAX(from_time) FROM motion_event WHERE camera_id = :camera AND from_time < :time");
}

base::Result<void> MotionJournal::forget(estate::CameraId camera, base::UtcTime before) {
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        const Integer id = camera.value();
        const Integer time = base::toStored(before);
        const Integer span = ActivitySpan::spanOf(before);
        transaction.sql()
            << "DELETE FROM motion_event WHERE camera_id = :camera AND is_over = 1 AND until_time < :time",
            soci::use(id, "camera"), soci::use(time, "time");
        transaction.sql() << "DELETE FROM motion_activity WHERE camera_id = :camera AND span < :span",
            soci::use(id, "camera"), soci::use(span, "span");
        return {};
    });
}

}  // namespace leedswatch::analytics
