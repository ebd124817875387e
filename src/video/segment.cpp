#include "video/segment.h"

#include "video/recording_gap.h"
#include "video/segment_path.h"

#include <date/date.h>
#include <spdlog/fmt/fmt.h>

#include <array>
#include <utility>

namespace leedswatch::video {
namespace {

constexpr std::array kGapNames{
    std::pair{GapCause::Network, std::string_view{"network"}},
    std::pair{GapCause::Power, std::string_view{"power"}},
    std::pair{GapCause::Refused, std::string_view{"refused"}},
    std::pair{GapCause::Authentication, std::string_view{"authentication"}},
    std::pair{GapCause::Codec, std::string_view{"codec"}},
    std::pair{GapCause::EncoderFrozen, std::string_view{"encoder-frozen"}},
    std::pair{GapCause::Decoder, std::string_view{"decoder"}},
    std::pair{GapCause::Storage, std::string_view{"storage"}},
    std::pair{GapCause::TooSlow, std::string_view{"too-slow"}},
    std::pair{GapCause::Disabled, std::string_view{"disabled"}},
    std::pair{GapCause::NotRecordedByMode, std::string_view{"not-recorded-by-mode"}},
    std::pair{GapCause::Stopped, std::string_view{"stopped"}},
    std::pair{GapCause::Killed, std::string_view{"killed"}},
    std::pair{GapCause::ClockForward, std::string_view{"clock-forward"}},
    std::pair{GapCause::ClockBack, std::string_view{"clock-back"}},
};

constexpr std::array kEndNames{
    std::pair{SegmentEnd::Full, std::string_view{"full"}},
    std::pair{SegmentEnd::StreamLost, std::string_view{"stream-lost"}},
    std::pair{SegmentEnd::FormatChanged, std::string_view{"format-changed"}},
    std::pair{SegmentEnd::Stopped, std::string_view{"stopped"}},
    std::pair{SegmentEnd::Recovered, std::string_view{"recovered"}},
    std::pair{SegmentEnd::StorageFailed, std::string_view{"storage-failed"}},
    std::pair{SegmentEnd::NotWanted, std::string_view{"not-wanted"}},
};

template <typename Table, typename Value>
std::string_view nameIn(const Table& table, Value value) {
    for (const auto& [one, name] : table) {
        if (one == value) {
            return name;
        }
    }
    return "unknown";
}

}  // namespace

std::string_view nameOf(SegmentEnd end) {
    return nameIn(kEndNames, end);
}

std::optional<SegmentEnd> segmentEndFromName(std::string_view name) {
    for (const auto& [end, known] : kEndNames) {
        if (known == name) {
            return end;
        }
    }
    return std::nullopt;
}

std::string_view nameOf(GapCause cause) {
    return nameIn(kGapNames, cause);
}

std::optional<GapCause> gapCauseFromName(std::string_view name) {
    for (const auto& [cause, known] : kGapNames) {
        if (known == name) {
            return cause;
        }
    }
    return std::nullopt;
}

GapCause gapCauseOf(estate::LossCause cause) {
    switch (cause) {
        case estate::LossCause::Power: return GapCause::Power;
        case estate::LossCause::None:
        case estate::LossCause::Network: return GapCause::Network;
        case estate::LossCause::Refused: return GapCause::Refused;
        case estate::LossCause::Authentication: return GapCause::Authentication;
        case estate::LossCause::Codec: return GapCause::Codec;
        case estate::LossCause::EncoderFrozen: return GapCause::EncoderFrozen;
        case estate::LossCause::Decoder: return GapCause::Decoder;
        case estate::LossCause::Storage: return GapCause::Storage;
    }
    return GapCause::Network;
}

std::filesystem::path segmentPath(int cameraNumber, base::UtcTime begin) {
    const auto milliseconds = std::chrono::floor<std::chrono::milliseconds>(begin);
    const std::string number = fmt::format("{:04}", cameraNumber);
    const std::string day = date::format("%F", std::chrono::floor<date::days>(begin));
    const std::string name = number + "-" + date::format("%Y%m%dT%H%M%S", milliseconds) + "Z.mp4";
    return std::filesystem::path{number} / day / name;
}

}  // namespace leedswatch::video
