#pragma once

namespace leedswatch::base {

/// To be called first in main(), of a program whose threads come and go by the thousand: the C library (glibc)
/// otherwise gives each thread an arena of its own, up to eight for each core, and each keeps the holes that its
/// threads leave. A wall whose cameras changed 43,000 times grew by a sixth, and what was in use did not
/// (docs/measurements.md).
void limitHeapArenas();

}  // namespace leedswatch::base
