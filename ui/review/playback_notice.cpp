#include "ui/review/playback_notice.h"

#include "base/local_time.h"
#include "ui/common/text.h"
#include "ui/common/time_text.h"

namespace leedswatch::ui {
namespace {

using namespace std::chrono_literals;
using Tone = RecordedView::Tone;

constexpr auto readingTime = 6s;

QString sentenceOnGap(const video::Gap& gap) {
    return QStringLiteral("No recording from %1 to %2: %3. This is the last picture before it.")
        .arg(toQt(base::formatLocalTimeOfDay(gap.range.begin)), toQt(base::formatLocalTimeOfDay(gap.range.end)),
             toQt(gap.cause));
}

}  // namespace

PlaybackNotice::PlaybackNotice(RecordedView& view, QObject* parent) : QObject{parent}, m_view{view} {
    m_timer.setSingleShot(true);
    m_timer.setInterval(readingTime);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        m_jump.clear();
        Q_EMIT jumpTold();
    });
}

void PlaybackNotice::show(const video::PlayerState& state) {
    noteJump(state);
    const Notice notice = noticeOf(state);
    m_view.setNotice(notice.sentence, notice.tone);
}

void PlaybackNotice::say(const QString& sentence, Tone tone) {
    m_view.setNotice(sentence, tone);
}

void PlaybackNotice::forgetJump() {
    m_jump.clear();
}

void PlaybackNotice::clear() {
    m_jumpsTold = 0;
    m_jump.clear();
    m_view.setNotice({});
}

void PlaybackNotice::noteJump(const video::PlayerState& state) {
    if (state.jumps <= m_jumpsTold || !state.jumped) {
        return;
    }
    m_jumpsTold = state.jumps;
    m_jump = QStringLiteral("Jumped over %1 without a recording: %2.")
                 .arg(durationText(state.jumped->range.end - state.jumped->range.begin), toQt(state.jumped->cause));
    m_timer.start();
}

PlaybackNotice::Notice PlaybackNotice::noticeOf(const video::PlayerState& state) const {
    if (state.inGap) {
        return {sentenceOnGap(*state.inGap), Tone::Warning};
    }
    if (!state.problem.empty()) {
        return {sentenceOf({base::ErrorCode::Damaged, state.problem}), Tone::Warning};
    }
    if (!m_jump.isEmpty()) {
        return {m_jump, Tone::Warning};
    }
    if (state.atEnd) {
        return {QStringLiteral("End of what is recorded.")};
    }
    if (state.atBegin) {
        return {QStringLiteral("Beginning of what is recorded.")};
    }
    return {};
}

}  // namespace leedswatch::ui
