#include "video/mp4_boxes.h"
#include "video/segment_file.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cstdlib>
#include <span>
#include <string>

// Whatever the bytes of an archive file are: the boxes that are found lie inside of it, whole fragments are found again
// in a file that is cut there, and the table of pictures points into the file.

namespace {

using leedswatch::video::SegmentFile;

void require(bool holds) {
    if (!holds) {
        std::abort();
    }
}

void checkBoxes(std::span<const std::byte> bytes) {
    const auto read = leedswatch::video::readerOf(bytes);
    const auto boxes = leedswatch::video::boxesWithin(read, 0, bytes.size()).value();
    for (const auto& box : boxes) {
        require(box.size >= box.headerSize && box.end() <= bytes.size());
    }
    const auto whole = leedswatch::video::lengthOfWholeFragments(read, bytes.size()).value();
    require(whole <= bytes.size());
    require(leedswatch::video::lengthOfWholeFragments(read, whole).value() == whole);
}

void checkTable(const SegmentFile& file) {
    require(!file.pictures().empty() && file.pictures().size() == file.shown().size());
    for (std::size_t n = 0; n < file.shown().size(); ++n) {
        require(file.keyFor(n) < file.pictures().size());
        require(n == 0 || file.timeOfShown(n) >= file.timeOfShown(n - 1));
        static_cast<void>(file.read(file.shown()[n]));
    }
    for (std::size_t n = 0; n < file.sound().pieces().size(); ++n) {
        require(file.sound().format() != nullptr && file.sound().pieces()[n].samples >= 0);
        static_cast<void>(file.readSound(n));
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    checkBoxes(std::as_bytes(std::span{data, size}));
    const int descriptor = ::memfd_create("segment", 0);
    require(descriptor >= 0 && ::write(descriptor, data, size) == static_cast<ssize_t>(size));
    const std::string path = "/proc/self/fd/" + std::to_string(descriptor);
    for (const auto extent : {SegmentFile::Extent::Finished, SegmentFile::Extent::Growing}) {
        if (const auto file = SegmentFile::open(path, extent)) {
            checkTable(**file);
        }
    }
    ::close(descriptor);
    return 0;
}
