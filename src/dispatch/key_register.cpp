#include "dispatch/key_register.h"

#include "base/local_time.h"
#include "base/words.h"
#include "dispatch/job_rows.h"
#include "dispatch/key_checks.h"
#include "dispatch/key_rows.h"
#include "dispatch/unit_rows.h"
#include "estate/premises_rows.h"

#include <algorithm>

// How keys go out and come back; how they come into the register in a file is in key_csv.cpp.

namespace leedswatch::dispatch {

namespace {

using base::ErrorCode;

constexpr std::chrono::hours longestIssue{90 * 24};

base::Result<void> checkDue(base::UtcTime due, base::UtcTime now) {
    if (due <= now || due > now + longestIssue) {
        return base::fail(ErrorCode::InvalidInput, "keys are due back at a time to come, within 90 days");
    }
    return {};
}

base::Result<void> requireKeyState(const KeyBunch& bunch, KeyState state) {
    if (bunch.state == state) {
        return {};
    }
    return base::fail(ErrorCode::InvalidInput, "keys " + bunch.tag + " are " + std::string{nameOf(bunch.state)} +
                                                   " since " + base::formatLocal(bunch.since));
}

KeyMovement movementOf(KeyMovementKind kind, std::string text) {
    KeyMovement movement;
    movement.kind = kind;
    movement.text = std::move(text);
    return movement;
}

void putOnHook(KeyBunch& bunch) {
    bunch.state = KeyState::Held;
    bunch.holder.clear();
    bunch.unit.reset();
    bunch.job.reset();
    bunch.due.reset();
}

/// Who gets the keys: a unit of ours that is on duty, or somebody named.
base::Result<std::string> holderOf(soci::session& sql, const KeyIssue& issue) {
    if (!issue.unit) {
        TRY(base::requireWords(issue.holder, "say who gets the keys, and how they were known", base::longestLine));
        return issue.holder;
    }
    TRY_ASSIGN(const Unit unit, findUnit(sql, *issue.unit));
    if (unit.status == UnitStatus::OffDuty) {
        return base::fail(ErrorCode::InvalidInput, unit.callSign + " is off duty: it gets no keys");
    }
    return unitText(unit);
}

/// The job that keys are issued for, with a line in its record.
base::Result<void> noteInJob(JobChange& changes, const KeyBunch& bunch, JobId id, const std::string& words) {
    TRY_ASSIGN(const Job job, findJob(changes.sql(), id));
    TRY(requireOpen(job));
    if (job.premises && *job.premises != bunch.premises) {
        return base::fail(ErrorCode::InvalidInput,
                          "keys " + bunch.tag + " are for other premises than " + objectOf(id));
    }
    changes.enter(job, JobLine::Keys, words);
    return {};
}

}  // namespace

base::Result<KeyBunch> KeyRegister::change(
    const access::Acting& acting, access::Right right, const char* action, BunchId id,
    const std::function<base::Result<KeyMovement>(JobChange&, KeyBunch&)>& does) {
    TRY(access::require(acting, right));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<KeyBunch> {
        auto bunch = selectBunch(transaction.sql(), id);
        if (!bunch) {
            return base::fail(ErrorCode::NotFound, "there are no such keys");
        }
        const JobTeller nobody;
        JobChange changes{transaction, acting, nobody};
        TRY_ASSIGN(KeyMovement movement, does(changes, *bunch));
        if (movement.kind != KeyMovementKind::Moved && movement.kind != KeyMovementKind::Extended) {
            bunch->since = transaction.now();
        }
        updateBunch(transaction.sql(), *bunch);
        movement.bunch = id;
        movement.at = transaction.now();
        movement.who = acting.username;
        movement.workstation = acting.workstation;
        insertMovement(transaction.sql(), movement);
        changes.vouch({&movementWitness(), movement.id});
        changes.finish(action, "keys " + bunch->tag);
        transaction.notify("keys", bunch->tag);
        return base::Result<KeyBunch>{tl::in_place, *std::move(bunch)};
    });
}

base::Result<std::vector<KeyBunch>> KeyRegister::find(const access::Acting& acting, const std::string& begin,
                                                      int most) {
    TRY(access::require(acting, access::Right::SeeAlarms));
    return m_database.read([&](soci::session& sql) -> base::Result<std::vector<KeyBunch>> {
        return base::Result<std::vector<KeyBunch>>{tl::in_place, selectBunchesLike(sql, begin, most)};
    });
}

