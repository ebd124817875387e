#pragma once

#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

namespace leedswatch::simulator {

/// How the panel of some premises speaks: the standard's SIA codes, those of Ajax, Contact ID, or a communicator that
/// polls often and numbers its polls 0000.
enum class PanelMaker { Standard, Ajax, ContactId, Polling };

/// How its messages travel.
enum class PanelCarrier { KeptConnection, ConnectionPerMessage, Datagrams };

enum class ZoneUse { Entry, Room, Perimeter, Smoke, HoldUp, Panic, Medical };

struct DrawnZone {
    int number = 0;
    ZoneUse use = ZoneUse::Room;
    std::string name;
};

/// Premises of the training estate with their panel: names and streets as in Leeds, and nothing of anybody real.
struct DrawnPremises {
    int number = 0;       ///< from 1
    std::string account;  ///< six digits, unique
    std::string name;
    std::string address;
    std::string ward;
    std::string committee;
    std::string kind;  ///< "house", "school", "shop", "office", "care home", "tower block", "depot", "pharmacy"
    std::string policeReference;  ///< empty: the police are not called
    int latitude = 0;             ///< millionths of a degree
    int longitude = 0;

    PanelMaker maker = PanelMaker::Standard;
    PanelCarrier carrier = PanelCarrier::KeptConnection;
    bool speaksContactId = false;  ///< ADM-CID; else SIA-DCS
    bool confirmsItself = false;  ///< reports a confirmed alarm when a second zone follows; else the room has to see it
    bool sendsReceiver = false;   ///< an R in its headers
    bool stampsClearText = false;
    std::string keyBytes;  ///< 16, 24 or 32; empty: it sends in the clear
    bool isKeyText = false;
    std::string pathCategory;              ///< "SP1" to "SP6", "DP1" to "DP4"
    std::chrono::seconds pollInterval{0};  ///< 0: it does not poll
    std::vector<DrawnZone> zones;

    /// The first zone of the first use that there is; the first of all if there is none.
    [[nodiscard]] const DrawnZone& zoneFor(std::initializer_list<ZoneUse> uses) const;
    [[nodiscard]] const DrawnZone* findZone(int number) const;
};

inline constexpr int mostPanels = 20'000;

/// The same for the same seed and number, always. With a `carrier` every panel has that one.
[[nodiscard]] DrawnPremises drawPremises(std::uint64_t seed, int number, std::optional<PanelCarrier> carrier = {});
[[nodiscard]] std::vector<DrawnPremises> drawManyPremises(std::uint64_t seed, int count,
                                                          std::optional<PanelCarrier> carrier = {});

/// As `leedswatchctl premises import` reads it, keys included.
[[nodiscard]] std::string premisesCsv(const std::vector<DrawnPremises>& premises);

}  // namespace leedswatch::simulator
