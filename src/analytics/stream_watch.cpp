#include "analytics/stream_watch.h"

#include <algorithm>
#include <utility>

namespace leedswatch::analytics {
namespace {

constexpr double settlingAfterBreak = 5;  // seconds
constexpr double awakeAtFirst = 5;        // until the scene is known
constexpr double awakeAfterMotion = 2;
constexpr double longestCuriosity = 6;      // what has not become a thing by then shows in key frames too
constexpr double betweenLooksAtRest = 1.5;  // no key frame is passed over where they are two seconds apart
constexpr double betweenKeptAlone = 0.1;    // no detector looks more often
// A camera that sends a key frame every four minutes is watched as it comes.
constexpr std::size_t mostKeptBytes = 4U << 20U;
constexpr std::size_t mostKept = 600;
constexpr double stillAfter = 0.7;      // seconds of small packets
constexpr double stillBeforeKey = 0.3;  // the key frame would hide since when
constexpr double tamperAwaitsKey = 2;   // seconds
constexpr double awakeAfterTamper = 1;  // what has ended is certain then

}  // namespace

StreamWatch::StreamWatch(const MotionRule& day, const MotionRule& night, WatchDepth depth, TamperWatch* tamper)
    : m_day{day}, m_night{night}, m_depth{depth}, m_tamper{tamper}, m_detector{day} {}

base::Result<std::vector<MotionEvent>> StreamWatch::push(const video::Packet& packet, double seconds) {
    ++m_work.packets;
    TRY(useFormat(packet, seconds));
    m_sizes.setLearning(!m_detector.current());
    const bool isLarge = !packet.isKey && m_sizes.add(packet.bytes->size(), seconds - m_before.value_or(seconds));
    m_before = seconds;
    if (m_isAwake && packet.isKey && m_depth == WatchDepth::TwoStages && seconds > m_awakeUntil) {
        TRY(fallAsleep());
    }
    if (m_isAwake) {
        TRY(watch(packet, seconds));
        return std::exchange(m_ended, {});
    }
    TRY(rest(packet, seconds));
    if (!m_isAwake && isWokenBySizes(isLarge, seconds)) {
        TRY(wake());
    }
    return std::exchange(m_ended, {});
}

base::Result<void> StreamWatch::useFormat(const video::Packet& packet, double seconds) {
    if (m_decoder && m_decoder->format() == *packet.format) {
        return {};
    }
    if (m_decoder) {
        TRY(wake());
    }
    m_decoder.reset();
    m_isAwake = true;
    m_reasonAt = seconds;
    m_awakeUntil = seconds + awakeAtFirst;
    if (m_tamper != nullptr) {
        m_tamper->wake(seconds);
    }
    m_sizes.reset();
    TRY_ASSIGN(m_decoder, video::Decoder::create(packet.format));
    return {};
}

// A decoder takes a picture that is shown before one it has seen for one that is reordered, and waits with each from
// then on: it is a new one for each way of watching.
base::Result<void> StreamWatch::renewDecoder() {
    TRY_ASSIGN(m_decoder, video::Decoder::create(std::make_shared<video::StreamFormat>(m_decoder->format())));
    return {};
}

base::Result<void> StreamWatch::fallAsleep() {
    m_isAwake = false;
    if (std::exchange(m_wokenBySizes, false)) {
        m_sizes.noteInVain();
    }
    if (m_tamper != nullptr) {
        m_tamper->rest(*m_before);
    }
    return renewDecoder();
}

// Each picture can be decoded without the one before.
bool StreamWatch::standsAlone() const {
    return m_decoder->format().codec == video::VideoCodec::Mjpeg;
}

base::Result<void> StreamWatch::rest(const video::Packet& packet, double seconds) {
    const bool isDue = !m_lookedAt || seconds - *m_lookedAt >= betweenLooksAtRest || isKeptFull();
    if (packet.isKey && (isDue || m_kept.empty())) {
        return restAtKey(packet, seconds);
    }
    keep(packet, seconds);
    return isKeptFull() && !standsAlone() ? wake() : base::Result<void>{};
}

// Motion is looked for at once. What hides the view is in the next key frame as well; only where that is far away the
// sizes have to tell. Of a picture that stands still no key frame tells, but that nothing more has to be coded.
bool StreamWatch::isWokenBySizes(bool isLarge, double seconds) {
    if (isLarge && m_isMotionOn) {
        return m_wokenBySizes = true;
    }
    if (m_tamper == nullptr) {
        return false;
    }
    if (isLarge) {
        m_largeAt = m_largeAt.value_or(seconds);
    }
    if (m_largeAt && seconds - *m_largeAt >= tamperAwaitsKey) {
        m_largeAt.reset();
        return m_wokenBySizes = true;
    }
    return m_sizes.haveFallenFor(stillAfter) && m_tamper->isStartledByStillness(seconds);
}

// What came between the two key frames is looked at only if the second differs from the scene; it is decoded first
// then, because the detector's time goes one way.
base::Result<void> StreamWatch::restAtKey(const video::Packet& packet, double seconds) {
    const AVFrame* picture = m_decoder->decode(packet);
    ++m_work.decoded;
    if (picture == nullptr) {  // it is damaged: what is before it may tell
        TRY(wake());
        return watch(packet, seconds);
    }
    m_largeAt.reset();
    cv::Mat small;
    bool isWanted = false;
    if (m_isMotionOn) {
        TRY_ASSIGN(small, m_scaler.scale(*picture));
        isWanted = m_detector.mayHoldThings(small);
    }
    if (m_tamper != nullptr) {
        TRY_ASSIGN(const bool isStartled, m_tamper->isStartledBy(*picture, seconds));
        const bool maySoonBeStill = m_sizes.haveFallenFor(stillBeforeKey);
        isWanted = isWanted || isStartled || (maySoonBeStill && m_tamper->isStartledByStillness(seconds));
    }
    if (isWanted) {
        TRY(wake());
        return watch(packet, seconds);
    }
    if (m_isMotionOn) {
        look(small, seconds);
    }
    if (m_tamper != nullptr) {
        TRY(m_tamper->look(*picture, seconds, TamperPace::AtRest));
    }
    m_lookedAt = seconds;
    forgetKept();
    keep(packet, seconds);
    return {};
}

void StreamWatch::keep(const video::Packet& packet, double seconds) {
    if (standsAlone() && !m_kept.empty() && seconds - m_kept.back().seconds < betweenKeptAlone) {
        return;
    }
    m_keptBytes += packet.bytes->size();
    m_kept.push_back({packet, seconds});
}

void StreamWatch::forgetKept() {
    m_kept.clear();
    m_keptBytes = 0;
}

bool StreamWatch::isKeptFull() const {
    return m_keptBytes > mostKeptBytes || m_kept.size() > mostKept;
}

base::Result<void> StreamWatch::wake() {
    if (m_isAwake) {
        return {};
    }
    m_isAwake = true;
    ++m_work.wakings;
    TRY(renewDecoder());
    const auto kept = std::exchange(m_kept, {});
    m_keptBytes = 0;
    m_reasonAt = *m_before;
    m_awakeUntil = *m_before + awakeAfterMotion;
    if (m_tamper != nullptr) {
        m_tamper->wake(*m_before);
    }
    for (const Kept& one : kept) {
        TRY(watch(one.packet, one.seconds));
    }
    return {};
}

base::Result<void> StreamWatch::watch(const video::Packet& packet, double seconds) {
    m_isBehindKey = m_isBehindKey || (packet.isKey && !standsAlone());
    const bool isNew = !m_lookedAt || seconds > *m_lookedAt;
    const bool isWanted = m_isMotionOn && isNew && m_detector.wants(seconds);
    const bool isForTamper = m_tamper != nullptr && m_tamper->wants(seconds);
    if (!isWanted && !isForTamper && standsAlone()) {
        return {};
    }
    const AVFrame* picture = m_decoder->decode(packet);
    ++m_work.decoded;
    if (picture == nullptr) {
        return {};
    }
    if (isForTamper) {
        TRY(watchTamper(*picture, seconds));
    }
    return isWanted ? watchMotion(*picture, seconds) : base::Result<void>{};
}

base::Result<void> StreamWatch::watchTamper(const AVFrame& picture, double seconds) {
    const bool isBehindKey = std::exchange(m_isBehindKey, false);
    TRY(m_tamper->look(picture, seconds, isBehindKey ? TamperPace::BehindKey : TamperPace::All));
    if (!m_isMotionOn) {
        m_lookedAt = seconds;
    }
    if (m_tamper->keepsAwake(seconds)) {
        m_awakeUntil = std::max(m_awakeUntil, seconds + awakeAfterTamper);
    }
    return {};
}

base::Result<void> StreamWatch::watchMotion(const AVFrame& frame, double seconds) {
    TRY_ASSIGN(const cv::Mat small, m_scaler.scale(frame));
    look(small, seconds);
    if (m_detector.current()) {
        m_reasonAt = seconds;
    }
    if (m_detector.current() || (m_detector.isCurious() && seconds - m_reasonAt < longestCuriosity)) {
        m_awakeUntil = std::max(m_awakeUntil, seconds + awakeAfterMotion);
    }
    m_wokenBySizes = m_wokenBySizes && !m_detector.current();
    return {};
}

void StreamWatch::look(const cv::Mat& picture, double seconds) {
    const bool wasNight = m_light.isNight();
    if (m_light.apply(picture, seconds) != wasNight) {
        const MotionRule& rule = m_light.isNight() ? m_night : m_day;
        m_detector.setProfile(rule.sensitivity, rule.leastHeight);
    }
    m_lookedAt = seconds;
    ++m_work.analysed;
    for (MotionEvent& event : m_detector.apply(picture, seconds)) {
        m_ended.push_back(std::move(event));
    }
    if (const ActivityGrid cells = activityOf(m_detector.activity()); cells.any()) {
        m_activity.emplace_back(seconds, cells);
    }
}

std::vector<MotionEvent> StreamWatch::lookForMotion(bool isOn) {
    if (std::exchange(m_isMotionOn, isOn) == isOn) {
        return {};
    }
    if (auto last = m_detector.finish()) {
        m_ended.push_back(std::move(*last));
    }
    m_detector.restart(settlingAfterBreak);
    return std::exchange(m_ended, {});
}

std::vector<MotionEvent> StreamWatch::endSession() {
    if (m_decoder) {
        static_cast<void>(wake());  // a picture of a strange format tells nothing
    }
    if (auto last = m_detector.finish()) {
        m_ended.push_back(std::move(*last));
    }
    m_detector.restart(settlingAfterBreak);
    m_decoder.reset();
    forgetKept();
    m_isAwake = true;
    m_wokenBySizes = false;
    m_before.reset();
    m_sizes.reset();
    return std::exchange(m_ended, {});
}

}  // namespace leedswatch::analytics
