#pragma once

#include "base/time.h"

#include <opencv2/core.hpp>

#include <cstdint>
#include <memory>
#include <string>

namespace leedswatch::simulator {

enum class Lighting { ByTime, Day, Night };

/// What a drawn camera looks at. The same description draws the same pictures at the same instants, on every machine.
struct SceneDescription {
    std::uint64_t seed = 1;
    int cameraNumber = 1;
    std::string name;  ///< burned into the picture, with number and clock
    cv::Size size{704, 576};
    Lighting lighting = Lighting::ByTime;
};

/// A street of a city as a fixed camera sees it: buildings with shops, pavements, a road in perspective, people and
/// vehicles that move along it, day and night, and a burned-in clock with hundredths of a second. The picture is a
/// function of the description and the instant alone. One thread at a time.
class StreetScene {
public:
    explicit StreetScene(const SceneDescription& description);
    ~StreetScene();
    StreetScene(StreetScene&&) noexcept;
    StreetScene& operator=(StreetScene&&) noexcept;

    /// `picture` becomes an 8-bit BGR image of the description's size, whatever it was before.
    void draw(cv::Mat& picture, base::UtcTime now);

private:
    class Painter;
    std::unique_ptr<Painter> m_painter;
};

}  // namespace leedswatch::simulator
