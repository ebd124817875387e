#pragma once

#include <unistd.h>

#include <utility>

namespace leedswatch::network {

/// A socket's descriptor and its owner.
class Socket {
public:
    explicit Socket(int descriptor = -1) : m_descriptor{descriptor} {}
    Socket(Socket&& other) noexcept : m_descriptor{std::exchange(other.m_descriptor, -1)} {}
    Socket& operator=(Socket&& other) noexcept {
        std::swap(m_descriptor, other.m_descriptor);
        return *this;
    }
    ~Socket() {
        if (m_descriptor >= 0) {
            ::close(m_descriptor);
        }
    }

    [[nodiscard]] int get() const { return m_descriptor; }
    [[nodiscard]] bool isOpen() const { return m_descriptor >= 0; }

private:
    int m_descriptor;
};

}  // namespace leedswatch::network
