#include "simulator/control_line.h"
#include "simulator/panel_line.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace leedswatch;

namespace {

void checkCamera(std::string_view line) {
    const auto command = simulator::parseControlLine(line);
    if (!command) {
        return command.error().message.empty() ? std::abort() : void();
    }
    const bool hasCamera = command->camera >= 1 && command->camera <= 99999;
    const bool hasSize = command->width >= 16 && command->height >= 16 && command->width % 2 == 0 &&
                         command->height % 2 == 0 && command->width <= 1920 && command->height <= 1080;
    using Kind = simulator::ControlCommand::Kind;
    if (!hasCamera && command->kind != Kind::Status) {
        std::abort();
    }
    const auto seconds = command->time.count();
    const bool isTooLong = command->kind == Kind::Reboot && (seconds < 1 || seconds > 3600);
    const bool isFar = seconds < -10LL * 366 * 24 * 3600 || seconds > 10LL * 366 * 24 * 3600;
    if (isTooLong || isFar || (command->kind == Kind::Resolution && !hasSize)) {
        std::abort();
    }
}

bool isWithin(long long value, long long least, long long most) {
    return value >= least && value <= most;
}

void checkPanels(std::string_view line) {
    const auto command = simulator::parsePanelLine(line);
    if (!command) {
        return command.error().message.empty() ? std::abort() : void();
    }
    using Kind = simulator::PanelCommand::Kind;
    const bool isForAll = command->kind == Kind::Storm || command->kind == Kind::Day || command->kind == Kind::Stop;
    const bool hasPanels = isForAll ? command->first == 0 && command->last == 0
                                    : isWithin(command->first, 1, simulator::mostPanels) &&
                                          isWithin(command->last, command->first, simulator::mostPanels);
    const auto& event = command->event;
    const bool isRaw = command->kind == Kind::Event && event.kind == simulator::PanelEvent::Kind::Raw;
    const bool hasCode = isRaw ? isWithin(static_cast<long long>(event.code.size()), 2, 3) : event.code.empty();
    const bool hasPace = command->kind != Kind::Runaway || (command->perMinute >= 1 && command->count >= 1);
    const long long farthest = command->kind == Kind::Clock ? 10LL * 366 * 24 * 3600 : 24LL * 3600;
    const long long least = command->kind == Kind::Clock ? -farthest : 0;
    if (!simulator::isPanelLine(line) || !hasPanels || !hasCode || !hasPace ||
        (command->kind == Kind::Day && command->speed < 1) || !isWithin(event.zone, 0, 999) ||
        !isWithin(command->count, 0, simulator::mostPanels) || !isWithin(command->time.count(), least, farthest)) {
        std::abort();
    }
}

}  // namespace

/// Whatever comes in is refused with a sentence, or is a command within the limits that cameras and panels rely on.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view line{reinterpret_cast<const char*>(data), size};
    checkCamera(line);
    checkPanels(line);
    return 0;
}
