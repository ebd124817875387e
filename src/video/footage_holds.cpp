#include "video/footage_holds.h"

#include "store/audit_witness.h"
#include "video/segment_rows.h"

#include <algorithm>

namespace leedswatch::video {
namespace {

using base::ErrorCode;

constexpr const char* kHoldsTopic = "footage_holds";
constexpr std::size_t kLongestReason = 500;

base::Result<void> requireReason(const std::string& reason) {
    const auto letters = std::ranges::count_if(reason, [](unsigned char c) { return std::isspace(c) == 0; });
    if (letters < 3 || reason.size() > kLongestReason) {
        return base::fail(ErrorCode::InvalidInput, "a hold needs a reason of 3 to 500 letters");
    }
    return {};
}

void audit(store::Transaction& transaction, const access::Acting& acting, const std::string& action, HoldId hold,
           nlohmann::json details, const std::string& reason) {
    store::AuditEvent event;
    event.who = acting.username;
    event.workstation = acting.workstation;
    event.action = action;
    event.object = "hold " + std::to_string(hold.value());
    event.details = std::move(details);
    event.personal = reason;
    event.witnesses = {{&FootageHolds::witness(), hold.value()}};
    transaction.audit(event);
    transaction.notify(kHoldsTopic, std::to_string(hold.value()));
}

/// What the journal says of the range; a day's entry tells only its first and last instant.
void addDeleted(soci::session& sql, estate::CameraId camera, TimeRange range, std::vector<LostBeforeHold>& lost) {
    const StoredInteger id = camera.value();
    const StoredInteger from = base::toStored(range.begin);
    const StoredInteger to = base::toStored(range.end);
    const StoredInteger firstDay = dayOf(range.begin) - 1;
    const StoredInteger lastDay = dayOf(range.end);
    StoredInteger begin = 0;
    StoredInteger end = 0;
    StoredInteger files = 0;
    std::string rule;
    soci::statement statement =
        (sql.prepare << "SELECT begin_time, end_time, files, rule FROM deletion_journal WHERE camera_id = :camera "
                        "AND day BETWEEN :first AND :last AND begin_time < :to AND end_time > :from ORDER BY day",
         soci::use(id, "camera"), soci::use(firstDay, "first"), soci::use(lastDay, "last"), soci::use(to, "to"),
         soci::use(from, "from"), soci::into(begin), soci::into(end), soci::into(files), soci::into(rule));
    for (bool more = statement.execute(true); more; more = statement.fetch()) {
        const TimeRange gone{std::max(base::fromStored(begin), range.begin),
                             std::min(base::fromStored(end), range.end)};
        lost.push_back({camera, gone, rule, files, false});
    }
}

void addMarked(soci::session& sql, const std::filesystem::path& dataFolder, estate::CameraId camera, TimeRange range,
               std::vector<LostBeforeHold>& lost) {
    const auto marked = selectSegments(sql, dataFolder,
                                       "WHERE s.id IN (SELECT segment_id FROM segment_deletion) "
                                       "AND s.camera_id = :camera AND s.begin_time < :to "
                                       "AND s.begin_time + s.duration > :from ORDER BY s.begin_time",
                                       {camera.value(), base::toStored(range.end), base::toStored(range.begin)});
    for (const Segment& segment : marked.value_or(std::vector<Segment>{})) {
        lost.push_back({camera,
                        {std::max(segment.begin, range.begin), std::min(segment.end, range.end)},
                        "being deleted",
                        1,
                        true});
    }
}

std::vector<estate::CameraId> camerasOf(soci::session& sql, HoldId hold) {
    const StoredInteger id = hold.value();
    StoredInteger camera = 0;
    soci::statement statement =
        (sql.prepare << "SELECT camera_id FROM footage_hold_camera WHERE hold_id = :id ORDER BY camera_id",
         soci::use(id, "id"), soci::into(camera));
    std::vector<estate::CameraId> cameras;
    for (bool more = statement.execute(true); more; more = statement.fetch()) {
        cameras.emplace_back(camera);
    }
    return cameras;
}

HoldId insert(store::Transaction& transaction, const access::Acting& acting, const HoldOrder& order) {
    const StoredInteger begin = base::toStored(order.range.begin);
    const StoredInteger end = base::toStored(order.range.end);
    const StoredInteger now = base::toStored(transaction.now());
    StoredInteger id = 0;
    transaction.sql() << "INSERT INTO footage_hold (begin_time, end_time, reason, placed_by, placed_at) "
                         "VALUES (:begin, :end, :reason, :who, :now) RETURNING id",
        soci::use(begin, "begin"), soci::use(end, "end"), soci::use(order.reason, "reason"),
        soci::use(acting.username, "who"), soci::use(now, "now"), soci::into(id);
    for (const estate::CameraId camera : order.cameras) {
        const StoredInteger value = camera.value();
        transaction.sql() << "INSERT INTO footage_hold_camera (camera_id, hold_id) VALUES (:camera, :hold) "
                             "ON CONFLICT DO NOTHING",
            soci::use(value, "camera"), soci::use(id, "hold");
    }
    return HoldId{id};
}

}  // namespace

const store::AuditWitness& FootageHolds::witness() {
    static const store::AuditWitness witness{
        "footage_hold",
        "footage_hold",
        "id",
        "id",
        {"begin_time", "end_time", "reason", "placed_by", "placed_at", "released_by", "released_at", "release_reason",
         "(SELECT group_concat(camera_id) FROM footage_hold_camera WHERE hold_id = footage_hold.id)"},
        store::AuditWitness::Rows::Changing};
    return witness;
}

base::Result<PlacedHold> FootageHolds::place(const access::Acting& acting, const HoldOrder& order) {
    TRY(access::require(acting, access::Right::PlaceHold));
    TRY(requireReason(order.reason));
    if (order.range.begin >= order.range.end || order.cameras.empty()) {
        return base::fail(ErrorCode::InvalidInput, "a hold needs at least one camera and a beginning before its end");
    }
    return m_database.write([&](store::Transaction& transaction) -> base::Result<PlacedHold> {
        PlacedHold placed{insert(transaction, acting, order), {}};
        auto cameras = nlohmann::json::array();
        for (const estate::CameraId camera : order.cameras) {
            cameras.push_back(camera.value());
            addDeleted(transaction.sql(), camera, order.range, placed.lost);
            addMarked(transaction.sql(), m_database.folder(), camera, order.range, placed.lost);
        }
        audit(transaction, acting, "hold.placed", placed.id,
              {{"from", base::toStored(order.range.begin)},
               {"to", base::toStored(order.range.end)},
               {"cameras", std::move(cameras)},
               {"stretches_gone_before", static_cast<std::int64_t>(placed.lost.size())}},
              order.reason);
        return placed;
    });
}

base::Result<void> FootageHolds::release(const access::Acting& acting, HoldId hold, const std::string& reason) {
    TRY(access::require(acting, access::Right::LiftHold));
    TRY(requireReason(reason));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        const StoredInteger id = hold.value();
        const StoredInteger now = base::toStored(transaction.now());
        StoredInteger changed = 0;
        transaction.sql() << "UPDATE footage_hold SET released_by = :who, released_at = :now, release_reason = :reason "
                             "WHERE id = :id AND released_at IS NULL RETURNING id",
            soci::use(acting.username, "who"), soci::use(now, "now"), soci::use(reason, "reason"), soci::use(id, "id"),
            soci::into(changed);
        if (!transaction.sql().got_data()) {
            return base::fail(ErrorCode::NotFound, "no hold " + std::to_string(id) + " stands");
        }
        audit(transaction, acting, "hold.released", hold, nlohmann::json::object(), reason);
        return {};
    });
}

