#include "transcode/signal_watch.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace leedswatch::transcode {
namespace {

constexpr int kPicturesOfASecond = 25;
constexpr int kEveryLine = 4;
constexpr int kBlankLevels = 2;    // between the darkest and the brightest pixel
constexpr double kLeastSnow = 15;  // standard deviation of what could be snow
// Of two independent values the difference is on average 1.13 standard deviations; of lines of a scene a small part.
constexpr double kIndependent = 0.85;

struct Sums {
    std::int64_t count = 0;
    std::int64_t sum = 0;
    std::int64_t squares = 0;
    std::int64_t toLineAbove = 0;
    std::int64_t toBefore = 0;
    int darkest = 255;
    int brightest = 0;

    [[nodiscard]] double per(std::int64_t total) const {
        return static_cast<double>(total) / static_cast<double>(count);
    }
    [[nodiscard]] double deviation() const { return std::sqrt(std::max(0.0, per(squares) - per(sum) * per(sum))); }
};

/// The edges are left out: blanking is there with and without a signal.
Sums sumsOf(const Luma& picture, const Luma& before) {
    Sums sums;
    const int inset = picture.width() / 20;
    for (int y = 2 + picture.height() / 20; y < picture.height() * 19 / 20; y += kEveryLine) {
        const std::uint8_t* row = picture.row(y);
        const std::uint8_t* above = picture.row(y - 2);
        const std::uint8_t* earlier = before.row(y);
        for (int x = inset; x < picture.width() - inset; ++x) {
            const int pixel = row[x];
            sums.sum += pixel;
            sums.squares += pixel * pixel;
            sums.toLineAbove += std::abs(pixel - above[x]);
            sums.toBefore += std::abs(pixel - earlier[x]);
            sums.darkest = std::min(sums.darkest, pixel);
            sums.brightest = std::max(sums.brightest, pixel);
        }
        sums.count += picture.width() - 2 * inset;
    }
    return sums;
}

}  // namespace

SignalState SignalWatch::lookAt(const Luma& picture) const {
    if (!m_before || !m_before->hasSizeOf(picture)) {
        return SignalState::Present;
    }
    const Sums sums = sumsOf(picture, *m_before);
    if (sums.count == 0) {
        return SignalState::Present;
    }
    if (sums.brightest - sums.darkest <= kBlankLevels && sums.per(sums.toBefore) < 1) {
        return SignalState::Blank;
    }
    const double least = kIndependent * sums.deviation();
    const bool isTorn =
        sums.deviation() >= kLeastSnow && sums.per(sums.toLineAbove) > least && sums.per(sums.toBefore) > least;
    return isTorn ? SignalState::Torn : SignalState::Present;
}

SignalState SignalWatch::add(const Luma& picture) {
    const SignalState seen = lookAt(picture);
    m_since = seen == m_seen ? m_since + 1 : 1;
    m_seen = seen;
    m_before = picture.share();
    return m_since >= kPicturesOfASecond ? seen : SignalState::Present;
}

}  // namespace leedswatch::transcode
