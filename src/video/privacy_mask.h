#pragma once

#include "base/result.h"
#include "estate/privacy_zone.h"
#include "video/ffmpeg_handles.h"
#include "video/presentation.h"

#include <memory>
#include <vector>

namespace leedswatch::video {

/// What is hidden in a camera's pictures, whatever their size. Never changed once made; shared.
class PrivacyMask {
public:
    explicit PrivacyMask(std::vector<estate::PrivacyZone> zones) : m_zones{std::move(zones)} {}

    /// Of a camera that is known to have no zones.
    [[nodiscard]] static const std::shared_ptr<const PrivacyMask>& none();

    [[nodiscard]] bool isEmpty() const { return m_zones.empty(); }
    [[nodiscard]] const std::vector<estate::PrivacyZone>& zones() const { return m_zones; }

private:
    const std::vector<estate::PrivacyZone> m_zones;
};

/// Part of a row of pixels: from `begin` to before `end`.
struct PixelRun {
    int row = 0;
    int begin = 0;
    int end = 0;
    bool operator==(const PixelRun&) const = default;
};

/// Every pixel of a picture of that size that a zone touches, be it with its edge alone: row by row, each pixel once.
/// Zones may cross themselves, reach out of the picture and have any number of corners.
[[nodiscard]] std::vector<PixelRun> hiddenPixels(const std::vector<estate::PrivacyZone>& zones, PictureSize size);

/// Puts the blocks into decoded pictures, before anything else is made of them. One thread at a time.
class MaskPainter {
public:
    /// `picture` itself if nothing is hidden, else a copy with solid blocks, valid until the next call: the decoder
    /// still needs the original. Errors: Unsupported (a pixel format whose pixels cannot be written one by one),
    /// Internal (no memory). An error means that the picture must not be shown.
    [[nodiscard]] base::Result<const AVFrame*> masked(const AVFrame& picture,
                                                      const std::shared_ptr<const PrivacyMask>& mask);

private:
    [[nodiscard]] base::Result<void> copyOf(const AVFrame& picture);
    void paintComponent(int component) const;

    FrameHandle m_copy;
    std::shared_ptr<const PrivacyMask> m_mask;
    PictureSize m_size;
    std::vector<PixelRun> m_runs;
};

}  // namespace leedswatch::video
