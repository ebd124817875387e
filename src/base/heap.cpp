#include "base/heap.h"

#include <malloc.h>

namespace leedswatch::base {

void keepHeapFlat() {
    ::mallopt(M_ARENA_MAX, 4);
    // A picture is larger than this. Setting it keeps it from growing.
    constexpr int onItsOwn = 128 << 10;
    ::mallopt(M_MMAP_THRESHOLD, onItsOwn);
}

}  // namespace leedswatch::base
