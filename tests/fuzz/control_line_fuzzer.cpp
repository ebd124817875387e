#include "simulator/control_line.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace leedswatch;

/// Whatever comes in is refused with a sentence, or is a command within the limits that the cameras rely on.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto command = simulator::parseControlLine({reinterpret_cast<const char*>(data), size});
    if (!command) {
        return command.error().message.empty() ? (std::abort(), 1) : 0;
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
    return 0;
}
