#pragma once

#include "base/error.h"
#include "base/id.h"
#include "transcode/file_transcode.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace leedswatch::transcode {

using JobId = base::Id<struct TranscodeJobTag>;

enum class JobState {
    New,      ///< on the list, and nobody has started it
    Waiting,  ///< its turn comes, or comes again
    Running,
    Stopped,  ///< by a person; what is done is kept
    Done,
    Failed,  ///< what is done is kept
};

/// One old recording that is to be converted.
struct Job {
    JobId id;
    std::filesystem::path source;
    std::filesystem::path folder;  ///< where the result goes; empty until it is started
    std::filesystem::path result;  ///< empty until work has begun
    JobState state = JobState::New;
    TranscodePhase phase = TranscodePhase::Hashing;  ///< the last one that was reached
    int share = 0;                                   ///< of the whole work, in thousandths; never goes back
    std::optional<std::chrono::seconds> left;        ///< of the phase, if it can be said
    bool hasDamage = false;                          ///< some was found in the source; known once it is Done
    base::Error error;                               ///< of a Failed one
    std::string who;                                 ///< gave the order
    std::string workstation;

    [[nodiscard]] bool operator==(const Job& other) const;
};

[[nodiscard]] std::string_view nameOf(JobState state);  ///< "new", ... as stored
[[nodiscard]] std::string_view nameOf(TranscodePhase phase);

/// What wakes whoever subscribes to the list's changes.
inline constexpr const char* kJobsTopic = "transcode_jobs";

}  // namespace leedswatch::transcode
