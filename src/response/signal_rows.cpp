#include "response/signal_rows.h"

#include "store/json_text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <limits>

namespace leedswatch::response {

namespace {

using Integer = long long;
using nlohmann::json;

// Bytes of strangers: what is no text would be cut or refused by the store.
std::string storedText(std::string_view bytes) {
    std::string text = alarm::panelText(bytes);
    std::replace(text.begin(), text.end(), '\0', ' ');
    return text;
}

constexpr std::string_view nameOf(alarm::Qualifier qualifier) {
    switch (qualifier) {
        case alarm::Qualifier::New: return "new";
        case alarm::Qualifier::Restore: return "restore";
        case alarm::Qualifier::Previous: return "previous";
    }
    return "new";
}

alarm::Qualifier qualifierFrom(std::string_view name) {
    for (const auto qualifier : {alarm::Qualifier::Restore, alarm::Qualifier::Previous}) {
        if (nameOf(qualifier) == name) {
            return qualifier;
        }
    }
    return alarm::Qualifier::New;
}

// By hand, as one is made for each signal of a storm; the names in the order in which they always were.
std::string textOf(const std::vector<SignalEvent>& events) {
    std::string text = "[";
    for (const SignalEvent& event : events) {
        const std::array<std::pair<std::string_view, std::string_view>, 11> fields = {{
            {"{\"address\":", event.code.address},
            {",\"address_kind\":", alarm::nameOf(event.meaning.address)},
            {",\"area\":", event.code.area},
            {",\"category\":", alarm::nameOf(event.meaning.category)},
            {",\"code\":", event.code.code},
            {",\"event\":", event.meaning.event},
            {event.meaning.isOverridden ? ",\"overridden\":true,\"qualifier\":" : ",\"qualifier\":",
             nameOf(event.code.qualifier)},
            {",\"scheme\":", alarm::nameOf(event.code.scheme)},
            {",\"text\":", event.code.text},
            {",\"time\":", event.code.panelTime},
            {",\"user\":", event.code.user},
        }};
        text += text.size() > 1 ? "," : "";
        for (const auto& [name, value] : fields) {
            text += name;
            store::appendJsonText(text, value);
        }
        text += '}';
    }
    return text + ']';
}

// What cannot be read of a row is left out: the signal is there all the same, with its raw bytes.
std::vector<SignalEvent> eventsFrom(const std::string& text) {
    std::vector<SignalEvent> events;
    const json all = json::parse(text, nullptr, false);
    for (const json& one : all.is_array() ? all : json::array()) {
        const auto field = [&](const char* name) {
            return one.is_object() && one.contains(name) && one[name].is_string() ? one[name].get<std::string>()
                                                                                  : std::string{};
        };
        SignalEvent event;
        event.code = {alarm::codeSchemeFrom(field("scheme")).value_or(alarm::CodeScheme::Sia),
                      qualifierFrom(field("qualifier")),
                      field("code"),
                      field("area"),
                      field("address"),
                      field("user"),
                      field("text"),
                      field("time")};
        event.meaning.category = alarm::signalCategoryFrom(field("category")).value_or(alarm::SignalCategory::Unmapped);
        event.meaning.event = field("event");
        event.meaning.isOverridden = one.is_object() && one.contains("overridden");
        event.meaning.address = alarm::addressKindFrom(field("address_kind")).value_or(alarm::AddressKind::Other);
        events.push_back(std::move(event));
    }
    return events;
}

std::string textOf(const std::vector<alarm::ExtendedDatum>& extended) {
    if (extended.empty()) {
        return "[]";
    }
    auto all = json::array();
    for (const alarm::ExtendedDatum& one : extended) {
        all.push_back({storedText({&one.id, 1}), storedText(one.value)});
    }
    return all.dump();
}

std::vector<alarm::ExtendedDatum> extendedFrom(const std::string& text) {
    std::vector<alarm::ExtendedDatum> extended;
    const json all = json::parse(text, nullptr, false);
    for (const json& one : all.is_array() ? all : json::array()) {
        if (one.is_array() && one.size() == 2 && one[0].is_string() && one[1].is_string()) {
            const std::string id = one[0];
            extended.push_back({id.empty() ? '?' : id.front(), one[1]});
        }
    }
    return extended;
}

/// The variables that a row goes through, in both directions.
struct Row {
    // The texts keep their room from one row to the next.
    void set(const JudgedSignal& signal) {
        const alarm::ReceivedSignal& from = signal.received;
        received = base::toStored(from.received);
        panel = signal.panel ? signal.panel->value() : 0;
        panelIndicator = signal.panel ? soci::i_ok : soci::i_null;
        account = storedText(from.account);
        protocol = from.protocol;
        source = from.source;
        token = from.token;
        sequence = from.sequence;
        receiver = from.receiver;
        line = from.line;
        headerAccount = from.headerAccount;
        encrypted = from.wasEncrypted ? 1 : 0;
        lacksEncryption = from.lacksEncryption ? 1 : 0;
        data = storedText(from.data);
        events = textOf(signal.events);
        extended = textOf(from.extended);
        panelTime = from.panelTimestamp;
        drift = from.drift ? from.drift->count() : 0;
        driftIndicator = from.drift ? soci::i_ok : soci::i_null;
        raw = from.raw;
    }

