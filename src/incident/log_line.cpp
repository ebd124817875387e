#include "incident/log_line.h"

#include <algorithm>
#include <array>

namespace leedswatch::incident {

namespace {

constexpr std::array<std::pair<Book, std::string_view>, 6> bookNames{{{Book::Occurrence, "occurrence"},
                                                                      {Book::Airwave, "airwave"},
                                                                      {Book::ShopRadio, "shop-radio"},
                                                                      {Book::Visitor, "visitor"},
                                                                      {Book::Viewing, "viewing"},
                                                                      {Book::Briefing, "briefing"}}};

constexpr std::array<std::pair<LineKind, std::string_view>, 10> lineKindNames{{{LineKind::Written, "written"},
                                                                               {LineKind::Correction, "correction"},
                                                                               {LineKind::FollowUp, "follow-up"},
                                                                               {LineKind::Opened, "opened"},
                                                                               {LineKind::Changed, "changed"},
                                                                               {LineKind::Described, "described"},
                                                                               {LineKind::Linked, "linked"},
                                                                               {LineKind::Unlinked, "unlinked"},
                                                                               {LineKind::Closed, "closed"},
                                                                               {LineKind::Reopened, "reopened"}}};

template <typename Names, typename Value>
std::string_view nameIn(const Names& names, Value value) {
    const auto found = std::ranges::find_if(names, [&](const auto& one) { return one.first == value; });
    return found == names.end() ? std::string_view{} : found->second;
}

template <typename Value, typename Names>
std::optional<Value> valueIn(const Names& names, std::string_view name) {
    const auto found = std::ranges::find_if(names, [&](const auto& one) { return one.second == name; });
    return found == names.end() ? std::nullopt : std::optional{found->first};
}

}  // namespace

std::string_view nameOf(Book book) {
    return nameIn(bookNames, book);
}

std::optional<Book> bookFrom(std::string_view name) {
    return valueIn<Book>(bookNames, name);
}

const std::vector<Book>& allBooks() {
    static const std::vector<Book> books{Book::Occurrence, Book::Airwave, Book::ShopRadio,
                                         Book::Visitor,    Book::Viewing, Book::Briefing};
    return books;
}

const std::vector<BookField>& fieldsOf(Book book) {
    static const std::vector<BookField> none;
    static const std::vector<BookField> airwave{{"talk-group", "Talk group", true}, {"call-sign", "Call sign", true}};
    static const std::vector<BookField> shopRadio{{"scheme", "Scheme", true}, {"store", "Shop", true}};
    static const std::vector<BookField> visitor{{"visitor", "Visitor", true}, {"organisation", "From", true}};
    static const std::vector<BookField> viewing{{"viewer", "Shown to", true},
                                                {"organisation", "From", true},
                                                {"footage", "Cameras and times", true},
                                                {"seized", "Exhibit taken", false}};
    static const std::vector<BookField> briefing{{"topic", "Briefing", true}, {"source", "From", true}};
    switch (book) {
        case Book::Occurrence: return none;
        case Book::Airwave: return airwave;
        case Book::ShopRadio: return shopRadio;
        case Book::Visitor: return visitor;
        case Book::Viewing: return viewing;
        case Book::Briefing: return briefing;
    }
    return none;
}

std::string_view nameOf(LineKind kind) {
    return nameIn(lineKindNames, kind);
}

std::optional<LineKind> lineKindFrom(std::string_view name) {
    return valueIn<LineKind>(lineKindNames, name);
}

std::string_view factOf(const Facts& facts, std::string_view code) {
    const auto found = std::ranges::find_if(facts, [&](const auto& fact) { return fact.first == code; });
    return found == facts.end() ? std::string_view{} : std::string_view{found->second};
}

}  // namespace leedswatch::incident
