#pragma once

// What a call that can fail returns. The class is tl::expected; it is declared [[nodiscard]] here, before its own
// header is read, because the library does not do so itself.

namespace tl {
template <typename T, typename E>
class [[nodiscard]] expected;
}

#include "base/error.h"

#include <tl/expected.hpp>

#include <type_traits>
#include <utility>

namespace leedswatch::base {

template <typename T>
using Result = tl::expected<T, Error>;

/// An error on its way out: `return fail(ErrorCode::NotFound, "camera 12 is not in the estate")`.
[[nodiscard]] inline tl::unexpected<Error> fail(ErrorCode code, std::string message) {
    return tl::unexpected<Error>(Error{code, std::move(message)});
}

[[nodiscard]] inline tl::unexpected<Error> fail(Error error) {
    return tl::unexpected<Error>(std::move(error));
}

}  // namespace leedswatch::base

#define LEEDSWATCH_JOIN_INNER(a, b) a##b
#define LEEDSWATCH_JOIN(a, b) LEEDSWATCH_JOIN_INNER(a, b)

/// Returns from the calling function with the error of `expression` if it failed. For any Result, Result<void> too.
#define TRY(expression)                                                    \
    do {                                                                   \
        if (auto tryResult = (expression); !tryResult) {                   \
            return ::leedswatch::base::fail(std::move(tryResult).error()); \
        }                                                                  \
    } while (false)

/// `TRY_ASSIGN(auto file, File::open(path))`: the value on success, else returns with the error.
#define TRY_ASSIGN(declaration, expression) \
    TRY_ASSIGN_IMPL(LEEDSWATCH_JOIN(tryResult, __LINE__), declaration, expression)
#define TRY_ASSIGN_IMPL(result, declaration, expression)            \
    auto result = (expression);                                     \
    if (!result) {                                                  \
        return ::leedswatch::base::fail(std::move(result).error()); \
    }                                                               \
    declaration = std::move(*result)
