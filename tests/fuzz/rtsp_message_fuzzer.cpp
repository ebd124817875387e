#include "rtsp/authentication.h"
#include "rtsp/media_transport.h"
#include "rtsp/message.h"

#include <algorithm>
#include <cstdint>

// What comes on a camera's RTSP connection: messages and frames are whole or there are none, and what stands in their
// headers is answered or refused.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace leedswatch::rtsp;
    MessageReader reader;
    auto bytes = std::as_bytes(std::span{data, size});
    while (true) {
        const auto item = reader.next();
        if (!item) {
            return 0;
        }
        if (const auto* message = std::get_if<Message>(&*item)) {
            Authentication authentication{{"desk", "password"}};
            if (authentication.challenged({std::string{message->header("www-authenticate")}})) {
                static_cast<void>(authentication.answerFor("DESCRIBE", "rtsp://camera/"));
            }
            static_cast<void>(TransportAnswer::read(message->header("transport")));
        } else if (std::holds_alternative<std::monostate>(*item)) {
            if (bytes.empty()) {
                return 0;
            }
            const auto room = reader.room();
            const std::size_t count = std::min<std::size_t>({room.size(), bytes.size(), 97});
            std::ranges::copy(bytes.first(count), room.begin());
            reader.received(count);
            bytes = bytes.subspan(count);
        }
    }
}
