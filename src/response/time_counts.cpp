#include "response/time_counts.h"

#include <charconv>
#include <limits>

namespace leedswatch::response {

namespace {

using namespace std::chrono_literals;

constexpr std::uint32_t tenthsEnd = 100;  // ten seconds; from there on a step is a second
constexpr std::uint32_t nearEnd = 3'691;  // an hour

/// `bytes / unit`, rounded up.
constexpr std::int64_t roundedUp(base::Microseconds length, base::Microseconds unit) {
    return (length.count() + unit.count() - 1) / unit.count();
}

/// The number at the front of `text`, taken off it.
std::optional<std::int64_t> takeNumber(std::string_view& text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || value < 0) {
        return std::nullopt;
    }
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return value;
}

bool takeLetter(std::string_view& text, char letter) {
    if (text.empty() || text.front() != letter) {
        return false;
    }
    text.remove_prefix(1);
    return true;
}

}  // namespace

TimeCounts::Step TimeCounts::stepOf(base::Microseconds length) {
    const std::int64_t tenths = roundedUp(length, 100ms);
    if (tenths <= tenthsEnd) {
        return static_cast<Step>(tenths);
    }
    const std::int64_t step = tenthsEnd + roundedUp(length, 1s) - 10;
    return static_cast<Step>(std::min<std::int64_t>(step, std::numeric_limits<Step>::max()));
}

base::Microseconds TimeCounts::lengthOf(Step step) {
    return step <= tenthsEnd ? base::Microseconds{step * 100ms} : base::Microseconds{(step - tenthsEnd + 10) * 1s};
}

template <typename Visit>
void TimeCounts::each(Visit visit) const {
    for (Step step = 0; step < m_near.size(); ++step) {
        if (m_near[step] != 0 && !visit(step, m_near[step])) {
            return;
        }
    }
    for (const auto& [step, times] : m_far) {
        if (!visit(step, times)) {
            return;
        }
    }
}

void TimeCounts::addAt(Step step, std::int64_t times) {
    m_count += times;
    if (step >= nearEnd) {
        m_far[step] += times;
        return;
    }
    if (step >= m_near.size()) {
        m_near.resize(step + 1);
    }
    m_near[step] += times;
}

void TimeCounts::add(base::Microseconds length) {
    if (length < base::Microseconds::zero()) {
        ++m_clockSteps;
    } else {
        addAt(stepOf(length), 1);
    }
}

void TimeCounts::add(const TimeCounts& other) {
    m_clockSteps += other.m_clockSteps;
    other.each([this](Step step, std::int64_t times) {
        addAt(step, times);
        return true;
    });
}

std::int64_t TimeCounts::within(std::chrono::seconds length) const {
    std::int64_t sum = 0;
    each([&](Step step, std::int64_t times) {
        const bool isWithin = lengthOf(step) <= length;
        sum += isWithin ? times : 0;
        return isWithin;
    });
    return sum;
}

std::optional<base::Microseconds> TimeCounts::percentile(int perMille) const {
    if (m_count < fewestFor(perMille)) {
        return std::nullopt;
    }
    const std::int64_t wanted = (m_count * perMille + 999) / 1000;
    std::int64_t sum = 0;
    std::optional<base::Microseconds> found;
    each([&](Step step, std::int64_t times) {
        sum += times;
        found = lengthOf(step);
        return sum < wanted;
    });
    return found;
}

std::optional<base::Microseconds> TimeCounts::longest() const {
    if (!m_far.empty()) {
        return lengthOf(m_far.rbegin()->first);
    }
    for (auto step = m_near.size(); step > 0; --step) {
        if (m_near[step - 1] != 0) {
            return lengthOf(static_cast<Step>(step - 1));
        }
    }
    return std::nullopt;
}

std::string TimeCounts::text() const {
    std::string text;
    if (m_clockSteps != 0) {
        text = "!" + std::to_string(m_clockSteps);
    }
    each([&](Step step, std::int64_t times) {
        text += text.empty() ? "" : " ";
        text += std::to_string(step);
        text += times == 1 ? "" : "x" + std::to_string(times);
        return true;
    });
    return text;
}

bool TimeCounts::addText(std::string_view text) {
    if (takeLetter(text, '!')) {
        const auto steps = takeNumber(text);
        if (!steps || (!text.empty() && !takeLetter(text, ' '))) {
            return false;
        }
        m_clockSteps += *steps;
    }
    while (!text.empty()) {
        const auto step = takeNumber(text);
        const bool isMany = takeLetter(text, 'x');
        const auto times = isMany ? takeNumber(text) : std::optional<std::int64_t>{1};
        const bool isStep = step && *step <= std::numeric_limits<Step>::max();
        if (!isStep || !times || (!text.empty() && !takeLetter(text, ' '))) {
            return false;
        }
        addAt(static_cast<Step>(*step), *times);
    }
    return true;
}

bool TimeCounts::operator==(const TimeCounts& other) const {
    return text() == other.text();
}

}  // namespace leedswatch::response
