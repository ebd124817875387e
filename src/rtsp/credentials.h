#pragma once

#include <string>

namespace leedswatch::rtsp {

struct Credentials {
    std::string username;
    std::string password;

    [[nodiscard]] bool isOpen() const { return username.empty() && password.empty(); }
};

}  // namespace leedswatch::rtsp
