#include "video/picture_scaler.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

extern "C" {
#include <libavutil/pixdesc.h>
}

namespace leedswatch::video {
namespace {

constexpr int bytesPerPaintedPixel = 4;
constexpr int rowAlignment = 64;
// One shown, one in the slot, one in work, and one more for a painter that is late.
constexpr std::size_t keptFrames = 4;

/// With square pixels, none of them left out.
struct ShownSize {
    double width;
    double height;
};

ShownSize shownSizeOf(const AVFrame& picture) {
    const AVRational pixel = picture.sample_aspect_ratio;
    const bool known = pixel.num > 0 && pixel.den > 0 && pixel.num < 8 * pixel.den && pixel.den < 8 * pixel.num;
    const double shape = known ? av_q2d(pixel) : 1.0;
    return {picture.width * std::max(shape, 1.0), picture.height / std::min(shape, 1.0)};
}

PictureSize scaled(ShownSize shown, double factor) {
    return {std::max(1, static_cast<int>(std::lround(shown.width * factor))),
            std::max(1, static_cast<int>(std::lround(shown.height * factor)))};
}

/// A region of a decoded picture, without a copy.
struct Cut {
    std::array<const std::uint8_t*, 4> planes{};
    PictureSize size;
};

/// To whole samples of the coarsest plane. The size depends on the extent alone, so that moving a region needs no new
/// scaler.
base::Result<Cut> cutOut(const AVFrame& picture, const PictureRegion& region) {
    Cut cut{{picture.data[0], picture.data[1], picture.data[2], picture.data[3]}, {picture.width, picture.height}};
    if (region.isWhole()) {
        return cut;
    }
    const auto* format = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(picture.format));
    if (format == nullptr || (format->flags & (AV_PIX_FMT_FLAG_BITSTREAM | AV_PIX_FMT_FLAG_PAL)) != 0) {
        return base::fail(cannotBeShown(picture));
    }
    const int across = 1 << format->log2_chroma_w;
    const int down = 1 << format->log2_chroma_h;
    const auto length = [&](int whole, int step) {
        return std::clamp(static_cast<int>(std::lround(whole * region.extent)) / step * step, std::min(step, whole),
                          whole);
    };
    const auto place = [](int whole, int part, double share, int step) {
        return std::clamp(static_cast<int>(std::lround(whole * share)), 0, whole - part) / step * step;
    };
    cut.size = {length(picture.width, across), length(picture.height, down)};
    const int left = place(picture.width, cut.size.width, region.left, across);
    const int top = place(picture.height, cut.size.height, region.top, down);
    std::array<bool, 4> moved{};
    for (int component = 0; component < format->nb_components; ++component) {
        const AVComponentDescriptor& where = format->comp[component];
        const auto plane = static_cast<std::size_t>(where.plane);
        if (std::exchange(moved.at(plane), true)) {
            continue;
        }
        const bool isChroma = (format->flags & AV_PIX_FMT_FLAG_RGB) == 0 && (component == 1 || component == 2);
        const int x = isChroma ? left >> format->log2_chroma_w : left;
        const int y = isChroma ? top >> format->log2_chroma_h : top;
        cut.planes.at(plane) += std::ptrdiff_t{y} * picture.linesize[plane] + std::ptrdiff_t{x} * where.step;
    }
    return cut;
}

}  // namespace

/// Frames that came back and wait to be filled again.
class PictureScaler::Pool : public std::enable_shared_from_this<Pool> {
public:
    std::shared_ptr<Frame> take() {
        std::unique_ptr<Frame> frame;
        {
            const std::scoped_lock lock{m_mutex};
            if (!m_free.empty()) {
                frame = std::move(m_free.back());
                m_free.pop_back();
            }
        }
        if (!frame) {
            frame = std::make_unique<Frame>();
        }
        return {frame.release(),
                [pool = shared_from_this()](Frame* back) { pool->giveBack(std::unique_ptr<Frame>{back}); }};
    }

private:
    void giveBack(std::unique_ptr<Frame> frame) {
        const std::scoped_lock lock{m_mutex};
        if (m_free.size() < keptFrames) {
            m_free.push_back(std::move(frame));
        }
    }

    std::mutex m_mutex;
    std::vector<std::unique_ptr<Frame>> m_free;  // Guarded by m_mutex.
};

PictureSize presentedSize(const AVFrame& picture, const Presentation& presentation) {
    const ShownSize whole = shownSizeOf(picture);
    const double extent = presentation.region.extent;
    const ShownSize shown{whole.width * extent, whole.height * extent};
    const double fills = std::min(presentation.box.width / shown.width, presentation.box.height / shown.height);
    return scaled(shown, presentation.fit == Presentation::Fit::NeverLarger ? std::min(1.0, fills) : fills);
}

PictureScaler::PictureScaler() : m_pool{std::make_shared<Pool>()} {}
PictureScaler::~PictureScaler() = default;

base::Result<std::shared_ptr<Frame>> PictureScaler::present(const AVFrame& picture, const Presentation& presentation) {
    TRY_ASSIGN(const AVFrame* const masked, m_masker.masked(picture, presentation.mask));
    TRY_ASSIGN(const Cut cut, cutOut(*masked, presentation.region));
    const PictureSize target = presentedSize(picture, presentation);
    const PictureColours colours = coloursOf(*masked);
    const bool isPlanar = PlanarScaler::takes(colours, cut.size, target);
    if (!isPlanar) {
        TRY(prepare(*masked, colours, cut.size, target));
    }
    auto frame = m_pool->take();
    frame->width = target.width;
    frame->height = target.height;
    frame->stride = (target.width * bytesPerPaintedPixel + rowAlignment - 1) / rowAlignment * rowAlignment;
    frame->pixels.resize(static_cast<std::size_t>(frame->stride) * static_cast<std::size_t>(target.height) +
                         rowAlignment);
    frame->sourceWidth = picture.width;
    frame->sourceHeight = picture.height;
    frame->presentation = presentation;
    auto* const pixels = reinterpret_cast<std::uint8_t*>(frame->pixels.data());
    if (isPlanar) {
        m_planar.scale(cut.planes, masked->linesize, cut.size, colours, pixels, frame->stride, target);
        return frame;
    }
    std::uint8_t* const planes[4] = {pixels, nullptr, nullptr, nullptr};
    const int strides[4] = {frame->stride, 0, 0, 0};
    sws_scale(m_scaler.get(), cut.planes.data(), masked->linesize, 0, cut.size.height, planes, strides);
    return frame;
}

base::Result<void> PictureScaler::prepare(const AVFrame& picture, const PictureColours& colours, PictureSize source,
                                          PictureSize target) {
    if (m_scaler && source == m_source && target == m_target && colours == m_colours) {
        return {};
    }
    // Averaging over the area keeps what is small in the picture, and costs no more than sampling it. What is looked at
    // closely is worth the dearer filter.
    const bool isCut = source != PictureSize{picture.width, picture.height};
    const int enlarge = isCut ? SWS_BICUBIC : SWS_BILINEAR;
    const int method = target.width <= source.width ? SWS_AREA : enlarge;
    m_scaler.reset(sws_getContext(source.width, source.height, colours.format, target.width, target.height,
                                  AV_PIX_FMT_BGR0, method, nullptr, nullptr, nullptr));
    if (!m_scaler) {
        return base::fail(cannotBeShown(picture));
    }
    setColours(*m_scaler, colours);
    m_source = source;
    m_target = target;
    m_colours = colours;
    return {};
}

}  // namespace leedswatch::video
