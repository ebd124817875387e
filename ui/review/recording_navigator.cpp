#include "ui/review/recording_navigator.h"

#include "ui/review/playback_notice.h"
#include "ui/review/recording_loader.h"
#include "ui/review/review_player.h"
#include "ui/review/timeline_view.h"

#include <algorithm>

namespace leedswatch::ui {
namespace {

using namespace std::chrono_literals;

// The picture just before a gap stands for it; going on from there must not find the same gap again.
constexpr auto besideGap = 1s;

}  // namespace

RecordingNavigator::RecordingNavigator(const RecordingLoader& loader, ReviewPlayer& player, TimelineView& timeline,
                                       PlaybackNotice& notice, QObject* parent)
    : QObject{parent}, m_loader{loader}, m_player{player}, m_timeline{timeline}, m_notice{notice} {}

void RecordingNavigator::goTo(base::UtcTime time) {
    m_player.seek(time);
    m_timeline.reveal(time);
}

void RecordingNavigator::goToStart() {
    if (m_loader.hasRecordings()) {
        goTo(m_loader.timeline()->recorded().front().begin);
    }
}

void RecordingNavigator::goToEnd() {
    if (m_loader.hasRecordings()) {
        const base::UtcTime end = m_loader.timeline()->recorded().back().end;
        // Behind the last picture that is known of: the player knows the newest one.
        m_player.seek(end + 1h);
        m_timeline.reveal(end);
    }
}

void RecordingNavigator::goToNextGap() {
    const auto position = m_player.state().position;
    if (!m_loader.timeline() || !position) {
        return;
    }
    const auto& gaps = m_loader.timeline()->gaps();
    const auto found = std::ranges::find_if(
        gaps, [from = *position](const video::Gap& gap) { return gap.range.begin > from + besideGap; });
    goToGap(found == gaps.end() ? nullptr : &*found, QStringLiteral("No gap follows."));
}

void RecordingNavigator::goToPreviousGap() {
    const auto position = m_player.state().position;
    if (!m_loader.timeline() || !position) {
        return;
    }
    const auto& gaps = m_loader.timeline()->gaps();
    const auto found = std::ranges::find_if(gaps.rbegin(), gaps.rend(), [from = *position](const video::Gap& gap) {
        return gap.range.begin < from - besideGap;
    });
    goToGap(found == gaps.rend() ? nullptr : &*found, QStringLiteral("There is no gap before this."));
}

void RecordingNavigator::goToGap(const video::Gap* gap, const QString& refusal) {
    if (gap == nullptr) {
        m_notice.say(refusal);
        return;
    }
    goTo(gap->range.begin);
}

}  // namespace leedswatch::ui
