#pragma once

#include "base/result.h"

#include <spdlog/spdlog.h>

#include <filesystem>
#include <string>

// The technical log. Call spdlog::info, warn, error directly; no secret and no personal data goes in it.

namespace leedswatch::base {

/// Sets the process's log up once, in main(): standard error, and `folder`/`program`.log, turned over at 10 MB, five
/// kept. With an empty folder only standard error. Lines carry UTC to the millisecond.
[[nodiscard]] Result<void> startLog(const std::string& program, const std::filesystem::path& folder);

/// `rtsp://user:secret@host/x` as `rtsp://host/x`: how an address may appear in a log or a message.
[[nodiscard]] std::string withoutCredentials(std::string_view url);

}  // namespace leedswatch::base
