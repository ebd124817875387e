#pragma once

#include "live_support/camera_loop.h"

namespace leedswatch::bench {

/// A drawn street as camera `number` sends it: 704x576 of 16:9 shape at 25 pictures a second, 1 Mbit/s, GOP 50, each
/// number a street of its own.
[[nodiscard]] tests::CameraLoop drawStreet(int number);

}  // namespace leedswatch::bench
