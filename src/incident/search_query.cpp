#include "incident/search_query.h"

#include <algorithm>
#include <cctype>
#include <limits>
#include <utility>

namespace leedswatch::incident {
namespace {

constexpr int kMostResults = 10'000;
constexpr std::size_t kMostWords = 32;

/// A word of the index is made of letters, digits and whatever is not ASCII; the rest parts words.
bool partsWords(char character) {
    const auto byte = static_cast<unsigned char>(character);
    return byte < 0x80 && std::isalnum(byte) == 0;
}

std::vector<std::string> wordsOf(std::string_view text) {
    std::vector<std::string> words;
    std::string word;
    for (const char character : text) {
        if (!partsWords(character)) {
            word += character;
        } else if (!word.empty()) {
            words.push_back(std::exchange(word, {}));
        }
    }
    if (!word.empty()) {
        words.push_back(std::move(word));
    }
    words.resize(std::min(words.size(), kMostWords));
    return words;
}

std::string conditions(const Search& search, bool byWords) {
    std::string text = byWords ? "incident_log_search MATCH :expression AND s.rowid BETWEEN :first AND :last" : "1 = 1";
    const std::string prefix = " AND e.";
    if (search.from) {
        text += prefix + "at >= :from";
    }
    if (search.to) {
        text += prefix + "at < :to";
    }
    return text;
}

/// The lines of a span of time lie close together in the log. Knowing between which, the index need not be walked from
/// its newest line down to them. Taken from the times themselves, so that a clock that was set back hides no line; a
/// span of very many lines is not worth it.
struct Lines {
    bool known = false;
    std::int64_t first = 0;
    std::int64_t last = 0;
    std::int64_t count = 0;
};

Lines linesBetween(soci::session& sql, std::int64_t from, std::int64_t to) {
    constexpr int kWorthKnowing = 200'000;
    Lines lines;
    const int limit = kWorthKnowing + 1;
    sql << "SELECT coalesce(min(id), 0), coalesce(max(id), 0), count(*) FROM "
           "(SELECT id FROM incident_log_entry WHERE at >= :from AND at < :to LIMIT :limit)",
        soci::use(from, "from"), soci::use(to, "to"), soci::use(limit, "limit"), soci::into(lines.first),
        soci::into(lines.last), soci::into(lines.count);
    lines.known = lines.count <= kWorthKnowing;
    return lines;
}

std::string queryText(const Search& search, bool byWords) {
    std::string text =
        "SELECT e.id, e.reference, e.at, e.author, e.category, e.camera_number, e.camera_name, e.text FROM ";
    // The index is walked from its newest line and left at the limit; a line is fetched only when it fits.
    text += byWords ? "incident_log_search s JOIN incident_log_entry e ON e.id = s.rowid " : "incident_log_entry e ";
    text += "WHERE " + conditions(search, byWords);
    return text + (byWords ? " ORDER BY s.rowid DESC" : " ORDER BY e.at DESC, e.id DESC") + " LIMIT :limit";
}

}  // namespace

std::string fullTextExpression(const Search& search) {
    std::string expression;
    const auto add = [&](const std::string& term) { expression += (expression.empty() ? "" : " AND ") + term; };
    for (const auto& word : wordsOf(search.words)) {
        add("{text camera_name reference} : \"" + word + "\" *");
    }
    if (search.category) {
        // A mark holds an underscore, which no typed word can: the two are never mistaken for each other.
        std::string code = *search.category;
        code.erase(std::remove_if(code.begin(), code.end(), partsWords), code.end());
        add("marks : \"category_" + code + "\"");
    }
    if (search.cameraNumber) {
        add("marks : \"camera_" + std::to_string(*search.cameraNumber) + "\"");
    }
    return expression;
}

std::vector<Entry> runSearch(soci::session& sql, const Search& search) {
    const auto expression = fullTextExpression(search);
    const bool byWords = !expression.empty();
    const int limit = std::clamp(search.limit, 0, kMostResults);
    const auto from = base::toStored(search.from.value_or(base::UtcTime::min()));
    const auto to = search.to ? base::toStored(*search.to) : std::numeric_limits<std::int64_t>::max();
    std::int64_t first = 0;
    std::int64_t last = std::numeric_limits<std::int64_t>::max();
    if (byWords && (search.from || search.to)) {
        if (const auto lines = linesBetween(sql, from, to); lines.known) {
            first = lines.first;
            last = lines.last;
        }
    }
    Entry entry;
    std::int64_t id = 0;
    std::int64_t at = 0;
    int camera = 0;
    soci::indicator cameraIndicator = soci::i_null;

    soci::statement statement{sql};
    statement.exchange(soci::into(id));
    statement.exchange(soci::into(entry.reference));
    statement.exchange(soci::into(at));
    statement.exchange(soci::into(entry.author));
    statement.exchange(soci::into(entry.category));
    statement.exchange(soci::into(camera, cameraIndicator));
    statement.exchange(soci::into(entry.cameraName));
    statement.exchange(soci::into(entry.text));
    if (byWords) {
        statement.exchange(soci::use(expression, "expression"));
        statement.exchange(soci::use(first, "first"));
        statement.exchange(soci::use(last, "last"));
    }
    if (search.from) {
        statement.exchange(soci::use(from, "from"));
    }
    if (search.to) {
        statement.exchange(soci::use(to, "to"));
    }
    statement.exchange(soci::use(limit, "limit"));
    statement.alloc();
    statement.prepare(queryText(search, byWords));
    statement.define_and_bind();
    statement.execute();

    std::vector<Entry> entries;
    while (statement.fetch()) {
        entry.id = EntryId{id};
        entry.at = base::fromStored(at);
        entry.cameraNumber = cameraIndicator == soci::i_null ? std::nullopt : std::optional{camera};
        entries.push_back(entry);
    }
    return entries;
}

}  // namespace leedswatch::incident
