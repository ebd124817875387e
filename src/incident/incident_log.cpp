#include "incident/incident_log.h"

#include "base/local_time.h"
#include "base/utf8.h"
#include "estate/camera_registry.h"
#include "incident/search_query.h"
#include "store/audit_witness.h"

#include <algorithm>
#include <charconv>

namespace leedswatch::incident {
namespace {

using base::ErrorCode;

constexpr std::size_t kLongestText = 8'000;
constexpr int kReferenceDigits = 6;

const store::AuditWitness& entryWitness() {
    static const store::AuditWitness witness{
        "incident_log_entry",
        "incident_log_entry",
        "id",
        "reference",
        {"reference", "at", "author", "workstation", "category", "camera_number", "camera_name", "text"},
        store::AuditWitness::Rows::OnlyAdded};
    return witness;
}

std::size_t countCharacters(const std::string& text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char character) {
        return (static_cast<unsigned char>(character) & 0xc0U) != 0x80U;
    }));
}

bool isBlank(const std::string& text) {
    return text.find_first_not_of(" \t\r\n") == std::string::npos;
}

base::Result<void> checkEntry(const std::string& category, const std::string& text) {
    const auto& known = IncidentLog::categories();
    if (std::none_of(known.begin(), known.end(), [&](const auto& each) { return each.code == category; })) {
        return base::fail(ErrorCode::InvalidInput, "there is no log category '" + category.substr(0, 40) + "'");
    }
    if (isBlank(text)) {
        return base::fail(ErrorCode::InvalidInput, "the log entry is empty: write what happened");
    }
    if (!base::isPlainText(text)) {
        return base::fail(ErrorCode::InvalidInput, "the log entry holds bytes that are not text: write it again");
    }
    if (countCharacters(text) > kLongestText) {
        return base::fail(ErrorCode::InvalidInput,
                          "the log entry is longer than 8,000 characters: split it into more than one");
    }
    return {};
}

/// The next number of the local year: "2026-000123". Never given twice, and without gaps, as it is part of the commit.
std::string nextReference(soci::session& sql, base::UtcTime now) {
    const int year = std::stoi(base::formatLocal(now).substr(0, 4));
    std::int64_t number = 0;
    sql << "INSERT INTO incident_number (year, last) VALUES (:year, 1) "
           "ON CONFLICT (year) DO UPDATE SET last = last + 1 RETURNING last",
        soci::use(year, "year"), soci::into(number);
    const auto digits = std::to_string(number);
    const auto padding = digits.size() < kReferenceDigits ? kReferenceDigits - digits.size() : 0;
    return std::to_string(year) + "-" + std::string(padding, '0') + digits;
}

void insertEntry(soci::session& sql, Entry& entry, const std::string& workstation) {
    const auto at = base::toStored(entry.at);
    int camera = entry.cameraNumber.value_or(0);
    auto cameraIndicator = entry.cameraNumber ? soci::i_ok : soci::i_null;
    std::int64_t id = 0;
    sql << "INSERT INTO incident_log_entry "
           "(reference, at, author, workstation, category, camera_number, camera_name, text) VALUES "
           "(:reference, :at, :author, :workstation, :category, :camera, :camera_name, :text) RETURNING id",
        soci::use(entry.reference, "reference"), soci::use(at, "at"), soci::use(entry.author, "author"),
        soci::use(workstation, "workstation"), soci::use(entry.category, "category"),
        soci::use(camera, cameraIndicator, "camera"), soci::use(entry.cameraName, "camera_name"),
        soci::use(entry.text, "text"), soci::into(id);
    entry.id = EntryId{id};
    sql << "INSERT INTO incident_log_search (rowid, text, camera_name, reference, marks) "
           "SELECT id, text, camera_name, reference, marks FROM incident_log_searchable WHERE id = :id",
        soci::use(id, "id");
}

void auditEntry(store::Transaction& transaction, const access::Acting& acting, const Entry& entry) {
    store::AuditEvent event;
    event.who = acting.username;
    event.workstation = acting.workstation;
    event.action = "log.added";
    event.object = "incident " + entry.reference;
    event.details = {{"category", entry.category}};
    if (entry.cameraNumber) {
        event.details["camera"] = *entry.cameraNumber;
    }
    event.witnesses = {{&entryWitness(), entry.id.value()}};
    transaction.audit(event);
    transaction.notify("incident_log", entry.reference);
}

}  // namespace

const std::vector<Category>& IncidentLog::categories() {
    static const std::vector<Category> all{
        {"asb", "Anti-social behaviour"},
        {"violence", "Violence"},
        {"theft", "Theft"},
        {"damage", "Criminal damage"},
        {"drugs", "Drugs"},
        {"weapon", "Weapon"},
        {"missing", "Missing person"},
        {"welfare", "Welfare concern"},
        {"traffic", "Traffic"},
        {"fire", "Fire"},
        {"alarm", "Alarm"},
        {"police", "Police request"},
        {"patrol", "Patrol"},
        {"property", "Council property"},
        {"camera", "Camera or equipment"},
        {"occurrence", "Daily occurrence"},
        {"other", "Other"},
    };
    return all;
}

base::Result<Entry> IncidentLog::add(const access::Acting& acting, const std::string& category,
                                     std::optional<int> cameraNumber, const std::string& text) {
    TRY(access::require(acting, access::Right::WriteLog));
    TRY(checkEntry(category, text));
    Entry entry;
    entry.author = acting.username;
    entry.category = category;
    entry.cameraNumber = cameraNumber;
    entry.text = text;
    if (cameraNumber) {
        const auto camera = estate::CameraRegistry{m_database}.find(*cameraNumber);
        if (!camera) {
            // That there is no such camera is the caller's mistake here.
            return base::fail(
                camera.error().code == ErrorCode::NotFound ? ErrorCode::InvalidInput : camera.error().code,
                camera.error().message);
        }
        entry.cameraName = camera->name;
    }
    return m_database.write([&](store::Transaction& transaction) -> base::Result<Entry> {
        entry.at = transaction.now();
        entry.reference = nextReference(transaction.sql(), entry.at);
        insertEntry(transaction.sql(), entry, acting.workstation);
        auditEntry(transaction, acting, entry);
        return entry;
    });
}

base::Result<std::vector<Entry>> IncidentLog::search(const access::Acting& acting, const Search& search) {
    TRY(access::require(acting, access::Right::ReadLog));
    return m_database.read(
        [&](soci::session& sql) -> base::Result<std::vector<Entry>> { return runSearch(sql, search); });
}

const store::AuditWitness& IncidentLog::witness() {
    return entryWitness();
}

}  // namespace leedswatch::incident
