// A thousand faults at random: what each tile says is judged against what was done to its camera.
#include "reliability/estate_fixture.h"
#include "support/wait_until.h"
#include "video/live_view.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <optional>
#include <random>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;
using video::LiveState;

constexpr int kCameras = 10;
constexpr milliseconds kPromised = 3s;
/// A wall looks ten times a second; the rest is what a machine that is busy with other tests may add.
constexpr milliseconds kSlack = 2s;
constexpr milliseconds kFaultLasts = 4500ms;
/// The longest pause of the station, a quarter more by chance, and the way of the first pictures.
constexpr milliseconds kBackBy = 60s;

struct Fault {
    const char* name;
    std::string begin;
    std::string end;  ///< empty: it is over at once
};

std::vector<Fault> faultsOf(int number) {
    const std::string camera = std::to_string(number);
    return {{"connection dropped", "drop " + camera, {}},
            {"encoder frozen", "freeze " + camera, "clear " + camera},
            {"nothing sent", "stall " + camera, "clear " + camera},
            {"password refused", "refuse " + camera, "clear " + camera},
            {"restarted", "stop " + camera, "start " + camera},
            {"small picture", "resolution " + camera + " 160x96", {}},
            {"usual picture", "resolution " + camera + " 320x192", {}}};
}

/// How long something took, worst and in the middle.
class Times {
public:
    void add(base::SteadyTime::duration time) { m_times.push_back(std::chrono::duration_cast<milliseconds>(time)); }
    friend std::ostream& operator<<(std::ostream& out, Times times) {
        std::ranges::sort(times.m_times);
        if (times.m_times.empty()) {
            return out << "never";
        }
        return out << times.m_times.size() << " times, p50 " << times.m_times[times.m_times.size() / 2].count()
                   << " ms, longest " << times.m_times.back().count() << " ms";
    }

private:
    std::vector<milliseconds> m_times;
};

/// A tile and what is done to its camera.
class Victim {
public:
    Victim(const base::Clock& clock, const std::filesystem::path& data, int number, int faults)
        : m_clock{clock},
          m_number{number},
          m_left{faults},
          m_random{static_cast<std::uint32_t>(number)},
          m_view{clock, video::relayAddressSource(data, number, video::StreamKind::Main),
                 video::Presentation{{320, 192}, video::PrivacyMask::none()}, [] {}} {}

    [[nodiscard]] bool isDone() const { return m_left == 0 && m_phase == Phase::Good; }

    /// Looks at the tile and goes on; the fault to command, if one is due.
    std::optional<std::string> step() {
        const auto now = m_clock.steadyNow();
        const bool isLive = m_view.status().verdict.state == LiveState::Live;
        switch (m_phase) {
            case Phase::Good: return isLive && m_left > 0 ? std::optional{beginFault(now)} : std::nullopt;
            case Phase::Broken: return judgeBroken(now, isLive);
            case Phase::Mended: judgeMended(now, isLive); return std::nullopt;
        }
        return std::nullopt;
    }

    Times toldAfter;
    Times backAfter;

private:
    enum class Phase { Good, Broken, Mended };

    std::string beginFault(base::SteadyTime now) {
        const auto faults = faultsOf(m_number);
        m_fault = faults[m_random() % faults.size()];
        --m_left;
        m_since = now;
        m_told = false;
        m_phase = m_fault.end.empty() ? Phase::Mended : Phase::Broken;
        return m_fault.begin;
    }

    std::optional<std::string> judgeBroken(base::SteadyTime now, bool isLive) {
        if (!isLive && !m_told) {
            m_told = true;
            toldAfter.add(now - m_since);
        }
        if (isLive && now - m_since > kPromised + kSlack) {
            ADD_FAILURE() << "camera " << m_number << ": " << m_fault.name << ", and its tile says LIVE";
            m_since = now;
        }
        if (now - m_since < kFaultLasts) {
            return std::nullopt;
        }
        m_phase = Phase::Mended;
        m_since = now;
        return m_fault.end;
    }

    void judgeMended(base::SteadyTime now, bool isLive) {
        // A dropped connection needs a moment to be seen.
        if (isLive && (!m_fault.end.empty() || now - m_since > 1s)) {
            backAfter.add(now - m_since);
            m_phase = Phase::Good;
        } else if (now - m_since > kBackBy) {
            ADD_FAILURE() << "camera " << m_number << " is not back after: " << m_fault.name;
            m_left = 0;
            m_phase = Phase::Good;
        }
    }

    const base::Clock& m_clock;
    const int m_number;
    int m_left;
    std::mt19937 m_random;
    Phase m_phase = Phase::Good;
    Fault m_fault{};
    base::SteadyTime m_since{};
    bool m_told = false;
    video::LiveView m_view;
};

class RandomFaults : public EstateTest {
protected:
    RandomFaults() : EstateTest{kCameras} {}
};

TEST_F(RandomFaults, EveryTileTellsTheTruthEveryCameraComesBackAndEverySecondIsAccountedFor) {
    const int faults = timesToRun(2, 100);
    startStation();
    std::vector<std::unique_ptr<Victim>> victims;
    for (int number = 1; number <= kCameras; ++number) {
        victims.push_back(std::make_unique<Victim>(m_clock, m_data, number, faults));
    }
    const auto allAreDone = [&] {
        for (const auto& victim : victims) {
            if (const auto line = victim->step()) {
                command(*line);
            }
        }
        return std::ranges::all_of(victims, &Victim::isDone);
    };
    EXPECT_TRUE(waitUntil(allAreDone, faults * (kFaultLasts + kBackBy)));
    stopStation();
    const auto check = control({"archive", "check"});
    EXPECT_EQ(check.exitCode, 0) << check.output;
    video::SegmentIndex index{*m_database};
    for (const auto& camera : cameras()) {
        for (const auto& hole : unexplained(index, camera.id)) {
            ADD_FAILURE() << "camera " << camera.number << ": no file and no gap for "
                          << (hole.end - hole.begin).count() / 1'000 << " ms";
        }
        const auto& victim = *victims.at(static_cast<std::size_t>(camera.number - 1));
        std::cout << "[ measured ] camera " << camera.number << ": told " << victim.toldAfter << "; back "
                  << victim.backAfter << "\n";
    }
}

}  // namespace
}  // namespace leedswatch::tests
