#include "incident/search_query.h"

#include "incident/incident_types.h"
#include "incident/line_rows.h"

#include <algorithm>
#include <cctype>
#include <limits>
#include <utility>

namespace leedswatch::incident {
namespace {

constexpr int kMostResults = 10'000;
constexpr std::size_t kMostTerms = 32;

/// A word of the index is made of letters, digits and whatever is not ASCII; the rest parts words.
bool partsWords(char character) {
    const auto byte = static_cast<unsigned char>(character);
    return byte < 0x80 && std::isalnum(byte) == 0;
}

/// What was typed, with a space for whatever is no part of a word.
std::string onlyWords(std::string_view typed) {
    std::string words{typed};
    std::replace_if(words.begin(), words.end(), partsWords, ' ');
    return words;
}

/// Terms of FTS5: a beginning of a word, or a phrase, whose last word may be a beginning if nothing ends it.
class Terms {
public:
    explicit Terms(std::string_view typed) {
        bool isInPhrase = false;
        while (!typed.empty()) {
            const auto end = std::min(typed.find('"'), typed.size());
            const auto part = onlyWords(typed.substr(0, end));
            isInPhrase ? addPhrase(part) : addWords(part);
            isInPhrase = !isInPhrase;
            typed.remove_prefix(std::min(end + 1, typed.size()));
        }
        m_terms.resize(std::min(m_terms.size(), kMostTerms));
    }
    [[nodiscard]] const std::vector<std::string>& all() const { return m_terms; }

private:
    void addWords(std::string_view words) {
        while (!words.empty()) {
            const auto end = std::min(words.find(' '), words.size());
            if (end > 0) {
                m_terms.push_back("\"" + std::string{words.substr(0, end)} + "\" *");
            }
            words.remove_prefix(std::min(end + 1, words.size()));
        }
    }
    void addPhrase(const std::string& words) {
        if (words.find_first_not_of(' ') != std::string::npos) {
            m_terms.push_back("\"" + words + "\"");
        }
    }

    std::vector<std::string> m_terms;
};

std::string anyOf(const std::vector<std::string>& marks) {
    std::string expression;
    for (const std::string& mark : marks) {
        expression += (expression.empty() ? "" : " OR ") + ("marks : \"" + mark + "\"");
    }
    // Nothing to choose from fits nothing.
    return expression.empty() ? "marks : \"none_at_all\"" : "(" + expression + ")";
}

std::vector<std::string> marksOfCommittee(soci::session& sql, const std::string& committee) {
    std::vector<std::string> marks;
    long long id = 0;
    soci::statement statement = (sql.prepare << "SELECT ward.id FROM ward JOIN community_committee AS c ON c.id = "
                                                "committee_id WHERE c.name = :committee",
                                 soci::use(committee, "committee"), soci::into(id));
    statement.execute();
    while (statement.fetch()) {
        marks.push_back(markOf("ward", std::to_string(id)));
    }
    return marks;
}

std::vector<std::string> marksOfType(soci::session& sql, const std::string& type) {
    std::vector<std::string> marks;
    for (const std::string& code : typesBelow(selectIncidentTypes(sql), type)) {
        marks.push_back(markOf("type", code));
    }
    return marks;
}

std::vector<std::string> marksOfPriority(int priority) {
    std::vector<std::string> marks;
    for (int one = highestPriority; one <= std::min(priority, lowestPriority); ++one) {
        marks.push_back(markOf("priority", std::to_string(one)));
    }
    return marks;
}

std::vector<std::string> marksOfWriting() {
    std::vector<std::string> marks;
    for (const LineKind kind : {LineKind::Written, LineKind::Correction, LineKind::FollowUp, LineKind::Opened}) {
        marks.push_back(markOf("kind", nameOf(kind)));
    }
    return marks;
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
           "(SELECT id FROM log_line WHERE at >= :from AND at < :to LIMIT :limit)",
        soci::use(from, "from"), soci::use(to, "to"), soci::use(limit, "limit"), soci::into(lines.first),
        soci::into(lines.last), soci::into(lines.count);
    lines.known = lines.count <= kWorthKnowing;
    return lines;
}

std::string queryText(const Search& search, bool byWords) {
    std::string text = "SELECT " + columnsOfLine() + " FROM ";
    // The index is walked from its newest line and left at the limit; a line is fetched only when it fits.
    text += byWords ? "log_search AS s CROSS JOIN log_line AS l ON l.id = s.rowid WHERE log_search MATCH :expression "
                      "AND s.rowid BETWEEN :first AND :last"
                    : "log_line AS l WHERE 1 = 1";
    text += search.from ? " AND l.at >= :from" : "";
    text += search.to ? " AND l.at < :to" : "";
    // Two user names may have one mark.
    text += search.author ? " AND l.author = :author" : "";
    return text + (byWords ? " ORDER BY s.rowid DESC" : " ORDER BY l.at DESC, l.id DESC") + " LIMIT :limit";
}

}  // namespace

std::string fullTextExpression(soci::session& sql, const Search& search) {
    std::string expression;
    const auto add = [&](const std::string& term) { expression += (expression.empty() ? "" : " AND ") + term; };
    const Terms terms{search.words};
    for (const auto& term : terms.all()) {
        add("{text place} : " + term);
    }
    if (search.type) {
        add(anyOf(marksOfType(sql, *search.type)));
    }
    if (search.book) {
        add(anyOf({markOf("book", nameOf(*search.book))}));
    }
    if (search.cameraNumber) {
        add(anyOf({markOf("camera", std::to_string(*search.cameraNumber))}));
    }
    if (search.ward) {
        add(anyOf({markOf("ward", std::to_string(search.ward->value()))}));
    }
    if (search.committee) {
        add(anyOf(marksOfCommittee(sql, *search.committee)));
    }
    if (search.author) {
        add(anyOf({markOf("author", *search.author)}));
    }
    if (search.priority) {
        add(anyOf(marksOfPriority(*search.priority)));
    }
    if (search.onlyWritten) {
        add(anyOf(marksOfWriting()));
    }
    return expression;
}

std::vector<LogLine> runSearch(soci::session& sql, const Search& search) {
    const auto expression = fullTextExpression(sql, search);
    const bool byWords = !expression.empty();
    const int limit = std::clamp(search.limit, 0, kMostResults);
    const auto from = base::toStored(search.from.value_or(base::UtcTime::min()));
    const auto to = search.to ? base::toStored(*search.to) : std::numeric_limits<std::int64_t>::max();
    const std::string author = search.author.value_or(std::string{});
    std::int64_t first = 0;
    std::int64_t last = std::numeric_limits<std::int64_t>::max();
    if (byWords && (search.from || search.to)) {
        if (const auto lines = linesBetween(sql, from, to); lines.known) {
            first = lines.first;
            last = lines.last;
        }
    }
    LineReader reader;
    soci::statement statement{sql};
    reader.exchange(statement);
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
    if (search.author) {
        statement.exchange(soci::use(author, "author"));
    }
    statement.exchange(soci::use(limit, "limit"));
    statement.alloc();
    statement.prepare(queryText(search, byWords));
    statement.define_and_bind();
    statement.execute();
    std::vector<LogLine> lines;
    while (statement.fetch()) {
        lines.push_back(reader.line());
    }
    return lines;
}

}  // namespace leedswatch::incident
