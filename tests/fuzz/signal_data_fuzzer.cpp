#include "alarm/code_table.h"
#include "alarm/contact_id.h"
#include "alarm/dc09_content.h"
#include "alarm/sia_data.h"
#include "base/utf8.h"

#include <cstdint>
#include <cstdlib>

// What panels write into their messages: read as SIA and as Contact ID, with its further blocks and its time.

using namespace leedswatch;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const alarm::Dc09Content content = alarm::parseDc09Content(text);
    for (const std::string_view source : {text, std::string_view{content.data}}) {
        for (const auto& codes : {alarm::parseSiaData(source), alarm::parseContactIdData(source)}) {
            for (const alarm::SignalCode& code : codes.codes) {
                static_cast<void>(alarm::CodeTable::standard().meaningOf(code, "ajax"));
                std::string_view rest = code.text;
                while (!rest.empty()) {
                    const std::size_t length = base::utf8CharacterLength(rest);
                    if (length == 0) {
                        std::abort();  // a text that is no UTF-8 would not go into the store
                    }
                    rest.remove_prefix(length);
                }
            }
        }
    }
    return 0;
}
