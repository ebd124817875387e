#include "analytics/motion_detector.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace leedswatch::analytics {
namespace {

constexpr double between = 0.19;  // seconds from one analysed picture to the next; a little less than five at 25
constexpr double betweenWhenCurious = 0.11;
constexpr double curiosityShare = 0.25;       // of the time
constexpr double mostCuriosity = 3;           // seconds
constexpr double newTrack = 1.5;              // seconds since its first sighting
constexpr double memory = 80;                 // seconds in which the scene is learnt anew
constexpr double memoryBesideStanding = 800;  // seconds: who stands does not become a wall
constexpr double learnedFaster = 2;           // so much more at the beginning
constexpr double differingGrey = 10;          // levels
constexpr double switchedShare = 0.5;
constexpr double switchedAll = 0.85;
constexpr double settlingAfterSwitch = 1.0;
constexpr double leastGain = 0.03;
constexpr double mostGain = 4;
constexpr float crossing = 0.1F;  // of the picture's width
constexpr double habitual = 0.6;  // of a blob, in places where something always moves
constexpr double newScene = 3;    // seconds in which what stood in the first picture leaves
constexpr double steadyInNewScene = 0.14;
constexpr double steadyLater = 3;

/// Four times as far at the least sensitivity as in the middle, a quarter as far at the most.
double distanceOf(int sensitivity) {
    constexpr double middle = 50;
    return std::pow(4.0, (middle - sensitivity) / middle);
}

}  // namespace

base::Result<void> checkMotionRule(const MotionRule& rule) {
    if (rule.sensitivity < leastSensitivity || rule.sensitivity > mostSensitivity) {
        return base::fail(base::ErrorCode::InvalidInput,
                          "the sensitivity is " + std::to_string(rule.sensitivity) + "; it goes from 1 to 100");
    }
    for (const int height : {rule.leastHeight.atTop, rule.leastHeight.atBottom}) {
        if (height < 50 || height > estate::ZonePoint::whole) {
            return base::fail(base::ErrorCode::InvalidInput,
                              "the least object is " + std::to_string(height) +
                                  " ten-thousandths of the picture tall; it may be 50 to 10000");
        }
    }
    return checkMotionZones(rule.zones);
}

MotionDetector::MotionDetector(MotionRule rule) : m_rule{std::move(rule)} {}

void MotionDetector::setProfile(int sensitivity, const LeastHeight& leastHeight) {
    m_rule.sensitivity = sensitivity;
    m_rule.leastHeight = leastHeight;
    if (m_model) {
        m_model->setDistance(distanceOf(sensitivity));
    }
}

bool MotionDetector::wants(double seconds) const {
    return !m_analysed || seconds - *m_analysed >= (m_isCurious ? betweenWhenCurious : between);
}

// What has just come into the picture may have left it before the next look; there is no hurry once an event is on. A
// scene that is never at rest uses its share up.
void MotionDetector::judgeCuriosity(double since) {
    m_curiosity = std::min(mostCuriosity, m_curiosity + curiosityShare * since - (m_isCurious ? since : 0));
    const auto isNew = [](const MotionTrack& track) {
        return track.isSeenNow && !track.isThing && track.lastSeen - track.firstSeen < newTrack;
    };
    m_isCurious = !m_events.current() && m_curiosity > 0 && std::ranges::any_of(m_tracker.tracks(), isNew);
}

void MotionDetector::restart(double settling) {
    m_model.reset();
    m_tracker.clear();
    m_settling = settling;
}

void MotionDetector::learnAnew(const cv::Mat& picture, double seconds) {
    if (m_places.size() != picture.size()) {
        m_places = countedPlaces(m_rule.zones, picture.size());
        m_habits.clear();
        m_tracker.clear();
    }
    m_model = std::make_unique<ForegroundModel>(Closeness::Whole, distanceOf(m_rule.sensitivity));
    static_cast<void>(m_model->apply(picture));
    m_light.learnAnew(m_grey);
    m_settledPlaces.clear();
    m_begun = seconds;
    m_settled = std::max(m_settled, seconds + m_settling);
    m_settling = 0;
}

// The camera's iris is taken out before the model sees the picture, and given back slowly: the model follows that.
cv::Mat MotionDetector::markedIn(const cv::Mat& picture, double since) {
    const double gain = std::clamp(m_light.gainOf(m_grey, boxesOfThings()), 1 / mostGain, mostGain);
    cv::Mat evened = picture;
    if (std::abs(gain - 1) > leastGain) {
        picture.convertTo(evened, -1, 1 / gain);
        m_grey.convertTo(m_grey, -1, 1 / gain);
        m_light.adopt(gain, since);
    }
    return m_model->apply(evened, shareLearnt(since));
}