base::Result<std::vector<KeyBunch>> KeyRegister::ofPremises(const access::Acting& acting, estate::PremisesId premises) {
    TRY(access::require(acting, access::Right::SeeAlarms));
    return m_database.read([&](soci::session& sql) -> base::Result<std::vector<KeyBunch>> {
        return base::Result<std::vector<KeyBunch>>{tl::in_place, selectBunchesOfPremises(sql, premises)};
    });
}

base::Result<std::vector<KeyBunch>> KeyRegister::out(const access::Acting& acting, int most) {
    TRY(access::require(acting, access::Right::SeeAlarms));
    return m_database.read([&](soci::session& sql) -> base::Result<std::vector<KeyBunch>> {
        return base::Result<std::vector<KeyBunch>>{tl::in_place, selectBunchesOut(sql, most)};
    });
}

base::Result<KeyBunch> KeyRegister::bunch(const access::Acting& acting, const std::string& tag) {
    TRY(access::require(acting, access::Right::SeeAlarms));
    return m_database.read([&](soci::session& sql) -> base::Result<KeyBunch> {
        auto found = selectBunch(sql, base::trimmedUpper(tag));
        if (!found) {
            return base::fail(ErrorCode::NotFound, "there are no keys with the tag " + tag.substr(0, 20));
        }
        return base::Result<KeyBunch>{tl::in_place, *std::move(found)};
    });
}

base::Result<std::vector<KeyMovement>> KeyRegister::history(const access::Acting& acting, BunchId id) {
    TRY(access::require(acting, access::Right::SeeAlarms));
    return m_database.read([&](soci::session& sql) -> base::Result<std::vector<KeyMovement>> {
        return base::Result<std::vector<KeyMovement>>{tl::in_place, selectMovements(sql, id)};
    });
}

base::Result<KeyBunch> KeyRegister::move(const access::Acting& acting, BunchId id, const std::string& hook) {
    TRY(base::requireWords(hook, "say on which hook the keys are", base::longestLine));
    return change(acting, access::Right::ManageResponse, "keys.moved", id,
                  [&](JobChange&, KeyBunch& bunch) -> base::Result<KeyMovement> {
                      if (bunch.state == KeyState::Withdrawn) {
                          TRY(requireKeyState(bunch, KeyState::Held));
                      }
                      const std::string text = "From " + bunch.hook + " to " + hook;
                      bunch.hook = hook;
                      return movementOf(KeyMovementKind::Moved, text);
                  });
}

base::Result<KeyBunch> KeyRegister::withdraw(const access::Acting& acting, BunchId id, const std::string& why) {
    TRY(base::requireWords(why, "say why the keys are withdrawn, and who has them now"));
    return change(acting, access::Right::ManageResponse, "keys.withdrawn", id,
                  [&](JobChange&, KeyBunch& bunch) -> base::Result<KeyMovement> {
                      if (bunch.state != KeyState::Lost) {
                          TRY(requireKeyState(bunch, KeyState::Held));
                      }
                      putOnHook(bunch);
                      bunch.state = KeyState::Withdrawn;
                      return movementOf(KeyMovementKind::Withdrawn, why);
                  });
}

base::Result<KeyBunch> KeyRegister::issue(const access::Acting& acting, BunchId id, const KeyIssue& issue) {
    TRY(base::requireWords(issue.why, "say why the keys go out"));
    return change(acting, access::Right::SendResponse, "keys.issued", id,
                  [&](JobChange& changes, KeyBunch& bunch) -> base::Result<KeyMovement> {
                      if (bunch.state == KeyState::Out) {
                          return base::fail(ErrorCode::Busy, "keys " + bunch.tag + " are out: " + bunch.holder +
                                                                 " has them since " + base::formatLocal(bunch.since));
                      }
                      TRY(requireKeyState(bunch, KeyState::Held));
                      TRY(checkDue(issue.due, changes.now()));
                      TRY_ASSIGN(bunch.holder, holderOf(changes.sql(), issue));
                      if (issue.job) {
                          TRY(noteInJob(changes, bunch, *issue.job, "Keys " + bunch.tag + " to " + bunch.holder));
                      }
                      bunch.state = KeyState::Out;
                      bunch.unit = issue.unit;
                      bunch.job = issue.job;
                      bunch.due = issue.due;
                      KeyMovement movement = movementOf(KeyMovementKind::Issued, issue.why);
                      movement.holder = bunch.holder;
                      movement.unit = issue.unit;
                      movement.job = issue.job;
                      movement.due = issue.due;
                      return base::Result<KeyMovement>{tl::in_place, std::move(movement)};
                  });
}

