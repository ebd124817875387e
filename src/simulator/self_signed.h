#pragma once

#include "base/result.h"

#include <string>

namespace leedswatch::simulator {

/// A certificate that vouches for itself, as cameras come with, valid for a year.
struct SelfSigned {
    std::string certificate;  ///< PEM
    std::string identity;     ///< the same with its key behind it, PEM
};

/// In the name of `address`, a number or a name. Error: Internal.
[[nodiscard]] base::Result<SelfSigned> makeSelfSigned(const std::string& address);

}  // namespace leedswatch::simulator
