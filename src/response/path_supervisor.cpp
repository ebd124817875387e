#include "response/path_supervisor.h"

#include "estate/path_times.h"
#include "response/path_patience.h"

#include <algorithm>

namespace leedswatch::response {

namespace {

using estate::PanelId;
using estate::SignallingPath;
using std::chrono::seconds;

constexpr std::array<SignallingPath, 2> bothPaths = {SignallingPath::Primary, SignallingPath::Alternative};

constexpr std::size_t indexOf(SignallingPath path) {
    return path == SignallingPath::Primary ? 0 : 1;
}

template <typename Paths>
bool areBothFailed(const Paths& paths) {
    return std::all_of(paths.begin(), paths.end(),
                       [](const auto& path) { return path && path->state == PathState::Failed; });
}

}  // namespace

PathSupervisor::Panel* PathSupervisor::find(PanelId panel) {
    const auto found = m_panels.find(panel);
    return found == m_panels.end() ? nullptr : &found->second;
}

void PathSupervisor::remember(const PathStanding& standing, const Moment& now) {
    Path path;
    path.state = standing.state;
    path.since = standing.since;
    path.heard = standing.heard;
    path.silentFrom = now.steady - standing.silence.value_or(std::chrono::microseconds{0});
    path.begun = now.steady;
    path.failedAt = now.steady;
    if (standing.pollInterval) {
        path.rhythm.remember(*standing.pollInterval);
    }
    Panel& panel = m_panels[standing.panel];
    panel.paths.at(indexOf(standing.path)) = path;
    note(standing.panel, panel);
}

void PathSupervisor::supervise(const std::vector<SupervisedPanel>& panels, const Moment& now) {
    std::set<PanelId> wanted;
    for (const SupervisedPanel& settings : panels) {
        wanted.insert(settings.panel);
        set(m_panels[settings.panel], settings, now);
    }
    for (auto& [id, panel] : m_panels) {
        if (!wanted.contains(id)) {
            for (const SignallingPath path : bothPaths) {
                forget(id, panel, path, now);
            }
        }
    }
    std::erase_if(m_panels, [&](const auto& entry) { return !wanted.contains(entry.first); });
}

void PathSupervisor::set(Panel& panel, const SupervisedPanel& settings, const Moment& now) {
    // With another category other times hold: what was silence enough for the last one says nothing of this one.
    const bool isAnew = panel.settings && panel.settings->category != settings.category;
    panel.settings = settings;
    if (!settings.hasAlternative) {
        forget(settings.panel, panel, SignallingPath::Alternative, now);
    }
    for (const SignallingPath which : bothPaths) {
        auto& path = panel.paths.at(indexOf(which));
        if (which == SignallingPath::Alternative && !settings.hasAlternative) {
            continue;
        }
        if (!path) {
            path = Path{.since = now.utc, .silentFrom = now.steady, .begun = now.steady};
        } else if (isAnew) {
            path->begun = now.steady;
        }
    }
    note(settings.panel, panel);
    for (const SignallingPath which : bothPaths) {
        if (auto& path = panel.paths.at(indexOf(which))) {
            schedule({settings.panel, which}, panel, *path);
        }
    }
}

void PathSupervisor::forget(PanelId id, Panel& panel, SignallingPath which, const Moment& now) {
    auto& path = panel.paths.at(indexOf(which));
    if (!path) {
        return;
    }
    if (path->state != PathState::Unknown) {
        change({id, which}, panel, PathState::Unknown, now);
    }
    path.reset();
    note(id, panel);
}

void PathSupervisor::heard(PanelId id, SignallingPath which, Sign sign, const Moment& now) {
    Panel* panel = find(id);
    if (panel == nullptr || !panel->paths.at(indexOf(which))) {
        return;
    }
    const Key key{id, which};
    Path& path = *panel->paths.at(indexOf(which));
    path.heard = now.utc;
    path.silentFrom = now.steady;
    if (sign == Sign::Poll) {
        path.rhythm.polled(now.steady);
    }
    if (!path.isToBeTold) {
        path.isToBeTold = true;
        m_heard.push_back(key);
    }
    if (path.state == PathState::Failed) {
        restoreIfTwice(key, *panel, now);
    } else if (path.state != PathState::Up) {
        change(key, *panel, PathState::Up, now);
    }
    schedule(key, *panel, path);
}

// Twice, and not so far apart that it has failed between: a path that comes and goes stays failed.
void PathSupervisor::restoreIfTwice(const Key& key, Panel& panel, const Moment& now) {
    Path& path = *panel.paths.at(indexOf(key.path));
    const auto fails = estate::failsAfter(panel.settings->category, key.path, false);
    if (!path.firstGood || now.steady - *path.firstGood > fails.value_or(seconds{0})) {
        path.firstGood = now.steady;
    } else if (now.steady - *path.firstGood >= leastApart(intervalOf(panel, key.path))) {
        change(key, panel, PathState::Up, now);
    }
}

std::vector<PathChange> PathSupervisor::judge(const Moment& now) {
    while (const auto entry = m_due.takeDue(now.steady)) {
        const Key& key = entry->second;
        Panel* panel = find(key.panel);
        if (panel == nullptr || !panel->paths.at(indexOf(key.path))) {
            continue;
        }
        Path& path = *panel->paths.at(indexOf(key.path));
        if (path.due == entry->first) {
            path.due = base::SteadyTime::max();
            reconsider(key, *panel, now);
            schedule(key, *panel, path);
        }
    }
    return std::exchange(m_changes, {});
}

void PathSupervisor::reconsider(const Key& key, Panel& panel, const Moment& now) {
    const PathState state = panel.paths.at(indexOf(key.path))->state;
    if (state == PathState::Failed) {
        return;
    }
    const Deadlines until = deadlines(panel, key.path);
    if (now.steady >= until.failed) {
        change(key, panel, PathState::Failed, now);
    } else if (state == PathState::Up && now.steady >= until.late) {
        change(key, panel, PathState::Late, now);
    } else if (state == PathState::Late && now.steady < until.late) {
        change(key, panel, PathState::Up, now);
    }
}

void PathSupervisor::change(const Key& key, Panel& panel, PathState to, const Moment& now) {
    Path& path = *panel.paths.at(indexOf(key.path));
    const bool wereBothFailed = areBothFailed(panel.paths);
    const PathState from = std::exchange(path.state, to);
    path.since = now.utc;
    path.firstGood.reset();
    if (to == PathState::Failed) {
        path.failedAt = now.steady;
        path.rhythm.interrupt();
    }
    m_changes.push_back({.panel = key.panel,
                         .path = key.path,
                         .from = from,
                         .to = to,
                         .when = now.utc,
                         .isCatastrophic = wereBothFailed || areBothFailed(panel.paths)});
    note(key.panel, panel);
    // The alternative path has less time while the primary is down, and more when it is back.
    auto& alternative = panel.paths.back();
    if (key.path == SignallingPath::Primary && alternative && to != PathState::Unknown) {
        const Key other{key.panel, SignallingPath::Alternative};
        reconsider(other, panel, now);
        schedule(other, panel, *alternative);
    }
}

void PathSupervisor::note(PanelId id, const Panel& panel) {
    std::size_t paths = 0;
    std::size_t failed = 0;
    for (const auto& path : panel.paths) {
        paths += path ? 1 : 0;
        failed += path && path->state == PathState::Failed ? 1 : 0;
    }
    m_silent.erase(id);
    m_onOnePath.erase(id);
    if (failed > 0) {
        (failed == paths ? m_silent : m_onOnePath).insert(id);
    }
}

void PathSupervisor::schedule(const Key& key, const Panel& panel, Path& path) {
    if (path.state == PathState::Failed) {
        return;
    }
    const Deadlines until = deadlines(panel, key.path);
    const base::SteadyTime due = path.state == PathState::Up ? until.late : until.failed;
    if (due < path.due) {
        path.due = due;
        m_due.add(due, key);
    }
}

std::optional<seconds> PathSupervisor::intervalOf(const Panel& panel, SignallingPath which) {
    const auto& set =
        which == SignallingPath::Primary ? panel.settings->pollInterval : panel.settings->alternativePollInterval;
    return set ? set : panel.paths.at(indexOf(which))->rhythm.interval();
}

PathSupervisor::Deadlines PathSupervisor::deadlines(const Panel& panel, SignallingPath which) {
    const Path& path = *panel.paths.at(indexOf(which));
    const auto& primary = panel.paths.front();
    const auto interval = intervalOf(panel, which);
    const auto from = [&](base::SteadyTime silentFrom, bool primaryIsDown) {
        const auto fails = estate::failsAfter(panel.settings->category, which, primaryIsDown).value_or(seconds{0});
        const auto grace = graceAfterStart(fails, interval);
        return Deadlines{std::max(silentFrom + lateAfter(fails, interval), path.begun + lateAfter(grace, std::nullopt)),
                         std::max(silentFrom + fails, path.begun + grace)};
    };
    Deadlines until = from(path.silentFrom, false);
    if (which == SignallingPath::Alternative && primary && primary->state == PathState::Failed) {
        // From when the primary failed: before that nobody asked the alternative path to poll so often.
        const Deadlines sooner = from(std::max(path.silentFrom, primary->failedAt), true);
        until = {std::min(until.late, sooner.late), std::min(until.failed, sooner.failed)};
    }
    return until;
}

std::optional<PathStanding> PathSupervisor::standing(PanelId id, SignallingPath which, const Moment& now) const {
    const auto found = m_panels.find(id);
    if (found == m_panels.end() || !found->second.paths.at(indexOf(which))) {
        return std::nullopt;
    }
    const Path& path = *found->second.paths.at(indexOf(which));
    PathStanding standing{.panel = id, .path = which, .state = path.state, .since = path.since, .heard = path.heard};
    if (path.heard) {
        standing.silence = std::chrono::duration_cast<std::chrono::microseconds>(now.steady - path.silentFrom);
    }
    standing.pollInterval = path.rhythm.interval();
    return standing;
}

std::vector<PathStanding> PathSupervisor::takeHeard(const Moment& now) {
    std::vector<PathStanding> told;
    for (const Key& key : std::exchange(m_heard, {})) {
        if (Panel* panel = find(key.panel); panel != nullptr && panel->paths.at(indexOf(key.path))) {
            panel->paths.at(indexOf(key.path))->isToBeTold = false;
            told.push_back(*standing(key.panel, key.path, now));
        }
    }
    return told;
}

}  // namespace leedswatch::response
