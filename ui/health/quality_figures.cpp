#include "ui/health/quality_figures.h"

#include <algorithm>
#include <cmath>

namespace leedswatch::ui {
namespace {

using analytics::PictureQuality;

constexpr double castWorthNaming = 1;  // level of 255
constexpr double clippedWorthTelling = 0.01;

QString decimals(double value, int places) {
    return QString::number(value, 'f', places);
}

QString percent(double part) {
    return QStringLiteral("%1 %").arg(std::lround(part * 100));
}

double castOf(const PictureQuality& quality) {
    return std::max({std::abs(quality.redCast), std::abs(quality.greenCast), std::abs(quality.blueCast)});
}

QString exposureText(const PictureQuality& quality) {
    const QString clipped = quality.clipped >= clippedWorthTelling
                                ? QStringLiteral(", %1 clipped").arg(percent(quality.clipped))
                                : QString{};
    return percent(quality.exposure) + clipped;
}

QString castText(const PictureQuality& quality) {
    if (castOf(quality) < castWorthNaming) {
        return QStringLiteral("none");
    }
    struct Cast {
        double value;
        const char* more;
        const char* less;
    };
    const std::array casts{Cast{quality.redCast, "red", "cyan"}, Cast{quality.greenCast, "green", "magenta"},
                           Cast{quality.blueCast, "blue", "yellow"}};
    const Cast& strongest = *std::ranges::max_element(casts, {}, [](const Cast& cast) { return std::abs(cast.value); });
    return QStringLiteral("%1 levels of %2")
        .arg(decimals(std::abs(strongest.value), 1),
             QString::fromLatin1(strongest.value > 0 ? strongest.more : strongest.less));
}

}  // namespace

const std::array<QualityFigure, 5>& qualityFigures() {
    static const std::array<QualityFigure, 5> kFigures{
        QualityFigure{QStringLiteral("Sharpness"),
                      QStringLiteral("How much of the contrast lies in the finest detail: it falls when the lens is "
                                     "dirty or out of focus."),
                      0.2, &PictureQuality::sharpness,
                      [](const PictureQuality& quality) { return decimals(quality.sharpness, 3); }},
        QualityFigure{QStringLiteral("Exposure"),
                      QStringLiteral("How bright the picture is on the whole, from black to white."), 1,
                      &PictureQuality::exposure, exposureText},
        QualityFigure{QStringLiteral("Contrast"),
                      QStringLiteral("How far light and dark lie apart: it falls with fog, a wet dome or a failing "
                                     "infrared lamp."),
                      0.3, &PictureQuality::contrast,
                      [](const PictureQuality& quality) { return percent(quality.contrast * 2); }},
        QualityFigure{
            QStringLiteral("Noise"),
            QStringLiteral("How much a pixel differs from picture to picture, in levels of 255: it rises "
                           "with a hot or ageing sensor, and by night."),
            8, &PictureQuality::noise,
            [](const PictureQuality& quality) { return QStringLiteral("%1 levels").arg(decimals(quality.noise, 1)); }},
        QualityFigure{QStringLiteral("Colour cast"),
                      QStringLiteral("How far the mean colour is from grey: a filter that sticks turns the picture red "
                                     "or blue."),
                      30, castOf, castText}};
    return kFigures;
}

const PictureQuality& middleReading(const std::vector<analytics::QualityReading>& readings,
                                    const QualityFigure& figure) {
    std::vector<const PictureQuality*> sorted;
    sorted.reserve(readings.size());
    for (const auto& reading : readings) {
        sorted.push_back(&reading.quality);
    }
    const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
    std::ranges::nth_element(sorted, middle, {}, [&](const PictureQuality* quality) { return figure.value(*quality); });
    return **middle;
}

}  // namespace leedswatch::ui
