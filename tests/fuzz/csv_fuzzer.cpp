#include "base/csv.h"
#include "estate/camera_csv.h"
#include "estate/premises_csv.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

// Whatever a file holds, it is read or refused; and what was read is the same after being written and read again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace leedswatch::base;
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    std::ignore = leedswatch::estate::readCameraCsv(text);
    std::ignore = leedswatch::estate::readPremisesCsv(text);
    const auto records = parseCsv(text);
    if (!records) {
        return 0;
    }
    // The mark first, as a first field may begin with another.
    std::string written = "\xef\xbb\xbf";
    for (const auto& record : *records) {
        for (std::size_t field = 0; field < record.fields.size(); ++field) {
            written += (field == 0 ? "" : ",") + csvField(record.fields[field]);
        }
        // A line with one empty field would be an empty line, which is skipped.
        written += record.fields.size() == 1 && record.fields.front().empty() ? "\"\"\r\n" : "\r\n";
    }
    const auto again = parseCsv(written);
    if (!again || again->size() != records->size()) {
        std::abort();
    }
    for (std::size_t record = 0; record < records->size(); ++record) {
        if ((*again)[record].fields != (*records)[record].fields) {
            std::abort();
        }
    }
    return 0;
}
