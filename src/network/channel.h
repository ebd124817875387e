#pragma once

#include "network/host.h"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>

namespace leedswatch::network {

/// A connection over TCP, with or without TLS (OpenSSL). Used by one thread; no call outlasts its patience.
///
/// Errors of reading and writing: TimedOut, Cancelled, Disconnected (the other side has ended it).
class Channel {
public:
    /// Tries the addresses in turn. Errors, in the words of whoever has to mend it: Unreachable (refused, no way there,
    /// nobody answers in time), Cancelled.
    [[nodiscard]] static base::Result<std::unique_ptr<Channel>> connect(const Host& host,
                                                                        const std::vector<Endpoint>& addresses,
                                                                        const Patience& patience);
    /// As above, then TLS. With `authorities` (PEM) the certificate must be vouched for by one of them and be in the
    /// host's name or number; with an empty path nothing is checked: it encrypts, and proves nothing. Further errors:
    /// NotPermitted (the certificate), Unsupported (no TLS there), TimedOut (the handshake), NotFound (the file of the
    /// authorities).
    [[nodiscard]] static base::Result<std::unique_ptr<Channel>> connectTls(const Host& host,
                                                                           const std::vector<Endpoint>& addresses,
                                                                           const std::filesystem::path& authorities,
                                                                           const Patience& patience);
    Channel() = default;
    Channel(const Channel&) = delete;
    Channel& operator=(const Channel&) = delete;
    virtual ~Channel() = default;

    /// What has come already, into `room`; 0 if nothing has. Never waits.
    [[nodiscard]] virtual base::Result<std::size_t> readAvailable(std::span<std::byte> room) = 0;
    /// Waits for at least one byte.
    [[nodiscard]] base::Result<std::size_t> readSome(std::span<std::byte> room, const Patience& patience);
    [[nodiscard]] virtual base::Result<void> write(std::span<const std::byte> bytes, const Patience& patience) = 0;

    [[nodiscard]] virtual int descriptor() const = 0;
    [[nodiscard]] virtual Endpoint peer() const = 0;
    [[nodiscard]] virtual Endpoint local() const = 0;
};

}  // namespace leedswatch::network
