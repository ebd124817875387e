#include "estate/path_teller.h"

#include "estate/path_times.h"

namespace leedswatch::estate {

PathTeller::PathTeller(const Panel& panel) {
    if (panel.path && hasTwoPaths(*panel.path)) {
        m_line = panel.signalling.alternativeLine;
        m_primary = SourceNetwork::from(panel.signalling.primarySource);
        m_alternative = SourceNetwork::from(panel.signalling.alternativeSource);
    }
}

std::optional<SignallingPath> PathTeller::pathOf(std::string_view line, std::string_view address) const {
    if (!tellsApart()) {
        return SignallingPath::Primary;
    }
    if (!m_line.empty()) {
        return line == m_line ? SignallingPath::Alternative : SignallingPath::Primary;
    }
    if (m_alternative && m_alternative->contains(address)) {
        return SignallingPath::Alternative;
    }
    if (m_primary && m_primary->contains(address)) {
        return SignallingPath::Primary;
    }
    if (m_primary && m_alternative) {
        return std::nullopt;
    }
    return m_primary ? SignallingPath::Alternative : SignallingPath::Primary;
}

}  // namespace leedswatch::estate
