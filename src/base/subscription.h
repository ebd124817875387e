#pragma once

#include <functional>
#include <utility>

namespace leedswatch::base {

/// A subscription is an object: while it lives the callback may be called, after its destructor has returned it is not.
class Subscription {
public:
    Subscription() = default;
    explicit Subscription(std::function<void()> cancel) : m_cancel{std::move(cancel)} {}
    Subscription(Subscription&& other) noexcept : m_cancel{std::exchange(other.m_cancel, nullptr)} {}
    Subscription& operator=(Subscription&& other) noexcept {
        if (this != &other) {
            reset();
            m_cancel = std::exchange(other.m_cancel, nullptr);
        }
        return *this;
    }
    Subscription(const Subscription&) = delete;
    Subscription& operator=(const Subscription&) = delete;
    ~Subscription() { reset(); }

    void reset() {
        if (auto cancel = std::exchange(m_cancel, nullptr)) {
            cancel();
        }
    }

private:
    std::function<void()> m_cancel;
};

}  // namespace leedswatch::base
