#pragma once

#include "estate/premises.h"
#include "estate/source_network.h"

#include <optional>
#include <string>
#include <string_view>

namespace leedswatch::estate {

/// Says by which of its paths a panel's message came. A panel with one path, or of whose two nothing is known by which
/// they differ, has its primary one alone. Two are told apart by the receiver's line, or by the network that a message
/// comes from: of both if both are given; if one is, all else is the other path. Immutable.
class PathTeller {
public:
    explicit PathTeller(const Panel& panel);

    [[nodiscard]] bool tellsApart() const { return !m_line.empty() || m_primary || m_alternative; }
    /// `line` in upper case. Nothing: it came from neither of the two networks, and proves neither path.
    [[nodiscard]] std::optional<SignallingPath> pathOf(std::string_view line, std::string_view address) const;

private:
    std::string m_line;  ///< of the alternative path
    std::optional<SourceNetwork> m_primary;
    std::optional<SourceNetwork> m_alternative;
};

}  // namespace leedswatch::estate
