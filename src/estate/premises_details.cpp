#include "estate/premises_details.h"

#include "base/csv_table.h"
#include "estate/premises_details_rows.h"
#include "estate/premises_rows.h"
#include "store/audit_witness.h"
#include "store/key_folder.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <map>

namespace leedswatch::estate {

namespace {

using base::ErrorCode;
using nlohmann::json;

constexpr const char* wordsKeyName = "panels.key";
constexpr int mostKeyholders = 20;
constexpr int mostCameras = 16;

std::string wordContext(PremisesId premises) {
    return "premises words row " + std::to_string(premises.value());
}

/// As words are compared: small letters, no spaces around them, one between.
std::string comparable(std::string_view word) {
    std::string result;
    for (const char letter : word) {
        const bool isSpace = std::isspace(static_cast<unsigned char>(letter)) != 0;
        if (!isSpace) {
            result += static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
        } else if (!result.empty() && result.back() != ' ') {
            result += ' ';
        }
    }
    if (!result.empty() && result.back() == ' ') {
        result.pop_back();
    }
    return result;
}

void auditDetails(store::Transaction& transaction, const access::Acting& acting, const char* action,
                  const std::string& reference, std::vector<store::WitnessedChange> witnesses) {
    store::AuditEvent event;
    event.who = acting.username;
    event.workstation = acting.workstation;
    event.action = action;
    event.object = "premises " + reference;
    event.witnesses = std::move(witnesses);
    transaction.audit(event);
    transaction.notify("premises", reference);
}

base::Result<Premises> premisesOfRow(soci::session& sql, const base::CsvRow& row) {
    TRY_ASSIGN(const std::string reference, row.text("premises"));
    auto found = selectPremises(sql, reference);
    if (found.empty()) {
        return row.refuse("premises", "there are no premises '" + reference + "': import them first");
    }
    return base::Result<Premises>{tl::in_place, std::move(found.front())};
}

base::Result<Keyholder> keyholderOf(const base::CsvRow& row, int position) {
    Keyholder keyholder;
    keyholder.position = position;
    TRY_ASSIGN(keyholder.name, row.text("name"));
    TRY_ASSIGN(keyholder.phones, row.text("phones"));
    TRY_ASSIGN(keyholder.note, row.text("note"));
    TRY_ASSIGN(const std::string hours, row.text("availability"));
    TRY_ASSIGN(const auto holds, row.yesNo("holds_keys"));
    keyholder.holdsKeys = holds.value_or(true);
    if (keyholder.name.empty() || keyholder.phones.empty()) {
        return row.refuse(keyholder.name.empty() ? "name" : "phones", "a keyholder has a name and a telephone");
    }
    auto schedule = base::WeeklySchedule::parse(hours);
    if (!schedule) {
        return row.refuse("availability", schedule.error().message);
    }
    keyholder.availability = *std::move(schedule);
    return base::Result<Keyholder>{tl::in_place, std::move(keyholder)};
}

base::Result<std::vector<PremisesCamera>> camerasOf(soci::session& sql, const base::CsvRow& row) {
    const std::string text = row.raw("cameras");
    std::vector<PremisesCamera> cameras;
    std::size_t begin = 0;
    while (text != "-" && begin < text.size()) {
        const std::size_t end = std::min(text.find(';', begin), text.size());
        const std::string one = text.substr(begin, end - begin);
        const std::size_t at = std::min(one.find('@'), one.size());
        PremisesCamera camera;
        camera.zone = at < one.size() ? one.substr(at + 1) : "";
        const auto [stop, error] = std::from_chars(one.data(), one.data() + at, camera.number);
        const auto id = error == std::errc{} && stop == one.data() + at ? selectCameraId(sql, camera.number)
                                                                        : std::optional<CameraId>{};
        if (!id || cameras.size() == mostCameras) {
            return row.refuse("cameras", "'" + one.substr(0, 40) +
                                             "' is no camera of the estate; write at most 16 "
                                             "numbers as in 12;14@03");
        }
        camera.camera = *id;
        cameras.push_back(std::move(camera));
        begin = end + 1;
    }
    return base::Result<std::vector<PremisesCamera>>{tl::in_place, std::move(cameras)};
}

/// What a file says of the words: nothing for an empty field, an empty word for a dash.
struct WordChange {
    std::optional<std::string> password;
    std::optional<std::string> duress;
};

base::Result<WordChange> wordsOf(const base::CsvRow& row) {
    WordChange change;
    for (const auto& [column, to] : {std::pair{"password", &change.password}, {"duress", &change.duress}}) {
        TRY_ASSIGN(const std::string word, row.text(column));
        if (!word.empty()) {
            *to = word == "-" ? "" : comparable(word);
        }
    }
    if (change.password && change.duress && !change.password->empty() && change.password == change.duress) {
        return row.refuse("duress", "the duress word must be another than the password");
    }
    return change;
}

std::map<std::string, std::string> openWords(const store::SealingKey& key, PremisesId premises,
                                             const std::string& sealed) {
    std::map<std::string, std::string> words;
    const auto text = sealed.empty() ? base::Result<std::string>{"{}"} : key.unseal(sealed, wordContext(premises));
    const json all = text ? json::parse(*text, nullptr, false) : json::object();
    for (const char* name : {"password", "duress"}) {
        words[name] = all.is_object() && all.contains(name) && all[name].is_string() ? all[name].get<std::string>()
                                                                                     : std::string{};
    }
    return words;
}

}  // namespace

base::Result<PremisesCard> PremisesDetails::card(const access::Acting& acting, PremisesId premises) {
    TRY(access::require(acting, access::Right::SeeAlarms));
    return m_database.read([&](soci::session& sql) -> base::Result<PremisesCard> {
        auto found = selectPremisesById(sql, premises);
        if (!found) {
            return base::fail(ErrorCode::NotFound, "these premises are not in the list any more");
        }
        return PremisesCard{*std::move(found), selectKeyholders(sql, premises), selectPremisesCameras(sql, premises),
                            !selectSealedWords(sql, premises).empty()};
    });
}

base::Result<SpokenWord> PremisesDetails::compareWord(const access::Acting& acting, PremisesId premises,
                                                      std::string_view said) {
    TRY(access::require(acting, access::Right::AnswerAlarms));
    const std::string word = comparable(said);
    if (word.empty()) {
        return base::fail(ErrorCode::InvalidInput, "type what was said");
    }
    TRY_ASSIGN(const std::string sealed, m_database.read([&](soci::session& sql) -> base::Result<std::string> {
        return selectSealedWords(sql, premises);
    }));
    TRY_ASSIGN(const auto key, store::SealingKey::openOrCreate(m_database.folder(), wordsKeyName));
    const auto words = openWords(key, premises, sealed);
    if (!words.at("duress").empty() && word == words.at("duress")) {
        return SpokenWord::Duress;
    }
    if (words.at("password").empty()) {
        return SpokenWord::NoneKept;
    }
    return word == words.at("password") ? SpokenWord::Right : SpokenWord::Wrong;
}

base::Result<ImportReport> PremisesDetails::importKeyholders(const access::Acting& acting, std::string_view csv) {
    TRY(access::require(acting, access::Right::ManagePremises));
    TRY_ASSIGN(const auto table,
               base::CsvTable::read(csv, {"premises", "name", "phones", "availability", "holds_keys", "note"},
                                    {"premises", "name", "phones"}));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<ImportReport> {
        std::map<std::string, std::pair<Premises, std::vector<Keyholder>>> all;
        for (std::size_t index = 0; index < table.size(); ++index) {
            const base::CsvRow row = table.row(index);
            TRY_ASSIGN(Premises premises, premisesOfRow(transaction.sql(), row));
            auto& [known, keyholders] = all[premises.reference];
            TRY_ASSIGN(Keyholder keyholder, keyholderOf(row, static_cast<int>(keyholders.size()) + 1));
            if (keyholders.size() == mostKeyholders) {
                return row.refuse("premises", "premises have 20 keyholders at most");
            }
            known = std::move(premises);
            keyholders.push_back(std::move(keyholder));
        }
        ImportReport report;
        for (const auto& [reference, entry] : all) {
            std::vector<store::WitnessedChange> witnesses;
            for (const std::int64_t id : replaceKeyholders(transaction.sql(), entry.first.id, entry.second)) {
                witnesses.push_back({&keyholderWitness(), id});
            }
            auditDetails(transaction, acting, "keyholders.changed", reference, std::move(witnesses));
            ++report.changed;
        }
        return report;
    });
}