    [[nodiscard]] StoredSignal signal() const {
        StoredSignal stored;
        stored.id = SignalId{id};
        stored.repetitions = repetitions;
        alarm::ReceivedSignal& to = stored.signal.received;
        to.received = base::fromStored(received);
        to.account = account;
        to.protocol = protocol;
        to.source = source;
        to.token = token;
        to.sequence = sequence;
        to.receiver = receiver;
        to.line = line;
        to.headerAccount = headerAccount;
        to.wasEncrypted = encrypted != 0;
        to.lacksEncryption = lacksEncryption != 0;
        to.data = data;
        to.extended = extendedFrom(extended);
        to.panelTimestamp = panelTime;
        to.drift = driftIndicator == soci::i_ok ? std::optional{std::chrono::seconds{drift}} : std::nullopt;
        stored.signal.panel = panelIndicator == soci::i_ok ? std::optional{estate::PanelId{panel}} : std::nullopt;
        stored.signal.events = eventsFrom(events);
        return stored;
    }

    Integer id = 0;
    Integer received = 0;
    Integer panel = 0;
    soci::indicator panelIndicator = soci::i_null;
    std::string account;
    std::string protocol;
    std::string source;
    std::string token;
    std::string sequence;
    std::string receiver;
    std::string line;
    std::string headerAccount;
    int encrypted = 0;
    int lacksEncryption = 0;
    std::string data;
    std::string events;
    std::string extended;
    std::string panelTime;
    Integer drift = 0;
    soci::indicator driftIndicator = soci::i_null;
    std::string raw;
    int repetitions = 0;
};

}  // namespace

struct SignalWriter::Statements {
    explicit Statements(soci::session& sql)
        // Were it asked for the key by "=", SQLite would put it for the column into the expression of the index too,
        // and not find the index any more.
        : find{(sql.prepare << "SELECT id FROM signal WHERE received / 600000000 IN (:before, :same, :after) AND "
                               "substr(repetition_key, 1, 12) = substr(:mark, 1, 12) AND repetition_key BETWEEN :key "
                               "AND :same_key AND received BETWEEN :from AND :until ORDER BY received DESC LIMIT 1",
                soci::use(tenMinutes[0], "before"), soci::use(tenMinutes[1], "same"), soci::use(tenMinutes[2], "after"),
                soci::use(key, "mark"), soci::use(key, "key"), soci::use(key, "same_key"), soci::use(from, "from"),
                soci::use(until, "until"), soci::into(found))},
          insert{(sql.prepare
                      << "INSERT INTO signal (received, panel_id, account, protocol, source, token, sequence, "
                         "receiver, line, header_account, encrypted, lacks_encryption, data, events, extended, "
                         "panel_time, drift, raw, repetition_key) VALUES (:received, :panel, :account, :protocol, "
                         ":source, :token, :sequence, :receiver, :line, :header, :encrypted, :lacks, :data, :events, "
                         ":extended, :time, :drift, CAST(:raw AS BLOB), :key) RETURNING id",
                  soci::use(row.received, "received"), soci::use(row.panel, row.panelIndicator, "panel"),
                  soci::use(row.account, "account"), soci::use(row.protocol, "protocol"),
                  soci::use(row.source, "source"), soci::use(row.token, "token"), soci::use(row.sequence, "sequence"),
                  soci::use(row.receiver, "receiver"), soci::use(row.line, "line"),
                  soci::use(row.headerAccount, "header"), soci::use(row.encrypted, "encrypted"),
                  soci::use(row.lacksEncryption, "lacks"), soci::use(row.data, "data"), soci::use(row.events, "events"),
                  soci::use(row.extended, "extended"), soci::use(row.panelTime, "time"),
                  soci::use(row.drift, row.driftIndicator, "drift"), soci::use(row.raw, "raw"), soci::use(key, "key"),
                  soci::into(row.id))},
          inbox{(sql.prepare << "INSERT INTO signal_inbox (signal_id, is_urgent) VALUES (:id, :urgent)",
                 soci::use(waiting, "id"), soci::use(urgent, "urgent"))} {}

