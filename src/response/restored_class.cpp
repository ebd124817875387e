#include "response/restored_class.h"

#include "response/alarm_class.h"

#include <array>

namespace leedswatch::response {

namespace {

using Category = alarm::SignalCategory;

bool isFault(Category category) {
    return category == Category::TroubleRestored || category == Category::PowerRestored ||
           category == Category::CommunicationRestored;
}

// SIA names an event by a letter and what became of it by a second one: BA is an alarm, BT a trouble, BR and BH end the
// one, BJ the other. A few have no code of their own for one of them.
std::array<char, 2> secondLetters(Category restored) {
    return isFault(restored) ? std::array{'T', 'A'} : std::array{'A', 'T'};
}

bool meansAnAlarm(SignalEvent& event, std::string_view transmitter) {
    event.meaning = alarm::CodeTable::standard().meaningOf(event.code, transmitter);
    return event.meaning.category != Category::Unmapped && alarmClassOf(event.meaning.category).has_value();
}

}  // namespace

std::optional<SignalEvent> restoredEvent(const SignalEvent& restore, std::string_view transmitter) {
    SignalEvent before = restore;
    before.code.qualifier = alarm::Qualifier::New;
    if (restore.code.scheme != alarm::CodeScheme::Sia) {
        return meansAnAlarm(before, transmitter) ? std::optional{before} : std::nullopt;
    }
    if (restore.code.code.size() != 2) {
        return std::nullopt;
    }
    for (const char second : secondLetters(restore.meaning.category)) {
        before.code.code[1] = second;
        if (meansAnAlarm(before, transmitter)) {
            return before;
        }
    }
    return std::nullopt;
}

}  // namespace leedswatch::response
