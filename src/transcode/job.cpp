#include "transcode/job.h"

namespace leedswatch::transcode {

bool Job::operator==(const Job& other) const {
    return id == other.id && source == other.source && folder == other.folder && result == other.result &&
           state == other.state && phase == other.phase && share == other.share && left == other.left &&
           hasDamage == other.hasDamage && error.code == other.error.code && error.message == other.error.message &&
           who == other.who && workstation == other.workstation;
}

std::string_view nameOf(JobState state) {
    switch (state) {
        case JobState::New: return "new";
        case JobState::Waiting: return "waiting";
        case JobState::Running: return "running";
        case JobState::Stopped: return "stopped";
        case JobState::Done: return "done";
        case JobState::Failed: return "failed";
    }
    return "new";
}

std::string_view nameOf(TranscodePhase phase) {
    switch (phase) {
        case TranscodePhase::Hashing: return "hashing";
        case TranscodePhase::Recalling: return "recalling";
        case TranscodePhase::Looking: return "looking";
        case TranscodePhase::Making: return "making";
        case TranscodePhase::Joining: return "joining";
        case TranscodePhase::Checking: return "checking";
    }
    return "hashing";
}

}  // namespace leedswatch::transcode
