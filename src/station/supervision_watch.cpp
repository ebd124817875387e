#include "station/supervision_watch.h"

#include "estate/path_times.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <condition_variable>

namespace leedswatch::station {

namespace {

using estate::PanelId;
using estate::SignallingPath;
using response::Moment;

constexpr std::chrono::milliseconds tickEvery{1'000};
constexpr std::chrono::milliseconds pauseForOthers{20};
constexpr std::size_t mostNamed = 3;
constexpr const char* supervisedObject = "alarm panels";
constexpr const char* silentPanelsKind = "panels-not-heard";
constexpr const char* untestedKind = "panels-not-tested";

// "10.1.2.3:5012 tcp", "::1:5012 udp".
std::string_view addressIn(std::string_view source) {
    return source.substr(0, source.rfind(':'));
}

response::SupervisedPanel supervised(const estate::Panel& panel) {
    return {.panel = panel.id,
            .category = *panel.path,
            .hasAlternative = estate::hasTwoPaths(*panel.path) && estate::PathTeller{panel}.tellsApart(),
            .pollInterval = panel.signalling.pollInterval,
            .alternativePollInterval = panel.signalling.alternativePollInterval};
}

bool isTest(const response::JudgedSignal& signal) {
    return std::any_of(signal.events.begin(), signal.events.end(), [](const response::SignalEvent& event) {
        return event.meaning.category == alarm::SignalCategory::Test;
    });
}

std::string countOf(std::size_t panels) {
    return fmt::format("{} alarm panel{}", panels, panels == 1 ? "" : "s");
}

// Moves the first of `from`, up to `most`.
template <typename Change>
std::vector<Change> takeFirst(std::vector<Change>& from, std::size_t most) {
    const auto end = from.begin() + static_cast<std::ptrdiff_t>(std::min(most, from.size()));
    std::vector<Change> first{from.begin(), end};
    from.erase(from.begin(), end);
    return first;
}

template <typename Change>
void putBack(std::vector<Change>& to, const std::vector<Change>& changes) {
    to.insert(to.begin(), changes.begin(), changes.end());
}

}  // namespace

SupervisionWatch::SupervisionWatch(store::Database& database, const base::Clock& clock)
    : m_clock{clock}, m_registry{database}, m_faults{database}, m_journal{database} {}

Moment SupervisionWatch::now() const {
    return {m_clock.steadyNow(), m_clock.now()};
}

std::chrono::microseconds SupervisionWatch::uptime(const Moment& at) const {
    return m_earlierUptime + std::chrono::duration_cast<std::chrono::microseconds>(at.steady - m_started->steady);
}

base::Result<void> SupervisionWatch::start() {
    TRY_ASSIGN(const auto memory, m_journal.memory());
    const Moment at = now();
    const auto downtime = memory.alive ? at.utc - *memory.alive : base::Microseconds{0};
    {
        const std::scoped_lock lock{m_mutex};
        m_started = at;
        m_earlierUptime = memory.uptime;
        for (const response::PathStanding& path : memory.paths) {
            m_paths.remember(path, at);
        }
        for (const response::TestStanding& test : memory.tests) {
            m_tests.remember(test, downtime, at);
        }
    }
    return supervise(at);
}

bool SupervisionWatch::isStarted() const {
    const std::scoped_lock lock{m_mutex};
    return m_started.has_value();
}

base::Result<void> SupervisionWatch::readPanels() {
    return isStarted() ? supervise(now()) : base::Result<void>{};
}

base::Result<void> SupervisionWatch::supervise(const Moment& at) {
    TRY_ASSIGN(const auto panels, m_registry.panels());
    std::vector<response::SupervisedPanel> paths;
    std::vector<response::SupervisedTest> tests;
    std::unordered_map<PanelId, Known> known;
    for (const estate::Panel& panel : panels) {
        if (panel.path) {
            paths.push_back(supervised(panel));
        }
        if (panel.testInterval) {
            tests.push_back({panel.id, *panel.testInterval});
        }
        known.emplace(panel.id, Known{panel.account, estate::PathTeller{panel}});
    }
    const std::scoped_lock lock{m_mutex};
    m_known = std::move(known);
    m_paths.supervise(paths, at);
    m_tests.supervise(tests, at);
    return {};
}

void SupervisionWatch::heard(const response::JudgedSignal& signal) {
    if (!signal.panel) {
        return;
    }
    const Moment at = now();
    const std::scoped_lock lock{m_mutex};
    heardBy(*signal.panel, signal.received.line, signal.received.source, response::PathSupervisor::Sign::Signal, at);
    if (isTest(signal)) {
        m_tests.tested(*signal.panel, at);
    }
}

void SupervisionWatch::polled(PanelId panel, const alarm::Supervision& poll) {
    const Moment at = now();
    const std::scoped_lock lock{m_mutex};
    heardBy(panel, poll.line, poll.source, response::PathSupervisor::Sign::Poll, at);
}

void SupervisionWatch::heardBy(PanelId panel, std::string_view line, std::string_view source,
                               response::PathSupervisor::Sign sign, const Moment& at) {
    const auto found = m_known.find(panel);
    if (found == m_known.end()) {
        return;
    }
    if (const auto path = found->second.teller.pathOf(alarm::normalAccount(line), addressIn(source))) {
        m_paths.heard(panel, *path, sign, at);
    }
}

bool SupervisionWatch::tick() {
    if (!isStarted()) {
        return false;
    }
    const std::scoped_lock writing{m_writing};
    takeChanges();
    return !m_unwritten.empty() && writeSome() && !m_unwritten.empty();
}

void SupervisionWatch::takeChanges() {
    const std::scoped_lock lock{m_mutex};
    const Moment at = now();
    for (response::PathChange& change : m_paths.judge(at)) {
        m_unwritten.paths.push_back(change);
    }
    for (response::TestChange& change : m_tests.judge(at)) {
        m_unwritten.tests.push_back(change);
    }
    if (m_unwritten.size() > mostWaiting) {
        const auto given = takeFirst(m_unwritten.paths, m_unwritten.size() - mostWaiting);
        spdlog::error("{} changes of alarm panels' paths are not written down: too many wait for the disk",
                      given.size());
    }
}

// False: it could not be written, and waits for the next second.
bool SupervisionWatch::writeSome() {
    response::SupervisionChanges some;
    some.paths = takeFirst(m_unwritten.paths, mostInACommit);
    some.tests = takeFirst(m_unwritten.tests, mostInACommit - some.paths.size());
    response::HeardPaths heard;
    {
        const std::scoped_lock lock{m_mutex};
        const Moment at = now();
        heard.uptime = uptime(at);
        for (const response::PathChange& change : some.paths) {
            if (const auto standing = m_paths.standing(change.panel, change.path, at)) {
                heard.paths.push_back(*standing);
            }
        }
    }
    const auto written = m_journal.add(some, heard);
    if (!written) {
        if (!std::exchange(m_toldThatItCannotWrite, true)) {
            spdlog::error("how alarm panels are heard is not written down: {}", written.error().message);
        }
        putBack(m_unwritten.paths, some.paths);
        putBack(m_unwritten.tests, some.tests);
        return false;
    }
    m_toldThatItCannotWrite = false;
    return true;
}

void SupervisionWatch::keep() {
    if (isStarted()) {
        writeHeard();
        tellFaults();
    }
}

void SupervisionWatch::writeHeard() {
    response::HeardPaths heard;
    {
        const std::scoped_lock lock{m_mutex};
        const Moment at = now();
        heard = {uptime(at), m_paths.takeHeard(at), m_tests.takeTold(at)};
    }
    if (const auto written = m_journal.setHeard(heard); !written) {
        spdlog::error("when paths of panels were heard is not written: {}", written.error().message);
        // A poll comes again; a test does not for days.
        const std::scoped_lock lock{m_mutex};
        for (const response::TestStanding& test : heard.tests) {
            m_tests.tellAgain(test.panel);
        }
    }
}

// One fault for all of them: thousands would hide every other one.
void SupervisionWatch::tellFaults() {
    std::string paths;
    std::string tests;
    {
        const std::scoped_lock lock{m_mutex};
        const auto& silent = m_paths.silent();
        const auto& onOne = m_paths.onOnePath();
        const auto& overdue = m_tests.overdue();
        if (!silent.empty()) {
            paths = fmt::format("{} {} not heard: {}. ", countOf(silent.size()), silent.size() == 1 ? "is" : "are",
                                namesOf(silent));
        }
        if (!onOne.empty()) {
            paths += fmt::format("{} {} heard by one of two paths only: {}. ", countOf(onOne.size()),
                                 onOne.size() == 1 ? "is" : "are", namesOf(onOne));
        }
        if (!overdue.empty()) {
            tests = fmt::format("{} {} not sent a test in time: {}.", countOf(overdue.size()),
                                overdue.size() == 1 ? "has" : "have", namesOf(overdue));
        }
    }
    if (!paths.empty()) {
        paths.pop_back();
    }
    tellFault(silentPanelsKind, paths,
              "No alarm may reach us from them: have their keyholders and maintainers told. "
              "\"leedswatchctl premises paths --failed\" lists them all.");
    tellFault(untestedKind, tests,
              "Have their maintainers told: an alarm may not come either. \"leedswatchctl premises list\" says when "
              "each was tested last.");
}

void SupervisionWatch::tellFault(const char* kind, const std::string& cause, const char* message) {
    const auto written =
        cause.empty() ? m_faults.end(kind, supervisedObject) : m_faults.raise(kind, supervisedObject, cause, message);
    if (!written) {
        spdlog::error("a fault of alarm panels is not written: {}", written.error().message);
    }
}

std::string SupervisionWatch::namesOf(const std::set<PanelId>& panels) const {
    std::string names;
    std::size_t count = 0;
    for (const PanelId panel : panels) {
        if (count++ == mostNamed) {
            return fmt::format("{} and {} more", names, panels.size() - mostNamed);
        }
        const auto found = m_known.find(panel);
        names += (names.empty() ? "" : ", ") + (found == m_known.end() ? std::string{"?"} : found->second.account);
    }
    return names;
}

void SupervisionWatch::run(const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock{mutex};
    std::chrono::milliseconds pause = tickEvery;
    while (!wake.wait_for(lock, stop, pause, [&] { return stop.stop_requested(); })) {
        pause = tick() ? pauseForOthers : tickEvery;
    }
}

}  // namespace leedswatch::station
