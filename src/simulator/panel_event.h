#pragma once

#include "simulator/drawn_premises.h"

#include <string>

namespace leedswatch::simulator {

/// What a panel reports.
struct PanelEvent {
    enum class Kind {
        Intruder,
        Confirmed,  ///< the panel has seen two zones
        Fire,
        HoldUp,
        Panic,
        Medical,
        Tamper,
        LowBattery,
        MainsLost,
        Opened,
        Closed,
        LateToClose,
        Aborted,
        Test,
        Raw,  ///< `code` as it stands
    };

    Kind kind = Kind::Test;
    bool isRestore = false;  ///< it is over
    int zone = 0;            ///< 0: the first that fits; of Opened, Closed and Aborted the user, 0 the first
    std::string code = {};   ///< of Raw: two letters of SIA or three digits of Contact ID
    int area = 1;            ///< of Raw

    bool operator==(const PanelEvent&) const = default;
};

/// An event as a panel says it: "SIA-DCS" and "#200001|Nri1/BA02^Hall^".
struct PanelMessage {
    std::string token;
    std::string data;
};

[[nodiscard]] PanelMessage messageOf(const DrawnPremises& premises, const PanelEvent& event);

/// The zone that an event is about where none was told.
[[nodiscard]] int usualZoneOf(const DrawnPremises& premises, PanelEvent::Kind kind);

/// Somebody's life may depend on it.
[[nodiscard]] bool isLifeSafety(const PanelEvent& event);

}  // namespace leedswatch::simulator
