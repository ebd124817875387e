#include "store/json_text.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace leedswatch::store {
namespace {

bool isPlain(char c) {
    return c >= ' ' && c <= '~';
}

}  // namespace

void appendJsonText(std::string& to, std::string_view text) {
    if (!std::all_of(text.begin(), text.end(), isPlain)) {
        to += nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
        return;
    }
    to += '"';
    for (std::size_t escape = text.find_first_of("\"\\"); escape != std::string_view::npos;
         escape = text.find_first_of("\"\\")) {
        to.append(text.substr(0, escape));
        to += '\\';
        to += text[escape];
        text.remove_prefix(escape + 1);
    }
    to.append(text);
    to += '"';
}

}  // namespace leedswatch::store