base::Result<ImportReport> PremisesDetails::importAnswering(const access::Acting& acting, std::string_view csv) {
    TRY(access::require(acting, access::Right::ManagePremises));
    TRY_ASSIGN(const auto table,
               base::CsvTable::read(csv, {"premises", "password", "duress", "cameras"}, {"premises"}));
    TRY_ASSIGN(const auto key, store::SealingKey::openOrCreate(m_database.folder(), wordsKeyName));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<ImportReport> {
        ImportReport report;
        for (std::size_t index = 0; index < table.size(); ++index) {
            const base::CsvRow row = table.row(index);
            TRY_ASSIGN(const Premises premises, premisesOfRow(transaction.sql(), row));
            TRY_ASSIGN(const WordChange change, wordsOf(row));
            if (change.password || change.duress) {
                auto words = openWords(key, premises.id, selectSealedWords(transaction.sql(), premises.id));
                words["password"] = change.password.value_or(words["password"]);
                words["duress"] = change.duress.value_or(words["duress"]);
                saveSealedWords(transaction.sql(), premises.id, key.seal(json(words).dump(), wordContext(premises.id)));
            }
            if (!row.raw("cameras").empty()) {
                TRY_ASSIGN(const auto cameras, camerasOf(transaction.sql(), row));
                replacePremisesCameras(transaction.sql(), premises.id, cameras);
            }
            auditDetails(transaction, acting, "premises.answering-changed", premises.reference, {});
            ++report.changed;
        }
        return report;
    });
}

const store::AuditWitness& PremisesDetails::keyholderWitness() {
    static const store::AuditWitness witness{
        "keyholder",
        "keyholder",
        "id",
        "name",
        {"premises_id", "position", "name", "phones", "availability", "holds_keys", "note"},
        store::AuditWitness::Rows::Changing};
    return witness;
}

}  // namespace leedswatch::estate
