#pragma once

#include "base/id.h"
#include "base/time.h"

#include <soci/soci.h>

#include <concepts>
#include <optional>
#include <string>

namespace leedswatch::store {

/// A column of a whole number that may be null, in both directions.
struct Nullable {
    Nullable() = default;
    template <std::integral Whole>
    explicit Nullable(std::optional<Whole> from)
        : value{static_cast<long long>(from.value_or(0))}, indicator{from ? soci::i_ok : soci::i_null} {}
    explicit Nullable(std::optional<base::UtcTime> from)
        : Nullable{from ? std::optional<long long>{base::toStored(*from)} : std::nullopt} {}
    template <typename Tag>
    explicit Nullable(std::optional<base::Id<Tag>> from)
        : Nullable{from ? std::optional<long long>{from->value()} : std::nullopt} {}

    [[nodiscard]] bool isNull() const { return indicator != soci::i_ok; }
    template <typename Id>
    [[nodiscard]] std::optional<Id> id() const {
        return isNull() ? std::nullopt : std::optional{Id{value}};
    }
    [[nodiscard]] std::optional<base::UtcTime> time() const {
        return isNull() ? std::nullopt : std::optional{base::fromStored(value)};
    }
    template <std::integral Whole = long long>
    [[nodiscard]] std::optional<Whole> number() const {
        return isNull() ? std::nullopt : std::optional{static_cast<Whole>(value)};
    }
    /// The name is referred to until the statement has run.
    [[nodiscard]] auto use(const std::string& name) const { return soci::use(value, indicator, name); }
    [[nodiscard]] auto into() { return soci::into(value, indicator); }

    long long value = 0;
    mutable soci::indicator indicator = soci::i_null;  ///< SOCI wants it so, and does not change what it binds
};

}  // namespace leedswatch::store
