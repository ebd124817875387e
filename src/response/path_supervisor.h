#pragma once

#include "response/due_times.h"
#include "response/poll_rhythm.h"
#include "response/supervision.h"

#include <array>
#include <set>
#include <unordered_map>

namespace leedswatch::response {

/// A panel whose paths are to be supervised.
struct SupervisedPanel {
    estate::PanelId panel;
    estate::PathCategory category = estate::PathCategory::Sp1;
    bool hasAlternative = false;  ///< two paths, and they can be told apart
    std::optional<std::chrono::seconds> pollInterval = {};
    std::optional<std::chrono::seconds> alternativePollInterval = {};
};

/// How one path stands.
struct PathStanding {
    estate::PanelId panel;
    estate::SignallingPath path = estate::SignallingPath::Primary;
    PathState state = PathState::Unknown;
    base::UtcTime since{};
    std::optional<base::UtcTime> heard = {};                ///< none: never
    std::optional<std::chrono::microseconds> silence = {};  ///< since then, while somebody watched
    std::optional<std::chrono::seconds> pollInterval = {};  ///< as learnt
};

/// Watches the paths of all panels: what is heard of them and what is not becomes changes of their states (design note
/// alarms.md). Elapsed time is that of the steady clock, so that a step of the wall clock neither fails nor restores
/// anything. What is due is found without looking at what is not. No I/O; one thread.
class PathSupervisor {
public:
    /// How a path stood when the last run ended. Before the first supervise(); the time between the runs is in no
    /// silence.
    void remember(const PathStanding& path, const Moment& now);
    /// The panels from now on. One that is there stays as it is; one that is not is forgotten.
    void supervise(const std::vector<SupervisedPanel>& panels, const Moment& now);

    enum class Sign { Poll, Signal };
    /// Nothing if the path is not supervised.
    void heard(estate::PanelId panel, estate::SignallingPath path, Sign sign, const Moment& now);
    /// Every second or so. All changes since the last call, those of heard() and supervise() too.
    [[nodiscard]] std::vector<PathChange> judge(const Moment& now);

    /// Nothing if it is not supervised.
    [[nodiscard]] std::optional<PathStanding> standing(estate::PanelId panel, estate::SignallingPath path,
                                                       const Moment& now) const;
    /// Those that were heard since the last call.
    [[nodiscard]] std::vector<PathStanding> takeHeard(const Moment& now);

    /// Panels none of whose paths works, and those that have one left.
    [[nodiscard]] const std::set<estate::PanelId>& silent() const { return m_silent; }
    [[nodiscard]] const std::set<estate::PanelId>& onOnePath() const { return m_onOnePath; }

private:
    struct Path {
        PathState state = PathState::Unknown;
        base::UtcTime since{};
        std::optional<base::UtcTime> heard = {};
        base::SteadyTime silentFrom{};  ///< when it was heard; if it never was, when it was begun to be watched
        base::SteadyTime begun{};
        base::SteadyTime failedAt{};
        std::optional<base::SteadyTime> firstGood = {};  ///< sign of life since it failed
        base::SteadyTime due = base::SteadyTime::max();  ///< its entry among the due times that counts
        PollRhythm rhythm = {};
        bool isToBeTold = false;
    };
    struct Panel {
        std::optional<SupervisedPanel> settings = {};
        std::array<std::optional<Path>, 2> paths = {};
    };
    struct Key {
        estate::PanelId panel;
        estate::SignallingPath path = estate::SignallingPath::Primary;
    };
    struct Deadlines {
        base::SteadyTime late;
        base::SteadyTime failed;
    };

    [[nodiscard]] Panel* find(estate::PanelId panel);
    void set(Panel& panel, const SupervisedPanel& settings, const Moment& now);
    void forget(estate::PanelId id, Panel& panel, estate::SignallingPath path, const Moment& now);
    void change(const Key& key, Panel& panel, PathState to, const Moment& now);
    void note(estate::PanelId id, const Panel& panel);
    void reconsider(const Key& key, Panel& panel, const Moment& now);
    void schedule(const Key& key, const Panel& panel, Path& path);
    void restoreIfTwice(const Key& key, Panel& panel, const Moment& now);
    [[nodiscard]] static std::optional<std::chrono::seconds> intervalOf(const Panel& panel,
                                                                        estate::SignallingPath path);
    [[nodiscard]] static Deadlines deadlines(const Panel& panel, estate::SignallingPath path);

    std::unordered_map<estate::PanelId, Panel> m_panels;
    DueTimes<Key> m_due;
    std::vector<PathChange> m_changes;
    std::vector<Key> m_heard;
    std::set<estate::PanelId> m_silent;
    std::set<estate::PanelId> m_onOnePath;
};

}  // namespace leedswatch::response
