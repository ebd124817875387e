#include "incident/incidents.h"

#include "base/local_time.h"
#include "base/words.h"
#include "incident/incident_change.h"
#include "incident/line_checks.h"

#include <algorithm>
#include <functional>

namespace leedswatch::incident {

namespace {

using base::ErrorCode;

constexpr std::size_t longestDescription = 120;
constexpr int mostPersons = 99;

base::Result<void> requireOpenIncident(const Incident& incident) {
    if (incident.isOpen()) {
        return {};
    }
    return base::fail(ErrorCode::InvalidInput,
                      "incident " + incident.reference + " is closed: reopen it first, or write a line to it");
}

/// That nobody changed it since the acting person read it.
base::Result<void> requireSeen(soci::session& sql, const Incident& incident, IncidentVersion seen) {
    if (incident.version == seen) {
        return {};
    }
    std::string what;
    const auto versions = selectVersions(sql, incident.id);
    const auto known = std::ranges::find(versions, seen, &Incident::version);
    if (known != versions.end()) {
        what = known->isOpen() != incident.isOpen() ? (incident.isOpen() ? " Reopened." : " Closed.")
                                                    : " " + differences(sql, known->said, incident.said);
    }
    return base::fail(ErrorCode::Busy, incident.changedBy + " changed " + incident.reference + " at " +
                                           base::formatLocalTimeOfDay(incident.changed) + "." + what +
                                           " Yours is not saved: look at it as it stands now");
}

base::Result<Description> checkDescription(const Description& description) {
    Description checked;
    for (const auto& [field, words] : description) {
        const bool isKnown =
            std::ranges::any_of(descriptionFields(), [&](const CodeName& known) { return known.code == field; });
        if (!isKnown) {
            return base::fail(ErrorCode::InvalidInput, "persons have no '" + field.substr(0, 20) + "' here");
        }
        TRY(base::checkWords(words, longestDescription));
        if (!base::isBlank(words)) {
            checked[field] = words;
        }
    }
    if (checked.empty()) {
        return base::fail(ErrorCode::InvalidInput, "say something of how the person looked");
    }
    return base::Result<Description>{tl::in_place, std::move(checked)};
}

using Change = std::function<base::Result<void>(IncidentChange&, Incident&)>;

base::Result<Incident> changeIncident(store::Database& database, const access::Acting& acting, IncidentId id,
                                      const char* action, const Change& does) {
    TRY(access::require(acting, access::Right::WriteLog));
    return database.write([&](store::Transaction& transaction) -> base::Result<Incident> {
        TRY_ASSIGN(Incident incident, findIncident(transaction.sql(), id));
        IncidentChange change{transaction, acting};
        TRY(does(change, incident));
        change.finish(action, incident);
        return base::Result<Incident>{tl::in_place, std::move(incident)};
    });
}

bool isLinked(soci::session& sql, IncidentId id, const Link& link) {
    const auto links = selectLinks(sql, id);
    return std::ranges::any_of(links,
                               [&](const Link& known) { return known.kind == link.kind && known.key == link.key; });
}

}  // namespace

base::Result<Incident> Incidents::open(const access::Acting& acting, const Said& said, const std::string& text) {
    TRY(access::require(acting, access::Right::WriteLog));
    TRY(checkText(text, "the incident"));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<Incident> {
        IncidentChange change{transaction, acting};
        TRY_ASSIGN(const Said checked, change.checked(said));
        Incident incident = change.open(checked, text);
        change.finish("incident.opened", incident);
        return base::Result<Incident>{tl::in_place, std::move(incident)};
    });
}

base::Result<Incident> Incidents::change(const access::Acting& acting, IncidentId id, IncidentVersion seen,
                                         const Said& said) {
    return changeIncident(m_database, acting, id, "incident.changed",
                          [&](IncidentChange& change, Incident& incident) -> base::Result<void> {
                              TRY(requireSeen(change.sql(), incident, seen));
                              TRY(requireOpenIncident(incident));
                              // Another camera brings its own place and ward, unless something else is said of them.
                              Said wanted = said;
                              if (wanted.cameraNumber != incident.said.cameraNumber) {
                                  wanted.place = wanted.place == incident.said.place ? std::string{} : wanted.place;
                                  wanted.ward = wanted.ward == incident.said.ward ? std::nullopt : wanted.ward;
                              }
                              TRY_ASSIGN(wanted, change.checked(wanted));
                              const std::string text = differences(change.sql(), incident.said, wanted);
                              if (text.empty()) {
                                  return base::fail(ErrorCode::InvalidInput, "nothing is other than it was");
                              }
                              incident.said = wanted;
                              change.save(incident, LineKind::Changed, text);
                              return {};
                          });
}

base::Result<Incident> Incidents::close(const access::Acting& acting, IncidentId id, IncidentVersion seen,
                                        const std::string& outcome, const std::string& text) {
    const bool isKnown = std::ranges::any_of(outcomes(), [&](const CodeName& known) { return known.code == outcome; });
    if (!isKnown) {
        return base::fail(ErrorCode::InvalidInput, "say what came of it: choose an outcome of the list");
    }
    if (!text.empty()) {
        TRY(checkText(text, "what is said at the end"));
    }
    return changeIncident(
        m_database, acting, id, "incident.closed",
        [&](IncidentChange& change, Incident& incident) -> base::Result<void> {
            TRY(requireSeen(change.sql(), incident, seen));
            TRY(requireOpenIncident(incident));
            incident.closed = change.now();
            incident.outcome = outcome;
            change.save(incident, LineKind::Closed,
                        "Closed: " + std::string{outcomeName(outcome)} + "." + (text.empty() ? "" : " " + text));
            return {};
        });
}

