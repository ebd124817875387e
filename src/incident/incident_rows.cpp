#include "incident/incident_rows.h"

#include "base/local_time.h"
#include "incident/incident_types.h"
#include "incident/search_query.h"
#include "store/erasable.h"
#include "store/nullable.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <limits>
#include <utility>

namespace leedswatch::incident {

namespace {

constexpr std::size_t referenceDigits = 6;
constexpr int mostIncidents = 10'000;

const std::string columnsOfIncident =
    "i.id, i.reference, i.opened, i.opened_by, v.number, v.at, v.who, v.type, v.priority, v.source, v.is_proactive, "
    "v.camera_number, v.camera_name, v.place, v.ward_id, v.police_reference, v.closed, v.outcome";

/// Of the newest lines that have the words.
const std::string incidentsWithLines =
    " AND v.incident_id IN (SELECT l.incident_id FROM log_search AS s CROSS JOIN log_line AS l ON l.id = s.rowid WHERE "
    "log_search MATCH :expression AND l.incident_id IS NOT NULL ORDER BY s.rowid DESC LIMIT 2000)";

/// Takes incidents out of a statement that selects columnsOfIncident.
class IncidentReader {
public:
    void exchange(soci::statement& statement) {
        statement.exchange(soci::into(m_id));
        statement.exchange(soci::into(m_incident.reference));
        statement.exchange(soci::into(m_opened));
        statement.exchange(soci::into(m_incident.openedBy));
        statement.exchange(soci::into(m_incident.version));
        statement.exchange(soci::into(m_changed));
        statement.exchange(soci::into(m_incident.changedBy));
        statement.exchange(soci::into(m_incident.said.type));
        statement.exchange(soci::into(m_incident.said.priority));
        statement.exchange(soci::into(m_source));
        statement.exchange(soci::into(m_isProactive));
        statement.exchange(m_camera.into());
        statement.exchange(soci::into(m_incident.said.cameraName));
        statement.exchange(soci::into(m_incident.said.place));
        statement.exchange(m_ward.into());
        statement.exchange(soci::into(m_incident.said.policeReference));
        statement.exchange(m_closed.into());
        statement.exchange(soci::into(m_incident.outcome));
    }
    [[nodiscard]] Incident incident() const {
        Incident incident = m_incident;
        incident.id = IncidentId{m_id};
        incident.opened = base::fromStored(m_opened);
        incident.changed = base::fromStored(m_changed);
        incident.said.source = sourceFrom(m_source).value_or(Source::Observation);
        incident.said.isProactive = m_isProactive != 0;
        incident.said.cameraNumber = m_camera.number<int>();
        incident.said.ward = m_ward.id<estate::WardId>();
        incident.closed = m_closed.time();
        return incident;
    }

private:
    Incident m_incident;
    long long m_id = 0;
    long long m_opened = 0;
    long long m_changed = 0;
    std::string m_source;
    int m_isProactive = 0;
    store::Nullable m_camera;
    store::Nullable m_ward;
    store::Nullable m_closed;
};

std::vector<Incident> read(soci::statement& statement, const std::string& query, IncidentReader& reader) {
    std::vector<Incident> incidents;
    statement.alloc();
    statement.prepare(query);
    statement.define_and_bind();
    statement.execute();
    while (statement.fetch()) {
        incidents.push_back(reader.incident());
    }
    return incidents;
}

/// `newest`: the version that counts, else all.
std::string queryOf(const std::string& condition, bool newest = true) {
    return "SELECT " + columnsOfIncident +
           " FROM incident_version AS v JOIN incident AS i ON i.id = v.incident_id WHERE " +
           (newest ? "v.is_newest = 1 AND " : "") + condition;
}

template <typename Value>
std::vector<Incident> incidentsWhere(soci::session& sql, const std::string& query, const Value& bound) {
    soci::statement statement{sql};
    IncidentReader reader;
    reader.exchange(statement);
    statement.exchange(soci::use(bound));
    return read(statement, query, reader);
}

std::string jsonFrom(const Description& description) {
    return nlohmann::json(description).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Description descriptionFrom(const std::string& json) {
    const auto object = nlohmann::json::parse(json, nullptr, false);
    Description description;
    if (object.is_object()) {
        for (const auto& [field, words] : object.items()) {
            description[field] = words.is_string() ? words.get<std::string>() : std::string{};
        }
    }
    return description;
}

/// A condition on one of several values, each bound by a name of its own.
class OneOf {
public:
    explicit OneOf(std::vector<std::string> values) : m_values{std::move(values)} {
        for (std::size_t index = 0; index < m_values.size(); ++index) {
            m_names.push_back("one_of_" + std::to_string(index));
        }
    }
    [[nodiscard]] std::string condition(const std::string& column) const {
        std::string list;
        for (const std::string& name : m_names) {
            list += (list.empty() ? ":" : ", :") + name;
        }
        return " AND " + column + " IN (" + list + ")";
    }
    void exchange(soci::statement& statement) const {
        for (std::size_t index = 0; index < m_values.size(); ++index) {
            statement.exchange(soci::use(m_values[index], m_names[index]));
        }
    }

private:
    std::vector<std::string> m_values;
    std::vector<std::string> m_names;
};

}  // namespace

std::string nextReference(soci::session& sql, base::UtcTime now) {
    const int year = std::stoi(base::formatLocal(now).substr(0, 4));
    std::int64_t number = 0;
    sql << "INSERT INTO incident_number (year, last) VALUES (:year, 1) "
           "ON CONFLICT (year) DO UPDATE SET last = last + 1 RETURNING last",
        soci::use(year, "year"), soci::into(number);
    const auto digits = std::to_string(number);
    const auto padding = digits.size() < referenceDigits ? referenceDigits - digits.size() : 0;
    return std::to_string(year) + "-" + std::string(padding, '0') + digits;
}

std::int64_t insertIncident(soci::session& sql, Incident& incident) {
    const long long opened = base::toStored(incident.opened);
    long long id = 0;
    sql << "INSERT INTO incident (reference, opened, opened_by) VALUES (:reference, :opened, :by) RETURNING id",
        soci::use(incident.reference, "reference"), soci::use(opened, "opened"), soci::use(incident.openedBy, "by"),
        soci::into(id);
    incident.id = IncidentId{id};
    return insertVersion(sql, incident);
}

std::int64_t insertVersion(soci::session& sql, const Incident& incident) {
    const long long id = incident.id.value();
    const long long at = base::toStored(incident.changed);
    const long long opened = base::toStored(incident.opened);
    const std::string source{nameOf(incident.said.source)};
    const int isProactive = incident.said.isProactive ? 1 : 0;
    const store::Nullable camera{incident.said.cameraNumber};
    const store::Nullable ward{incident.said.ward};
    const store::Nullable closed{incident.closed};
    long long row = 0;
    sql << "UPDATE incident_version SET is_newest = 0 WHERE incident_id = :id AND is_newest = 1", soci::use(id, "id");
    sql << "INSERT INTO incident_version (incident_id, number, at, who, type, priority, source, is_proactive, "
           "camera_number, camera_name, place, ward_id, police_reference, closed, outcome, opened) VALUES (:id, "
           ":number, :at, :who, :type, :priority, :source, :proactive, :camera, :camera_name, :place, :ward, :police, "
           ":closed, :outcome, :opened) RETURNING id",
        soci::use(id, "id"), soci::use(incident.version, "number"), soci::use(at, "at"),
        soci::use(incident.changedBy, "who"), soci::use(incident.said.type, "type"),
        soci::use(incident.said.priority, "priority"), soci::use(source, "source"), soci::use(isProactive, "proactive"),
        camera.use("camera"), soci::use(incident.said.cameraName, "camera_name"),
        soci::use(incident.said.place, "place"), ward.use("ward"), soci::use(incident.said.policeReference, "police"),
        closed.use("closed"), soci::use(incident.outcome, "outcome"), soci::use(opened, "opened"), soci::into(row);
    return row;
}

std::optional<Incident> selectIncident(soci::session& sql, IncidentId id) {
    auto found = incidentsWhere(sql, queryOf("v.incident_id = :id"), static_cast<long long>(id.value()));
    return found.empty() ? std::nullopt : std::optional{std::move(found.front())};
}

std::optional<Incident> selectIncident(soci::session& sql, const std::string& reference) {
    auto found = incidentsWhere(sql, queryOf("i.reference = :reference"), reference);
    return found.empty() ? std::nullopt : std::optional{std::move(found.front())};
}

std::vector<Incident> selectVersions(soci::session& sql, IncidentId id) {
    return incidentsWhere(sql, queryOf("v.incident_id = :id ORDER BY v.number", false),
                          static_cast<long long>(id.value()));
}

std::vector<Incident> selectIncidents(soci::session& sql, const IncidentFilter& filter) {
    const long long from = base::toStored(filter.from.value_or(base::UtcTime::min()));
    const long long until = filter.until ? base::toStored(*filter.until) : std::numeric_limits<std::int64_t>::max();
    const store::Nullable ward{filter.ward};
    const int most = std::clamp(filter.most, 0, mostIncidents);
    std::string condition = filter.onlyOpen ? "v.closed IS NULL" : "1 = 1";
    condition += " AND v.opened >= :from AND v.opened < :until";
    condition += filter.onlyClosed ? " AND v.closed IS NOT NULL" : "";
    condition += filter.ward ? " AND v.ward_id = :ward" : "";
    Search search;
    search.words = filter.words;
    const std::string expression = fullTextExpression(sql, search);
    condition += expression.empty() ? "" : incidentsWithLines;
    const OneOf types{filter.type ? typesBelow(selectIncidentTypes(sql), *filter.type) : std::vector<std::string>{}};
    condition += filter.type ? types.condition("v.type") : "";
    condition += filter.onlyOpen ? " ORDER BY v.priority, v.opened DESC" : " ORDER BY v.opened DESC, v.id DESC";
    soci::statement statement{sql};
    IncidentReader reader;
    reader.exchange(statement);
    statement.exchange(soci::use(from, "from"));
    statement.exchange(soci::use(until, "until"));
    if (filter.ward) {
        statement.exchange(soci::use(ward.value, "ward"));
    }
    if (!expression.empty()) {
        statement.exchange(soci::use(expression, "expression"));
    }
    types.exchange(statement);
    statement.exchange(soci::use(most, "most"));
    return read(statement, queryOf(condition + " LIMIT :most"), reader);
}

std::int64_t insertPerson(soci::session& sql, IncidentId incident, const Person& person) {
    const long long id = incident.value();
    const long long at = base::toStored(person.at);
    const std::string description = jsonFrom(person.description);
    const auto commitment = store::Commitment::to(description);
    long long row = 0;
    sql << "INSERT INTO incident_person (incident_id, number, at, who, description, salt, commitment) VALUES (:id, "
           ":number, :at, :who, :description, :salt, :commitment) RETURNING id",
        soci::use(id, "id"), soci::use(person.number, "number"), soci::use(at, "at"), soci::use(person.who, "who"),
        soci::use(description, "description"), soci::use(commitment.salt, "salt"),
        soci::use(commitment.hex, "commitment"), soci::into(row);
    return row;
}

std::vector<Person> selectPersons(soci::session& sql, IncidentId incident) {
    const long long id = incident.value();
    std::vector<Person> persons;
    Person person;
    long long at = 0;
    std::string description;
    int isErased = 0;
    soci::statement statement =
        (sql.prepare << "SELECT number, at, who, description, salt IS NULL FROM incident_person AS p WHERE "
                        "incident_id = :id AND p.id = (SELECT max(n.id) FROM incident_person AS n WHERE n.incident_id "
                        "= p.incident_id AND n.number = p.number) ORDER BY number",
         soci::use(id, "id"), soci::into(person.number), soci::into(at), soci::into(person.who),
         soci::into(description), soci::into(isErased));
    statement.execute();
    while (statement.fetch()) {
        person.at = base::fromStored(at);
        person.description = descriptionFrom(description);
        person.isErased = isErased != 0;
        persons.push_back(person);
    }
    return persons;
}

std::int64_t insertLink(soci::session& sql, IncidentId incident, const Link& link, bool isRemoved) {
    const long long id = incident.value();
    const long long key = link.key;
    const long long at = base::toStored(link.at);
    const int removed = isRemoved ? 1 : 0;
    long long row = 0;
    sql << "INSERT INTO incident_link (incident_id, kind, key, is_removed, at, who, label) VALUES (:id, :kind, :key, "
           ":removed, :at, :who, :label) RETURNING id",
        soci::use(id, "id"), soci::use(link.kind, "kind"), soci::use(key, "key"), soci::use(removed, "removed"),
        soci::use(at, "at"), soci::use(link.who, "who"), soci::use(link.label, "label"), soci::into(row);
    return row;
}

std::vector<Link> selectLinks(soci::session& sql, IncidentId incident) {
    const long long id = incident.value();
    std::vector<Link> links;
    Link link;
    long long key = 0;
    long long at = 0;
    soci::statement statement =
        (sql.prepare << "SELECT kind, key, label, at, who FROM incident_link AS l WHERE incident_id = :id AND "
                        "is_removed = 0 AND l.id = (SELECT max(n.id) FROM incident_link AS n WHERE n.incident_id = "
                        "l.incident_id AND n.kind = l.kind AND n.key = l.key) ORDER BY l.id",
         soci::use(id, "id"), soci::into(link.kind), soci::into(key), soci::into(link.label), soci::into(at),
         soci::into(link.who));
    statement.execute();
    while (statement.fetch()) {
        link.key = key;
        link.at = base::fromStored(at);
        links.push_back(link);
    }
    return links;
}

std::vector<Incident> selectIncidentsOf(soci::session& sql, const std::string& kind, std::int64_t key) {
    const long long bound = key;
    soci::statement statement{sql};
    IncidentReader reader;
    reader.exchange(statement);
    statement.exchange(soci::use(kind, "kind"));
    statement.exchange(soci::use(bound, "key"));
    return read(statement,
                queryOf("v.incident_id IN (SELECT incident_id FROM incident_link AS l WHERE kind = :kind AND key = "
                        ":key AND is_removed = 0 AND l.id = (SELECT max(n.id) FROM incident_link AS n WHERE "
                        "n.incident_id = l.incident_id AND n.kind = l.kind AND n.key = l.key)) ORDER BY v.opened DESC "
                        "LIMIT 200"),
                reader);
}

const store::AuditWitness& incidentWitness() {
    static const store::AuditWitness witness{"incident",
                                             "incident",
                                             "id",
                                             "reference",
                                             {"reference", "opened", "opened_by"},
                                             store::AuditWitness::Rows::OnlyAdded};
    return witness;
}

const store::AuditWitness& versionWitness() {
    // That the newest row, and no other, is marked as the newest is part of what is vouched for.
    static const store::AuditWitness witness{
        "incident_version",
        "incident_version",
        "id",
        "(SELECT reference FROM incident WHERE incident.id = incident_id)",
        {"incident_id", "number", "at", "who", "type", "priority", "source", "is_proactive", "camera_number",
         "camera_name", "place", "ward_id", "police_reference", "closed", "outcome", "opened",
         "is_newest = (number = (SELECT max(n.number) FROM incident_version AS n WHERE n.incident_id = "
         "incident_version.incident_id))"},
        store::AuditWitness::Rows::OnlyAdded};
    return witness;
}

const store::AuditWitness& personWitness() {
    static const store::AuditWitness witness{
        "incident_person",
        "incident_person",
        "id",
        "(SELECT reference FROM incident WHERE incident.id = incident_id)",
        {"incident_id", "number", "at", "who",
         store::erasableColumn("incident_person", "description", "incident_person_erasure", "person_id")},
        store::AuditWitness::Rows::OnlyAdded};
    return witness;
}

const store::AuditWitness& personErasureWitness() {
    static const store::AuditWitness witness{
        "incident_person_erasure",          "incident_person_erasure", "person_id", "person_id", {"at"},
        store::AuditWitness::Rows::Changing};
    return witness;
}

const store::AuditWitness& linkWitness() {
    static const store::AuditWitness witness{"incident_link",
                                             "incident_link",
                                             "id",
                                             "(SELECT reference FROM incident WHERE incident.id = incident_id)",
                                             {"incident_id", "kind", "key", "is_removed", "at", "who", "label"},
                                             store::AuditWitness::Rows::OnlyAdded};
    return witness;
}

}  // namespace leedswatch::incident
