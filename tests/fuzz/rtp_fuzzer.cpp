#include "rtsp/depacketizer.h"

#include <array>
#include <cstdlib>

// A camera's packets, whatever they are: pictures come out, or nothing. Each packet is a byte of its length in words of
// four, then its bytes; the first byte of all chooses the coding.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace leedswatch::rtsp;
    constexpr std::array kEncodings{"H264", "H265", "JPEG", "MP4V-ES"};
    if (size == 0) {
        return 0;
    }
    const auto depacketizer = Depacketizer::create(kEncodings[data[0] % kEncodings.size()]);
    Reception reception{90'000};
    auto bytes = std::as_bytes(std::span{data, size}).subspan(1);
    leedswatch::base::SteadyTime now{};
    while (!bytes.empty()) {
        const std::size_t length = std::min(std::to_integer<std::size_t>(bytes[0]) * 4, bytes.size() - 1);
        const auto one = bytes.subspan(1, length);
        bytes = bytes.subspan(1 + length);
        if (const auto report = readSenderReport(one)) {
            reception.reported(*report, now);
        }
        if (const auto packet = readRtpPacket(one)) {
            now += std::chrono::milliseconds{10};
            const auto place = reception.received(*packet, now);
            if (place != Reception::Place::Late) {
                depacketizer->add(*packet, place != Reception::Place::Next);
            }
        }
        while (const auto picture = depacketizer->take()) {
            if (picture->bytes.empty()) {
                std::abort();
            }
        }
    }
    if (reception.lost() < 0 || reception.makeReport(1, now).size() % 4 != 0) {
        std::abort();
    }
    return 0;
}
