#pragma once

#include "base/id.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leedswatch::estate {

using PremisesId = base::Id<struct PremisesTag>;
using PanelId = base::Id<struct PanelTag>;

/// How soon a failed way of signalling must be known (BS EN 50136-1, reference 3.4): one way, or two of which one
/// stands in for the other.
enum class PathCategory { Sp1, Sp2, Sp3, Sp4, Sp5, Sp6, Dp1, Dp2, Dp3, Dp4 };

[[nodiscard]] std::string_view nameOf(PathCategory category);  ///< "SP1", "DP4"
[[nodiscard]] std::optional<PathCategory> pathCategoryFrom(std::string_view name);

/// One of the ways by which a panel signals; the alternative one stands in for the primary.
enum class SignallingPath { Primary, Alternative };

[[nodiscard]] std::string_view nameOf(SignallingPath path);  ///< "primary", "alternative"
[[nodiscard]] std::optional<SignallingPath> signallingPathFrom(std::string_view name);

/// By what the paths of a panel are told apart, if it has two (PathTeller says how), and how often they poll.
struct SignallingSettings {
    std::string alternativeLine = {};  ///< the receiver's line of the alternative path, upper case
    std::string primarySource = {};    ///< "10.20.0.0/16", or one address; empty: not known
    std::string alternativeSource = {};
    std::optional<std::chrono::seconds> pollInterval = {};  ///< none: it is learnt from its polls
    std::optional<std::chrono::seconds> alternativePollInterval = {};
    bool operator==(const SignallingSettings&) const = default;
};

/// A building or place whose alarms are answered here.
struct Premises {
    PremisesId id;
    std::string reference;  ///< by which the room knows it, unique
    std::string name;
    std::string address;
    std::string ward;
    std::string committee;
    std::optional<int> latitude;  ///< millionths of a degree, WGS 84
    std::optional<int> longitude;
    std::string kind;             ///< its class: "school", "house", "shop", ...
    std::string policeReference;  ///< URN; empty: the police are not called for it
    bool operator==(const Premises&) const = default;
};

/// An alarm system that signals from premises: what an account is to a receiver.
struct Panel {
    PanelId id;
    PremisesId premises;
    std::string account;      ///< upper case, leading zeros kept
    std::string line;         ///< receiver's line; empty: any
    std::string transmitter;  ///< the maker, lower case, for codes that makers use in their own way
    bool hasKey = false;
    std::optional<std::chrono::hours> testInterval;  ///< within which it must have sent a test
    std::optional<PathCategory> path;
    std::string protocol = {};  ///< by which its signals are expected, "MLR2"; empty: any
    SignallingSettings signalling = {};
    bool operator==(const Panel&) const = default;
};

}  // namespace leedswatch::estate
