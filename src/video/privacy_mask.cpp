#include "video/privacy_mask.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>

extern "C" {
#include <libavutil/pixdesc.h>
}

namespace leedswatch::video {
namespace {

// A neutral grey that is neither the black of a dead picture nor anything that a street at night shows evenly.
constexpr int blockLevel = 72;
constexpr int neutralChroma = 128;
constexpr int bitsOfLevel = 8;

struct Corner {
    double x;
    double y;
};

/// One bit a pixel is enough, but bytes are simpler and a mask is made once.
class Canvas {
public:
    explicit Canvas(PictureSize size)
        : m_size{size}, m_pixels(static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height)) {}

    /// From pixel `first` to pixel `last`, both included; what lies outside is left out.
    void set(int row, double first, double last) {
        if (row < 0 || row >= m_size.height || last < 0 || first >= m_size.width) {
            return;
        }
        const int begin = static_cast<int>(std::clamp(first, 0.0, m_size.width - 1.0));
        const int end = static_cast<int>(std::clamp(last, 0.0, m_size.width - 1.0));
        std::fill_n(rowAt(row) + begin, end - begin + 1, std::uint8_t{1});
    }

    [[nodiscard]] std::vector<PixelRun> runs() {
        std::vector<PixelRun> all;
        for (int row = 0; row < m_size.height; ++row) {
            const auto* pixels = rowAt(row);
            for (int x = 0; x < m_size.width; ++x) {
                if (pixels[x] == 0) {
                    continue;
                }
                const int begin = x;
                while (x < m_size.width && pixels[x] != 0) {
                    ++x;
                }
                all.push_back({row, begin, x});
            }
        }
        return all;
    }

    [[nodiscard]] PictureSize size() const { return m_size; }

private:
    std::uint8_t* rowAt(int row) { return m_pixels.data() + static_cast<std::ptrdiff_t>(row) * m_size.width; }

    const PictureSize m_size;
    std::vector<std::uint8_t> m_pixels;
};

/// Every pixel that the line touches.
void drawEdge(Canvas& canvas, Corner from, Corner to) {
    if (from.y > to.y) {
        std::swap(from, to);
    }
    const int first = static_cast<int>(std::floor(std::max(from.y, 0.0)));
    const int last = static_cast<int>(std::floor(std::min(to.y, canvas.size().height - 1.0)));
    for (int row = first; row <= last; ++row) {
        const auto xAt = [&](double y) {
            return from.y == to.y ? from.x : from.x + (to.x - from.x) * (y - from.y) / (to.y - from.y);
        };
        const double top = std::max<double>(row, from.y);
        const double bottom = std::min<double>(row + 1, to.y);
        const double one = from.y == to.y ? from.x : xAt(top);
        const double other = from.y == to.y ? to.x : xAt(bottom);
        canvas.set(row, std::floor(std::min(one, other)), std::floor(std::max(one, other)));
    }
}

/// What the outline winds around, sampled along the middle of each row; the edges' own pixels are drawn apart.
void fillInside(Canvas& canvas, std::span<const Corner> corners) {
    struct Crossing {
        double x;
        int direction;
    };
    std::vector<std::vector<Crossing>> rows(static_cast<std::size_t>(canvas.size().height));
    for (std::size_t i = 0; i < corners.size(); ++i) {
        const Corner& from = corners[i];
        const Corner& to = corners[(i + 1) % corners.size()];
        const auto [low, high] = std::minmax(from.y, to.y);
        const int first = static_cast<int>(std::max(0.0, std::ceil(low - 0.5)));
        const int end = static_cast<int>(std::min<double>(canvas.size().height, std::ceil(high - 0.5)));
        for (int row = first; row < end; ++row) {
            const double share = (row + 0.5 - from.y) / (to.y - from.y);
            rows[static_cast<std::size_t>(row)].push_back({from.x + (to.x - from.x) * share, from.y < to.y ? 1 : -1});
        }
    }
    for (int row = 0; row < canvas.size().height; ++row) {
        auto& crossings = rows[static_cast<std::size_t>(row)];
        std::ranges::sort(crossings, {}, &Crossing::x);
        int winding = 0;
        for (std::size_t i = 0; i + 1 < crossings.size(); ++i) {
            winding += crossings[i].direction;
            if (winding != 0) {
                canvas.set(row, std::floor(crossings[i].x), std::floor(crossings[i + 1].x));
            }
        }
    }
}

/// Whether each component of a pixel is a whole byte, or a whole 16-bit word of this machine's order.
bool canBeWritten(const AVPixFmtDescriptor& format) {
    constexpr std::uint64_t others = AV_PIX_FMT_FLAG_PAL | AV_PIX_FMT_FLAG_BITSTREAM | AV_PIX_FMT_FLAG_HWACCEL |
                                     AV_PIX_FMT_FLAG_BE | AV_PIX_FMT_FLAG_FLOAT | AV_PIX_FMT_FLAG_BAYER;
    if ((format.flags & others) != 0 || format.nb_components == 0) {
        return false;
    }
    return std::all_of(format.comp, format.comp + format.nb_components, [](const AVComponentDescriptor& component) {
        const bool isByte = component.depth == bitsOfLevel && component.shift == 0;
        const bool isWord = component.depth > bitsOfLevel && component.depth + component.shift <= 16;
        return isByte || isWord;
    });
}

}  // namespace

