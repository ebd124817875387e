#include "video/fragment_scanner.h"

#include <algorithm>
#include <cstdlib>

// What a scan says is whole must be inside of the file, and must be found again in a file that is cut there.

namespace {

using leedswatch::video::FragmentScan;

FragmentScan scan(std::span<const std::byte> file) {
    const auto readAt = [file](std::uint64_t offset,
                               std::span<std::byte> out) -> leedswatch::base::Result<std::size_t> {
        const auto from = static_cast<std::size_t>(std::min<std::uint64_t>(offset, file.size()));
        const std::size_t count = std::min(out.size(), file.size() - from);
        std::ranges::copy(file.subspan(from, count), out.begin());
        return count;
    };
    return leedswatch::video::scanFragments(readAt).value();
}

void require(bool holds) {
    if (!holds) {
        std::abort();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto file = std::as_bytes(std::span{data, size});
    const FragmentScan first = scan(file);
    require(first.wholeBytes <= size);
    require((first.wholeBytes == 0) == (first.frames == 0));
    const FragmentScan again = scan(file.first(static_cast<std::size_t>(first.wholeBytes)));
    require(again.wholeBytes == first.wholeBytes && again.frames == first.frames && again.endTime == first.endTime);
    return 0;
}
