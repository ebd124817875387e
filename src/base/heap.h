#pragma once

namespace leedswatch::base {

/// Gives memory back that is not in use, in programs whose threads and pictures come and go all day. To be called first
/// in main(). Left to itself the C library (glibc) gives each thread an arena, up to eight for each core, and once
/// large pieces have been freed it takes them from the arenas too, where they leave holes: a wall whose cameras changed
/// 43,000 times grew by a sixth, and what was in use did not (docs/measurements.md).
void keepHeapFlat();

}  // namespace leedswatch::base
