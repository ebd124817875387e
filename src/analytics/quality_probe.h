#pragma once

#include "analytics/picture_quality.h"
#include "analytics/picture_reader.h"
#include "base/result.h"
#include "video/decoder.h"
#include "video/packet.h"

#include <memory>
#include <optional>

namespace leedswatch::analytics {

/// Reads the quality of one camera's picture once an hour, from half a dozen of its key frames, each decoded alone. One
/// thread at a time.
class QualityProbe {
public:
    /// `first`: seconds until the first reading, so that not all cameras are read at once.
    explicit QualityProbe(double first);

    /// Whether `apply` would look at it. `seconds`: when it came, by one clock for all; never back.
    [[nodiscard]] bool wants(const video::Packet& packet, double seconds);
    /// The reading, with the last of its key frames. Error: Unsupported (it cannot be decoded); the next attempt is an
    /// hour later.
    [[nodiscard]] base::Result<std::optional<PictureQuality>> apply(const video::Packet& packet, double seconds);

private:
    [[nodiscard]] base::Result<void> add(const video::Packet& packet);
    void finish(double seconds);

    const double m_first;
    std::optional<double> m_due;
    int m_keys = 0;  ///< of this reading
    PictureQualityMeter m_meter;
    ColourConverter m_colours;
    std::unique_ptr<video::Decoder> m_decoder;
};

}  // namespace leedswatch::analytics
