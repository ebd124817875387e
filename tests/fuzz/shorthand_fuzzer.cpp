#include "base/utf8.h"
#include "incident/shorthand.h"

#include <cstdint>
#include <cstdlib>
#include <string_view>

// What is typed into the log: whatever it is, marks that were taken out are not found again, and text stays text.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace leedswatch;
    static const auto types = incident::standardIncidentTypes();
    const std::string_view typed{reinterpret_cast<const char*>(data), size};
    const auto isCamera = [](int number) { return number % 2 == 0; };
    const auto said = incident::readShorthand(typed, isCamera, types);
    const auto again = incident::readShorthand(said.text, isCamera, types);
    if (again.type || again.priority || (base::isPlainText(typed) && !base::isPlainText(said.text))) {
        std::abort();
    }
    if (!typed.ends_with(incident::markBeingWritten(typed))) {
        std::abort();
    }
    return 0;
}
