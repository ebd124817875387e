#include "simulator/panel_line.h"

#include "alarm/characters.h"
#include "simulator/control_words.h"

#include <fmt/format.h>

#include <array>
#include <span>

namespace leedswatch::simulator {
namespace {

using Event = PanelEvent::Kind;
using Order = PanelCommand::Kind;
using Words = std::span<const std::string_view>;

constexpr int aDay = 24 * 3600;
constexpr int tenYears = 10 * 366 * aDay;
constexpr int mostNumber = 999;  // of a zone or a user
constexpr int mostArea = 99;
constexpr int mostCount = 1'000;
constexpr int mostAMinute = 600;
constexpr int fastestDay = 3'600;
constexpr int usualRunawayPace = 10;
constexpr int usualRunawayCount = 60;

constexpr std::array<std::pair<std::string_view, Event>, 13> eventWords{{{"intruder", Event::Intruder},
                                                                         {"fire", Event::Fire},
                                                                         {"holdup", Event::HoldUp},
                                                                         {"panic", Event::Panic},
                                                                         {"medical", Event::Medical},
                                                                         {"tamper", Event::Tamper},
                                                                         {"open", Event::Opened},
                                                                         {"close", Event::Closed},
                                                                         {"late-close", Event::LateToClose},
                                                                         {"abort", Event::Aborted},
                                                                         {"test", Event::Test},
                                                                         {"lowbattery", Event::LowBattery},
                                                                         {"mains", Event::MainsLost}}};
constexpr std::array<std::pair<std::string_view, Order>, 10> orderWords{{{"confirm", Order::Confirm},
                                                                         {"restore", Order::Restore},
                                                                         {"runaway", Order::Runaway},
                                                                         {"crc", Order::WrongCheck},
                                                                         {"deaf", Order::Deaf},
                                                                         {"silent", Order::Silent},
                                                                         {"late-test", Order::LateTest},
                                                                         {"wrong-key", Order::WrongKey},
                                                                         {"clock", Order::Clock},
                                                                         {"clear", Order::Clear}}};

tl::unexpected<base::Error> wrong(std::string message) {
    return base::fail(base::ErrorCode::InvalidInput, std::move(message));
}

tl::unexpected<base::Error> wrongAction() {
    return wrong(
        "a panel may be told intruder, fire, holdup, panic, medical, tamper, open, close, late-close, abort, test, "
        "lowbattery, mains, restore, confirm [SECONDS], unknown CODE, event 1|3 CODE AREA ZONE (Contact ID), event "
        "CODE "
        "AREA ZONE (SIA), runaway [PER_MINUTE] [COUNT], crc MESSAGES, deaf "
        "SECONDS, silent [SECONDS], late-test [SECONDS], wrong-key, clock +SECONDS and clear");
}

/// The number that stands at `place`, or `otherwise` if the line ends before it.
base::Result<int> numberAt(Words words, std::size_t place, int least, int most, std::optional<int> otherwise,
                           std::string_view what) {
    if (place >= words.size() && otherwise) {
        return *otherwise;
    }
    const auto number = place < words.size() ? differenceIn(words[place], least, most) : std::nullopt;
    if (!number) {
        return wrong(fmt::format("{} a whole number from {} to {}", what, least, most));
    }
    return *number;
}

base::Result<void> noMoreThan(Words words, std::size_t most) {
    if (words.size() > most) {
        return wrong(fmt::format("\"{}\" is more than is understood here", words[most]));
    }
    return {};
}

// "intruder zone 3", "open user 2"
base::Result<PanelCommand> eventCommand(PanelCommand command, Event event, Words words) {
    command.kind = Order::Event;
    command.event.kind = event;
    if (words.size() == 1) {
        return command;
    }
    const bool isOfUser = event == Event::Opened || event == Event::Closed || event == Event::Aborted;
    const std::string_view expected = isOfUser ? "user" : "zone";
    if (words[1] != expected) {
        return wrong(fmt::format("behind \"{}\" may stand \"{} NUMBER\"", words[0], expected));
    }
    TRY(noMoreThan(words, 3));
    TRY_ASSIGN(command.event.zone, numberAt(words, 2, 1, mostNumber, {}, "its number is"));
    return command;
}

base::Result<PanelCommand> rawCommand(PanelCommand command, Words words) {
    const std::string_view code = words.size() == 2 ? words[1] : std::string_view{};
    const bool isSia = code.size() == 2 && alarm::areAll(code, alarm::isUpperLetter);
    const bool isContactId = code.size() == 3 && alarm::areAll(code, alarm::isUpperHexDigit);
    if (!isSia && !isContactId) {
        return wrong("a code is two capital letters (SIA) or three digits (Contact ID), as in \"unknown QQ\"");
    }
    command.kind = Order::Event;
    command.event = {.kind = Event::Raw, .code = std::string{code}};
    return command;
}

// "event 1 130 01 012" and "event BA 01 012": any code, as a panel says it.
base::Result<PanelCommand> codedCommand(PanelCommand command, Words words) {
    const bool isContactId = words.size() > 1 && (words[1] == "1" || words[1] == "3");
    const std::size_t code = isContactId ? 2 : 1;
    const bool isCode = words.size() > code &&
                        (isContactId ? words[code].size() == 3 && alarm::areAll(words[code], alarm::isUpperHexDigit)
                                     : words[code].size() == 2 && alarm::areAll(words[code], alarm::isUpperLetter));
    if (!isCode) {
        return wrong(
            "an event is a qualifier (1 new, 3 restored), three digits, an area and a zone, as in \"event 1 130 "
            "01 012\", or two capital letters, an area and a zone, as in \"event BA 01 012\"");
    }
    TRY(noMoreThan(words, code + 3));
    command.kind = Order::Event;
    command.event = {.kind = Event::Raw, .isRestore = isContactId && words[1] == "3", .code = std::string{words[code]}};
    TRY_ASSIGN(command.event.area, numberAt(words, code + 1, 0, mostArea, {}, "the area is"));
    TRY_ASSIGN(command.event.zone, numberAt(words, code + 2, 1, mostNumber, {}, "the zone is"));
    return command;
}

base::Result<PanelCommand> runawayCommand(PanelCommand command, Words words) {
    TRY(noMoreThan(words, 3));
    TRY_ASSIGN(command.perMinute, numberAt(words, 1, 1, mostAMinute, usualRunawayPace, "signals a minute are"));
    TRY_ASSIGN(command.count, numberAt(words, 2, 1, mostCount, usualRunawayCount, "how many it sends is"));
    return command;
}

base::Result<PanelCommand> secondsCommand(PanelCommand command, Words words, int least, int most,
                                          std::optional<int> otherwise) {
    TRY(noMoreThan(words, 2));
    TRY_ASSIGN(const int seconds, numberAt(words, 1, least, most, otherwise, "the seconds are"));
    command.time = std::chrono::seconds{seconds};
    return command;
}

base::Result<PanelCommand> checksCommand(PanelCommand command, Words words) {
    TRY(noMoreThan(words, 2));
    TRY_ASSIGN(command.count, numberAt(words, 1, 1, mostCount, {}, "how many messages are wrong is"));
    return command;
}

base::Result<PanelCommand> orderCommand(PanelCommand command, Words words) {
    switch (command.kind) {
        case Order::Runaway: return runawayCommand(command, words);
        case Order::WrongCheck: return checksCommand(command, words);
        case Order::Confirm: return secondsCommand(command, words, 0, aDay, 0);
        case Order::Deaf: return secondsCommand(command, words, 1, aDay, {});
        case Order::Silent: return secondsCommand(command, words, 1, aDay, aDay);
        case Order::LateTest: return secondsCommand(command, words, 1, aDay, aDay / 2);
        case Order::Clock: return secondsCommand(command, words, -tenYears, tenYears, {});
        default: break;
    }
    TRY(noMoreThan(words, 1));
    return command;
}

base::Result<PanelCommand> actionOf(PanelCommand command, Words words) {
    if (words.empty()) {
        return wrongAction();
    }
    if (const auto event = found(eventWords, words[0])) {
        return eventCommand(command, *event, words);
    }
    if (words[0] == "unknown") {
        return rawCommand(command, words);
    }
    if (words[0] == "event") {
        return codedCommand(command, words);
    }
    const auto order = found(orderWords, words[0]);
    if (!order) {
        return wrongAction();
    }
    command.kind = *order;
    return orderCommand(command, words);
}

// "3" and "1-50"
base::Result<PanelCommand> panelsNamed(std::string_view text) {
    const std::size_t dash = text.find('-');
    const auto first = numberIn(text.substr(0, dash), 1, mostPanels);
    const auto last = dash == std::string_view::npos ? first : numberIn(text.substr(dash + 1), 1, mostPanels);
    if (!first || !last || *last < *first) {
        return wrong(fmt::format("panels are named as 3 or 1-50, from 1 to {}", mostPanels));
    }
    PanelCommand command;
    command.first = *first;
    command.last = *last;
    return command;
}

base::Result<PanelCommand> estateCommand(Words words) {
    PanelCommand command;
    if (words[0] == "storm") {
        command.kind = Order::Storm;
        TRY_ASSIGN(command.count, numberAt(words, 1, 1, mostPanels, {}, "the panels of a storm are"));
        return secondsCommand(command, words.subspan(1), 0, aDay, 0);
    }
    if (words[0] == "day") {
        command.kind = Order::Day;
        TRY(noMoreThan(words, 2));
        TRY_ASSIGN(command.speed, numberAt(words, 1, 1, fastestDay, 1, "its speed is"));
        return command;
    }
    return command;
}

}  // namespace

bool isPanelLine(std::string_view line) {
    const auto words = wordsOf(line);
    if (words.empty()) {
        return false;
    }
    // "stop 3" is a camera's.
    return words[0] == "panel" || words[0] == "panels" || words[0] == "storm" || words[0] == "day" ||
           (words[0] == "stop" && words.size() == 1);
}

base::Result<PanelCommand> parsePanelLine(std::string_view line) {
    const auto words = wordsOf(line);
    if (!isPanelLine(line)) {
        return wrong(
            "the commands for panels are panel N ACTION, panels A-B ACTION, storm COUNT [SECONDS], day [SPEED] and "
            "stop");
    }
    if (words[0] != "panel" && words[0] != "panels") {
        return estateCommand(words);
    }
    if (words.size() < 2) {
        return wrong(fmt::format("\"{}\" takes panels, as 3 or 1-50, and what they do", words[0]));
    }
    TRY_ASSIGN(const PanelCommand command, panelsNamed(words[1]));
    return actionOf(command, Words{words}.subspan(2));
}

}  // namespace leedswatch::simulator
