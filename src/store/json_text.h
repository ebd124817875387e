#pragma once

#include <string>
#include <string_view>

namespace leedswatch::store {

/// Appends `text` as a JSON string, as nlohmann::json writes it with error_handler_t::replace: quoted and escaped, and
/// what is no UTF-8 replaced. For rows by the thousand a second, where building a tree first costs several times as
/// much.
void appendJsonText(std::string& to, std::string_view text);

}  // namespace leedswatch::store
