#include "footage/archive_fixture.h"

#include <fstream>

namespace leedswatch::tests {

void ArchiveTest::flipByteOf(const std::filesystem::path& file) const {
    const auto path = archive.pathOf(file);
    std::fstream stream{path, std::ios::in | std::ios::out | std::ios::binary};
    const auto place = static_cast<std::streamoff>(std::filesystem::file_size(path) / 2);
    stream.seekg(place);
    const char byte = static_cast<char>(stream.get() ^ 0x10);
    stream.seekp(place);
    stream.put(byte);
}

}  // namespace leedswatch::tests
