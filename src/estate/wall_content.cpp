#include "estate/wall_content.h"

#include <nlohmann/json.hpp>

#include <limits>
#include <stdexcept>

namespace leedswatch::estate {
namespace {

using base::ErrorCode;
using nlohmann::json;

constexpr int kHighestNumber = 99'999;

json encodeCamera(const CameraRef& camera) {
    return {{"id", camera.id.value()}, {"number", camera.number}};
}

constexpr std::int64_t kHighestId = std::numeric_limits<std::int64_t>::max();

/// A whole number within bounds, whatever the text has there.
std::int64_t integerIn(const json& value, std::int64_t least, std::int64_t most) {
    if (!value.is_number_integer() || value.get<std::int64_t>() < least || value.get<std::int64_t>() > most) {
        throw std::out_of_range{"a number"};
    }
    return value.get<std::int64_t>();
}

CameraRef decodeCamera(const json& camera) {
    return {CameraId{integerIn(camera.at("id"), 1, kHighestId)},
            static_cast<int>(integerIn(camera.at("number"), 1, kHighestNumber))};
}

ViewTile decodeTile(const json& object) {
    ViewTile tile;
    if (object.contains("camera")) {
        tile.camera = decodeCamera(object.at("camera"));
    }
    if (object.contains("sequence")) {
        tile.sequence = SequenceId{integerIn(object.at("sequence"), 1, kHighestId)};
    }
    tile.isSpot = object.value("spot", false);
    return tile;
}

/// Whatever the text is: what the library throws over it becomes one error here.
template <typename Content, typename Read>
base::Result<void> decodeWith(std::string_view text, Content& content, const char* what, Read read) {
    try {
        Content found;
        const auto document = json::parse(text);
        read(document, found);
        if (const auto sound = check(found); !sound) {
            return base::fail(ErrorCode::Damaged, std::string{what} + " in the store: " + sound.error().message);
        }
        content = std::move(found);
        return {};
    } catch (const json::exception&) {
    } catch (const std::out_of_range&) {
    }
    return base::fail(ErrorCode::Damaged, std::string{what} + " in the store cannot be read");
}

}  // namespace

base::Result<void> check(const ViewContent& content) {
    if (content.layout < 1 || content.layout > mostViewTiles) {
        return base::fail(ErrorCode::InvalidInput, "a view has 1 to " + std::to_string(mostViewTiles) +
                                                       " tiles, and this one " + std::to_string(content.layout));
    }
    if (content.tiles.size() > static_cast<std::size_t>(content.layout)) {
        return base::fail(ErrorCode::InvalidInput, "the view holds more tiles than its layout has");
    }
    return {};
}

base::Result<void> check(const SequenceContent& content) {
    if (content.steps.empty()) {
        return base::fail(ErrorCode::InvalidInput, "the sequence has no camera: add one");
    }
    if (content.steps.size() > mostSequenceSteps) {
        return base::fail(ErrorCode::InvalidInput, "a sequence has at most 200 cameras");
    }
    for (const auto& step : content.steps) {
        if (step.dwell < shortestDwell || step.dwell > longestDwell) {
            return base::fail(ErrorCode::InvalidInput, "camera " + std::to_string(step.camera.number) +
                                                           " is shown for 1 s to 10 min, and not for " +
                                                           std::to_string(step.dwell.count()) + " s");
        }
        if (!step.camera.id.isValid()) {
            return base::fail(ErrorCode::InvalidInput, "a step of the sequence names no camera");
        }
    }
    return {};
}

std::string encode(const ViewContent& content) {
    auto tiles = json::array();
    for (const auto& tile : content.tiles) {
        auto object = json::object();
        if (tile.camera.id.isValid()) {
            object["camera"] = encodeCamera(tile.camera);
        }
        if (tile.sequence.isValid()) {
            object["sequence"] = tile.sequence.value();
        }
        if (tile.isSpot) {
            object["spot"] = true;
        }
        tiles.push_back(std::move(object));
    }
    return json{{"layout", content.layout}, {"tiles", std::move(tiles)}}.dump();
}

std::string encode(const SequenceContent& content) {
    auto steps = json::array();
    for (const auto& step : content.steps) {
        steps.push_back({{"camera", encodeCamera(step.camera)}, {"dwell_s", step.dwell.count()}});
    }
    return json{{"steps", std::move(steps)}, {"passes_over_offline", content.passesOverOffline}}.dump();
}

base::Result<void> decode(std::string_view text, ViewContent& content) {
    return decodeWith(text, content, "a view", [](const json& document, ViewContent& found) {
        found.layout = static_cast<int>(integerIn(document.at("layout"), 1, mostViewTiles));
        for (const auto& tile : document.at("tiles")) {
            found.tiles.push_back(decodeTile(tile));
        }
    });
}

base::Result<void> decode(std::string_view text, SequenceContent& content) {
    return decodeWith(text, content, "a sequence", [](const json& document, SequenceContent& found) {
        for (const auto& step : document.at("steps")) {
            found.steps.push_back({decodeCamera(step.at("camera")),
                                   std::chrono::seconds{integerIn(step.at("dwell_s"), 1, longestDwell.count())}});
        }
        found.passesOverOffline = document.value("passes_over_offline", false);
    });
}

}  // namespace leedswatch::estate
