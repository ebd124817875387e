#pragma once

#include "access/person.h"
#include "base/id.h"
#include "base/time.h"
#include "estate/camera.h"
#include "store/database.h"

#include <optional>
#include <string>
#include <vector>

namespace leedswatch::incident {

using EntryId = base::Id<struct EntryTag>;

/// One line of the room's log. It is never changed or deleted; a correction is a new line.
struct Entry {
    EntryId id;
    std::string reference;  ///< running number in the local year: "2026-000123"
    base::UtcTime at;       ///< when it was written
    std::string author;     ///< user name
    std::string category;   ///< a code of `categories()`
    std::optional<int> cameraNumber;
    std::string cameraName;  ///< as it was when written; empty without a camera
    std::string text;
};

struct Category {
    std::string code;  ///< "asb"
    std::string name;  ///< "Anti-social behaviour"
};

struct Search {
    std::string words;  ///< all must occur, as a word or the beginning of one; empty: any
    std::optional<std::string> category;
    std::optional<int> cameraNumber;
    std::optional<base::UtcTime> from;
    std::optional<base::UtcTime> to;
    int limit = 200;
};

/// The incident log. Once `add` has returned, the entry survives a power cut. Thread-safe.
/// Topic of the change feed: "incident_log".
class IncidentLog {
public:
    explicit IncidentLog(store::Database& database) : m_database{database} {}

    [[nodiscard]] static const std::vector<Category>& categories();

    /// Errors: InvalidInput (empty text, unknown category or camera, more than 8,000 characters), NotPermitted.
    [[nodiscard]] base::Result<Entry> add(const access::Acting& acting, const std::string& category,
                                          std::optional<int> cameraNumber, const std::string& text);
    /// Newest first. Any words are safe to search for. Errors: NotPermitted.
    [[nodiscard]] base::Result<std::vector<Entry>> search(const access::Acting& acting, const Search& search);

    /// What the audit log vouches for of each entry; for AuditLog::verify.
    [[nodiscard]] static const store::AuditWitness& witness();

private:
    store::Database& m_database;
};

}  // namespace leedswatch::incident
