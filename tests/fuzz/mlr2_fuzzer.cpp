#include "alarm/mlr2_line.h"

#include <cstdint>

// What comes from an alarm receiver's automation port, in pieces.

using namespace leedswatch;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes{reinterpret_cast<const char*>(data), size};
    alarm::Mlr2Stream stream;
    for (std::size_t begin = 0; begin < size; begin += 7) {
        stream.add(bytes.substr(begin, 7));
        while (stream.next()) {
        }
    }
    static_cast<void>(alarm::parseMlr2Line(bytes));
    static_cast<void>(alarm::parseAdemco685Line(bytes));
    return 0;
}
