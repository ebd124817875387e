#pragma once

#include "incident/incidents.h"
#include "ui/common/card_list.h"

#include <QString>

namespace leedswatch::ui {

class IncidentTypeList;

[[nodiscard]] QString priorityName(int priority);  ///< "1 At once"
[[nodiscard]] QString sourceName(incident::Source source);
[[nodiscard]] QString bookName(incident::Book book);

/// What is read from afar: number, type, place, age.
[[nodiscard]] Card cardOf(const incident::Incident& one, const IncidentTypeList& types, base::UtcTime now);
/// All that stands on the page of an incident, its spine last.
[[nodiscard]] QString incidentAsHtml(const incident::IncidentSheet& sheet, const IncidentTypeList& types,
                                     const QString& ward);

}  // namespace leedswatch::ui
