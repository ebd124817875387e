#pragma once

#include <nlohmann/json.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace leedswatch::store {

struct AuditWitness;

/// A row that an event vouches for, as it stands when the event is written; see AuditWitness.
struct WitnessedChange {
    const AuditWitness* witness = nullptr;  ///< a constant of the service; outlives the program
    std::int64_t key = 0;
    /// The event vouches for the rows from `key` to this one: of a kind with Rows::InRuns those that were sealed, of
    /// one with Rows::OnlyAdded those that were added one behind the other. 0: for `key` alone.
    std::int64_t last = 0;
    bool removed = false;  ///< of a kind with Rows::InRuns: the event vouches for those among them that were removed
};

/// Vouches for a row of a kind with Rows::OnlyAdded that was added now; with those one before it, if they are in hand.
void vouchForAdded(std::vector<WitnessedChange>& changes, const AuditWitness& witness, std::int64_t key);

/// One line of the audit log (reference: RFC 6962 leaves). Personal data and free text go in `personal`, which is kept
/// in an erasable side table behind a commitment; everything else stays for ever.
struct AuditEvent {
    std::string who;          ///< the acting person's user name, or "station", or "os:NAME" for the command line
    std::string workstation;  ///< the desk or host
    std::string action;       ///< "log.added", "camera.imported", "signin.refused": area.past-participle
    std::string object;       ///< what it was done to: "camera 12", "incident 2026-000123"
    nlohmann::json details = nlohmann::json::object();  ///< integers, texts and booleans only; no floats
    std::string personal;                               ///< empty if none
    std::vector<WitnessedChange> witnesses;             ///< the rows written before it, in the same transaction
};

}  // namespace leedswatch::store
