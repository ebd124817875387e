#include "alarm/mlr2_conversation.h"
#include "alarm/mlr2_line.h"
#include "alarm/serial_settings.h"
#include "alarm/stranger.h"

#include <cstdint>
#include <cstdlib>
#include <vector>

// What comes from an alarm receiver's automation port, in pieces, and how the conversation goes that it makes with a
// store that is slow, fails and finishes out of order.

using namespace leedswatch;

namespace {

void converse(std::string_view bytes) {
    alarm::Mlr2Stream stream;
    alarm::Mlr2Conversation conversation{{}};
    std::vector<alarm::Mlr2Conversation::Number> storing;
    base::SteadyTime now{};
    std::uint64_t next = 0;
    std::size_t heard = 0;
    std::size_t answered = 0;
    const auto finish = [&](std::size_t index, bool isStored) {
        answered += static_cast<std::size_t>(conversation.stored(storing[index], isStored, now));
        storing.erase(storing.begin() + static_cast<std::ptrdiff_t>(index));
    };
    for (std::size_t begin = 0; begin < bytes.size(); begin += 7) {
        const std::string_view piece = bytes.substr(begin, 7);
        const auto chance = static_cast<unsigned char>(piece.front());
        now += std::chrono::milliseconds{chance * 20};
        stream.add(piece);
        while (const auto line = stream.next()) {
            ++heard;
            if (line->kind == alarm::Mlr2Line::Kind::Heartbeat) {
                answered += static_cast<std::size_t>(conversation.heartbeat(now));
            } else if (line->kind != alarm::Mlr2Line::Kind::NoLine) {
                const auto signal = conversation.signal(line->raw, now, [&](bool) { return std::to_string(next++); });
                if (signal.toStore) {
                    storing.push_back(*signal.toStore);
                }
            }
        }
        if (!storing.empty() && chance % 3 == 0) {
            finish(chance % storing.size(), chance % 2 == 0);
        }
    }
    while (!storing.empty()) {
        finish(0, true);
    }
    if (answered > heard || conversation.doubts(false).size() > alarm::Mlr2Conversation::mostRemembered + 64) {
        std::abort();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes{reinterpret_cast<const char*>(data), size};
    converse(bytes);
    static_cast<void>(alarm::parseMlr2Line(bytes));
    static_cast<void>(alarm::parseAdemco685Line(bytes));
    static_cast<void>(alarm::recogniseStrangerAmongReceivers(bytes));
    static_cast<void>(alarm::parseSerialSettings(bytes));
    static_cast<void>(alarm::parseHostAndPort(bytes));
    return 0;
}
