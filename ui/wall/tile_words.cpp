#include "ui/wall/tile_words.h"

#include "base/local_time.h"
#include "ui/common/palette.h"
#include "ui/common/text.h"

#include <QFontMetrics>
#include <QTextLayout>
#include <cmath>

namespace leedswatch::ui {

namespace {

using namespace std::chrono_literals;

// A picture that is longer under way is LATE; a camera that says so has a wrong clock.
constexpr base::Microseconds longestOnTheWay = 5s;

QString missingWords(video::MissingFact fact) {
    switch (fact) {
        case video::MissingFact::None: return {};
        case video::MissingFact::Connection: return QStringLiteral("no connection to the station");
        case video::MissingFact::Packets: return QStringLiteral("nothing arrives from the station");
        case video::MissingFact::Decoding: return QStringLiteral("data arrives, but no whole picture");
        case video::MissingFact::PictureChange: return QStringLiteral("the picture does not change");
        case video::MissingFact::LiveEdge: return QStringLiteral("pictures arrive behind time");
    }
    return {};
}

QString problemWords(const base::Error& problem) {
    switch (problem.code) {
        case base::ErrorCode::Unreachable: return QStringLiteral("station not running");
        case base::ErrorCode::NotFound: return QStringLiteral("the station has no picture of this camera");
        case base::ErrorCode::SignInFailed: return QStringLiteral("the station does not let this desk in");
        default: return toQt(problem.message);
    }
}

bool isStationGone(const video::LiveStatus& status) {
    return status.problem && status.problem->code == base::ErrorCode::Unreachable;
}

/// "+0.04 s", "−3600.00 s": ahead of the station's, or behind it.
QString signedSeconds(base::Microseconds offset) {
    const double seconds = std::chrono::duration<double>{offset}.count();
    return (seconds < 0 ? QStringLiteral("\u2212") : QStringLiteral("+")) + QString::number(std::abs(seconds), 'f', 2) +
           QStringLiteral(" s");
}

QString inMilliseconds(base::Microseconds time) {
    return QStringLiteral("%1 ms").arg(static_cast<double>(time.count()) / 1000, 0, 'f', 1);
}

/// From the instant that the camera's clock gave a picture to its being painted. What the camera's clock is wrong by is
/// in it, so it is said only as long as it can be true.
QString cameraToScreen(const InspectorFacts& facts) {
    if (!facts.clock) {
        return QStringLiteral("not known: no camera clock");
    }
    if (!facts.paintedAfter) {
        return QStringLiteral("not known");
    }
    const base::Microseconds taken = *facts.paintedAfter - facts.clock->offset;
    const bool canBe = taken > base::Microseconds{0} && taken <= longestOnTheWay;
    return canBe ? inMilliseconds(taken) + QStringLiteral(", by its clock")
                 : QStringLiteral("not known: its clock is wrong");
}

bool explains(const estate::CameraStatus& station) {
    return station.state != estate::CameraState::Live && station.state != estate::CameraState::Connecting &&
           !station.message.empty();
}

}  // namespace

QString stateWord(video::LiveState state) {
    switch (state) {
        case video::LiveState::Connecting: return QStringLiteral("CONNECTING");
        case video::LiveState::Live: return QStringLiteral("LIVE");
        case video::LiveState::Late: return QStringLiteral("LATE");
        case video::LiveState::Frozen: return QStringLiteral("FROZEN");
        case video::LiveState::Offline: return QStringLiteral("OFFLINE");
    }
    return {};
}

QColor stateColour(video::LiveState state) {
    switch (state) {
        case video::LiveState::Connecting: return palette::textDim;
        case video::LiveState::Live: return palette::live;
        case video::LiveState::Late:
        case video::LiveState::Frozen: return palette::amber;
        case video::LiveState::Offline: return palette::red;
    }
    return palette::textDim;
}

QString ageWords(std::chrono::milliseconds age) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(age).count();
    const QChar zero = QLatin1Char{'0'};
    if (seconds < 120) {
        return QStringLiteral("%1 s").arg(seconds);
    }
    if (seconds < 3600) {
        return QStringLiteral("%1 min").arg(seconds / 60);
    }
    if (seconds < 86'400) {
        return QStringLiteral("%1 h %2 min").arg(seconds / 3600).arg(seconds / 60 % 60, 2, 10, zero);
    }
    return QStringLiteral("%1 d %2 h").arg(seconds / 86'400).arg(seconds / 3600 % 24);
}

QString minutesAndSeconds(std::chrono::seconds time) {
    return QStringLiteral("%1:%2").arg(time.count() / 60).arg(time.count() % 60, 2, 10, QLatin1Char{'0'});
}

QString hourAndMinute(base::UtcTime time) {
    return toQt(base::formatLocalTimeOfDay(time)).left(5);
}

QString zoomWords(double zoom) {
    return QString::number(std::round(zoom * 10) / 10) + QLatin1Char{'x'};
}

video::LiveVerdict knownVerdict(const video::LiveStatus& status, const std::optional<estate::CameraStatus>& station) {
    video::LiveVerdict verdict = status.verdict;
    const bool lostBefore = verdict.state == video::LiveState::Offline && station &&
                            station->state == estate::CameraState::Offline && station->since < verdict.since;
    if (lostBefore) {
        verdict.age += std::chrono::duration_cast<std::chrono::milliseconds>(verdict.since - station->since);
        verdict.since = station->since;
    }
    return verdict;
}

QString stateAndAge(const video::LiveVerdict& verdict) {
    const QString word = stateWord(verdict.state);
    const bool aged = verdict.state == video::LiveState::Frozen || verdict.state == video::LiveState::Offline ||
                      verdict.state == video::LiveState::Late;
    return aged ? word + QLatin1Char{' '} + ageWords(verdict.age) : word;
}

QString causeWords(const video::LiveStatus& status, const std::optional<estate::CameraStatus>& station) {
    if (status.verdict.state == video::LiveState::Live || status.verdict.state == video::LiveState::Connecting) {
        return {};
    }
    if (isStationGone(status)) {
        return problemWords(*status.problem);
    }
    // The station stands next to the camera: what it knows says more than what arrives here.
    if (station && explains(*station)) {
        const auto cause = station->cause;
        const QString words = toQt(station->message);
        return cause == estate::LossCause::None ? words : toQt(estate::nameOf(cause)) + QStringLiteral(": ") + words;
    }
    const bool unconnected = status.verdict.missing == video::MissingFact::Connection;
    return unconnected && status.problem ? problemWords(*status.problem) : missingWords(status.verdict.missing);
}

QStringList inspectorLines(const InspectorFacts& facts) {
    const QString unknown = QStringLiteral("not known");
    QStringList lines;
    const auto add = [&](const char* name, const QString& value) {
        lines.append(QString::fromLatin1(name) + QLatin1Char{'\t'} + value);
    };
    const video::LiveStatus& status = facts.status;
    const auto& measure = facts.measure;
    add("stream", facts.isSub ? QStringLiteral("small") : QStringLiteral("large"));
    add("codec", measure ? toQt(video::nameOf(measure->codec)) : unknown);
    add("size",
        status.sourceWidth == 0 ? unknown : QStringLiteral("%1 x %2").arg(status.sourceWidth).arg(status.sourceHeight));
    add("bit rate", measure ? QStringLiteral("%1 kbit/s").arg(std::round(measure->kilobitsPerSecond)) : unknown);
    add("pictures/s", measure ? QString::number(measure->packetsPerSecond, 'f', 1) : unknown);
    const QString where = QString::fromLatin1(status.decodedBy.data(), static_cast<qsizetype>(status.decodedBy.size()));
    add("decoding", measure ? inMilliseconds(measure->decoding) + QStringLiteral(", ") + where : unknown);
    add("desk to screen", facts.paintedAfter ? inMilliseconds(*facts.paintedAfter) : unknown);
    add("camera to screen", cameraToScreen(facts));
    add("refused", status.connections == 0 ? unknown : QString::number(status.refused));
    add("connections", QString::number(status.connections));
    const auto& station = facts.station;
    add("lost packets", station && station->lostPackets ? QString::number(*station->lostPackets)
                        : station && !station->carrier.empty()
                            ? QStringLiteral("none can be (%1)").arg(toQt(station->carrier))
                            : unknown);
    add("reconnections", station ? QString::number(station->reconnections) : unknown);
    add("mended times", station ? QString::number(station->mended.total()) : unknown);
    add("camera clock", facts.clock ? signedSeconds(facts.clock->offset) : unknown);
    return lines;
}

QString sinceWords(base::UtcTime since, base::UtcTime now) {
    const QString time = toQt(base::formatLocalTimeOfDay(since));
    const bool today = base::formatLocalDate(since) == base::formatLocalDate(now);
    return today ? QStringLiteral("since %1").arg(time)
                 : QStringLiteral("since %1, %2").arg(toQt(base::formatLocalDate(since)), time);
}

QStringList wrapped(const QString& text, const QFont& font, int width, int most) {
    if (text.isEmpty()) {
        return {};
    }
    QTextLayout layout{text, font};
    layout.beginLayout();
    QStringList lines;
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        if (lines.size() + 1 == most) {
            lines += QFontMetrics{font}.elidedText(text.mid(line.textStart()), Qt::ElideRight, width);
            break;
        }
        lines += text.mid(line.textStart(), line.textLength()).trimmed();
    }
    layout.endLayout();
    return lines;
}

}  // namespace leedswatch::ui
