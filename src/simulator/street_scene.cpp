#include "simulator/street_scene.h"

#include "base/local_time.h"
#include "simulator/street.h"
#include "simulator/street_life.h"

#include <opencv2/imgproc.hpp>

#include <cmath>
#include <map>
#include <numbers>
#include <string>

namespace leedswatch::simulator {
namespace {

/// Daylight over Leeds to within a quarter of an hour: the length of the day by a sine over the year, half an hour of
/// dusk.
Daylight daylightAt(base::UtcTime time) {
    const double days = static_cast<double>(base::toStored(time)) / 86'400e6;
    const double hour = (days - std::floor(days)) * 24;
    const double dayOfYear = std::fmod(days, 365.2425);
    const double half = (12.2 + 4.7 * std::sin(2 * std::numbers::pi * (dayOfYear - 80) / 365.2425)) / 2;
    constexpr double noon = 12.1;
    return std::clamp((half - std::abs(hour - noon)) + 0.5, 0.0, 1.0);
}

Daylight daylightOf(Lighting lighting, base::UtcTime now) {
    switch (lighting) {
        case Lighting::ByTime: return daylightAt(now);
        case Lighting::Day: return 1;
        case Lighting::Night: return 0;
    }
    return 1;
}

std::string numberAndName(const SceneDescription& description) {
    std::string number = std::to_string(description.cameraNumber);
    number.insert(0, number.size() < 4 ? 4 - number.size() : 0, '0');
    std::string name = description.name;
    for (char& letter : name) {
        letter = letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
    }
    return number + "  " + name;
}

}  // namespace

class StreetScene::Painter {
public:
    explicit Painter(const SceneDescription& description)
        : m_description{description},
          m_random{description.seed * 1'000'003 + static_cast<std::uint64_t>(description.cameraNumber)},
          m_street{Street::make(m_random, description.size)},
          m_perspective{m_street.camera, description.size},
          m_life{m_street, m_perspective, m_random} {
        makeNoise();
    }

    void draw(cv::Mat& picture, base::UtcTime now) {
        const Daylight daylight = daylightOf(m_description.lighting, now);
        prepareBackground(daylight);
        m_background.copyTo(picture);
        // The day's seconds keep their hundredths in a double; the jump at midnight is one of traffic only.
        const auto sinceMidnight = base::toStored(now) % 86'400'000'000;
        m_life.draw(picture, static_cast<double>(sinceMidnight) / 1e6, daylight);
        addNoise(picture, now, daylight);
        burnIn(picture, now);
    }

private:
    /// Painted again only when the light has changed by what an eye would see.
    void prepareBackground(Daylight daylight) {
        if (m_background.empty() || std::abs(daylight - m_backgroundDaylight) > 0.01) {
            m_background = paintStreet(m_street, m_perspective, m_random, daylight);
            m_backgroundDaylight = daylight;
        }
    }

    /// Larger than the picture: each picture takes another part of it.
    void makeNoise() {
        m_noise.create(m_description.size.height + kNoiseMargin, m_description.size.width + kNoiseMargin, CV_8UC3);
        cv::RNG random{m_description.seed + 17};
        random.fill(m_noise, cv::RNG::NORMAL, cv::Scalar::all(128), cv::Scalar{3.0, 2.4, 2.8});
    }

    void addNoise(cv::Mat& picture, base::UtcTime now, Daylight daylight) {
        const auto tick = static_cast<std::uint64_t>(base::toStored(now) / 40'000);
        const cv::Point corner{m_random.below(kNoiseMargin, 90, tick), m_random.below(kNoiseMargin, 91, tick)};
        const double strength = 0.45 + 0.75 * (1 - daylight);
        cv::addWeighted(picture, 1.0, m_noise(cv::Rect{corner, m_description.size}), strength, -128 * strength,
                        picture);
    }

    void burnIn(cv::Mat& picture, base::UtcTime now) {
        const double size = m_description.size.width / 704.0;
        const std::string clock = base::formatLocalTimeOfDayWithMilliseconds(now);
        const std::size_t seconds = clock.find('.');
        cv::Point where{static_cast<int>(14 * size), static_cast<int>(28 * size)};
        where.x += write(picture, base::formatLocalDate(now) + "  " + clock.substr(0, seconds), where, size);
        where.x += write(picture, clock.substr(seconds, 3), where, size);
        write(picture, " " + base::localZoneAbbreviation(now), where, size);
        write(picture, numberAndName(m_description),
              {static_cast<int>(14 * size), m_description.size.height - static_cast<int>(16 * size)}, size);
    }

    /// Drawing letters costs more than drawing people, and most of them stay as they were.
    struct Label {
        cv::Mat picture;
        cv::Mat mask;
        int ascent = 0;
        int advance = 0;
    };

    /// Gives the pixels to the text's end.
    int write(cv::Mat& picture, const std::string& text, cv::Point where, double size) {
        if (m_labels.size() > kMostLabels) {
            m_labels.clear();
        }
        auto found = m_labels.find(text);
        if (found == m_labels.end()) {
            found = m_labels.emplace(text, makeLabel(text, size)).first;
        }
        const Label& label = found->second;
        const cv::Rect place{where - cv::Point{kLabelMargin, label.ascent}, label.picture.size()};
        const cv::Rect seen = place & cv::Rect{cv::Point{}, picture.size()};
        if (!seen.empty()) {
            const cv::Rect part{seen.tl() - place.tl(), seen.size()};
            label.picture(part).copyTo(picture(seen), label.mask(part));
        }
        return label.advance;
    }

    static Label makeLabel(const std::string& text, double size) {
        const double scale = std::max(0.35, 0.62 * size);
        const int outline = size > 0.7 ? 4 : 3;
        int baseline = 0;
        const cv::Size extent = cv::getTextSize(text, cv::FONT_HERSHEY_SIMPLEX, scale, 1, &baseline);
        const cv::Size whole{extent.width + 2 * kLabelMargin, extent.height + baseline + 2 * kLabelMargin};
        Label label{cv::Mat{whole, CV_8UC3, cv::Scalar{20, 20, 20}}, cv::Mat{whole, CV_8U, cv::Scalar{0}},
                    extent.height + kLabelMargin, extent.width};
        const cv::Point origin{kLabelMargin, label.ascent};
        cv::putText(label.mask, text, origin, cv::FONT_HERSHEY_SIMPLEX, scale, cv::Scalar{255}, outline, cv::LINE_8);
        cv::putText(label.picture, text, origin, cv::FONT_HERSHEY_SIMPLEX, scale, {242, 244, 244}, 1, cv::LINE_AA);
        return label;
    }

    static constexpr std::size_t kMostLabels = 256;
    static constexpr int kLabelMargin = 6;
    static constexpr int kNoiseMargin = 64;

    const SceneDescription m_description;
    const SceneRandom m_random;
    const Street m_street;
    const Perspective m_perspective;
    const StreetLife m_life;
    std::map<std::string, Label> m_labels;
    cv::Mat m_noise;
    cv::Mat m_background;
    Daylight m_backgroundDaylight = -1;
};

StreetScene::StreetScene(const SceneDescription& description) : m_painter{std::make_unique<Painter>(description)} {}
StreetScene::~StreetScene() = default;
StreetScene::StreetScene(StreetScene&&) noexcept = default;
StreetScene& StreetScene::operator=(StreetScene&&) noexcept = default;

void StreetScene::draw(cv::Mat& picture, base::UtcTime now) {
    m_painter->draw(picture, now);
}

}  // namespace leedswatch::simulator
