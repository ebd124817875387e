#include "dispatch/job.h"

#include <algorithm>
#include <array>

namespace leedswatch::dispatch {

namespace {

constexpr std::array<std::pair<JobState, std::string_view>, 6> jobStateNames{{
    {JobState::Created, "created"},
    {JobState::Assigned, "assigned"},
    {JobState::EnRoute, "en-route"},
    {JobState::OnScene, "on-scene"},
    {JobState::Finished, "finished"},
    {JobState::Cancelled, "cancelled"},
}};

constexpr std::array<std::pair<JobLine, std::string_view>, 9> lineNames{{
    {JobLine::Created, "created"},
    {JobLine::Assigned, "assigned"},
    {JobLine::StoodDown, "stood-down"},
    {JobLine::EnRoute, "en-route"},
    {JobLine::OnScene, "on-scene"},
    {JobLine::Finished, "finished"},
    {JobLine::Cancelled, "cancelled"},
    {JobLine::Note, "note"},
    {JobLine::Keys, "keys"},
}};

}  // namespace

std::string_view nameOf(JobState state) {
    return jobStateNames.at(static_cast<std::size_t>(state)).second;
}

std::optional<JobState> jobStateFrom(std::string_view name) {
    const auto* found = std::ranges::find(jobStateNames, name, &std::pair<JobState, std::string_view>::second);
    return found == jobStateNames.end() ? std::nullopt : std::optional{found->first};
}

std::string_view nameOf(JobLine line) {
    return lineNames.at(static_cast<std::size_t>(line)).second;
}

std::optional<JobLine> jobLineFrom(std::string_view name) {
    const auto* found = std::ranges::find(lineNames, name, &std::pair<JobLine, std::string_view>::second);
    return found == lineNames.end() ? std::nullopt : std::optional{found->first};
}

TargetState targetOf(const Job& job, base::UtcTime now) {
    const base::UtcTime deadline = job.created + job.target;
    if (job.onScene) {
        return *job.onScene <= deadline ? TargetState::Met : TargetState::Missed;
    }
    if (job.ended) {
        return *job.ended <= deadline ? TargetState::None : TargetState::Missed;
    }
    return now <= deadline ? TargetState::Open : TargetState::Missed;
}

}  // namespace leedswatch::dispatch
