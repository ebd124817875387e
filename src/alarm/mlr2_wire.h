#pragma once

#include "alarm/serial_settings.h"
#include "base/result.h"

#include <asio/buffer.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>

#include <functional>
#include <memory>
#include <system_error>

namespace leedswatch::alarm {

/// Bytes to and from a receiver, whatever carries them. On the port's thread; after `close` nothing is called any more
/// but with an error.
class Mlr2Wire {
public:
    using Done = std::function<void(std::error_code error, std::size_t count)>;

    Mlr2Wire() = default;
    Mlr2Wire(const Mlr2Wire&) = delete;
    Mlr2Wire& operator=(const Mlr2Wire&) = delete;
    virtual ~Mlr2Wire() = default;

    /// One at a time; the buffer lives until `done`.
    virtual void read(asio::mutable_buffer to, Done done) = 0;
    /// One at a time; all of the bytes, which live until `done`.
    virtual void write(asio::const_buffer from, Done done) = 0;
    virtual void close() = 0;
    [[nodiscard]] virtual bool isOpen() const = 0;
    /// Everything that was written has arrived at the other machine. A serial line never tells.
    [[nodiscard]] virtual bool hasTakenAll() = 0;
    [[nodiscard]] virtual asio::any_io_executor executor() = 0;
};

[[nodiscard]] std::unique_ptr<Mlr2Wire> wireOf(asio::ip::tcp::socket socket);

/// Opens a serial device for this program alone. A byte that is damaged on the way reads as NUL, so that its line is
/// seen to be damaged. Errors: NotFound, NotPermitted, Busy, Unsupported (a speed or framing that it has not),
/// Unreachable.
[[nodiscard]] base::Result<std::unique_ptr<Mlr2Wire>> openSerialWire(asio::io_context& context,
                                                                     const SerialSettings& settings);

}  // namespace leedswatch::alarm
