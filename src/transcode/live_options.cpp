#include "transcode/live_options.h"

#include "base/log.h"

#include <array>
#include <charconv>

namespace leedswatch::transcode {
namespace {

constexpr int kMostInputs = 64;

template <typename Value, std::size_t Count>
bool choose(std::string_view text, const std::array<std::pair<std::string_view, Value>, Count>& choices, auto& into) {
    for (const auto& [name, value] : choices) {
        if (name == text) {
            into = value;
            return true;
        }
    }
    return false;
}

bool readInput(std::string_view text, int& input) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), input);
    return error == std::errc{} && end == text.data() + text.size() && input >= 0 && input < kMostInputs;
}

/// What the option may be, if this is not one; empty if it is.
std::string_view refusalOf(std::string_view name, std::string_view value, LiveOptions& options) {
    using Deinterlace = LiveOptions::Deinterlace;
    constexpr std::array<std::pair<std::string_view, bool>, 2> kYesNo{{{"yes", true}, {"no", false}}};
    if (name == "deinterlace") {
        constexpr std::array<std::pair<std::string_view, Deinterlace>, 4> kKinds{{{"", Deinterlace::Full},
                                                                                  {"full", Deinterlace::Full},
                                                                                  {"half", Deinterlace::Half},
                                                                                  {"no", Deinterlace::Never}}};
        return choose(value, kKinds, options.deinterlace) ? "" : "full, half or no";
    }
    if (name == "standard") {
        constexpr std::array<std::pair<std::string_view, Standard>, 2> kKinds{
            {{"pal", Standard::Pal}, {"ntsc", Standard::Ntsc}}};
        return value == "auto" || choose(value, kKinds, options.standard) ? "" : "pal, ntsc or auto";
    }
    if (name == "fields") {
        constexpr std::array<std::pair<std::string_view, FieldOrder>, 2> kKinds{
            {{"top", FieldOrder::TopFirst}, {"bottom", FieldOrder::BottomFirst}}};
        return value == "auto" || choose(value, kKinds, options.fields) ? "" : "top, bottom or auto";
    }
    if (name == "input") {
        return readInput(value, options.input) ? "" : "a number from 0";
    }
    if (name == "denoise") {
        return choose(value, kYesNo, options.isDenoised) ? "" : "yes or no";
    }
    if (name == "crop") {
        return choose(value, kYesNo, options.isCropped) ? "" : "yes or no";
    }
    return "deinterlace, standard, fields, input, denoise or crop";
}

}  // namespace

base::Result<LiveOptions> readLiveOptions(const std::string& url) {
    LiveOptions options;
    const auto mark = url.starts_with("file:") ? std::string::npos : url.find('#');
    options.url = url.substr(0, mark);
    std::string_view rest = mark == std::string::npos ? std::string_view{} : std::string_view{url}.substr(mark + 1);
    while (!rest.empty()) {
        const std::string_view option = rest.substr(0, rest.find(','));
        rest.remove_prefix(std::min(rest.size(), option.size() + 1));
        const auto equals = option.find('=');
        const std::string_view value =
            equals == std::string_view::npos ? std::string_view{} : option.substr(equals + 1);
        if (const auto right = refusalOf(option.substr(0, equals), value, options); !right.empty()) {
            return base::fail(base::ErrorCode::InvalidInput, "'" + std::string{option} + "' behind the # of " +
                                                                 base::withoutCredentials(options.url) +
                                                                 " is not known; write " + std::string{right});
        }
    }
    return options;
}

}  // namespace leedswatch::transcode
