#pragma once

namespace leedswatch::ctl {

/// While it lives, Ctrl-C and a stop by the system ask for an end instead of leaving half of a thing. One at a time.
class Interruption {
public:
    Interruption();
    Interruption(const Interruption&) = delete;
    Interruption& operator=(const Interruption&) = delete;
    ~Interruption();

    [[nodiscard]] bool isAskedFor() const;
};

}  // namespace leedswatch::ctl
