#include "store/json_text.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

using namespace leedswatch;

namespace {

// What the audit log vouches for was hashed in the spelling of nlohmann::json, and has to be in it for ever.
TEST(JsonText, IsSpeltAsTheRowsThatAreVouchedForAlreadyWere) {
    std::vector<std::string> texts{"",
                                   "plain",
                                   "\"",
                                   "\\",
                                   "\"\\\"",
                                   "end\\",
                                   "till \xC3\xA9",
                                   "\xE9 no UTF-8",
                                   "\xC3",
                                   "a\nb\tc",
                                   "\x7F",
                                   std::string{"a\0b", 3},
                                   R"([{"code":"BA"}])"};
    for (int byte = 0; byte < 256; ++byte) {
        texts.push_back("x" + std::string(1, static_cast<char>(byte)) + "y");
    }
    for (const std::string& text : texts) {
        std::string written = ">";
        store::appendJsonText(written, text);
        EXPECT_EQ(written, ">" + nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
    }
}

}  // namespace
