#include "programs/ctl/incident_text.h"

#include "base/local_time.h"

#include <algorithm>

namespace leedswatch::ctl {

namespace {

template <typename Value>
nlohmann::json orNull(const std::optional<Value>& value) {
    return value ? nlohmann::json(*value) : nlohmann::json(nullptr);
}

nlohmann::json timeOrNull(const std::optional<base::UtcTime>& time) {
    return time ? nlohmann::json(base::formatUtc(*time)) : nlohmann::json(nullptr);
}

}  // namespace

nlohmann::json jsonOfLine(const incident::LogLine& line) {
    auto facts = nlohmann::json::object();
    for (const auto& [code, words] : line.facts) {
        facts[code] = words;
    }
    return {{"line", line.id.value()},
            {"reference", line.reference.empty() ? nlohmann::json(nullptr) : nlohmann::json(line.reference)},
            {"at", base::formatUtc(line.at)},
            {"happened", timeOrNull(line.happened)},
            {"author", line.author},
            {"book", std::string{nameOf(line.book)}},
            {"kind", std::string{nameOf(line.kind)}},
            {"category", line.type},
            {"priority", line.priority},
            {"camera", orNull(line.cameraNumber)},
            {"camera_name", line.cameraName},
            {"refers_to", line.refersTo ? nlohmann::json(line.refersTo->value()) : nlohmann::json(nullptr)},
            {"facts", facts},
            {"erased", line.isErased},
            {"text", line.text}};
}

std::string textOfLine(const incident::LogLine& line) {
    std::string text = "line " + std::to_string(line.id.value()) +
                       (line.reference.empty() ? "" : " of " + line.reference) + "  " + base::formatLocal(line.at) +
                       "  " + line.author + "  [" + line.type + "]";
    if (line.book != incident::Book::Occurrence) {
        text += "  " + std::string{nameOf(line.book)};
    }
    if (line.cameraNumber) {
        text += "  camera " + std::to_string(*line.cameraNumber) + " " + line.cameraName;
    }
    if (line.refersTo) {
        text += "  " + std::string{nameOf(line.kind)} + " to line " + std::to_string(line.refersTo->value());
    }
    text += "\n";
    for (const auto& [code, words] : line.facts) {
        text += "    " + code + ": " + words + "\n";
    }
    return text + "    " + (line.isErased ? "(erased)" : line.text) + "\n";
}

nlohmann::json jsonOfIncident(const incident::Incident& incident) {
    const incident::Said& said = incident.said;
    return {{"reference", incident.reference},
            {"opened", base::formatUtc(incident.opened)},
            {"opened_by", incident.openedBy},
            {"version", incident.version},
            {"changed", base::formatUtc(incident.changed)},
            {"changed_by", incident.changedBy},
            {"type", said.type},
            {"priority", said.priority},
            {"source", std::string{nameOf(said.source)}},
            {"proactive", said.isProactive},
            {"camera", orNull(said.cameraNumber)},
            {"camera_name", said.cameraName},
            {"place", said.place},
            {"ward", said.ward ? nlohmann::json(said.ward->value()) : nlohmann::json(nullptr)},
            {"police_reference", said.policeReference},
            {"closed", timeOrNull(incident.closed)},
            {"outcome", incident.isOpen() ? nlohmann::json(nullptr) : nlohmann::json(incident.outcome)}};
}

std::string textOfIncident(const incident::Incident& incident) {
    const incident::Said& said = incident.said;
    std::string text = incident.reference + "  " + base::formatLocal(incident.opened) + "  priority " +
                       std::to_string(said.priority) + "  [" + said.type + "]  " + said.place;
    text += said.policeReference.empty() ? "" : "  police log " + said.policeReference;
    text += incident.isOpen() ? "  open" : "  closed: " + std::string{incident::outcomeName(incident.outcome)};
    return text + "\n";
}

base::Result<estate::Ward> wardNamed(store::Database& database, const std::string& name) {
    TRY_ASSIGN(const auto wards, estate::Wards{database}.list());
    const auto found = std::ranges::find(wards, name, &estate::Ward::name);
    if (found == wards.end()) {
        return base::fail(base::ErrorCode::NotFound, "there is no ward '" + name.substr(0, 60) + "'; see wards list");
    }
    return base::Result<estate::Ward>{tl::in_place, *found};
}

}  // namespace leedswatch::ctl
