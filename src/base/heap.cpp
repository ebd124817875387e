#include "base/heap.h"

#include <malloc.h>

namespace leedswatch::base {

void limitHeapArenas() {
    ::mallopt(M_ARENA_MAX, 4);
}

}  // namespace leedswatch::base
