#include "video/live_picture_change.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace leedswatch::video {
namespace {

constexpr int blockSize = 8;
constexpr int pixelsInBlock = blockSize * blockSize;

}  // namespace

bool PictureChange::compare(const LumaPlane& picture) {
    const bool sameSize = picture.width == m_width && picture.height == m_height;
    measure(picture);
    m_largestChange = 0;
    if (!sameSize) {
        m_width = picture.width;
        m_height = picture.height;
        std::swap(m_reference, m_current);
        return false;
    }
    int largest = 0;
    for (std::size_t block = 0; block < m_current.size(); ++block) {
        largest = std::max(largest, std::abs(int{m_current[block]} - int{m_reference[block]}));
    }
    m_largestChange = static_cast<double>(largest) / pixelsInBlock;
    if (m_largestChange < threshold) {
        return false;
    }
    std::swap(m_reference, m_current);
    return true;
}

void PictureChange::measure(const LumaPlane& picture) {
    const auto columns = static_cast<std::size_t>(picture.width / blockSize);
    const auto rows = static_cast<std::size_t>(picture.height / blockSize);
    m_current.assign(columns * rows, 0);
    for (std::size_t row = 0; row < rows * blockSize; ++row) {
        const std::uint8_t* pixels = picture.data + static_cast<std::ptrdiff_t>(row) * picture.stride;
        std::uint16_t* sums = m_current.data() + row / blockSize * columns;
        for (std::size_t column = 0; column < columns; ++column) {
            const std::uint8_t* block = pixels + column * blockSize;
            sums[column] = static_cast<std::uint16_t>(sums[column] + block[0] + block[1] + block[2] + block[3] +
                                                      block[4] + block[5] + block[6] + block[7]);
        }
    }
}

}  // namespace leedswatch::video
