#include "estate/wall_content.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

/// Whatever the store holds, it is read or refused; and what was read is the same after being written and read again.
template <typename Content>
void readTwice(std::string_view text) {
    using namespace leedswatch::estate;
    Content content;
    if (!decode(text, content)) {
        return;
    }
    Content again;
    if (!decode(encode(content), again) || !(again == content)) {
        std::abort();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    readTwice<leedswatch::estate::ViewContent>(text);
    readTwice<leedswatch::estate::SequenceContent>(text);
    return 0;
}
