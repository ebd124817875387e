#include "estate/premises_search.h"

#include "estate/premises_details_rows.h"

#include <algorithm>
#include <cctype>

namespace leedswatch::estate {

namespace {

using SearchKey = long long;

constexpr std::size_t longestSearch = 200;

std::string upperOf(std::string_view text) {
    std::string upper;
    for (const char letter : text) {
        upper += static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
    }
    return upper;
}

std::string trimmed(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t\r\n");
    const auto end = text.find_last_not_of(" \t\r\n");
    return begin == std::string_view::npos ? std::string{} : std::string{text.substr(begin, end - begin + 1)};
}

/// Behind everything that begins with `text`.
std::string afterAllOf(const std::string& text) {
    return text + "\xf4\x8f\xbf\xbf";
}

/// Each word quoted, as the beginning of one: nothing in it is an operator.
std::string expressionOf(const std::string& typed) {
    std::string expression;
    std::string word;
    const auto finish = [&] {
        if (!word.empty()) {
            expression += (expression.empty() ? "\"" : " \"") + word + "\"*";
        }
        word.clear();
    };
    for (const char letter : typed) {
        const auto byte = static_cast<unsigned char>(letter);
        if (byte < 128 && std::isalnum(byte) == 0) {
            finish();
        } else {
            word += letter;
        }
    }
    finish();
    return expression;
}

void addId(std::vector<SearchKey>& ids, SearchKey id) {
    if (std::ranges::find(ids, id) == ids.end()) {
        ids.push_back(id);
    }
}

template <typename... Bound>
void addIds(soci::session& sql, std::vector<SearchKey>& ids, const std::string& columns, Bound&&... bound) {
    SearchKey id = 0;
    soci::statement statement = ((sql.prepare << columns, soci::into(id)), ..., std::forward<Bound>(bound));
    statement.execute();
    while (statement.fetch()) {
        addId(ids, id);
    }
}

std::vector<SearchKey> idsThatFit(soci::session& sql, const std::string& typed, int most) {
    std::vector<SearchKey> ids;
    const std::string upper = upperOf(typed);
    addIds(sql, ids, "SELECT id FROM premises WHERE reference = :typed", soci::use(typed, "typed"));
    addIds(sql, ids, "SELECT premises_id FROM panel WHERE account = :typed", soci::use(upper, "typed"));
    const std::string end = afterAllOf(typed);
    addIds(sql, ids,
           "SELECT id FROM premises WHERE reference >= :typed AND reference < :end ORDER BY reference LIMIT :most",
           soci::use(typed, "typed"), soci::use(end, "end"), soci::use(most, "most"));
    const std::string upperEnd = afterAllOf(upper);
    addIds(sql, ids,
           "SELECT premises_id FROM panel WHERE account >= :typed AND account < :end ORDER BY account LIMIT :most",
           soci::use(upper, "typed"), soci::use(upperEnd, "end"), soci::use(most, "most"));
    if (const std::string expression = expressionOf(typed); !expression.empty()) {
        addIds(sql, ids, "SELECT rowid FROM premises_search WHERE premises_search MATCH :words LIMIT :most",
               soci::use(expression, "words"), soci::use(most, "most"));
    }
    ids.resize(std::min(ids.size(), static_cast<std::size_t>(most)));
    return ids;
}

std::vector<FoundPremises> foundOf(soci::session& sql, const std::vector<SearchKey>& ids) {
    std::vector<FoundPremises> all;
    for (const SearchKey id : ids) {
        auto premises = selectPremisesById(sql, PremisesId{id});
        if (!premises) {
            continue;
        }
        FoundPremises found{*std::move(premises), {}};
        const auto panels = selectPanelsOfPremises(sql, found.premises.id);
        for (const PanelOfPremises& panel : panels) {
            found.accounts.push_back(panel.account);
        }
        all.push_back(std::move(found));
    }
    return all;
}

}  // namespace

base::Result<std::vector<FoundPremises>> PremisesSearch::find(const access::Acting& acting, std::string_view typed,
                                                              int most) {
    TRY(access::require(acting, access::Right::SeeAlarms));
    const std::string words = trimmed(typed.substr(0, longestSearch));
    if (words.empty()) {
        return std::vector<FoundPremises>{};
    }
    return m_database.read([&](soci::session& sql) -> base::Result<std::vector<FoundPremises>> {
        return foundOf(sql, idsThatFit(sql, words, most));
    });
}

base::Result<FoundPremises> PremisesSearch::exactly(const access::Acting& acting, std::string_view typed) {
    TRY(access::require(acting, access::Right::SeeAlarms));
    const std::string words = trimmed(typed.substr(0, longestSearch));
    return m_database.read([&](soci::session& sql) -> base::Result<FoundPremises> {
        std::vector<SearchKey> ids;
        const std::string upper = upperOf(words);
        addIds(sql, ids, "SELECT id FROM premises WHERE reference = :typed", soci::use(words, "typed"));
        if (ids.empty()) {
            addIds(sql, ids, "SELECT premises_id FROM panel WHERE account = :typed", soci::use(upper, "typed"));
        }
        auto found = foundOf(sql, ids);
        if (found.empty()) {
            return base::fail(base::ErrorCode::NotFound, "there are no premises '" + words.substr(0, 40) +
                                                             "': give their reference or an account, as premises "
                                                             "list shows them");
        }
        if (found.size() > 1) {
            return base::fail(base::ErrorCode::InvalidInput,
                              "several premises have the account '" + words.substr(0, 40) + "': give the reference");
        }
        return base::Result<FoundPremises>{tl::in_place, std::move(found.front())};
    });
}

std::vector<PanelOfPremises> selectPanelsOfPremises(soci::session& sql, PremisesId premises) {
    std::vector<PanelOfPremises> panels;
    const SearchKey id = premises.value();
    SearchKey panel = 0;
    PanelOfPremises one;
    soci::statement statement =
        (sql.prepare << "SELECT id, account, line, transmitter FROM panel WHERE premises_id = :premises ORDER BY "
                        "account, line",
         soci::use(id, "premises"), soci::into(panel), soci::into(one.account), soci::into(one.line),
         soci::into(one.transmitter));
    statement.execute();
    while (statement.fetch()) {
        one.panel = PanelId{panel};
        panels.push_back(one);
    }
    return panels;
}

}  // namespace leedswatch::estate
