#include "video/relay_address.h"

#include "base/file.h"

#include <nlohmann/json.hpp>

namespace leedswatch::video {
namespace {

std::filesystem::path addressFile(const std::filesystem::path& folder) {
    return folder / "run" / "station.json";
}

}  // namespace

std::string RelayAddress::url(int cameraNumber, StreamKind kind) const {
    return "rtsp://127.0.0.1:" + std::to_string(port) + "/cameras/" + std::to_string(cameraNumber) +
           (kind == StreamKind::Main ? "/main" : "/sub");
}

base::Result<void> writeRelayAddress(const std::filesystem::path& folder, const RelayAddress& address) {
    TRY(base::createFolders(folder / "run"));
    const nlohmann::json document = {{"pid", address.processId},
                                     {"relay_port", address.port},
                                     {"relay_username", address.username},
                                     {"relay_password", address.password}};
    return base::replaceFile(addressFile(folder), document.dump(2) + "\n", 0600);
}

base::Result<RelayAddress> readRelayAddress(const std::filesystem::path& folder) {
    TRY_ASSIGN(const std::string text, base::readWholeFile(addressFile(folder), 4096));
    const auto document = nlohmann::json::parse(text, nullptr, false);
    try {
        return RelayAddress{document.at("pid").get<int>(), document.at("relay_port").get<int>(),
                            document.at("relay_username").get<std::string>(),
                            document.at("relay_password").get<std::string>()};
    } catch (const nlohmann::json::exception&) {
        return base::fail(base::ErrorCode::Damaged,
                          addressFile(folder).string() + " is not what a station writes; restart the station");
    }
}

}  // namespace leedswatch::video
