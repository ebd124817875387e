#include "alarm/dc09_answer.h"
#include "alarm/dc09_content.h"
#include "alarm/dc09_stream.h"
#include "alarm/stranger.h"

#include <cstdint>
#include <cstdlib>

// What comes on an alarm port: whatever it is, and however it is split, it is passed over or it is a message that can
// be answered, and what is found does not depend on the splitting of good messages.

using namespace leedswatch;

namespace {

void look(const alarm::Dc09Item& item) {
    const auto* frame = std::get_if<alarm::Dc09Frame>(&item);
    if (frame == nullptr) {
        return;
    }
    static_cast<void>(alarm::parseDc09Content(frame->content));
    const std::string answer = alarm::acknowledgement(*frame);
    if (!std::holds_alternative<alarm::Dc09Frame>(alarm::parseDc09Datagram(answer)) && frame->token != "NAK") {
        std::abort();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes{reinterpret_cast<const char*>(data), size};
    static_cast<void>(alarm::recogniseStranger(bytes));
    look(alarm::parseDc09Datagram(bytes));
    alarm::Dc09Stream stream;
    for (std::size_t begin = 0; begin < size; begin += 13) {
        stream.add(bytes.substr(begin, 13));
        while (const auto item = stream.next()) {
            look(*item);
        }
    }
    while (const auto item = stream.giveUpPartial()) {
        look(*item);
    }
    static const alarm::PanelKey key = alarm::PanelKey::of("0123456789abcdef").value();
    static_cast<void>(alarm::decryptDc09(bytes, key));
    return 0;
}
