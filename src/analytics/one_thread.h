#pragma once

namespace leedswatch::analytics {

/// Has OpenCV work in the calling thread, in the whole program, from the first call on: a camera is a thread's work,
/// and threads of OpenCV's beside it would only wait for each other.
void keepToOneThread();

}  // namespace leedswatch::analytics
