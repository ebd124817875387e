#pragma once

#include "base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace leedswatch::transcode {

enum class Standard { Pal, Ntsc };

/// "PAL", as libavdevice calls it.
[[nodiscard]] std::string_view nameOf(Standard standard);

/// What a driver says of an input that it captures from.
struct CaptureInput {
    std::string name;                  ///< "Composite1"
    bool isAnalogue = false;           ///< it has a television standard; a webcam has none
    bool hasSignal = true;             ///< true too where the driver does not say
    bool isLocked = true;              ///< the lines have a common beginning
    std::optional<Standard> detected;  ///< nothing where the hardware cannot tell
};

/// The driver of capture devices, asked beside the stream. Thread-safe. A test gives another one.
class CaptureCard {
public:
    virtual ~CaptureCard() = default;
    /// Does not wait. Errors: NotFound (no such device or input), Unsupported (it is no capture device).
    [[nodiscard]] virtual base::Result<CaptureInput> look(const std::string& path, int input) const = 0;
};

/// By V4L2's ioctls.
class V4l2CaptureCard final : public CaptureCard {
public:
    [[nodiscard]] base::Result<CaptureInput> look(const std::string& path, int input) const override;
};

/// Of V4L2's own numbers (V4L2_IN_ST_…, V4L2_STD_…): all that look() does besides asking.
[[nodiscard]] CaptureInput captureInputOf(std::string name, std::uint32_t status, std::uint64_t standards,
                                          std::uint64_t detected);

}  // namespace leedswatch::transcode
