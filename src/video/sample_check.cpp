#include "video/sample_check.h"

#include "video/mjpeg.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace leedswatch::video {
namespace {

constexpr std::size_t kPage = 4096;

bool hasZeros(Bytes bytes, std::size_t run) {
    static constexpr std::array<std::byte, kPage / 2> kZeros{};
    for (std::size_t at = 0; at + run <= bytes.size(); at += run) {
        if (std::memcmp(bytes.data() + at, kZeros.data(), run) == 0) {
            return true;
        }
    }
    return false;
}

// A power cut can leave zeros in the place of pages that never reached the disk. No stream has such a run of them:
// three in a row do not occur in a NAL unit (H.264, 7.4.1), and hardly more in MPEG-4, where they would be a start
// code.
constexpr std::size_t kLongRun = 256;

bool isNalUnits(Bytes bytes) {
    BoxReader sample{bytes};
    while (sample.left() > 0) {
        const std::uint32_t length = sample.u32();
        const auto nalUnit = sample.take(length);
        if (sample.overrun() || length == 0 || hasZeros(nalUnit, kLongRun) || nalUnit.back() == std::byte{0}) {
            return false;
        }
    }
    return true;
}

bool beginsWith(Bytes bytes, std::initializer_list<int> expected) {
    return bytes.size() >= expected.size() &&
           std::equal(expected.begin(), expected.end(), bytes.begin(),
                      [](int value, std::byte byte) { return static_cast<std::byte>(value) == byte; });
}

// In a JPEG a black area may well be zeros, but not a page of them; and behind its end a camera may fill up with them.
bool isJpeg(Bytes bytes) {
    Bytes filled = bytes;
    while (!filled.empty() && filled.back() == std::byte{0}) {
        filled = filled.first(filled.size() - 1);
    }
    const bool endsInZeros = bytes.size() - filled.size() >= kLongRun;
    return !hasZeros(filled, kPage / 2) && (!endsInZeros || hasJpegEnd(bytes));
}

// "mp4v" stands for both, and their first bytes tell them apart.
bool isPlainPicture(Bytes bytes) {
    if (beginsWith(bytes, {0xFF, 0xD8})) {
        return isJpeg(bytes);
    }
    return beginsWith(bytes, {0, 0, 1}) && !hasZeros(bytes, kLongRun) &&
           !beginsWith(bytes.last(std::min<std::size_t>(bytes.size(), 4)), {0, 0, 0, 0});
}

}  // namespace

bool isSample(Bytes sample, SampleForm form) {
    switch (form) {
        case SampleForm::NalUnits: return isNalUnits(sample);
        case SampleForm::Plain: return isPlainPicture(sample);
        case SampleForm::Sound: return true;
    }
    return false;
}

}  // namespace leedswatch::video
