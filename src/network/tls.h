#pragma once

#include "network/channel.h"

namespace leedswatch::network {

/// Puts TLS onto a connection as its client; see Channel::connectTls.
[[nodiscard]] base::Result<std::unique_ptr<Channel>> startTls(std::unique_ptr<Channel> plain, const Host& host,
                                                              const std::filesystem::path& authorities,
                                                              const Patience& patience);

}  // namespace leedswatch::network
