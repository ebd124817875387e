#include "base/log.h"

#include "base/file.h"

#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <memory>
#include <vector>

namespace leedswatch::base {

Result<void> startLog(const std::string& program, const std::filesystem::path& folder) {
    std::vector<spdlog::sink_ptr> sinks{std::make_shared<spdlog::sinks::stderr_sink_mt>()};
    if (!folder.empty()) {
        TRY(createFolders(folder));
        try {
            sinks.push_back(std::make_shared<spdlog::sinks::rotating_file_sink_mt>(
                (folder / (program + ".log")).string(), 10U << 20U, 5));
        } catch (const spdlog::spdlog_ex& error) {
            return fail(ErrorCode::StorageFailed, error.what());
        }
    }
    auto logger = std::make_shared<spdlog::logger>(program, sinks.begin(), sinks.end());
    logger->flush_on(spdlog::level::info);
    logger->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %l [%t] %v", spdlog::pattern_time_type::utc);
    spdlog::set_default_logger(std::move(logger));
    return {};
}

std::string withoutCredentials(std::string_view url) {
    const auto scheme = url.find("://");
    if (scheme == std::string_view::npos) {
        return std::string{url};
    }
    const auto authority = scheme + 3;
    const auto path = url.find('/', authority);
    // A password may hold an '@' that was not escaped: the last one before the path ends it.
    const auto at = url.substr(0, path).rfind('@');
    if (at == std::string_view::npos || at < authority) {
        return std::string{url};
    }
    return std::string{url.substr(0, authority)} + std::string{url.substr(at + 1)};
}

}  // namespace leedswatch::base
