#include "transcode/transcode_report.h"

#include <fmt/format.h>

namespace leedswatch::transcode {
namespace {

using nlohmann::json;

json detectedIn(const Survey& survey) {
    json stretches = json::array();
    for (const Stretch& stretch : survey.stretches) {
        stretches.push_back({{"from_picture", stretch.begin}, {"fields", nameOf(stretch.order)}});
    }
    json sizes = json::array();
    for (const PictureSize& size : survey.sizes) {
        sizes.push_back({{"from_picture", size.begin}, {"width", size.width}, {"height", size.height}});
    }
    const AVRational said = survey.pixelAspect;
    const AVRational shown = survey.shownPixelAspect();
    return {{"interlaced", survey.isInterlaced()},
            {"fields", stretches},
            {"pictures_flagged_interlaced", survey.flaggedInterlaced},
            {"blocks_that_say",
             {{"progressive", survey.votes.progressive},
              {"top_field_first", survey.votes.topFirst},
              {"bottom_field_first", survey.votes.bottomFirst}}},
            {"sizes", sizes},
            {"borders",
             {{"left", survey.borders.left},
              {"right", survey.borders.right},
              {"top", survey.borders.top},
              {"bottom", survey.borders.bottom}}},
            {"pixel_aspect", fmt::format("{}:{}", shown.num, shown.den)},
            {"pixel_aspect_is_assumed", said.num <= 0}};
}

json damageIn(const Damage& damage) {
    return {{"found", damage.isAny()},
            {"refused_packets", damage.refusedPackets},
            {"damaged_pictures", damage.damagedPictures},
            {"mended_times", damage.mendedTimes},
            {"ends_early", damage.end}};
}

std::string fieldsOf(const Survey& survey) {
    if (survey.stretches.size() == 1 && survey.stretches.front().order == FieldOrder::Unknown) {
        return "nothing moves, so fields cannot be told apart; left as progressive";
    }
    std::string text;
    for (const Stretch& stretch : survey.stretches) {
        text += text.empty() ? "" : fmt::format(", from picture {} on ", stretch.begin);
        text += nameOf(stretch.order);
    }
    return text;
}

std::string damageText(const Damage& damage) {
    if (!damage.isAny()) {
        return "none found";
    }
    return fmt::format("{} packets refused, {} pictures damaged, {} times mended{}", damage.refusedPackets,
                       damage.damagedPictures, damage.mendedTimes, damage.end.empty() ? "" : "; " + damage.end);
}

}  // namespace

json toJson(const TranscodeReport& report) {
    const Survey& survey = report.survey;
    const TranscodeOptions& options = report.options;
    return {{"source",
             {{"file", report.source.string()},
              {"bytes", survey.bytes},
              {"sha256", base::toHex(survey.sha256)},
              {"container", survey.container},
              {"codec", survey.codec},
              {"seconds", survey.seconds()}}},
            {"detected", detectedIn(survey)},
            {"done",
             {{"deinterlaced", survey.isInterlaced()},
              {"rate", options.rate == FieldRate::Full ? "full" : "half"},
              {"denoised", options.isDenoised},
              {"cropped", report.borders.isAny()},
              {"sound", report.sound.empty() ? "none" : report.sound},
              {"encoder", fmt::format("H.264, libx264 {} crf {}", options.preset, options.quality)}}},
            {"damage", damageIn(survey.damage)},
            {"pictures_in", survey.pictures},
            {"pictures_out", report.picturesOut},
            {"pictures_made_by_earlier_run", report.picturesResumed},
            {"result",
             {{"file", report.result.string()},
              {"bytes", report.bytes},
              {"sha256", base::toHex(report.sha256)},
              {"width", report.width},
              {"height", report.height}}}};
}

std::string textOf(const json& report) {
    return report.dump(2, ' ', false, json::error_handler_t::replace);
}

std::string describe(const TranscodeReport& report) {
    const Survey& survey = report.survey;
    const PictureSize& size = survey.sizes.front();
    const Borders& borders = report.borders;
    std::string text = fmt::format("{}: {} in {}, {}x{}, {} pictures\n", report.source.string(), survey.codec,
                                   survey.container, size.width, size.height, survey.pictures);
    text += "fields: " + fieldsOf(survey) + "\n";
    text += fmt::format("flags: {} of {} pictures say interlaced\n", survey.flaggedInterlaced, survey.pictures);
    if (borders.isAny()) {
        text += fmt::format("cut off: {} columns left, {} right, {} lines at the top, {} at the bottom\n", borders.left,
                            borders.right, borders.top, borders.bottom);
    }
    if (survey.sizes.size() > 1) {
        text += fmt::format("its size changes {} times; all is shown in the first one\n", survey.sizes.size() - 1);
    }
    text += "damage: " + damageText(survey.damage) + "\n";
    text += "sound: " + (report.sound.empty() ? std::string{"none"} : report.sound) + "\n";
    if (report.picturesResumed > 0) {
        text += fmt::format("the first {} pictures were made by an earlier run\n", report.picturesResumed);
    }
    text += fmt::format("{}: H.264, {}x{}, {} pictures, read again and counted\n", report.result.string(), report.width,
                        report.height, report.picturesOut);
    return text + fmt::format("SHA-256 of the source {}\nSHA-256 of the result {}", base::toHex(survey.sha256),
                              base::toHex(report.sha256));
}

}  // namespace leedswatch::transcode
