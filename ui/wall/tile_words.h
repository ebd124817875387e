#pragma once

#include "estate/camera.h"
#include "estate/stream_measurements.h"
#include "video/live_view.h"

#include <QColor>
#include <QFont>
#include <QString>
#include <QStringList>
#include <chrono>
#include <optional>

// The words and colours that the wall has for the state of a picture.

namespace leedswatch::ui {

[[nodiscard]] QString stateWord(video::LiveState state);  ///< "LIVE"
[[nodiscard]] QColor stateColour(video::LiveState state);
/// "12 s", "2 min", "3 h 05 min", "2 d 4 h".
[[nodiscard]] QString ageWords(std::chrono::milliseconds age);
/// "4:32".
[[nodiscard]] QString minutesAndSeconds(std::chrono::seconds time);
/// "03:14": local.
[[nodiscard]] QString hourAndMinute(base::UtcTime time);
/// "2.5x", "8x".
[[nodiscard]] QString zoomWords(double zoom);
/// What the tile may say, given what the station knows: a camera that was lost before this desk opened it is offline
/// since then, and not since it was called up.
[[nodiscard]] video::LiveVerdict knownVerdict(const video::LiveStatus& status,
                                              const std::optional<estate::CameraStatus>& station);
/// "FROZEN 12 s"; a state that needs no age has none.
[[nodiscard]] QString stateAndAge(const video::LiveVerdict& verdict);
/// Why it is not live, in one line: what this desk sees, or, if the station knows more, what it says. Empty when live.
[[nodiscard]] QString causeWords(const video::LiveStatus& status, const std::optional<estate::CameraStatus>& station);
/// All that is known of a stream.
struct InspectorFacts {
    bool isSub = false;
    video::LiveStatus status;
    std::optional<video::StreamMeasure> measure;
    std::optional<estate::StreamMeasurement> station;       ///< what the station measured of the same stream
    std::optional<estate::ClockOffset> clock;               ///< of the camera
    std::optional<std::chrono::microseconds> paintedAfter;  ///< from a picture's last byte at this desk to the screen
};
/// A name and its value, tab between them, in each line. What is not known is said to be so, and is never 0.
[[nodiscard]] QStringList inspectorLines(const InspectorFacts& facts);
/// "since 14:03:12"; with the date if that was not today.
[[nodiscard]] QString sinceWords(base::UtcTime since, base::UtcTime now);
/// At most `most` lines of at most `width` pixels; the last one is elided if there is more. Broken between words.
[[nodiscard]] QStringList wrapped(const QString& text, const QFont& font, int width, int most);

}  // namespace leedswatch::ui
