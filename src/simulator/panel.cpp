#include "simulator/panel.h"

#include "alarm/dc09_content.h"

#include <fmt/format.h>

#include <algorithm>

namespace leedswatch::simulator {
namespace {

using Duration = PanelHabits::Duration;

constexpr auto farAhead = base::SteadyTime::max();
constexpr std::size_t panelMemory = 1'000;  // of signals that wait
constexpr int mostSequence = 9'999;
constexpr int mostRefusals = 3;  // answered at once; after them a panel waits as for no answer
constexpr int mostPollTries = 3;

Duration shareOf(Duration time, double share) {
    return std::chrono::duration_cast<Duration>(std::chrono::duration<double, std::nano>{time} * share);
}

// A digit of the check, which stands behind the line feed, becomes another.
void spoilCheck(std::string& frame) {
    frame[1] = frame[1] == '0' ? '1' : '0';
}

}  // namespace

Panel::Panel(const DrawnPremises& premises, const Settings& settings, PanelRecord& record, base::SteadyTime now)
    : m_premises{premises},
      m_habits{habitsOf(premises, settings.hurry)},
      m_record{record},
      m_random{settings.seed * 1'000'003 + static_cast<std::uint64_t>(premises.number)},
      m_sequence{std::clamp(settings.firstSequence, 1, mostSequence)},
      m_pollDue{m_habits.pollInterval == Duration{0} ? farAhead : now + shareOf(m_habits.pollInterval, random())},
      m_testDue{now + shareOf(m_habits.testInterval, random())} {}

void Panel::raise(const PanelEvent& event, base::SteadyTime when, EventOrigin origin) {
    if (m_happenings.size() >= panelMemory) {
        ++m_record.counts.lost;
        return;
    }
    m_happenings.emplace(when, Happening{event, origin});
    switch (event.kind) {
        case PanelEvent::Kind::Opened:
        case PanelEvent::Kind::Closed:
        case PanelEvent::Kind::Aborted:
        case PanelEvent::Kind::Test:
        case PanelEvent::Kind::LateToClose:
        case PanelEvent::Kind::Confirmed:
        case PanelEvent::Kind::Raw: return;
        default: m_lastAlarm = event.isRestore ? std::nullopt : std::optional{event};
    }
}

void Panel::confirm(base::SteadyTime when) {
    using Kind = PanelEvent::Kind;
    if (!m_lastAlarm || m_lastAlarm->kind != Kind::Intruder) {
        raise({Kind::Intruder}, when);
    }
    const int known = m_lastAlarm ? m_lastAlarm->zone : 0;  // with a full memory nothing was raised
    const int first = known == 0 ? usualZoneOf(m_premises, Kind::Intruder) : known;
    const auto second = std::find_if(m_premises.zones.begin(), m_premises.zones.end(), [&](const DrawnZone& zone) {
        const bool seesPeople =
            zone.use == ZoneUse::Room || zone.use == ZoneUse::Perimeter || zone.use == ZoneUse::Entry;
        return zone.number > first && seesPeople;
    });
    raise({.kind = Kind::Intruder, .zone = second == m_premises.zones.end() ? 1 : second->number}, when);
    if (m_premises.confirmsItself) {
        raise({Kind::Confirmed}, when);
    }
}

void Panel::restore(base::SteadyTime when) {
    PanelEvent over = m_lastAlarm.value_or(PanelEvent{PanelEvent::Kind::Intruder});
    over.isRestore = true;
    raise(over, when);
}

void Panel::forgetProgrammes(base::SteadyTime now) {
    std::erase_if(m_happenings,
                  [&](const auto& entry) { return entry.second.origin != EventOrigin::Command && entry.first > now; });
}

std::optional<std::string> Panel::take(base::SteadyTime now, base::UtcTime utc) {
    if (isSilent(now)) {
        return std::nullopt;
    }
    if (m_underWay && now >= m_underWay->sendAt && giveUpIfInVain(now)) {
        m_underWay.reset();
    }
    if (!m_underWay) {
        begin(now);
    }
    if (!m_underWay || now < m_underWay->sendAt) {
        return std::nullopt;
    }
    UnderWay& one = *m_underWay;
    std::string bytes = encode(utc);
    if (one.hasSpoiltCheck && one.tries == 0) {
        spoilCheck(bytes);
    }
    if (one.tries++ == 0) {
        one.firstSent = now;
        ++(one.happening ? m_record.counts.sent : m_record.counts.polls);
    } else {
        ++m_record.counts.repeated;
    }
    const bool endsRound = one.tries % m_habits.triesInARound == 0;
    one.sendAt = now + m_habits.answerTime + (endsRound ? m_habits.pauseBetweenRounds : Duration{0});
    return bytes;
}

// A poll makes way for a signal as soon as it would have to be sent again.
bool Panel::giveUpIfInVain(base::SteadyTime now) {
    const UnderWay& one = *m_underWay;
    if (!one.happening) {
        const bool hasSignal = !m_happenings.empty() && m_happenings.begin()->first <= now;
        return one.tries >= mostPollTries || (one.tries > 0 && hasSignal);
    }
    if (one.tries < m_habits.mostTries) {
        return false;
    }
    ++m_record.counts.givenUp;
    return true;
}

void Panel::begin(base::SteadyTime now) {
    if (now >= m_testDue) {
        m_testDue = now + m_habits.testInterval;
        raise({PanelEvent::Kind::Test}, now);
    }
    if (!m_happenings.empty() && m_happenings.begin()->first <= now) {
        beginSignal(now);
    } else if (now >= m_pollDue) {
        beginPoll(now);
    }
    if (m_underWay && m_spoiledChecks > 0) {
        --m_spoiledChecks;
        m_underWay->hasSpoiltCheck = true;
    }
}

void Panel::beginSignal(base::SteadyTime now) {
    const auto first = m_happenings.begin();
    m_underWay.emplace(UnderWay{});
    m_underWay->happened = first->first;
    m_underWay->happening = first->second;
    m_underWay->message = messageOf(m_premises, first->second.event);
    m_underWay->sequence = nextSequence();
    m_underWay->sendAt = now;
    m_happenings.erase(first);
}

void Panel::beginPoll(base::SteadyTime now) {
    constexpr double jitter = 0.1;
    m_pollDue = now + shareOf(m_habits.pollInterval, 1 - jitter + 2 * jitter * random());
    m_underWay.emplace(UnderWay{});
    m_underWay->message.token = "NULL";
    m_underWay->sequence = m_premises.maker == PanelMaker::Polling ? "0000" : nextSequence();
    m_underWay->sendAt = now;
}

base::SteadyTime Panel::nextDue() const {
    base::SteadyTime due = std::min(m_pollDue, m_testDue);
    if (!m_happenings.empty()) {
        due = std::min(due, m_happenings.begin()->first);
    }
    if (m_underWay) {
        due = m_underWay->sendAt;
    }
    return std::max(due, m_silentUntil);
}

std::optional<alarm::PanelKey> Panel::key() const {
    std::string bytes = m_premises.keyBytes;
    if (m_hasWrongKey) {
        bytes.resize(bytes.empty() ? 16 : bytes.size());
        for (char& byte : bytes) {
            byte = static_cast<char>(~static_cast<unsigned char>(byte));
        }
    }
    const auto made = alarm::PanelKey::of(bytes);
    return made ? std::optional{*made} : std::nullopt;
}

std::string Panel::encode(base::UtcTime utc) const {
    const auto used = key();
    std::string content = m_underWay->message.data + ']';
    if (used || m_premises.stampsClearText) {
        content += alarm::dc09Timestamp(utc + m_clockOffset);
    }
    alarm::Dc09Frame frame;
    frame.token = m_underWay->message.token;
    frame.encrypted = used.has_value();
    frame.sequence = m_underWay->sequence;
    frame.line = "0";
    frame.account = m_premises.account;
    if (m_premises.sendsReceiver) {
        frame.receiver = "1";
    }
    frame.content = used ? alarm::encryptDc09(content, *used) : content;
    return alarm::encodeDc09(frame);
}

std::string Panel::nextSequence() {
    std::string text = fmt::format("{:04}", m_sequence);
    m_sequence = m_sequence == mostSequence ? 1 : m_sequence + 1;
    return text;
}

void Panel::hear(const alarm::Dc09Frame& answer, base::SteadyTime now, base::UtcTime utc) {
    if (!m_underWay || now < m_deafUntil) {
        return;
    }
    if (answer.token == "NAK" || answer.token == "DUH") {
        refuse(answer, now, utc);
    } else if (isAnswered(answer)) {
        acknowledge(now, utc);
    }
}

// An encrypted message is acknowledged under its key, or anybody on the way could do it.
bool Panel::isAnswered(const alarm::Dc09Frame& answer) const {
    const bool isMine = answer.token == "ACK" && answer.sequence == m_underWay->sequence &&
                        answer.account == std::optional{m_premises.account};
    if (!isMine) {
        return false;
    }
    const auto used = key();
    return !used || (answer.encrypted && alarm::decryptDc09(answer.content, *used));
}

void Panel::acknowledge(base::SteadyTime now, base::UtcTime utc) {
    const UnderWay& one = *m_underWay;
    if (one.happening) {
        m_record.acknowledged({.account = m_premises.account,
                               .sequence = one.sequence,
                               .message = one.message,
                               .isUrgent = isLifeSafety(one.happening->event),
                               .isOfStorm = one.happening->origin == EventOrigin::Storm,
                               .sinceSent = now - one.firstSent,
                               .sinceEvent = now - one.happened,
                               .when = utc});
    } else {
        ++m_record.counts.pollsAnswered;
    }
    m_underWay.reset();
}

// A NAK tells the time: the panel takes it and sends again at once.
void Panel::refuse(const alarm::Dc09Frame& answer, base::SteadyTime now, base::UtcTime utc) {
    ++m_record.counts.refused;
    const auto told = alarm::parseDc09Content(answer.content).timestamp;
    if (answer.token != "NAK" || !told) {
        return;
    }
    m_clockOffset = std::chrono::round<std::chrono::seconds>(*told - utc);
    if (++m_underWay->refusals <= mostRefusals) {
        m_underWay->sendAt = now;
    }
}

void Panel::lostConnection(base::SteadyTime now) {
    if (m_underWay) {
        m_underWay->sendAt = now;
    }
}

bool Panel::isUnheard() const {
    return m_underWay && m_underWay->tries > 0 && m_underWay->tries % m_habits.triesInARound == 0;
}

std::uint64_t Panel::waiting(base::SteadyTime now) const {
    const auto happened = std::distance(m_happenings.begin(), m_happenings.upper_bound(now));
    return static_cast<std::uint64_t>(happened) + (m_underWay && m_underWay->happening ? 1U : 0U);
}

void Panel::mend(base::SteadyTime now) {
    m_spoiledChecks = 0;
    m_hasWrongKey = false;
    m_deafUntil = {};
    m_silentUntil = {};
    m_testDue = std::min(m_testDue, now + m_habits.testInterval);
}

}  // namespace leedswatch::simulator
