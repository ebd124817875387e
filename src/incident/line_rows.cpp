#include "incident/line_rows.h"

#include "store/erasable.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>

namespace leedswatch::incident {

namespace {

/// An ordered object: facts come out as they went in.
std::string jsonOf(const Facts& facts) {
    if (facts.empty()) {
        return {};
    }
    auto object = nlohmann::ordered_json::object();
    for (const auto& [code, words] : facts) {
        object[code] = words;
    }
    return object.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

Facts factsFrom(const std::string& json) {
    Facts facts;
    const auto object = nlohmann::ordered_json::parse(json, nullptr, false);
    if (object.is_object()) {
        for (const auto& [code, words] : object.items()) {
            facts.emplace_back(code, words.is_string() ? words.get<std::string>() : std::string{});
        }
    }
    return facts;
}

std::string marksOf(const LogLine& line) {
    std::string marks = markOf("book", nameOf(line.book)) + " " + markOf("kind", nameOf(line.kind)) + " " +
                        markOf("type", line.type) + " " + markOf("priority", std::to_string(line.priority)) + " " +
                        markOf("author", line.author);
    if (line.cameraNumber) {
        marks += " " + markOf("camera", std::to_string(*line.cameraNumber));
    }
    if (line.ward) {
        marks += " " + markOf("ward", std::to_string(line.ward->value()));
    }
    return marks;
}

std::string wordsOf(const LogLine& line) {
    std::string words = line.text;
    for (const auto& [code, fact] : line.facts) {
        words += "\n" + fact;
    }
    return words;
}

template <typename... Bound>
std::vector<LogLine> linesWhere(soci::session& sql, const std::string& condition, const Bound&... bound) {
    std::vector<LogLine> lines;
    LineReader reader;
    soci::statement statement{sql};
    reader.exchange(statement);
    (statement.exchange(soci::use(bound)), ...);
    statement.alloc();
    statement.prepare("SELECT " + columnsOfLine() + " FROM log_line AS l WHERE " + condition);
    statement.define_and_bind();
    statement.execute();
    while (statement.fetch()) {
        lines.push_back(reader.line());
    }
    return lines;
}

}  // namespace

LineRows::LineRows(soci::session& sql)
    : m_sql{sql},
      m_insert{(sql.prepare << "INSERT INTO log_line (at, happened, author, workstation, book, kind, type, priority, "
                               "incident_id, reference, refers_to, camera_number, camera_name, ward_id, text, facts, "
                               "salt, commitment) VALUES (:at, :happened, :author, :workstation, :book, :kind, :type, "
                               ":priority, :incident, :reference, :refers_to, :camera, :camera_name, :ward, :text, "
                               ":facts, :salt, :commitment) RETURNING id",
                soci::use(m_bound.at, "at"), m_bound.happened.use("happened"), soci::use(m_line.author, "author"),
                soci::use(m_line.workstation, "workstation"), soci::use(m_bound.book, "book"),
                soci::use(m_bound.kind, "kind"), soci::use(m_line.type, "type"), soci::use(m_line.priority, "priority"),
                m_bound.incident.use("incident"), soci::use(m_line.reference, "reference"),
                m_bound.refersTo.use("refers_to"), m_bound.camera.use("camera"),
                soci::use(m_line.cameraName, "camera_name"), m_bound.ward.use("ward"), soci::use(m_line.text, "text"),
                soci::use(m_bound.facts, "facts"), soci::use(m_bound.salt, "salt"),
                soci::use(m_bound.commitment, "commitment"), soci::into(m_bound.id))},
      m_index{(sql.prepare << "INSERT INTO log_search (rowid, text, place, marks) VALUES (:id, :text, :place, :marks)",
               soci::use(m_bound.id, "id"), soci::use(m_bound.words, "text"), soci::use(m_bound.place, "place"),
               soci::use(m_bound.marks, "marks"))} {}

const std::string& LineRows::placeOfWard(estate::WardId ward) {
    const auto known = m_wards.find(ward);
    if (known != m_wards.end()) {
        return known->second;
    }
    const auto found = estate::selectWard(m_sql, ward);
    return m_wards.emplace(ward, found ? found->name + " " + found->committee : std::string{}).first->second;
}

void LineRows::insert(LogLine& line) {
    m_line = line;
    m_bound.at = base::toStored(line.at);
    m_bound.happened = store::Nullable{line.happened};
    m_bound.book = nameOf(line.book);
    m_bound.kind = nameOf(line.kind);
    m_bound.incident = store::Nullable{line.incident};
    m_bound.refersTo = store::Nullable{line.refersTo};
    m_bound.camera = store::Nullable{line.cameraNumber};
    m_bound.ward = store::Nullable{line.ward};
    m_bound.facts = jsonOf(line.facts);
    const auto commitment = store::Commitment::to(committedWords(line.text, m_bound.facts));
    m_bound.salt = commitment.salt;
    m_bound.commitment = commitment.hex;
    m_insert.execute(true);
    line.id = LineId{m_bound.id};
    m_bound.words = wordsOf(line);
    m_bound.place = line.reference + " " + line.cameraName + (line.ward ? " " + placeOfWard(*line.ward) : "");
    m_bound.marks = marksOf(line);
    m_index.execute(true);
}

const std::string& columnsOfLine() {
    static const std::string columns =
        "l.id, l.at, l.happened, l.author, l.workstation, l.book, l.kind, l.type, l.priority, l.incident_id, "
        "l.reference, l.refers_to, l.camera_number, l.camera_name, l.ward_id, l.text, l.facts, "
        "l.salt IS NULL AND l.before_incidents = 0";
    return columns;
}

void LineReader::exchange(soci::statement& statement) {
    statement.exchange(soci::into(m_id));
    statement.exchange(soci::into(m_at));
    statement.exchange(m_happened.into());
    statement.exchange(soci::into(m_author));
    statement.exchange(soci::into(m_workstation));
    statement.exchange(soci::into(m_book));
    statement.exchange(soci::into(m_kind));
    statement.exchange(soci::into(m_type));
    statement.exchange(soci::into(m_priority));
    statement.exchange(m_incident.into());
    statement.exchange(soci::into(m_reference));
    statement.exchange(m_refersTo.into());
    statement.exchange(m_camera.into());
    statement.exchange(soci::into(m_cameraName));
    statement.exchange(m_ward.into());
    statement.exchange(soci::into(m_text));
    statement.exchange(soci::into(m_facts));
    statement.exchange(soci::into(m_isErased));
}

LogLine LineReader::line() const {
    LogLine line;
    line.id = LineId{m_id};
    line.at = base::fromStored(m_at);
    line.happened = m_happened.time();
    line.author = m_author;
    line.workstation = m_workstation;
    line.book = bookFrom(m_book).value_or(Book::Occurrence);
    line.kind = lineKindFrom(m_kind).value_or(LineKind::Written);
    line.type = m_type;
    line.priority = m_priority;
    line.incident = m_incident.id<IncidentId>();
    line.reference = m_reference;
    line.refersTo = m_refersTo.id<LineId>();
    line.cameraNumber = m_camera.number<int>();
    line.cameraName = m_cameraName;
    line.ward = m_ward.id<estate::WardId>();
    line.text = m_text;
    line.facts = m_facts.empty() ? Facts{} : factsFrom(m_facts);
    line.isErased = m_isErased != 0;
    return line;
}

std::optional<LogLine> selectLine(soci::session& sql, LineId id) {
    auto found = linesWhere(sql, "l.id = :id", static_cast<long long>(id.value()));
    return found.empty() ? std::nullopt : std::optional{std::move(found.front())};
}

std::vector<LogLine> selectLinesOfIncident(soci::session& sql, IncidentId incident) {
    return linesWhere(sql, "l.incident_id = :incident ORDER BY l.id", static_cast<long long>(incident.value()));
}

std::vector<LogLine> selectLinesAbout(soci::session& sql, LineId id) {
    return linesWhere(sql, "l.refers_to = :id ORDER BY l.id", static_cast<long long>(id.value()));
}

std::string committedWords(const std::string& text, const std::string& facts) {
    return text + '\x1f' + facts;
}

std::string markOf(std::string_view kind, std::string_view value) {
    std::string mark{kind};
    mark += '_';
    for (const char character : value) {
        const auto byte = static_cast<unsigned char>(character);
        mark += byte >= 0x80 || std::isalnum(byte) != 0 ? character : '_';
    }
    return mark;
}

const store::AuditWitness& lineWitness() {
    static const store::AuditWitness witness{
        "log_line",
        "log_line_since_incidents",
        "id",
        "id",
        {"at", "happened", "author", "workstation", "book", "kind", "type", "priority", "incident_id", "reference",
         "refers_to", "camera_number", "camera_name", "ward_id",
         store::erasableColumn("log_line_since_incidents", "text || char(31) || facts", "log_line_erasure", "line_id")},
        store::AuditWitness::Rows::OnlyAdded};
    return witness;
}

const store::AuditWitness& oldLineWitness() {
    static const store::AuditWitness witness{
        "incident_log_entry",
        "incident_log_entry",
        "id",
        "reference",
        {"reference", "at", "author", "workstation", "category", "camera_number", "camera_name", "text"},
        store::AuditWitness::Rows::OnlyAdded};
    return witness;
}

const store::AuditWitness& lineErasureWitness() {
    static const store::AuditWitness witness{
        "log_line_erasure", "log_line_erasure", "line_id", "line_id", {"at"}, store::AuditWitness::Rows::Changing};
    return witness;
}

}  // namespace leedswatch::incident
