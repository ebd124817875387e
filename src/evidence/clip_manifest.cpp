#include "evidence/clip_manifest.h"

#include "base/local_time.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace leedswatch::evidence {
namespace {

using nlohmann::ordered_json;

std::int64_t milliseconds(base::Microseconds length) {
    return std::chrono::round<std::chrono::milliseconds>(length).count();
}

std::string localWithMilliseconds(base::UtcTime time) {
    const std::string date = base::formatLocal(time).substr(0, 10);
    return date + " " + base::formatLocalTimeOfDayWithMilliseconds(time) + " " + base::localZoneAbbreviation(time);
}

void addTime(ordered_json& object, const std::string& name, base::UtcTime time) {
    object[name + "_utc"] = base::formatUtc(time);
    object[name + "_local"] = localWithMilliseconds(time);
}

ordered_json describe(const ClipSound& sound) {
    return {{"codec", sound.codec},
            {"sample_rate", sound.sampleRate},
            {"channels", sound.channels},
            {"bytes", sound.bytes}};
}

ordered_json describe(const ClipFile& file) {
    ordered_json object;
    object["path"] = file.name;
    object["bytes"] = file.bytes;
    object["sha256"] = base::toHex(file.sha256);
    object["codec"] = file.codec;
    object["width"] = file.width;
    object["height"] = file.height;
    object["sound"] = file.sound ? describe(*file.sound) : ordered_json(nullptr);
    addTime(object, "first_shown", file.firstShown);
    addTime(object, "last_shown", file.lastShown);
    object["frames_shown"] = file.framesShown;
    object["frames_stored"] = file.framesStored;
    object["preroll_frames"] = file.prerollFrames;
    object["preroll_ms"] = milliseconds(file.prerollLength);
    object["media_duration_ms"] = milliseconds(file.shownLength);
    object["wall_duration_ms"] = milliseconds(file.lastShown - file.firstShown);
    return object;
}

ordered_json describe(const ClipSource& source) {
    ordered_json object;
    object["file"] = source.file.generic_string();
    addTime(object, "begin", source.range.begin);
    addTime(object, "end", source.range.end);
    object["check"] = nameOf(source.check);
    object["verified"] = source.check == SourceCheck::Verified;
    object["sha256_archived"] = source.archived ? ordered_json(base::toHex(*source.archived)) : ordered_json(nullptr);
    object["sha256_read"] = source.read ? ordered_json(base::toHex(*source.read)) : ordered_json(nullptr);
    return object;
}

ordered_json describe(const video::Gap& gap) {
    ordered_json object;
    addTime(object, "begin", gap.range.begin);
    addTime(object, "end", gap.range.end);
    object["duration_ms"] = milliseconds(gap.range.end - gap.range.begin);
    object["cause"] = gap.cause;
    return object;
}

template <typename Item>
ordered_json describeAll(const std::vector<Item>& items) {
    ordered_json array = ordered_json::array();
    for (const Item& item : items) {
        array.push_back(describe(item));
    }
    return array;
}

}  // namespace

std::string_view nameOf(SourceCheck check) {
    switch (check) {
        case SourceCheck::Verified: return "verified";
        case SourceCheck::Mismatch: return "mismatch";
        case SourceCheck::StillRecording: return "still-recording";
        case SourceCheck::Unreadable: return "unreadable";
    }
    return "unknown";
}

std::string manifestOf(const ClipReport& report, const ClipOrder& order, const access::Acting& acting,
                       base::UtcTime created) {
    ordered_json document;
    document["schema"] = "leedswatch.clip/1";
    document["software"] = {{"name", "leedswatch"}, {"version", LEEDSWATCH_VERSION}};
    addTime(document, "created", created);
    document["created_by"] = {
        {"username", acting.username}, {"name", acting.fullName}, {"workstation", acting.workstation}};
    document["camera"] = {{"number", order.camera.number}, {"name", order.camera.name}, {"site", order.camera.site}};
    ordered_json asked;
    addTime(asked, "begin", order.range.begin);
    addTime(asked, "end", order.range.end);
    asked["time_zone"] = "Europe/London";
    document["requested"] = std::move(asked);
    document["complete"] = report.gaps.empty();
    document["has_sound"] =
        std::ranges::any_of(report.files, [](const ClipFile& file) { return file.sound.has_value(); });
    document["copied"] = "bit for bit; pictures before the first shown one are stored and hidden by an edit list";
    document["warnings"] = report.warnings;
    document["files"] = describeAll(report.files);
    document["gaps"] = describeAll(report.gaps);
    document["sources"] = describeAll(report.sources);
    return document.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

std::string checksumsOf(const ClipReport& report) {
    std::string text;
    for (const ClipFile& file : report.files) {
        text += base::toHex(file.sha256) + "  " + file.name + "\n";
    }
    return text + base::toHex(report.manifestSha256) + "  manifest.json\n";
}

}  // namespace leedswatch::evidence
