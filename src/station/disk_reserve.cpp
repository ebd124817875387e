#include "station/disk_reserve.h"

#include <fcntl.h>
#include <unistd.h>

#include <system_error>

namespace leedswatch::station {

bool DiskReserve::take() const {
    const int descriptor = ::open(m_file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0640);
    if (descriptor < 0) {
        return false;
    }
    // Blocks that it has are not taken twice.
    const bool isTaken = ::posix_fallocate(descriptor, 0, bytes) == 0;
    ::close(descriptor);
    if (!isTaken) {
        giveFree();
    }
    return isTaken;
}

void DiskReserve::giveFree() const {
    std::error_code ignored;
    std::filesystem::remove(m_file, ignored);
}

}  // namespace leedswatch::station
