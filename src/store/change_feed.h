#pragma once

#include "base/result.h"
#include "base/subscription.h"
#include "store/database.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace leedswatch::store {

/// Wakes readers when a writer, in this or another process, has committed a change to their topics: within 25 ms.
/// One thread watches SQLite's data_version on a connection of its own.
class ChangeFeed {
public:
    [[nodiscard]] static base::Result<std::unique_ptr<ChangeFeed>> open(Database& database);
    virtual ~ChangeFeed() = default;

    /// `wake` is called on the feed's thread, once for any number of changes; it must not block. It carries no data:
    /// the reader reads a snapshot. Not called again once the subscription is destroyed.
    [[nodiscard]] virtual base::Subscription subscribe(std::vector<std::string> topics, std::function<void()> wake) = 0;
};

}  // namespace leedswatch::store