base::Result<Incident> Incidents::reopen(const access::Acting& acting, IncidentId id, const std::string& why) {
    TRY(checkText(why, "the reason"));
    return changeIncident(m_database, acting, id, "incident.reopened",
                          [&](IncidentChange& change, Incident& incident) -> base::Result<void> {
                              if (incident.isOpen()) {
                                  return base::fail(ErrorCode::InvalidInput,
                                                    "incident " + incident.reference + " is open");
                              }
                              incident.closed.reset();
                              incident.outcome.clear();
                              change.save(incident, LineKind::Reopened, "Reopened: " + why);
                              return {};
                          });
}

base::Result<Person> Incidents::describe(const access::Acting& acting, IncidentId id, int number,
                                         const Description& description) {
    TRY_ASSIGN(const Description checked, checkDescription(description));
    Person person;
    person.description = checked;
    TRY(changeIncident(m_database, acting, id, "incident.person-described",
                       [&](IncidentChange& change, Incident& incident) -> base::Result<void> {
                           const auto persons = selectPersons(change.sql(), id);
                           const bool isKnown = std::ranges::find(persons, number, &Person::number) != persons.end();
                           if (number != 0 && !isKnown) {
                               return base::fail(ErrorCode::NotFound, "incident " + incident.reference +
                                                                          " has no person " + std::to_string(number));
                           }
                           if (static_cast<int>(persons.size()) >= mostPersons && number == 0) {
                               return base::fail(ErrorCode::InvalidInput, "an incident has 99 persons at most");
                           }
                           person.number = number != 0 ? number : (persons.empty() ? 1 : persons.back().number + 1);
                           person.at = change.now();
                           person.who = acting.username;
                           change.describe(incident, person);
                           return {};
                       }));
    return base::Result<Person>{tl::in_place, std::move(person)};
}

base::Result<void> Incidents::link(const access::Acting& acting, IncidentId id, const Link& link) {
    TRY(base::requireWords(link.kind, "say what kind of thing belongs to the incident", base::longestLine));
    TRY(base::checkWords(link.label, base::longestLine));
    TRY(access::require(acting, access::Right::WriteLog));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        TRY_ASSIGN(const Incident incident, findIncident(transaction.sql(), id));
        if (isLinked(transaction.sql(), id, link)) {
            return {};
        }
        IncidentChange change{transaction, acting};
        change.link(incident, link, false, {});
        change.finish("incident.linked", incident);
        return {};
    });
}

base::Result<void> Incidents::unlink(const access::Acting& acting, IncidentId id, const Link& link,
                                     const std::string& why) {
    TRY(base::requireWords(why, "say why it does not belong to the incident", base::longestLine));
    TRY(changeIncident(m_database, acting, id, "incident.unlinked",
                       [&](IncidentChange& change, Incident& incident) -> base::Result<void> {
                           if (!isLinked(change.sql(), id, link)) {
                               return base::fail(ErrorCode::NotFound,
                                                 "that does not belong to incident " + incident.reference);
                           }
                           change.link(incident, link, true, why);
                           return {};
                       }));
    return {};
}

base::Result<std::vector<Incident>> Incidents::list(const access::Acting& acting, const IncidentFilter& filter) {
    TRY(access::require(acting, access::Right::ReadLog));
    return m_database.read([&](soci::session& sql) -> base::Result<std::vector<Incident>> {
        return base::Result<std::vector<Incident>>{tl::in_place, selectIncidents(sql, filter)};
    });
}

base::Result<std::vector<Incident>> Incidents::listOf(const access::Acting& acting, const std::string& kind,
                                                      std::int64_t key) {
    TRY(access::require(acting, access::Right::ReadLog));
    return m_database.read([&](soci::session& sql) -> base::Result<std::vector<Incident>> {
        return base::Result<std::vector<Incident>>{tl::in_place, selectIncidentsOf(sql, kind, key)};
    });
}

base::Result<Incident> Incidents::find(const access::Acting& acting, const std::string& reference) {
    TRY(access::require(acting, access::Right::ReadLog));
    return m_database.read([&](soci::session& sql) -> base::Result<Incident> {
        auto incident = selectIncident(sql, reference);
        if (!incident) {
            return base::fail(ErrorCode::NotFound, "there is no incident " + reference.substr(0, base::longestLine));
        }
        return base::Result<Incident>{tl::in_place, std::move(*incident)};
    });
}

base::Result<IncidentSheet> Incidents::sheet(const access::Acting& acting, IncidentId id, const SpineSources& sources) {
    TRY(access::require(acting, access::Right::ReadLog));
    return m_database.read([&](soci::session& sql) -> base::Result<IncidentSheet> {
        IncidentSheet sheet;
        TRY_ASSIGN(sheet.incident, findIncident(sql, id));
        sheet.persons = selectPersons(sql, id);
        sheet.links = selectLinks(sql, id);
        sheet.spine = spineOf(sql, id, sources);
        return base::Result<IncidentSheet>{tl::in_place, std::move(sheet)};
    });
}

}  // namespace leedswatch::incident