base::Result<std::vector<FootageHold>> FootageHolds::list(bool standing) {
    return m_database.read([&](soci::session& sql) -> base::Result<std::vector<FootageHold>> {
        const int onlyStanding = standing ? 1 : 0;
        FootageHold hold;
        StoredInteger id = 0;
        StoredInteger begin = 0;
        StoredInteger end = 0;
        StoredInteger placed = 0;
        StoredInteger released = 0;
        std::vector<FootageHold> holds;
        soci::statement statement =
            (sql.prepare << "SELECT id, begin_time, end_time, reason, placed_by, placed_at, coalesce(released_by, ''), "
                            "coalesce(released_at, 0), coalesce(release_reason, '') FROM footage_hold "
                            "WHERE :standing = 0 OR released_at IS NULL ORDER BY id DESC",
             soci::use(onlyStanding, "standing"), soci::into(id), soci::into(begin), soci::into(end),
             soci::into(hold.reason), soci::into(hold.placedBy), soci::into(placed), soci::into(hold.releasedBy),
             soci::into(released), soci::into(hold.releaseReason));
        for (bool more = statement.execute(true); more; more = statement.fetch()) {
            hold.id = HoldId{id};
            hold.range = {base::fromStored(begin), base::fromStored(end)};
            hold.placedAt = base::fromStored(placed);
            hold.releasedAt = base::fromStored(released);
            holds.push_back(hold);
        }
        for (FootageHold& one : holds) {
            one.cameras = camerasOf(sql, one.id);
        }
        return holds;
    });
}

base::Result<std::vector<TimeRange>> FootageHolds::heldOf(estate::CameraId camera, TimeRange range) {
    return m_database.read(
        [&](soci::session& sql) -> base::Result<std::vector<TimeRange>> { return selectHeld(sql, camera, range); });
}

std::vector<TimeRange> selectHeld(soci::session& sql, estate::CameraId camera, TimeRange range) {
    const StoredInteger id = camera.value();
    const StoredInteger from = base::toStored(range.begin);
    const StoredInteger to = base::toStored(range.end);
    StoredInteger begin = 0;
    StoredInteger end = 0;
    soci::statement statement =
        (sql.prepare << "SELECT h.begin_time, h.end_time FROM footage_hold_camera c JOIN footage_hold h "
                        "ON h.id = c.hold_id WHERE c.camera_id = :camera AND h.released_at IS NULL "
                        "AND h.begin_time < :to AND h.end_time > :from ORDER BY h.begin_time",
         soci::use(id, "camera"), soci::use(to, "to"), soci::use(from, "from"), soci::into(begin), soci::into(end));
    std::vector<TimeRange> held;
    for (bool more = statement.execute(true); more; more = statement.fetch()) {
        const TimeRange one{std::max(base::fromStored(begin), range.begin), std::min(base::fromStored(end), range.end)};
        if (!held.empty() && one.begin <= held.back().end) {
            held.back().end = std::max(held.back().end, one.end);
        } else {
            held.push_back(one);
        }
    }
    return held;
}

}  // namespace leedswatch::video
