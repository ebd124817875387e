#pragma once

#include "analytics/analysis_scaler.h"
#include "analytics/tamper_detector.h"
#include "base/result.h"

#include <array>
#include <optional>
#include <utility>
#include <vector>

namespace leedswatch::analytics {

/// One camera's tamper, found in decoded pictures of which most are left out while nothing is feared: a StreamWatch
/// shows it key frames, asks whether what lies between them is needed, and then gives it all. It outlives the
/// StreamWatch, so that what a camera shows is known whatever becomes of its plan. Seconds are one clock for all, never
/// back. One thread at a time.
class TamperWatch {
public:
    /// What began, or is over. The number tells events apart, and an end from the next beginning.
    struct Finding {
        std::int64_t number = 0;
        TamperEvent event;
    };

    /// Before the first picture: tamper that lasts since an earlier watch. It ends when the view is that of `before`
    /// again; without such a picture, only by `accept`. Its number. At most one with a picture.
    [[nodiscard]] std::int64_t resume(TamperKind kind, cv::Mat before);
    /// The stream broke off. A camera that begins again shows what it likes for some seconds: they do not count.
    void noteBreak();
    /// Somebody says that the present view is right: what lasts is over, and the view is learnt.
    void accept(double seconds);

    // At rest.
    /// Whether a key frame gives reason to look at all that came since the one before. Error: Unsupported (its pixels).
    [[nodiscard]] base::Result<bool> isStartledBy(const AVFrame& picture, double seconds);
    /// The packets have become so small that the picture may stand still. Whether that is reason enough.
    [[nodiscard]] bool isStartledByStillness(double seconds);

    // Awake.
    /// Whether a picture of that time is to be shown to `look`: about four a second are.
    [[nodiscard]] bool wants(double seconds) const;
    /// Further pictures will tell. For ten seconds at most: what they do not tell by then key frames do, too.
    [[nodiscard]] bool keepsAwake(double seconds) const;
    void wake(double seconds) { m_wokenAt = seconds; }
    /// What woke it, if it was this, is dealt with.
    void rest(double seconds);

    /// Error: Unsupported (its pixels).
    [[nodiscard]] base::Result<void> look(const AVFrame& picture, double seconds, TamperPace pace);
    /// Since it was asked last.
    [[nodiscard]] std::vector<Finding> take() { return std::exchange(m_findings, {}); }
    [[nodiscard]] const TamperDetector& detector() const { return m_detector; }

private:
    /// How long a weak sign is not heeded, because it was in vain.
    struct Caution {
        double until = 0;
        double seconds = 0;
    };
    struct Resumed {
        TamperKind kind{};
        cv::Mat before;
    };

    [[nodiscard]] bool isSettling(double seconds) const;
    [[nodiscard]] bool isReason(const TamperDoubt& doubt, const TamperDoubt& before, double seconds);
    [[nodiscard]] Caution& cautionOf(TamperDoubt::Sign sign);
    void note(const TamperEvent& event);
    void begin(double seconds);

    TamperDetector m_detector;
    AnalysisScaler m_scaler;
    std::optional<Resumed> m_resumed;  ///< until the first picture
    std::optional<double> m_begun;     ///< the first picture of the session
    TamperDoubt m_doubt;               ///< of the last picture
    std::optional<TamperDoubt::Sign> m_wokenBy;
    double m_wokenAt = 0;
    std::optional<double> m_undecidedSince;
    std::array<Caution, 2> m_cautions;  ///< of stillness, and of a part that is not in its place
    std::int64_t m_number = 0;          ///< the newest that was given
    std::int64_t m_current = 0;         ///< of the event that the detector has, or had last
    std::vector<Finding> m_held;        ///< whose view cannot be compared: they wait for a person
    std::vector<Finding> m_findings;
};

}  // namespace leedswatch::analytics
