#include "dispatch/key_rows.h"

#include "base/words.h"
#include "store/nullable.h"

namespace leedswatch::dispatch {

namespace {

using KeyKey = long long;

/// Bunches of a query: everything behind FROM is the caller's, with the values that it binds. Premises are `p`.
template <typename... Bound>
std::vector<KeyBunch> bunchesWhere(soci::session& sql, const std::string& condition, Bound&&... bound) {
    std::vector<KeyBunch> bunches;
    KeyBunch bunch;
    KeyKey id = 0;
    KeyKey premises = 0;
    std::string state;
    store::Nullable unit;
    store::Nullable job;
    KeyKey since = 0;
    store::Nullable due;
    soci::statement statement =
        ((sql.prepare << "SELECT b.id, b.tag, b.premises_id, p.reference, p.name, b.opens, b.keys, b.hook, b.state, "
                         "b.holder, b.unit_id, b.job_id, b.since, b.due FROM key_bunch AS b CROSS JOIN premises AS p "
                         "ON p.id = b.premises_id " +
                             condition,
          soci::into(id), soci::into(bunch.tag), soci::into(premises), soci::into(bunch.premisesReference),
          soci::into(bunch.premisesName), soci::into(bunch.opens), soci::into(bunch.keys), soci::into(bunch.hook),
          soci::into(state), soci::into(bunch.holder), unit.into(), job.into(), soci::into(since), due.into()),
         ..., std::forward<Bound>(bound));
    statement.execute();
    while (statement.fetch()) {
        bunch.id = BunchId{id};
        bunch.premises = estate::PremisesId{premises};
        bunch.state = keyStateFrom(state).value_or(KeyState::Held);
        bunch.unit = unit.id<UnitId>();
        bunch.job = job.id<JobId>();
        bunch.since = base::fromStored(since);
        bunch.due = due.time();
        bunches.push_back(bunch);
    }
    return bunches;
}

template <typename... Bound>
std::vector<KeyMovement> movementsWhere(soci::session& sql, const std::string& condition, Bound&&... bound) {
    std::vector<KeyMovement> movements;
    KeyMovement movement;
    KeyKey id = 0;
    KeyKey bunch = 0;
    KeyKey at = 0;
    std::string kind;
    store::Nullable unit;
    store::Nullable job;
    store::Nullable due;
    soci::statement statement =
        ((sql.prepare
              << "SELECT m.id, m.bunch_id, b.tag, m.at, m.kind, m.holder, m.unit_id, m.job_id, m.due, m.who, "
                 "m.workstation, m.text FROM key_movement AS m CROSS JOIN key_bunch AS b ON b.id = m.bunch_id " +
                     condition,
          soci::into(id), soci::into(bunch), soci::into(movement.tag), soci::into(at), soci::into(kind),
          soci::into(movement.holder), unit.into(), job.into(), due.into(), soci::into(movement.who),
          soci::into(movement.workstation), soci::into(movement.text)),
         ..., std::forward<Bound>(bound));
    statement.execute();
    while (statement.fetch()) {
        movement.id = id;
        movement.bunch = BunchId{bunch};
        movement.at = base::fromStored(at);
        movement.kind = keyMovementKindFrom(kind).value_or(KeyMovementKind::Moved);
        movement.unit = unit.id<UnitId>();
        movement.job = job.id<JobId>();
        movement.due = due.time();
        movements.push_back(movement);
    }
    return movements;
}

/// The first text behind all that begin so: no letter of UTF-8 has a byte 0xff.
std::string behindAllThatBegin(const std::string& begin) {
    return begin + "\xff";
}

}  // namespace

void insertBunch(soci::session& sql, KeyBunch& bunch, const std::string& addedBy) {
    const KeyKey premises = bunch.premises.value();
    const KeyKey since = base::toStored(bunch.since);
    KeyKey id = 0;
    sql << "INSERT INTO key_bunch (tag, premises_id, opens, keys, added, added_by, hook, state, since) VALUES (:tag, "
           ":premises, :opens, :keys, :added, :by, :hook, 'held', :since) RETURNING id",
        soci::use(bunch.tag, "tag"), soci::use(premises, "premises"), soci::use(bunch.opens, "opens"),
        soci::use(bunch.keys, "keys"), soci::use(since, "added"), soci::use(addedBy, "by"),
        soci::use(bunch.hook, "hook"), soci::use(since, "since"), soci::into(id);
    bunch.id = BunchId{id};
}

void updateBunch(soci::session& sql, const KeyBunch& bunch) {
    const KeyKey id = bunch.id.value();
    const std::string state{nameOf(bunch.state)};
    const store::Nullable unit{bunch.unit};
    const store::Nullable job{bunch.job};
    const KeyKey since = base::toStored(bunch.since);
    const store::Nullable due{bunch.due};
    sql << "UPDATE key_bunch SET hook = :hook, state = :state, holder = :holder, unit_id = :unit, job_id = :job, since "
           "= :since, due = :due WHERE id = :id",
        soci::use(bunch.hook, "hook"), soci::use(state, "state"), soci::use(bunch.holder, "holder"), unit.use("unit"),
        job.use("job"), soci::use(since, "since"), due.use("due"), soci::use(id, "id");
}

std::optional<KeyBunch> selectBunch(soci::session& sql, BunchId id) {
    const KeyKey key = id.value();
    auto found = bunchesWhere(sql, "WHERE b.id = :id", soci::use(key, "id"));
    return found.empty() ? std::nullopt : std::optional{std::move(found.front())};
}

std::optional<KeyBunch> selectBunch(soci::session& sql, const std::string& tag) {
    auto found = bunchesWhere(sql, "WHERE b.tag = :tag", soci::use(tag, "tag"));
    return found.empty() ? std::nullopt : std::optional{std::move(found.front())};
}

std::vector<KeyBunch> selectBunchesLike(soci::session& sql, const std::string& begin, int most) {
    if (begin.empty()) {
        return bunchesWhere(sql, "ORDER BY b.tag LIMIT :most", soci::use(most, "most"));
    }
    // Tags are upper case; references are as somebody wrote them.
    const std::string upper = base::trimmedUpper(begin);
    const std::string upperEnd = behindAllThatBegin(upper);
    const std::string end = behindAllThatBegin(begin);
    return bunchesWhere(sql,
                        "WHERE b.id IN (SELECT id FROM key_bunch WHERE tag >= :upper AND tag < :upperend UNION SELECT "
                        "k.id FROM premises AS r JOIN key_bunch AS k ON k.premises_id = r.id WHERE (r.reference >= "
                        ":begin AND r.reference < :end) OR (r.reference >= :upper AND r.reference < :upperend)) ORDER "
                        "BY b.tag LIMIT :most",
                        soci::use(upper, "upper"), soci::use(upperEnd, "upperend"), soci::use(begin, "begin"),
                        soci::use(end, "end"), soci::use(most, "most"));
}

std::vector<KeyBunch> selectBunchesOfPremises(soci::session& sql, estate::PremisesId premises) {
    const KeyKey key = premises.value();
    return bunchesWhere(sql, "WHERE b.premises_id = :premises AND b.state <> 'withdrawn' ORDER BY b.tag",
                        soci::use(key, "premises"));
}

std::vector<KeyBunch> selectBunchesOut(soci::session& sql, int most) {
    return bunchesWhere(sql, "WHERE b.state = 'out' ORDER BY b.due, b.id LIMIT :most", soci::use(most, "most"));
}

std::vector<KeyBunch> selectBunchesWith(soci::session& sql, UnitId unit) {
    const KeyKey key = unit.value();
    return bunchesWhere(sql, "WHERE b.state = 'out' AND b.unit_id = :unit ORDER BY b.tag", soci::use(key, "unit"));
}

std::vector<KeyBunch> selectBunchesOfJob(soci::session& sql, JobId job) {
    const KeyKey key = job.value();
    return bunchesWhere(sql, "WHERE b.id IN (SELECT bunch_id FROM dispatch_job_key WHERE job_id = :job) ORDER BY b.tag",
                        soci::use(key, "job"));
}

int countOverdue(soci::session& sql, base::UtcTime now) {
    const KeyKey before = base::toStored(now);
    int count = 0;
    sql << "SELECT count(*) FROM key_bunch WHERE state = 'out' AND due < :now", soci::use(before, "now"),
        soci::into(count);
    return count;
}

void insertMovement(soci::session& sql, KeyMovement& movement) {
    const KeyKey bunch = movement.bunch.value();
    const KeyKey at = base::toStored(movement.at);
    const std::string kind{nameOf(movement.kind)};
    const store::Nullable unit{movement.unit};
    const store::Nullable job{movement.job};
    const store::Nullable due{movement.due};
    KeyKey id = 0;
    sql << "INSERT INTO key_movement (bunch_id, at, kind, holder, unit_id, job_id, due, who, workstation, text) VALUES "
           "(:bunch, :at, :kind, :holder, :unit, :job, :due, :who, :workstation, :text) RETURNING id",
        soci::use(bunch, "bunch"), soci::use(at, "at"), soci::use(kind, "kind"), soci::use(movement.holder, "holder"),
        unit.use("unit"), job.use("job"), due.use("due"), soci::use(movement.who, "who"),
        soci::use(movement.workstation, "workstation"), soci::use(movement.text, "text"), soci::into(id);
    movement.id = id;
}

std::vector<KeyMovement> selectMovements(soci::session& sql, BunchId bunch) {
    const KeyKey key = bunch.value();
    return movementsWhere(sql, "WHERE m.bunch_id = :bunch ORDER BY m.id", soci::use(key, "bunch"));
}

std::vector<KeyMovement> selectMovementsOfJob(soci::session& sql, JobId job) {
    const KeyKey key = job.value();
    return movementsWhere(sql, "WHERE m.job_id = :job ORDER BY m.id", soci::use(key, "job"));
}

}  // namespace leedswatch::dispatch
