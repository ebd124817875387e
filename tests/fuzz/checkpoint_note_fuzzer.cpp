#include "store/checkpoint_note.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

// Whatever a note holds, it is read or refused, and a foreign one is never taken for ours.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace leedswatch::store;
    static const auto key = SigningKey::generate()->verifyingKey();
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const auto note = parseCheckpoint(text);
    if (note &&
        (isSignedBy(*note, key) || note->checkpoint.size < 0 || text.substr(0, note->text.size()) != note->text)) {
        std::abort();
    }
    return 0;
}
