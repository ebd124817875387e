#pragma once

#include "base/time.h"
#include "estate/wards.h"
#include "incident/ids.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace leedswatch::incident {

/// The books that the room keeps. All lines stand in one log; a book says what is to be known of each.
enum class Book {
    Occurrence,  ///< the daily occurrence log
    Airwave,     ///< police radio
    ShopRadio,   ///< the radio of a business crime scheme
    Visitor,     ///< who came into the room
    Viewing,     ///< who was shown footage in the room
    Briefing,    ///< what the room was briefed about
};

[[nodiscard]] std::string_view nameOf(Book book);  ///< "shop-radio": as stored and typed
[[nodiscard]] std::optional<Book> bookFrom(std::string_view name);
[[nodiscard]] const std::vector<Book>& allBooks();

/// One thing that a book asks for.
struct BookField {
    std::string_view code;  ///< "call-sign": as stored and typed
    std::string_view name;  ///< "Call sign"
    bool isNeeded = false;
};
[[nodiscard]] const std::vector<BookField>& fieldsOf(Book book);

enum class LineKind {
    Written,
    Correction,  ///< of the line that it refers to, which stays as it was
    FollowUp,    ///< goes on from the line that it refers to: a visitor left
    Opened,      ///< an incident was
    Changed,
    Described,  ///< a person of an incident
    Linked,
    Unlinked,
    Closed,
    Reopened,
};

[[nodiscard]] std::string_view nameOf(LineKind kind);
[[nodiscard]] std::optional<LineKind> lineKindFrom(std::string_view name);

/// What a book asked for, in its order: code and words.
using Facts = std::vector<std::pair<std::string, std::string>>;
/// "" if there is none.
[[nodiscard]] std::string_view factOf(const Facts& facts, std::string_view code);

inline constexpr int highestPriority = 1;  ///< at once
inline constexpr int usualPriority = 3;    ///< routine
inline constexpr int lowestPriority = 4;   ///< for information

/// One line of the room's log. It is never changed or deleted; a correction is a new line.
struct LogLine {
    LineId id;  ///< its number, as people know it: "line 4711"
    base::UtcTime at{};
    std::optional<base::UtcTime> happened = {};  ///< when it came to pass, if that is another time
    std::string author = {};                     ///< user name
    std::string workstation = {};
    Book book = Book::Occurrence;
    LineKind kind = LineKind::Written;
    std::string type = "occurrence";  ///< the code of an IncidentType
    int priority = usualPriority;
    std::optional<IncidentId> incident = {};
    std::string reference = {};           ///< of the incident, "2026-000123"; empty: it belongs to none
    std::optional<LineId> refersTo = {};  ///< that it corrects, or goes on from
    std::optional<int> cameraNumber = {};
    std::string cameraName = {};  ///< as it was when written; empty without a camera
    std::optional<estate::WardId> ward = {};
    std::string text = {};
    Facts facts = {};
    bool isErased = false;  ///< text and facts were erased when they had been kept long enough
};

/// What somebody wants written.
struct NewLine {
    Book book = Book::Occurrence;
    std::string type = "occurrence";
    int priority = usualPriority;
    std::optional<IncidentId> incident = {};
    std::optional<int> cameraNumber = {};
    std::string text = {};
    Facts facts = {};                            ///< in any order
    std::optional<base::UtcTime> happened = {};  ///< not later than now
    LineKind kind = LineKind::Written;           ///< this, Correction or FollowUp
    std::optional<LineId> refersTo = {};         ///< of the latter two
};

}  // namespace leedswatch::incident
