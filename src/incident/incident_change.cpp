#include "incident/incident_change.h"

#include "base/words.h"
#include "incident/incident_rows.h"
#include "incident/incident_types.h"
#include "incident/line_checks.h"
#include "incident/line_rows.h"

namespace leedswatch::incident {

namespace {

using base::ErrorCode;

constexpr std::size_t longestPoliceReference = 60;

void tell(std::string& text, const char* what, const std::string& before, const std::string& after) {
    if (before != after) {
        text += (text.empty() ? "" : " ") + std::string{what} + ": " + (before.empty() ? "" : before + " → ") +
                (after.empty() ? "none" : after) + ".";
    }
}

std::string cameraText(const Said& said) {
    return said.cameraNumber ? std::to_string(*said.cameraNumber) + " " + said.cameraName : std::string{};
}

std::string wardText(soci::session& sql, const Said& said) {
    const auto ward = said.ward ? estate::selectWard(sql, *said.ward) : std::nullopt;
    return ward ? ward->name : std::string{};
}

}  // namespace

base::Result<Said> IncidentChange::checked(Said said) {
    TRY(requireType(sql(), said.type));
    if (said.priority < highestPriority || said.priority > lowestPriority) {
        return base::fail(ErrorCode::InvalidInput, "a priority is 1 (at once) to 4 (for information)");
    }
    TRY(base::checkWords(said.place, base::longestLine));
    TRY(base::checkWords(said.policeReference, longestPoliceReference));
    said.cameraName.clear();
    if (said.cameraNumber) {
        TRY_ASSIGN(const CameraPlace place, placeOfCamera(sql(), *said.cameraNumber));
        said.cameraName = place.name;
        said.place = base::isBlank(said.place) ? place.name : said.place;
        said.ward = said.ward ? said.ward : place.ward;
    }
    if (said.ward && !estate::selectWard(sql(), *said.ward)) {
        return base::fail(ErrorCode::InvalidInput, "there is no such ward: choose one of the list");
    }
    return base::Result<Said>{tl::in_place, std::move(said)};
}

Incident IncidentChange::open(const Said& said, const std::string& text) {
    Incident incident;
    incident.reference = nextReference(sql(), now());
    incident.opened = now();
    incident.openedBy = m_acting.username;
    incident.changed = now();
    incident.changedBy = m_acting.username;
    incident.said = said;
    const auto version = insertIncident(sql(), incident);
    store::vouchForAdded(m_witnesses, incidentWitness(), incident.id.value());
    store::vouchForAdded(m_witnesses, versionWitness(), version);
    enter(incident, LineKind::Opened, text);
    if (said.cameraNumber) {
        Link link;
        link.kind = "camera";
        link.key = *said.cameraNumber;
        link.label = said.cameraName;
        link.at = now();
        link.who = m_acting.username;
        store::vouchForAdded(m_witnesses, linkWitness(), insertLink(sql(), incident.id, link, false));
    }
    return incident;
}

void IncidentChange::save(Incident& incident, LineKind kind, const std::string& text) {
    ++incident.version;
    incident.changed = now();
    incident.changedBy = m_acting.username;
    const auto version = insertVersion(sql(), incident);
    store::vouchForAdded(m_witnesses, versionWitness(), version);
    enter(incident, kind, text);
}

void IncidentChange::enter(const Incident& incident, LineKind kind, const std::string& text) {
    LogLine line;
    line.at = now();
    line.author = m_acting.username;
    line.workstation = m_acting.workstation;
    line.kind = kind;
    line.type = incident.said.type;
    line.priority = incident.said.priority;
    line.incident = incident.id;
    line.reference = incident.reference;
    line.cameraNumber = incident.said.cameraNumber;
    line.cameraName = incident.said.cameraName;
    line.ward = incident.said.ward;
    line.text = text;
    LineRows{sql()}.insert(line);
    store::vouchForAdded(m_witnesses, lineWitness(), line.id.value());
}

void IncidentChange::describe(const Incident& incident, const Person& person) {
    store::vouchForAdded(m_witnesses, personWitness(), insertPerson(sql(), incident.id, person));
    enter(incident, LineKind::Described, textOf(person));
}

void IncidentChange::link(const Incident& incident, Link link, bool isRemoved, const std::string& why) {
    link.at = now();
    link.who = m_acting.username;
    store::vouchForAdded(m_witnesses, linkWitness(), insertLink(sql(), incident.id, link, isRemoved));
    const std::string thing = link.label.empty() ? link.kind + " " + std::to_string(link.key) : link.label;
    enter(incident, isRemoved ? LineKind::Unlinked : LineKind::Linked,
          isRemoved ? "Does not belong here any more: " + thing + ". " + why : "Belongs here: " + thing);
}

void IncidentChange::finish(const char* action, const Incident& incident) {
    store::AuditEvent event;
    event.who = m_acting.username;
    event.workstation = m_acting.workstation;
    event.action = action;
    event.object = "incident " + incident.reference;
    event.details = {{"type", incident.said.type}, {"version", incident.version}};
    event.witnesses = std::move(m_witnesses);
    m_transaction.audit(event);
    m_transaction.notify("incidents", incident.reference);
    m_transaction.notify("incident_log", incident.reference);
}

base::Result<Incident> findIncident(soci::session& sql, IncidentId id) {
    auto incident = selectIncident(sql, id);
    if (!incident) {
        return base::fail(ErrorCode::NotFound, "there is no such incident");
    }
    return base::Result<Incident>{tl::in_place, std::move(*incident)};
}

std::string differences(soci::session& sql, const Said& before, const Said& after) {
    const auto types = selectIncidentTypes(sql);
    const auto modeOf = [](const Said& said) { return std::string{said.isProactive ? "proactive" : "reactive"}; };
    std::string text;
    tell(text, "Type", fullNameOf(types, before.type), fullNameOf(types, after.type));
    tell(text, "Priority", std::to_string(before.priority), std::to_string(after.priority));
    tell(text, "Source", std::string{nameOf(before.source)}, std::string{nameOf(after.source)});
    tell(text, "Mode", modeOf(before), modeOf(after));
    tell(text, "Camera", cameraText(before), cameraText(after));
    tell(text, "Place", before.place, after.place);
    tell(text, "Ward", wardText(sql, before), wardText(sql, after));
    tell(text, "Police log", before.policeReference, after.policeReference);
    return text;
}

}  // namespace leedswatch::incident
