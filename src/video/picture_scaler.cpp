#include "video/picture_scaler.h"

#include <algorithm>
#include <cmath>
#include <mutex>
#include <string>
#include <vector>

extern "C" {
#include <libavutil/pixdesc.h>
}

namespace leedswatch::video {
namespace {

constexpr int bytesPerPixel = 4;
constexpr int rowAlignment = 64;
// One shown, one in the slot, one in work, and one more for a painter that is late.
constexpr std::size_t keptFrames = 4;

/// The deprecated "J" formats say full range in their name; the scaler wants to be told apart from it.
AVPixelFormat plainFormat(int format) {
    switch (format) {
        case AV_PIX_FMT_YUVJ420P: return AV_PIX_FMT_YUV420P;
        case AV_PIX_FMT_YUVJ422P: return AV_PIX_FMT_YUV422P;
        case AV_PIX_FMT_YUVJ444P: return AV_PIX_FMT_YUV444P;
        default: return static_cast<AVPixelFormat>(format);
    }
}

bool isFullRange(const AVFrame& picture) {
    return picture.color_range == AVCOL_RANGE_JPEG || plainFormat(picture.format) != picture.format;
}

int matrixOf(const AVFrame& picture) {
    if (picture.colorspace == AVCOL_SPC_BT709) {
        return SWS_CS_ITU709;
    }
    const bool unknown = picture.colorspace == AVCOL_SPC_UNSPECIFIED;
    return unknown && picture.height >= 720 ? SWS_CS_ITU709 : SWS_CS_ITU601;
}

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

PictureSize fittedSize(const AVFrame& picture, PictureSize box) {
    const ShownSize shown = shownSizeOf(picture);
    return scaled(shown, std::min(box.width / shown.width, box.height / shown.height));
}

PictureSize reducedSize(const AVFrame& picture, PictureSize box) {
    const ShownSize shown = shownSizeOf(picture);
    return scaled(shown, std::min({1.0, box.width / shown.width, box.height / shown.height}));
}

PictureScaler::PictureScaler() : m_pool{std::make_shared<Pool>()} {}
PictureScaler::~PictureScaler() = default;

base::Result<std::shared_ptr<Frame>> PictureScaler::scale(const AVFrame& picture, PictureSize target) {
    TRY(prepare(picture, target));
    auto frame = m_pool->take();
    frame->width = target.width;
    frame->height = target.height;
    frame->stride = (target.width * bytesPerPixel + rowAlignment - 1) / rowAlignment * rowAlignment;
    frame->pixels.resize(static_cast<std::size_t>(frame->stride) * static_cast<std::size_t>(target.height) +
                         rowAlignment);
    frame->sourceWidth = picture.width;
    frame->sourceHeight = picture.height;
    std::uint8_t* const planes[4] = {reinterpret_cast<std::uint8_t*>(frame->pixels.data()), nullptr, nullptr, nullptr};
    const int strides[4] = {frame->stride, 0, 0, 0};
    sws_scale(m_scaler.get(), picture.data, picture.linesize, 0, picture.height, planes, strides);
    return frame;
}

base::Result<void> PictureScaler::prepare(const AVFrame& picture, PictureSize target) {
    const PictureSize source{picture.width, picture.height};
    const int range = isFullRange(picture) ? 1 : 0;
    const int matrix = matrixOf(picture);
    if (m_scaler && source == m_source && target == m_target && picture.format == m_format && range == m_range &&
        matrix == m_matrix) {
        return {};
    }
    // Averaging over the area keeps what is small in the picture, and costs no more than sampling it.
    const int method = target.width <= source.width ? SWS_AREA : SWS_BILINEAR;
    m_scaler.reset(sws_getContext(source.width, source.height, plainFormat(picture.format), target.width, target.height,
                                  AV_PIX_FMT_BGR0, method, nullptr, nullptr, nullptr));
    if (!m_scaler) {
        const char* name = av_get_pix_fmt_name(static_cast<AVPixelFormat>(picture.format));
        return base::fail(
            base::ErrorCode::Unsupported,
            "pictures in the pixel format " + std::string{name == nullptr ? "?" : name} + " cannot be shown");
    }
    sws_setColorspaceDetails(m_scaler.get(), sws_getCoefficients(matrix), range, sws_getCoefficients(SWS_CS_DEFAULT), 1,
                             0, 1 << 16, 1 << 16);
    m_source = source;
    m_target = target;
    m_format = picture.format;
    m_range = range;
    m_matrix = matrix;
    return {};
}

}  // namespace leedswatch::video
