#include "rtsp/aac_configuration.h"

#include "rtsp/bit_reader.h"

#include <array>

namespace leedswatch::rtsp {
namespace {

constexpr unsigned kSbr = 5;
constexpr unsigned kPs = 29;
constexpr unsigned kLastPlainAac = 4;  // Main, LC, SSR, LTP
constexpr unsigned kWrittenOut = 15;
constexpr int kSlowest = 4'000;
constexpr int kFastest = 192'000;
// Table 1.18.
constexpr std::array kRates{96'000, 88'200, 64'000, 48'000, 44'100, 32'000, 24'000,
                            22'050, 16'000, 12'000, 11'025, 8'000,  7'350};

int readRate(BitReader& reader) {
    const unsigned index = reader.bits(4);
    if (index == kWrittenOut) {
        return static_cast<int>(reader.bits(24));
    }
    return index < kRates.size() ? kRates[index] : 0;
}

/// Table 1.19: seven means eight.
int channelsOf(unsigned configuration) {
    return configuration == 7 ? 8 : configuration < 7 ? static_cast<int>(configuration) : 0;
}

}  // namespace

std::optional<AacConfiguration> readAacConfiguration(Bytes config) {
    BitReader reader{config};
    AacConfiguration made;
    unsigned type = reader.bits(5);
    made.sampleRate = readRate(reader);
    made.channels = channelsOf(reader.bits(4));
    if (type == kSbr || type == kPs) {
        readRate(reader);
        type = reader.bits(5);
    }
    const bool isShort = reader.bits(1) == 1;
    made.samplesPerUnit = isShort ? 960 : 1024;
    const bool isAac = type >= 1 && type <= kLastPlainAac;
    const bool isUsual = made.sampleRate >= kSlowest && made.sampleRate <= kFastest && made.channels > 0;
    return isAac && isUsual && !reader.isOver() ? std::optional{made} : std::nullopt;
}

}  // namespace leedswatch::rtsp
