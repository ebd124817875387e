#include "ui/convert/job_words.h"

#include "ui/common/text.h"

namespace leedswatch::ui {

namespace {

using transcode::Job;
using transcode::JobState;
using transcode::TranscodePhase;

QString wordsOf(TranscodePhase phase) {
    switch (phase) {
        case TranscodePhase::Hashing: return QStringLiteral("Taking its checksum");
        case TranscodePhase::Recalling: return QStringLiteral("Reading what is done");
        case TranscodePhase::Looking: return QStringLiteral("Looking at it");
        case TranscodePhase::Making: return QStringLiteral("Converting");
        case TranscodePhase::Joining: return QStringLiteral("Putting it together");
        case TranscodePhase::Checking: return QStringLiteral("Checking the result");
    }
    return {};
}

QString percentOf(const Job& job) {
    return QStringLiteral("%1 %").arg(job.share / 10);
}

QString whatToDoAbout(const Job& job) {
    using base::ErrorCode;
    switch (job.error.code) {
        case ErrorCode::NotFound:
            return QStringLiteral(
                "Connect the disk or share that it is on, then start it again: it goes on where it was.");
        case ErrorCode::InvalidInput:
            return QStringLiteral("If that is right, start it again: it is taken as it is now.");
        case ErrorCode::Unsupported:
        case ErrorCode::Damaged:
            return QStringLiteral(
                "See whether another player shows it. If something was still being written into it, wait "
                "until that is done. Then start it again.");
        case ErrorCode::StorageFull:
            return QStringLiteral(
                "What was to go into the same folder is stopped, too. Free some space on that disk, "
                "then start them again: each goes on where it was.");
        case ErrorCode::StorageFailed:
            return QStringLiteral(
                "Check that the disk is connected, and that your account may read the recording and "
                "write into the folder. Then start it again: it goes on where it was.");
        case ErrorCode::Busy:
            return QStringLiteral("Another program converts it. Wait until that is done, or stop it there.");
        default: return whatToDo(job.error.code);
    }
}

}  // namespace

QString roughly(std::chrono::seconds time) {
    const auto seconds = time.count();
    if (seconds < 60) {
        return QStringLiteral("%1 s").arg((seconds + 4) / 5 * 5);
    }
    const auto minutes = (seconds + 30) / 60;
    if (minutes < 60) {
        return QStringLiteral("%1 min").arg(minutes);
    }
    return QStringLiteral("%1 h %2 min").arg(minutes / 60).arg(minutes % 60);
}

QString wordsOf(const Job& job) {
    switch (job.state) {
        case JobState::New: return QStringLiteral("Not started");
        case JobState::Waiting:
            return job.share > 0 ? QStringLiteral("Waiting, goes on at %1").arg(percentOf(job))
                                 : QStringLiteral("Waiting");
        case JobState::Running: {
            QString words = QStringLiteral("%1, %2").arg(wordsOf(job.phase), percentOf(job));
            // What comes after it takes little.
            if (job.phase == TranscodePhase::Making && job.left) {
                words += QStringLiteral(", about %1 left").arg(roughly(*job.left));
            }
            return words;
        }
        case JobState::Stopped:
            return job.share > 0 ? QStringLiteral("Stopped at %1").arg(percentOf(job)) : QStringLiteral("Stopped");
        case JobState::Done: return job.hasDamage ? QStringLiteral("Done, damage found") : QStringLiteral("Done");
        case JobState::Failed: return QStringLiteral("Failed");
    }
    return {};
}

QString explanationOf(const Job& job) {
    return sentenceOf(job.error) + QLatin1Char{' '} + whatToDoAbout(job);
}

}  // namespace leedswatch::ui
