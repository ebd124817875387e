#pragma once

#include "analytics/activity_grid.h"
#include "analytics/analysis_scaler.h"
#include "analytics/light_of_day.h"
#include "analytics/motion_detector.h"
#include "analytics/packet_sizes.h"
#include "analytics/tamper_watch.h"
#include "base/result.h"
#include "video/decoder.h"
#include "video/packet.h"

#include <deque>
#include <memory>
#include <utility>
#include <vector>

namespace leedswatch::analytics {

/// How much of a stream is decoded.
enum class WatchDepth {
    TwoStages,   ///< key frames, and all once they or the sizes of the others say that something may move
    Everything,  ///< all
};

/// Watches one camera's coded stream. At rest only its key frames are decoded, and of those that come more often than
/// every second and a half not all. When one of them differs from the scene, or the pictures between them grow larger
/// than they are as a rule, all that came since the one before is decoded after all, and so is what follows until
/// nothing has moved for some seconds; so an event begins when it began, and is known a key frame interval later at
/// worst. Of MJPEG, whose pictures stand alone, none is decoded that is not looked at; a camera that sends pictures out
/// of order gives no key frame alone and is decoded whole. One thread at a time.
///
/// A TamperWatch may look through the same decoder: what startles it wakes the stream too, and it is shown four
/// pictures a second while the stream is awake. Then motion may also be left out.
class StreamWatch {
public:
    struct Work {
        std::int64_t packets = 0;
        std::int64_t decoded = 0;   ///< packets given to a decoder; some key frames twice
        std::int64_t analysed = 0;  ///< pictures
        std::int64_t wakings = 0;
    };

    StreamWatch(const MotionRule& rule, WatchDepth depth) : StreamWatch{rule, rule, depth} {}
    /// By day the one, by night the other; both have the day's zones.
    /// `tamper`: none, or one that outlives this.
    StreamWatch(const MotionRule& day, const MotionRule& night, WatchDepth depth, TamperWatch* tamper = nullptr);

    /// The next packet of the stream. `seconds`: when it came, by one clock for all; never back. Events that are over.
    /// Error: Unsupported (no picture of this format can be decoded); it may be given further packets.
    [[nodiscard]] base::Result<std::vector<MotionEvent>> push(const video::Packet& packet, double seconds);
    /// Whether motion is looked for; it is at first. When it is no longer, the event that went on, ended; when it is
    /// again, the scene is learnt anew.
    [[nodiscard]] std::vector<MotionEvent> lookForMotion(bool isOn);
    /// The stream broke off; what follows is another session. What it showed last is looked at now. Events that are
    /// over; none goes on.
    [[nodiscard]] std::vector<MotionEvent> endSession();

    /// Where something moved in the pictures that were looked at since it was asked last, and when, in the order of
    /// time.
    [[nodiscard]] std::vector<std::pair<double, ActivityGrid>> takeActivity() { return std::exchange(m_activity, {}); }
    [[nodiscard]] const MotionDetector& detector() const { return m_detector; }
    [[nodiscard]] const Work& work() const { return m_work; }
    [[nodiscard]] bool isAwake() const { return m_isAwake; }

private:
    struct Kept {
        video::Packet packet;
        double seconds = 0;
    };

    [[nodiscard]] base::Result<void> useFormat(const video::Packet& packet, double seconds);
    [[nodiscard]] base::Result<void> fallAsleep();
    [[nodiscard]] base::Result<void> rest(const video::Packet& packet, double seconds);
    [[nodiscard]] base::Result<void> restAtKey(const video::Packet& packet, double seconds);
    [[nodiscard]] base::Result<void> wake();
    [[nodiscard]] base::Result<void> watch(const video::Packet& packet, double seconds);
    [[nodiscard]] base::Result<void> renewDecoder();
    [[nodiscard]] base::Result<void> watchMotion(const AVFrame& frame, double seconds);
    [[nodiscard]] base::Result<void> watchTamper(const AVFrame& picture, double seconds);
    [[nodiscard]] bool isWokenBySizes(bool isLarge, double seconds);
    void look(const cv::Mat& picture, double seconds);
    void keep(const video::Packet& packet, double seconds);
    void forgetKept();
    [[nodiscard]] bool isKeptFull() const;
    [[nodiscard]] bool standsAlone() const;

    const MotionRule m_day;
    const MotionRule m_night;
    const WatchDepth m_depth;
    TamperWatch* const m_tamper;
    bool m_isMotionOn = true;
    LightOfDay m_light;
    MotionDetector m_detector;
    AnalysisScaler m_scaler;
    PacketSizes m_sizes;
    std::unique_ptr<video::Decoder> m_decoder;
    std::deque<Kept> m_kept;  ///< from the last key frame on that was looked at, undecoded but for that one
    std::size_t m_keptBytes = 0;
    std::vector<MotionEvent> m_ended;
    bool m_isAwake = true;
    bool m_wokenBySizes = false;      ///< and nothing has moved since
    bool m_isBehindKey = false;       ///< a key frame came since tamper was looked for last
    std::optional<double> m_largeAt;  ///< and no key frame was looked at since
    double m_awakeUntil = 0;
    double m_reasonAt = 0;             ///< when something woke it, or moved last
    std::optional<double> m_before;    ///< seconds of the packet before
    std::optional<double> m_lookedAt;  ///< seconds
    std::vector<std::pair<double, ActivityGrid>> m_activity;
    Work m_work;
};

}  // namespace leedswatch::analytics
