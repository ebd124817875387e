#include "video/planar_scaler.h"

#include <libyuv.h>

namespace leedswatch::video {
namespace {

// libyuv averages an area by a whole number of 65536ths: beyond this many pixels a side that makes pictures darker.
constexpr int mostTimes = 8;
// Of rows and of what lies behind the last: libswscale writes whole vectors.
constexpr std::size_t alignment = 64;

const libyuv::YuvConstants& constantsOf(const PictureColours& colours) {
    if (colours.matrix == SWS_CS_ITU709) {
        return colours.isFullRange ? libyuv::kYuvF709Constants : libyuv::kYuvH709Constants;
    }
    return colours.isFullRange ? libyuv::kYuvJPEGConstants : libyuv::kYuvI601Constants;
}

PictureSize chromaOf(PictureSize size) {
    return {(size.width + 1) / 2, (size.height + 1) / 2};
}

// libyuv averages over the area where both axes lose more than half, and samples between pixels elsewhere.
bool isSampled(PictureSize source, PictureSize size) {
    return source.width <= 2 * size.width || source.height <= 2 * size.height;
}

}  // namespace

bool PlanarScaler::takes(const PictureColours& colours, PictureSize source, PictureSize target) {
    const auto fits = [](int from, int to) { return to <= from && from <= to * mostTimes; };
    return colours.format == AV_PIX_FMT_YUV420P && fits(source.width, target.width) &&
           fits(source.height, target.height);
}

void PlanarScaler::Planes::shape(PictureSize size) {
    const PictureSize chroma = chromaOf(size);
    const auto padded = [](int width) {
        return (static_cast<std::size_t>(width) + alignment - 1) / alignment * alignment;
    };
    const std::size_t luma = padded(size.width) * static_cast<std::size_t>(size.height);
    const std::size_t colour = padded(chroma.width) * static_cast<std::size_t>(chroma.height);
    memory.resize(alignment + luma + 2 * colour + alignment);
    const auto begin = reinterpret_cast<std::uintptr_t>(memory.data());
    std::uint8_t* const first = memory.data() + (alignment - begin % alignment) % alignment;
    data = {first, first + luma, first + luma + colour, nullptr};
    strides = {static_cast<int>(padded(size.width)), static_cast<int>(padded(chroma.width)),
               static_cast<int>(padded(chroma.width)), 0};
}

void PlanarScaler::lower(const std::array<const std::uint8_t*, 4>& planes, const int* strides, PictureSize source,
                         int height) {
    const PictureSize size{source.width, height};
    m_lowered.shape(size);
    for (std::size_t plane = 0; plane < 3; ++plane) {
        const PictureSize from = plane == 0 ? source : chromaOf(source);
        const PictureSize to = plane == 0 ? size : chromaOf(size);
        libyuv::ScalePlane(planes[plane], strides[plane], from.width, from.height, m_lowered.data[plane],
                           m_lowered.strides[plane], to.width, to.height, libyuv::kFilterBilinear);
    }
}

// False where there is no memory for it.
bool PlanarScaler::narrow(PictureSize from, PictureSize size) {
    if (!m_narrower || m_narrowerFrom != from || m_narrowerTo != size) {
        m_narrower.reset(sws_getContext(from.width, from.height, AV_PIX_FMT_YUV420P, size.width, size.height,
                                        AV_PIX_FMT_YUV420P, SWS_BILINEAR, nullptr, nullptr, nullptr));
        m_narrowerFrom = from;
        m_narrowerTo = size;
    }
    return m_narrower && sws_scale(m_narrower.get(), m_lowered.data.data(), m_lowered.strides.data(), 0, from.height,
                                   m_scaled.data.data(), m_scaled.strides.data()) == size.height;
}

void PlanarScaler::scale(const std::array<const std::uint8_t*, 4>& planes, const int* strides, PictureSize source,
                         const PictureColours& colours, std::uint8_t* target, int stride, PictureSize size) {
    const libyuv::YuvConstants& constants = constantsOf(colours);
    if (source == size) {
        libyuv::I420ToARGBMatrix(planes[0], strides[0], planes[1], strides[1], planes[2], strides[2], target, stride,
                                 &constants, size.width, size.height);
        return;
    }
    m_scaled.shape(size);
    bool isDone = false;
    // libyuv is quick at making rows fewer, but filters columns two pixels at a time; libswscale is the other way
    // round.
    if (isSampled(source, size) && source.width != size.width) {
        lower(planes, strides, source, size.height);
        isDone = narrow({source.width, size.height}, size);
    }
    if (!isDone) {
        libyuv::I420Scale(planes[0], strides[0], planes[1], strides[1], planes[2], strides[2], source.width,
                          source.height, m_scaled.data[0], m_scaled.strides[0], m_scaled.data[1], m_scaled.strides[1],
                          m_scaled.data[2], m_scaled.strides[2], size.width, size.height, libyuv::kFilterBox);
    }
    libyuv::I420ToARGBMatrix(m_scaled.data[0], m_scaled.strides[0], m_scaled.data[1], m_scaled.strides[1],
                             m_scaled.data[2], m_scaled.strides[2], target, stride, &constants, size.width,
                             size.height);
}

}  // namespace leedswatch::video