base::Result<KeyBunch> KeyRegister::extend(const access::Acting& acting, BunchId id, base::UtcTime due,
                                           const std::string& why) {
    TRY(base::requireWords(why, "say why the keys stay out"));
    return change(acting, access::Right::SendResponse, "keys.extended", id,
                  [&](JobChange& changes, KeyBunch& bunch) -> base::Result<KeyMovement> {
                      TRY(requireKeyState(bunch, KeyState::Out));
                      TRY(checkDue(due, changes.now()));
                      bunch.due = due;
                      KeyMovement movement = movementOf(KeyMovementKind::Extended, why);
                      movement.holder = bunch.holder;
                      movement.unit = bunch.unit;
                      movement.job = bunch.job;
                      movement.due = due;
                      return base::Result<KeyMovement>{tl::in_place, std::move(movement)};
                  });
}

base::Result<KeyBunch> KeyRegister::takeBack(const access::Acting& acting, BunchId id, const KeyReturn& how) {
    TRY(base::checkWords(how.from, base::longestLine));
    TRY(base::checkWords(how.condition));
    if (!how.isWhole) {
        TRY(base::requireWords(how.condition, "say what is wrong with the keys"));
    }
    return change(acting, access::Right::SendResponse, "keys.returned", id,
                  [&](JobChange& changes, KeyBunch& bunch) -> base::Result<KeyMovement> {
                      TRY(requireKeyState(bunch, KeyState::Out));
                      KeyMovement movement = movementOf(
                          KeyMovementKind::Returned, (how.isWhole ? "All there. " : "NOT all there: ") + how.condition);
                      movement.holder = base::isBlank(how.from) ? bunch.holder : how.from;
                      movement.unit = bunch.unit;
                      movement.job = bunch.job;
                      const auto job = bunch.job ? selectJob(changes.sql(), *bunch.job) : std::nullopt;
                      if (job) {
                          changes.enter(*job, JobLine::Keys,
                                        "Keys " + bunch.tag + " back from " + movement.holder + ". " + movement.text);
                      }
                      putOnHook(bunch);
                      return base::Result<KeyMovement>{tl::in_place, std::move(movement)};
                  });
}

base::Result<KeyBunch> KeyRegister::reportLost(const access::Acting& acting, BunchId id, const std::string& words) {
    TRY(base::requireWords(words, "say how the keys were lost, and who was told"));
    return change(acting, access::Right::SendResponse, "keys.lost", id,
                  [&](JobChange& changes, KeyBunch& bunch) -> base::Result<KeyMovement> {
                      if (bunch.state != KeyState::Out) {
                          TRY(requireKeyState(bunch, KeyState::Held));
                      }
                      const auto job = bunch.job ? selectJob(changes.sql(), *bunch.job) : std::nullopt;
                      if (job) {
                          changes.enter(*job, JobLine::Keys, "Keys " + bunch.tag + " LOST: " + words);
                      }
                      KeyMovement movement = movementOf(KeyMovementKind::Lost, words);
                      movement.holder = bunch.holder;
                      movement.unit = bunch.unit;
                      movement.job = bunch.job;
                      bunch.state = KeyState::Lost;
                      bunch.due.reset();
                      return base::Result<KeyMovement>{tl::in_place, std::move(movement)};
                  });
}

base::Result<KeyBunch> KeyRegister::reportFound(const access::Acting& acting, BunchId id, const std::string& words) {
    TRY(base::requireWords(words, "say where the keys were, and whether they can have been copied"));
    return change(acting, access::Right::SendResponse, "keys.found", id,
                  [&](JobChange&, KeyBunch& bunch) -> base::Result<KeyMovement> {
                      TRY(requireKeyState(bunch, KeyState::Lost));
                      putOnHook(bunch);
                      return movementOf(KeyMovementKind::Found, words);
                  });
}

const store::AuditWitness& KeyRegister::witness() {
    static const store::AuditWitness witness{"key bunch",
                                             "key_bunch",
                                             "id",
                                             "tag",
                                             {"tag", "premises_id", "opens", "keys", "added", "added_by"},
                                             store::AuditWitness::Rows::OnlyAdded};
    return witness;
}

const store::AuditWitness& KeyRegister::movementWitness() {
    static const store::AuditWitness witness{
        "key movement",
        "key_movement",
        "id",
        "bunch_id",
        {"bunch_id", "at", "kind", "holder", "unit_id", "job_id", "due", "who", "workstation", "text"},
        store::AuditWitness::Rows::OnlyAdded};
    return witness;
}

}  // namespace leedswatch::dispatch
