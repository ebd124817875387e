#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace leedswatch::video {

/// The brightness of a decoded picture: 8-bit luma, rows `stride` bytes apart.
struct LumaPlane {
    const std::uint8_t* data = nullptr;
    int width = 0;
    int height = 0;
    std::ptrdiff_t stride = 0;
};

/// Tells a picture that changes from one that is repeated (docs/design/live.md, "Does the picture change?").
///
/// The measure is the largest change of the mean brightness of any block of 8 by 8 pixels against the last picture that
/// was told apart, so that slow changes add up. An encoder that repeats a picture moves these means by less than
/// `threshold` from one key frame to the next; a burned-in clock, a walker far away and a sensor's noise move some
/// block by more. One thread at a time.
class PictureChange {
public:
    /// In levels of 255.
    static constexpr double threshold = 1.25;

    /// Whether `picture` differs from the reference, which it then becomes. The first picture, and one of another size,
    /// has nothing to differ from: false.
    bool compare(const LumaPlane& picture);

    /// The largest change that the newest `compare` found, in levels.
    [[nodiscard]] double largestChange() const { return m_largestChange; }

private:
    void measure(const LumaPlane& picture);

    int m_width = 0;
    int m_height = 0;
    double m_largestChange = 0;
    std::vector<std::uint16_t> m_reference;  ///< sums of the 64 pixels of each block
    std::vector<std::uint16_t> m_current;
};

}  // namespace leedswatch::video