double MotionDetector::shareLearnt(double since) const {
    const auto stands = [this](const MotionTrack& track) {
        return m_tracker.isStanding(track) && m_tracker.isPresent(track);
    };
    if (std::ranges::any_of(m_tracker.tracks(), stands)) {
        return since / memoryBesideStanding;
    }
    const double age = *m_analysed - *m_begun + since;
    return std::max(since / memory, since / (learnedFaster * (age + since)));
}

bool MotionDetector::isSwitched(const cv::Mat& marked) const {
    const double share = static_cast<double>(cv::countNonZero(marked)) / static_cast<double>(marked.total());
    return share > (m_tracker.hasThing() ? switchedAll : switchedShare);
}

std::vector<MotionBlob> MotionDetector::thingsIn(const cv::Mat& grey, const cv::Mat& marked) const {
    auto blobs = blobsOf(marked, m_rule.leastHeight);
    const auto isMostlyIn = [&](const cv::Mat& places, const MotionBlob& blob) {
        if (places.empty()) {
            return false;
        }
        const cv::Mat there = marked(blob.box);
        return cv::countNonZero(there & places(blob.box)) > habitual * cv::countNonZero(there);
    };
    std::erase_if(blobs, [&](const MotionBlob& blob) {
        return isMostlyIn(m_habits.places(), blob) || m_light.isOnlyLight(grey, marked, blob.box);
    });
    for (MotionBlob& blob : blobs) {
        blob.isRestlessPlace = isMostlyIn(m_habits.restless(), blob);
    }
    return blobs;
}

bool MotionDetector::mayHoldThings(const cv::Mat& picture) const {
    if (!m_model || m_places.size() != picture.size()) {
        return true;
    }
    cv::Mat grey;
    cv::cvtColor(picture, grey, cv::COLOR_BGR2GRAY);
    const double gain = std::clamp(m_light.gainOf(grey, {}), 1 / mostGain, mostGain);
    if (std::abs(gain - 1) > leastGain) {
        grey.convertTo(grey, -1, 1 / gain);
    }
    const cv::Mat marked = m_light.differencesOf(grey, differingGrey * std::sqrt(distanceOf(m_rule.sensitivity)));
    const auto blobs = thingsIn(grey, marked & m_places);
    return std::ranges::any_of(blobs, [](const MotionBlob& blob) { return !blob.isRestlessPlace; });
}

std::vector<MotionEvent> MotionDetector::apply(const cv::Mat& picture, double seconds) {
    cv::cvtColor(picture, m_grey, cv::COLOR_BGR2GRAY);
    const double since = m_analysed ? std::max(0.0, seconds - *m_analysed) : 0;
    m_activity = cv::Mat::zeros(picture.size(), CV_8UC1);
    if (!m_model || m_places.size() != picture.size()) {
        learnAnew(picture, seconds);
    } else {
        const cv::Mat marked = markedIn(picture, since);
        if (isSwitched(marked)) {
            cv::cvtColor(picture, m_grey, cv::COLOR_BGR2GRAY);
            m_settling = settlingAfterSwitch;
            learnAnew(picture, seconds);
        } else {
            follow(marked, seconds, since);
        }
    }
    m_analysed = seconds;
    auto ended = m_events.apply(m_tracker.tracks(), m_activity, m_places, seconds, seconds >= m_settled);
    judgeCuriosity(since);
    return ended;
}

void MotionDetector::follow(cv::Mat marked, double seconds, double since) {
    m_light.learn(m_grey, marked, since);
    const bool isNew = seconds - *m_begun < newScene;
    m_settledPlaces.apply(m_grey, marked, boxesOfThings(), since, isNew ? steadyInNewScene : steadyLater);
    learnHabits(marked, since);
    const auto blobs = thingsIn(m_grey, marked);
    m_tracker.apply(blobs, marked.size(), seconds);
    for (const MotionBlob& blob : blobs) {
        marked(blob.box).copyTo(m_activity(blob.box));
    }
}

// What crosses the picture is no habit of the place, however often it comes.
void MotionDetector::learnHabits(const cv::Mat& marked, double since) {
    cv::Mat restless = marked.clone();
    for (const MotionTrack& track : m_tracker.tracks()) {
        if (track.isThing && track.farthest > crossing * static_cast<float>(marked.cols)) {
            restless(cv::Rect{track.box} & cv::Rect{{0, 0}, marked.size()}).setTo(0);
        }
    }
    m_habits.learn(restless, since);
}

std::vector<cv::Rect> MotionDetector::boxesOfThings() const {
    std::vector<cv::Rect> boxes;
    for (const MotionTrack& track : m_tracker.tracks()) {
        if (m_tracker.isPresent(track)) {
            boxes.push_back(cv::Rect{track.box} & cv::Rect{{0, 0}, m_places.size()});
        }
    }
    return boxes;
}

std::optional<MotionEvent> MotionDetector::finish() {
    return m_events.finish();
}

}  // namespace leedswatch::analytics
