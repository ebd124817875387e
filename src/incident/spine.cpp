#include "incident/spine.h"

#include "incident/incident_rows.h"
#include "incident/line_rows.h"

#include <algorithm>

namespace leedswatch::incident {

std::vector<SpineLine> spineOf(soci::session& sql, IncidentId incident, const SpineSources& sources) {
    std::vector<SpineLine> spine;
    for (const LogLine& line : selectLinesOfIncident(sql, incident)) {
        SpineLine one;
        // A radio message that was written down late stands where it was heard.
        one.at = line.happened.value_or(line.at);
        one.kind = "log";
        one.who = line.author;
        one.text = line.text;
        one.line = line;
        spine.push_back(std::move(one));
    }
    const auto links = selectLinks(sql, incident);
    for (const Link& link : links) {
        if (const auto source = sources.find(link.kind); source != sources.end()) {
            auto lines = source->second(sql, link);
            std::ranges::move(lines, std::back_inserter(spine));
        }
    }
    std::ranges::stable_sort(spine, {}, &SpineLine::at);
    return spine;
}

}  // namespace leedswatch::incident
