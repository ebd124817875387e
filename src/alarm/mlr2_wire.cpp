#include "alarm/mlr2_wire.h"

#include <asio/serial_port.hpp>
#include <asio/write.hpp>
#include <fmt/format.h>
#include <linux/sockios.h>
#include <sys/ioctl.h>
#include <termios.h>

#include <cerrno>
#include <utility>

namespace leedswatch::alarm {

namespace {

template <typename Stream>
class WireOf : public Mlr2Wire {
public:
    explicit WireOf(Stream stream) : m_stream{std::move(stream)} {}

    void read(asio::mutable_buffer to, Done done) override { m_stream.async_read_some(to, std::move(done)); }
    void write(asio::const_buffer from, Done done) override { asio::async_write(m_stream, from, std::move(done)); }
    bool isOpen() const override { return m_stream.is_open(); }
    asio::any_io_executor executor() override { return m_stream.get_executor(); }

protected:
    Stream m_stream;
};

class SocketWire final : public WireOf<asio::ip::tcp::socket> {
public:
    using WireOf::WireOf;

    void close() override {
        std::error_code ignored;
        m_stream.shutdown(asio::ip::tcp::socket::shutdown_both, ignored);
        m_stream.close(ignored);
    }
    bool hasTakenAll() override {
        int unsent = 0;
        return m_stream.is_open() && ::ioctl(m_stream.native_handle(), SIOCOUTQ, &unsent) == 0 && unsent == 0;
    }
};

class SerialWire final : public WireOf<asio::serial_port> {
public:
    using WireOf::WireOf;

    void close() override {
        std::error_code ignored;
        m_stream.close(ignored);
    }
    bool hasTakenAll() override { return false; }
};

base::Error serialError(const std::error_code& error, const SerialSettings& settings) {
    const auto because = [&](base::ErrorCode code, std::string_view what) {
        return base::Error{code, fmt::format("the serial device {} {}", settings.device, what)};
    };
    if (error.value() == ENOENT) {
        return because(base::ErrorCode::NotFound, "is not there");
    }
    if (error.value() == EACCES) {
        return because(base::ErrorCode::NotPermitted, "may not be opened by the station; put its user into its group");
    }
    if (error.value() == EBUSY) {
        return because(base::ErrorCode::Busy, "is in use by another program");
    }
    return because(base::ErrorCode::Unreachable, fmt::format("cannot be opened: {}", error.message()));
}

std::error_code configure(asio::serial_port& port, const SerialSettings& settings) {
    using asio::serial_port_base;
    const bool isSeven = settings.framing == SerialSettings::Framing::SevenEven;
    std::error_code error;
    const auto set = [&](const auto& option) {
        if (!error) {
            port.set_option(option, error);
        }
    };
    set(serial_port_base::baud_rate{static_cast<unsigned>(settings.speed)});
    set(serial_port_base::character_size{isSeven ? 7U : 8U});
    set(serial_port_base::parity{isSeven ? serial_port_base::parity::even : serial_port_base::parity::none});
    set(serial_port_base::stop_bits{serial_port_base::stop_bits::one});
    set(serial_port_base::flow_control{serial_port_base::flow_control::none});
    return error;
}

// Asio leaves out bytes whose parity is wrong, and a line that lacks one could name another account.
void keepDamagedBytes(asio::serial_port& port) {
    termios line{};
    if (::tcgetattr(port.native_handle(), &line) == 0) {
        line.c_iflag &= ~static_cast<tcflag_t>(IGNPAR | PARMRK);
        line.c_iflag |= INPCK;
        ::tcsetattr(port.native_handle(), TCSANOW, &line);
    }
}

}  // namespace

std::unique_ptr<Mlr2Wire> wireOf(asio::ip::tcp::socket socket) {
    std::error_code ignored;
    socket.set_option(asio::ip::tcp::no_delay{true}, ignored);
    socket.set_option(asio::socket_base::keep_alive{true}, ignored);
    return std::make_unique<SocketWire>(std::move(socket));
}

base::Result<std::unique_ptr<Mlr2Wire>> openSerialWire(asio::io_context& context, const SerialSettings& settings) {
    asio::serial_port port{context};
    std::error_code error;
    port.open(settings.device, error);
    if (error) {
        return base::fail(serialError(error, settings));
    }
    if (configure(port, settings)) {
        return base::fail(
            base::ErrorCode::Unsupported,
            fmt::format("the serial device {} has not {} bits a second with {}", settings.device, settings.speed,
                        settings.framing == SerialSettings::Framing::SevenEven ? "7E1" : "8N1"));
    }
    keepDamagedBytes(port);
    ::ioctl(port.native_handle(), TIOCEXCL);
    return std::make_unique<SerialWire>(std::move(port));
}

}  // namespace leedswatch::alarm