    // What the statements are bound to; `key` is of the signal in hand.
    std::string key;
    std::array<Integer, 3> tenMinutes{};
    Integer from = 0;
    Integer until = 0;
    Integer found = 0;
    Integer waiting = 0;
    int urgent = 0;
    Row row;
    soci::statement find;
    soci::statement insert;
    soci::statement inbox;
};

SignalWriter::SignalWriter(soci::session& sql) : m_sql{sql}, m_statements{std::make_unique<Statements>(sql)} {}
SignalWriter::~SignalWriter() = default;

std::optional<SignalId> SignalWriter::findRepeated(const std::string& repetitionKey, base::UtcTime when) {
    static_assert(alarm::repetitionWindow == std::chrono::microseconds{600'000'000}, "the index stands by it");
    Statements& with = *m_statements;
    with.key = repetitionKey;
    // Both ways, as the clock may have been set back since.
    with.from = base::toStored(when - alarm::repetitionWindow);
    with.until = base::toStored(when + alarm::repetitionWindow);
    const Integer tenMinutes = base::toStored(when) / 600'000'000;
    with.tenMinutes = {tenMinutes - 1, tenMinutes, tenMinutes + 1};
    return with.find.execute(true) ? std::optional{SignalId{with.found}} : std::nullopt;
}

SignalId SignalWriter::insert(const JudgedSignal& signal, const std::string& repetitionKey) {
    Statements& with = *m_statements;
    with.key = repetitionKey;
    with.row.set(signal);
    with.insert.execute(true);
    return SignalId{with.row.id};
}

void SignalWriter::intoInbox(SignalId signal, bool isUrgent) {
    m_statements->waiting = signal.value();
    m_statements->urgent = isUrgent ? 1 : 0;
    m_statements->inbox.execute(true);
}

void SignalWriter::insertRepetition(SignalId of, const alarm::ReceivedSignal& again) {
    const Integer signal = of.value();
    const Integer received = base::toStored(again.received);
    m_sql << "INSERT INTO signal_repetition (signal_id, received, source, raw) VALUES (:signal, :received, :source, "
             "CAST(:raw AS BLOB))",
        soci::use(signal, "signal"), soci::use(received, "received"), soci::use(again.source, "source"),
        soci::use(again.raw, "raw");
}

std::vector<StoredSignal> selectSignals(soci::session& sql, const SignalQuery& query) {
    std::vector<StoredSignal> signals;
    Row row;
    const Integer from = base::toStored(query.from);
    const Integer until = base::toStored(query.until);
    // A condition for each kind of question, so that each has its index.
    const Integer only = query.only ? query.only->value() : 0;
    const std::string condition = query.only               ? "id = :only AND :account = :account AND "
                                  : !query.account.empty() ? "account = :account AND :only = 0 AND "
                                  : query.onlyOfNobody     ? "panel_id IS NULL AND :account = '' AND :only = 0 AND "
                                                           : ":account = '' AND :only = 0 AND ";
    soci::statement statement =
        (sql.prepare << "SELECT id, received, panel_id, account, protocol, source, token, sequence, receiver, line, "
                        "header_account, encrypted, lacks_encryption, data, events, "
                        "extended, panel_time, drift, (SELECT count(*) FROM signal_repetition WHERE signal_id = "
                        "signal.id) FROM signal WHERE " +
                            condition + "received BETWEEN :from AND :until ORDER BY received DESC, id DESC LIMIT :most",
         soci::use(only, "only"), soci::use(query.account, "account"), soci::use(from, "from"),
         soci::use(until, "until"), soci::use(query.most, "most"), soci::into(row.id), soci::into(row.received),
         soci::into(row.panel, row.panelIndicator), soci::into(row.account), soci::into(row.protocol),
         soci::into(row.source), soci::into(row.token), soci::into(row.sequence), soci::into(row.receiver),
         soci::into(row.line), soci::into(row.headerAccount), soci::into(row.encrypted),
         soci::into(row.lacksEncryption), soci::into(row.data), soci::into(row.events), soci::into(row.extended),
         soci::into(row.panelTime), soci::into(row.drift, row.driftIndicator), soci::into(row.repetitions));
    statement.execute();
    while (statement.fetch()) {
        signals.push_back(row.signal());
    }
    return signals;
}

void forEachOfAccount(soci::session& sql, const AccountSignals& wanted,
                      const std::function<void(const AccountSignal&)>& take) {
    const Integer from = base::toStored(wanted.from);
    const Integer after = wanted.after.value();
    const Integer until = wanted.until.isValid() ? wanted.until.value() : std::numeric_limits<Integer>::max();
    Row row;
    // The plus keeps the ids from being what is looked for by: the account's part of the index is.
    soci::statement statement =
        (sql.prepare << "SELECT id, received, panel_id, events FROM signal WHERE account = :account AND received >= "
                        ":from AND +id > :after AND +id <= :until ORDER BY received, id",
         soci::use(wanted.account, "account"), soci::use(from, "from"), soci::use(after, "after"),
         soci::use(until, "until"), soci::into(row.id), soci::into(row.received),
         soci::into(row.panel, row.panelIndicator), soci::into(row.events));
    statement.execute();
    while (statement.fetch()) {
        take({SignalId{row.id}, base::fromStored(row.received),
              row.panelIndicator == soci::i_ok ? std::optional{estate::PanelId{row.panel}} : std::nullopt,
              eventsFrom(row.events)});
    }
}

SignalId newestSignal(soci::session& sql) {
    Integer id = 0;
    sql << "SELECT coalesce(max(id), 0) FROM signal", soci::into(id);
    return SignalId{id};
}

void forEachUnmapped(soci::session& sql, base::UtcTime from, base::UtcTime until,
                     const std::function<void(const UnmappedRow&)>& take) {
    const Integer first = base::toStored(from);
    const Integer last = base::toStored(until);
    Row row;
    // The name of the category is never part of another value: in JSON its quotes would be escaped there.
    soci::statement statement =
        (sql.prepare << "SELECT received, panel_id, account, events FROM signal WHERE received BETWEEN :first AND "
                        ":last AND events LIKE '%\"category\":\"unmapped\"%'",
         soci::use(first, "first"), soci::use(last, "last"), soci::into(row.received),
         soci::into(row.panel, row.panelIndicator), soci::into(row.account), soci::into(row.events));
    statement.execute();
    while (statement.fetch()) {
        take({base::fromStored(row.received),
              row.panelIndicator == soci::i_ok ? std::optional{estate::PanelId{row.panel}} : std::nullopt, row.account,
              eventsFrom(row.events)});
    }
}

}  // namespace leedswatch::response
