#include "ui/log/incident_type_list.h"

#include "ui/common/text.h"

#include <algorithm>

namespace leedswatch::ui {

IncidentTypeList::IncidentTypeList(ConsoleContext& context, QObject* parent)
    : QObject{parent},
      m_context{context},
      m_types{incident::standardIncidentTypes()},
      m_feed{context.feed, {"incident_types"}, nullptr},
      m_worker{*this} {
    connect(&m_feed, &FeedListener::changed, this, &IncidentTypeList::load);
    load();
}

QString IncidentTypeList::nameOf(const std::string& code) const {
    return toQt(incident::fullNameOf(m_types, code));
}

int IncidentTypeList::depthOf(const incident::IncidentType& type) const {
    const auto parent = std::ranges::find(m_types, type.parent, &incident::IncidentType::code);
    return parent == m_types.end() ? 0 : depthOf(*parent) + 1;
}

void IncidentTypeList::load() {
    m_worker.run([database = &m_context.database] { return incident::IncidentTypes{*database}.list(); },
                 [this](const base::Result<std::vector<incident::IncidentType>>& types) { take(types); });
}

void IncidentTypeList::take(const base::Result<std::vector<incident::IncidentType>>& types) {
    // What cannot be read now is as it was: the log says so, and nobody is kept from writing.
    if (types) {
        m_types = *types;
        Q_EMIT changed();
    }
}

}  // namespace leedswatch::ui
