#include "alarm/signal_code.h"

#include <algorithm>
#include <array>
#include <utility>

namespace leedswatch::alarm {

namespace {

constexpr std::array<std::pair<CodeScheme, std::string_view>, 5> schemeNames = {{
    {CodeScheme::ContactId, "contact-id"},
    {CodeScheme::Sia, "sia"},
    {CodeScheme::FastFormat, "fast-format"},
    {CodeScheme::Basic, "basic"},
    {CodeScheme::Receiver, "receiver"},
}};

}  // namespace

std::string_view nameOf(CodeScheme scheme) {
    const auto* found =
        std::find_if(schemeNames.begin(), schemeNames.end(), [&](const auto& entry) { return entry.first == scheme; });
    return found == schemeNames.end() ? std::string_view{} : found->second;
}

std::optional<CodeScheme> codeSchemeFrom(std::string_view name) {
    const auto* found =
        std::find_if(schemeNames.begin(), schemeNames.end(), [&](const auto& entry) { return entry.second == name; });
    return found == schemeNames.end() ? std::nullopt : std::optional{found->first};
}

}  // namespace leedswatch::alarm