const std::shared_ptr<const PrivacyMask>& PrivacyMask::none() {
    static const auto mask = std::make_shared<const PrivacyMask>(std::vector<estate::PrivacyZone>{});
    return mask;
}

std::vector<PixelRun> hiddenPixels(const std::vector<estate::PrivacyZone>& zones, PictureSize size) {
    if (size.width <= 0 || size.height <= 0) {
        return {};
    }
    Canvas canvas{size};
    for (const estate::PrivacyZone& zone : zones) {
        std::vector<Corner> corners;
        corners.reserve(zone.corners.size());
        for (const estate::ZonePoint& corner : zone.corners) {
            corners.push_back({static_cast<double>(corner.x) * size.width / estate::ZonePoint::whole,
                               static_cast<double>(corner.y) * size.height / estate::ZonePoint::whole});
        }
        fillInside(canvas, corners);
        for (std::size_t i = 0; i < corners.size(); ++i) {
            drawEdge(canvas, corners[i], corners[(i + 1) % corners.size()]);
        }
    }
    return canvas.runs();
}

base::Result<const AVFrame*> MaskPainter::masked(const AVFrame& picture,
                                                 const std::shared_ptr<const PrivacyMask>& mask) {
    if (mask == nullptr) {
        return base::fail(base::ErrorCode::NotPermitted, "the privacy zones of the camera are not known");
    }
    if (mask->isEmpty()) {
        return &picture;
    }
    const auto* format = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(picture.format));
    if (format == nullptr || !canBeWritten(*format)) {
        return base::fail(base::ErrorCode::Unsupported,
                          "privacy zones cannot be drawn into pictures in the pixel format " +
                              std::string{format == nullptr ? "?" : format->name} + ", so they are not shown");
    }
    const PictureSize size{picture.width, picture.height};
    if (m_mask != mask || m_size != size) {
        m_runs = hiddenPixels(mask->zones(), size);
        m_mask = mask;
        m_size = size;
    }
    TRY(copyOf(picture));
    for (int component = 0; component < format->nb_components; ++component) {
        paintComponent(component);
    }
    return m_copy.get();
}

base::Result<void> MaskPainter::copyOf(const AVFrame& picture) {
    const auto noMemory = [] { return base::fail(base::ErrorCode::Internal, "there is no memory for a picture"); };
    if (!m_copy || m_copy->width != picture.width || m_copy->height != picture.height ||
        m_copy->format != picture.format) {
        m_copy.reset(av_frame_alloc());
        if (!m_copy) {
            return noMemory();
        }
        m_copy->width = picture.width;
        m_copy->height = picture.height;
        m_copy->format = picture.format;
        if (av_frame_get_buffer(m_copy.get(), 0) < 0) {
            m_copy.reset();
            return noMemory();
        }
    }
    if (av_frame_copy(m_copy.get(), &picture) < 0) {
        return noMemory();
    }
    m_copy->colorspace = picture.colorspace;
    m_copy->color_range = picture.color_range;
    m_copy->sample_aspect_ratio = picture.sample_aspect_ratio;
    return {};
}

void MaskPainter::paintComponent(int component) const {
    const auto* format = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(m_copy->format));
    const AVComponentDescriptor& where = format->comp[component];
    const bool isRgb = (format->flags & AV_PIX_FMT_FLAG_RGB) != 0;
    const bool isChroma = !isRgb && (component == 1 || component == 2);
    const int down = isChroma ? format->log2_chroma_h : 0;
    const int across = isChroma ? format->log2_chroma_w : 0;
    const int level = isChroma ? neutralChroma : blockLevel;
    const int value = level << (where.depth - bitsOfLevel) << where.shift;
    for (const PixelRun& run : m_runs) {
        // A sample that stands for a hidden pixel is hidden, though others share it.
        auto* row = m_copy->data[where.plane] +
                    static_cast<std::ptrdiff_t>(run.row >> down) * m_copy->linesize[where.plane] + where.offset;
        const int end = ((run.end - 1) >> across) + 1;
        for (int x = run.begin >> across; x < end; ++x) {
            auto* sample = row + static_cast<std::ptrdiff_t>(x) * where.step;
            if (where.depth == bitsOfLevel) {
                *sample = static_cast<std::uint8_t>(value);
            } else {
                const auto word = static_cast<std::uint16_t>(value);
                std::memcpy(sample, &word, sizeof word);
            }
        }
    }
}

}  // namespace leedswatch::video
