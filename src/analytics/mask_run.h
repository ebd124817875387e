#pragma once

#include "analytics/foreground_model.h"
#include "base/result.h"

#include <filesystem>
#include <functional>
#include <stop_token>

namespace leedswatch::analytics {

struct MaskReport {
    std::int64_t pictures = 0;
    int width = 0;
    int height = 0;
};

/// For each numbered picture of `input` a mask of the same size, number and base name, NAME.png: 255 where something
/// moves, else 0. `output` is there with all of them afterwards, or as it was. `told` hears how many are done.
/// Errors: NotFound, InvalidInput (a number is missing, a picture has another size than the first: which),
/// AlreadyExists (`output` is there and not empty), Damaged, Unsupported, StorageFull, StorageFailed, Cancelled.
[[nodiscard]] base::Result<MaskReport> writeMasks(const std::filesystem::path& input,
                                                  const std::filesystem::path& output, Closeness closeness,
                                                  const std::stop_token& stop,
                                                  const std::function<void(std::int64_t, std::size_t)>& told);

}  // namespace leedswatch::analytics
