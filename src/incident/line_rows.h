#pragma once

#include "incident/log_line.h"
#include "store/audit_witness.h"
#include "store/nullable.h"

#include <soci/soci.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace leedswatch::incident {

// The rows of the log as they go in and out. Each throws soci::soci_error.

/// Writes lines, one after the other, with what a search finds them by: its statements are prepared once. For one
/// transaction.
class LineRows {
public:
    explicit LineRows(soci::session& sql);
    LineRows(const LineRows&) = delete;
    LineRows& operator=(const LineRows&) = delete;

    /// Gives it its number.
    void insert(LogLine& line);

private:
    struct Bound {
        long long at = 0;
        store::Nullable happened;
        std::string book;
        std::string kind;
        store::Nullable incident;
        store::Nullable refersTo;
        store::Nullable camera;
        store::Nullable ward;
        std::string facts;
        std::string salt;
        std::string commitment;
        long long id = 0;
        std::string place;
        std::string marks;
        std::string words;
    };

    [[nodiscard]] const std::string& placeOfWard(estate::WardId ward);

    soci::session& m_sql;
    LogLine m_line;
    Bound m_bound;
    std::map<estate::WardId, std::string> m_wards;
    soci::statement m_insert;
    soci::statement m_index;
};

/// The columns that LineReader takes, of log_line named l.
[[nodiscard]] const std::string& columnsOfLine();

/// Takes lines out of a statement that selects columnsOfLine() before anything else.
class LineReader {
public:
    void exchange(soci::statement& statement);
    [[nodiscard]] LogLine line() const;

private:
    long long m_id = 0;
    long long m_at = 0;
    store::Nullable m_happened;
    std::string m_author;
    std::string m_workstation;
    std::string m_book;
    std::string m_kind;
    std::string m_type;
    int m_priority = 0;
    store::Nullable m_incident;
    std::string m_reference;
    store::Nullable m_refersTo;
    store::Nullable m_camera;
    std::string m_cameraName;
    store::Nullable m_ward;
    std::string m_text;
    std::string m_facts;
    int m_isErased = 0;
};

[[nodiscard]] std::optional<LogLine> selectLine(soci::session& sql, LineId id);
/// All of an incident, in the order in which they were written.
[[nodiscard]] std::vector<LogLine> selectLinesOfIncident(soci::session& sql, IncidentId incident);
/// What corrects or goes on from the line, in the order in which it was written.
[[nodiscard]] std::vector<LogLine> selectLinesAbout(soci::session& sql, LineId id);

/// What is kept of the words of a line while they are kept, as the commitment to them has it.
[[nodiscard]] std::string committedWords(const std::string& text, const std::string& facts);

/// A word of the index that stands for what a line is: "type_asb". No typed word holds an underscore.
[[nodiscard]] std::string markOf(std::string_view kind, std::string_view value);

/// What the audit log vouches for of each line, of the lines from before there were incidents, and of erased words.
[[nodiscard]] const store::AuditWitness& lineWitness();
[[nodiscard]] const store::AuditWitness& oldLineWitness();
[[nodiscard]] const store::AuditWitness& lineErasureWitness();

}  // namespace leedswatch::incident
