#include "estate/panel_key_text.h"

#include "base/hash.h"

namespace leedswatch::estate {

namespace {

base::Result<std::string> decoded(std::string_view typed, KeyFormat format) {
    if (format == KeyFormat::Text) {
        return base::Result<std::string>{tl::in_place, typed};
    }
    const auto bytes = base::fromHex(typed);
    if (!bytes) {
        return base::fail(base::ErrorCode::InvalidInput, "the key is not all hex digits (0 to 9, A to F)");
    }
    return base::Result<std::string>{tl::in_place, reinterpret_cast<const char*>(bytes->data()), bytes->size()};
}

}  // namespace

std::string_view nameOf(KeyFormat format) {
    return format == KeyFormat::Hex ? "hex" : "text";
}

std::optional<KeyFormat> keyFormatFrom(std::string_view name) {
    if (name == nameOf(KeyFormat::Hex)) {
        return KeyFormat::Hex;
    }
    return name == nameOf(KeyFormat::Text) ? std::optional{KeyFormat::Text} : std::nullopt;
}

base::Result<std::string> panelKeyBytes(std::string_view typed, KeyFormat format) {
    auto bytes = decoded(typed, format);
    if (bytes && bytes->size() != 16 && bytes->size() != 24 && bytes->size() != 32) {
        return base::fail(base::ErrorCode::InvalidInput, format == KeyFormat::Hex
                                                             ? "a key in hex digits has 32, 48 or 64 of them"
                                                             : "a key as text has 16, 24 or 32 characters");
    }
    return bytes;
}

}  // namespace leedswatch::estate
