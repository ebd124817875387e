#include "analytics/one_thread.h"

#include <opencv2/core.hpp>

namespace leedswatch::analytics {

void keepToOneThread() {
    static const bool isKept = [] {
        cv::setNumThreads(1);
        return true;
    }();
    static_cast<void>(isKept);
}

}  // namespace leedswatch::analytics
